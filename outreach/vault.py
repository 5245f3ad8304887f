"""What is sealed, under which key, and how to open it.

The factory gives the process its key ring and its key store.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from flask import current_app, has_app_context

from outreach.keys import Digest, KeyRing, SealBroken, new_data_key, open_sealed, seal
from outreach.keystore import KeyStore
from outreach.models import digest as digests
from outreach.models.data_key import DataKey
from outreach.models.digest import stored_forms


class KeyDestroyed(Exception):
    """The data key is gone, by design: what it sealed has been erased."""


@dataclass(frozen=True)
class RecipientSecrets:
    """What only the sender needs: number in E.164, placeholder values, referral code."""

    phone: str
    values: Mapping[str, str]
    code: str


@dataclass(frozen=True)
class ReceivedSecrets:
    """Who wrote (E.164, or the sender's name as Notify gave it), and what."""

    sender: str
    text: str


_WRITE_JSON = json.JSONEncoder(separators=(",", ":")).encode  # made once: a list has 100,000 rows

_rings: list[KeyRing] = []
_stores: list[KeyStore] = []
KEY_STORE = "outreach_key_store"


def use(ring: KeyRing, *, standing: int | None = None, campaign: int | None = None) -> None:
    """This process's key ring from now on, and under how many of its keys digests are written."""
    _rings[:] = [ring]
    digests.use(ring, standing=standing, campaign=campaign)


def ring() -> KeyRing:
    return _rings[0]


def use_store(store: KeyStore) -> None:
    """This process's key store from now on, where no application has one of its own."""
    _stores[:] = [store]


def store() -> KeyStore:
    """The application's, each with its own database."""
    own: KeyStore | None = current_app.extensions.get(KEY_STORE) if has_app_context() else None
    return own or _stores[0]


def digest(value: str) -> bytes:
    """The keyed stand-in for a number in E.164, or for a code: 32 bytes, the same every time.

    It finds rows of before and after a change of keys alike; a statement that goes to the driver
    itself has to ask for each of its `stored_forms`.
    """
    return ring().digest(value)


def make_data_key(purpose: str, now: datetime) -> DataKey:
    """A fresh data key, wrapped; the caller adds the row to its session. Its share is in the key
    store before the row is anywhere."""
    row = DataKey(id=uuid4(), purpose=purpose, has_share=True, created_at=now)
    share = store().share_for(row.id, now)
    row.root_key_id, row.wrapped = ring().wrap(new_data_key(), _place(row.id), share)
    return row


def open_data_key(row: DataKey) -> bytes:
    """The 32 bytes of the key, by one read of the key store. Keep them for a slice and no longer:
    what outlives the slice outlives the destruction.

    Raises KeyDestroyed, SealBroken where the ring lacks its root, and SQLAlchemyError where the
    key store does not answer.
    """
    share = store().share(row.id) if row.has_share and row.wrapped is not None else b""
    if row.wrapped is None or share is None:
        raise KeyDestroyed(f"data key {row.id} was destroyed")
    return ring().unwrap(row.root_key_id, row.wrapped, _place(row.id), share)


def wrap_anew(row: DataKey, now: datetime) -> None:
    """The same key under the root that seals now, and with a share where it had none; what it
    seals stays as it is. Raises as `open_data_key`."""
    key = open_data_key(row)
    share = store().share_for(row.id, now)
    row.root_key_id, row.wrapped = ring().wrap(key, _place(row.id), share)
    row.has_share = True


def close_data_key(row: DataKey, now: datetime) -> None:
    """From the caller's commit on the service opens nothing under it; a rollback takes it back.

    A backup still does: `destroy_data_key` has to follow, once that commit is made.
    """
    if row.wrapped is not None:
        row.wrapped, row.destroyed_at = None, now


def destroy_data_key(row: DataKey, now: datetime) -> None:
    """Whatever the key sealed can never be opened again, in backups neither.

    It takes effect at once and cannot be undone, whatever becomes of the caller's transaction,
    which blanks the row: after a stop between the two, call it again. The caller records the event.
    Raises SQLAlchemyError where the key store does not answer.
    """
    store().delete(row.id)
    close_data_key(row, now)


def seal_recipient(
    key: bytes, campaign_id: UUID, row_number: int, secrets: RecipientSecrets
) -> bytes:
    plain = _WRITE_JSON([secrets.phone, dict(secrets.values), secrets.code])
    return seal(key, plain.encode(), _row_place(campaign_id, row_number))


def open_recipient(
    key: bytes, campaign_id: UUID, row_number: int, sealed: bytes
) -> RecipientSecrets:
    """Raises SealBroken."""
    phone, values, code = json.loads(open_sealed(key, sealed, _row_place(campaign_id, row_number)))
    return RecipientSecrets(phone, values, code)


def seal_received(key: bytes, row_id: UUID, secrets: ReceivedSecrets) -> bytes:
    return seal(key, json.dumps([secrets.sender, secrets.text]).encode(), row_id.bytes)


def open_received(key: bytes, row_id: UUID, sealed: bytes) -> ReceivedSecrets:
    """Raises SealBroken."""
    sender, text = json.loads(open_sealed(key, sealed, row_id.bytes))
    return ReceivedSecrets(sender, text)


def _place(key_id: UUID) -> str:
    return f"data key {key_id}"


def _row_place(campaign_id: UUID, row_number: int) -> bytes:
    return campaign_id.bytes + row_number.to_bytes(4, "big")


__all__ = [
    "Digest",
    "KeyDestroyed",
    "ReceivedSecrets",
    "RecipientSecrets",
    "SealBroken",
    "close_data_key",
    "destroy_data_key",
    "digest",
    "make_data_key",
    "open_data_key",
    "open_received",
    "open_recipient",
    "ring",
    "seal_received",
    "seal_recipient",
    "store",
    "stored_forms",
    "use",
    "use_store",
    "wrap_anew",
]
