"""Is the key store the one this database was made with? The first start makes it and writes down
which it is; every later start stops where there is another or none."""

from contextlib import suppress
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from outreach import clock, vault
from outreach.config import HOW_TO_MAKE, SettingsRefused
from outreach.extensions import db
from outreach.models import UsedKeyStore
from outreach.transaction import transaction

_HOW = HOW_TO_MAKE["OUTREACH_KEY_STORE_URL"]


def check_store() -> None:
    """Raises SettingsRefused where the key store is not the one this database was made with."""
    store = vault.store()
    used = db.session.scalar(select(UsedKeyStore.store_id))
    try:
        if used is None:
            store.make(uuid4().hex)
        found = store.identity()
    except (SQLAlchemyError, OSError) as fault:
        raise SettingsRefused(
            "The key store does not answer, or this user may not use it. Check "
            f"OUTREACH_KEY_STORE_URL. {_HOW}"
        ) from fault
    if used is None:
        used = _write_down(found or "")
    if found != used:
        is_missing = "is not there" if found is None else "is another than it was made with"
        raise SettingsRefused(
            f"The key store of this database {is_missing}, so nothing that is sealed could be "
            "opened. Point OUTREACH_KEY_STORE_URL at the right one, or restore it from its own "
            "backup; every machine needs the same."
        )


def _write_down(store_id: str) -> str | None:
    """What is written down then: another process that starts just now may have been before us."""
    with suppress(IntegrityError), transaction():
        if db.session.scalar(select(UsedKeyStore.store_id)) is None:
            db.session.add(UsedKeyStore(only=1, store_id=store_id, used_since=clock.now()))
    return db.session.scalar(select(UsedKeyStore.store_id))
