"""When a number was last texted, for the frequency cap across campaigns."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite

from outreach.extensions import db
from outreach.models import LastContact


def note_contacts(digests: Collection[bytes], at: datetime) -> None:
    """Remember that these numbers were texted, or may have been. In order, so that two writers
    never wait in a ring."""
    if not digests:
        return
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    statement = insert(LastContact)
    statement = statement.on_conflict_do_update(
        index_elements=[LastContact.phone_digest],
        set_={"texted_at": statement.excluded.texted_at},
        where=LastContact.texted_at < statement.excluded.texted_at,
    )
    rows = [{"phone_digest": digest, "texted_at": at} for digest in sorted(set(digests))]
    db.session.execute(statement, rows)
