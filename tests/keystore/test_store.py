"""The store of halves: what is deleted is gone from its files, and two at once do no harm."""

import threading
from pathlib import Path
from uuid import uuid4

from sqlalchemy import select

from outreach import clock
from outreach.keystore import KeyStore, _share
from tests.keystore.conftest import both_stores, bytes_of


@both_stores
def test_share_is_made_once_and_found_again(store: KeyStore) -> None:
    key_id = uuid4()
    assert store.share(key_id) is None
    share = store.share_for(key_id, clock.now())
    assert len(share) == 32
    assert store.share_for(key_id, clock.now()) == share
    assert store.share(key_id) == share
    assert store.share_for(uuid4(), clock.now()) != share


@both_stores
def test_no_byte_of_a_deleted_share_stays_in_the_files(store: KeyStore, store_url: str) -> None:
    kept, doomed = uuid4(), uuid4()
    shares = {key_id: store.share_for(key_id, clock.now()) for key_id in (kept, doomed)}
    before = bytes_of(store_url)
    assert all(share in before for share in shares.values()), "the test would see them"
    store.delete(doomed)
    after = bytes_of(store_url)
    assert shares[doomed] not in after
    assert shares[doomed][:8] not in after
    assert shares[kept] in after
    assert store.share(kept) == shares[kept]


@both_stores
def test_deleting_twice_or_what_never_was_changes_nothing(store: KeyStore) -> None:
    key_id = uuid4()
    store.delete(key_id)
    store.share_for(key_id, clock.now())
    store.delete(key_id)
    store.delete(key_id)
    assert store.share(key_id) is None


@both_stores
def test_destruction_shows_in_every_process_at_once(store: KeyStore, store_url: str) -> None:
    other = KeyStore(store_url)
    key_id = uuid4()
    share = store.share_for(key_id, clock.now())
    assert other.share(key_id) == share
    store.delete(key_id)
    assert other.share(key_id) is None
    other.close()


@both_stores
def test_store_keeps_the_name_it_got_first(store: KeyStore, store_url: str) -> None:
    again = KeyStore(store_url)
    again.make("another name")
    assert again.identity() == store.identity() == "the store of the tests"
    again.close()


@both_stores
def test_many_at_once_get_what_is_stored(store: KeyStore, store_url: str) -> None:
    key_ids = [uuid4() for _ in range(10)]
    got: list[tuple[object, bytes]] = []

    def work() -> None:
        mine = KeyStore(store_url)
        got.extend((key_id, mine.share_for(key_id, clock.now())) for key_id in key_ids)
        mine.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 40
    assert set(got) == {(key_id, store.share(key_id)) for key_id in key_ids}


def test_file_is_for_its_owner_only_and_looking_makes_none(tmp_path: Path) -> None:
    path = tmp_path / "halves" / "keys.db"
    store = KeyStore(f"sqlite:///{path}")
    assert store.identity() is None
    assert not path.exists()
    store.make("named")
    assert path.stat().st_mode & 0o777 == 0o600
    store.close()


def test_statements_hide_what_they_carry(store: KeyStore) -> None:
    assert store._engine.hide_parameters
    assert "share" in str(select(_share))
