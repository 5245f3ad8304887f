"""How much room people take: bytes a person on both databases, by table.

A list of so many rows goes through the real services up to the release, every text counts as
accepted, and has a receipt of its own; the audit log is sealed. What is measured is what the
database's tables and indexes grew by.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import func, text, update

from bench.quick import is_quick
from outreach import clock
from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import MessageStatus
from outreach.extensions import db
from outreach.factory import create_app
from outreach.models import LastContact, Message, Recipient
from outreach.receipts import service as receipts
from outreach.transaction import transaction
from tests.audit import log
from tests.chaos.campaign import numbers
from tests.databases import make_sqlite_template, postgres_cluster
from tests.factories import make_campaign
from tests.settings import make_settings

PEOPLE = 10_000
POSTGRESQL = """SELECT relname, pg_total_relation_size(oid) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"""
SQLITE = """SELECT m.tbl_name, sum(s.pgsize) FROM dbstat s
    JOIN sqlite_master m ON m.name = s.name GROUP BY m.tbl_name"""


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{make_sqlite_template(folder)}"
        return
    with postgres_cluster() as cluster:
        yield cluster.new_database()


def measure(kind: str, people: int, folder: Path) -> dict[str, float]:
    """Bytes a person, by table."""
    with database(kind, folder) as url:
        app = create_app(make_settings(database_url=url, instance_path=folder))
        with app.app_context():
            before = sizes(kind)
            fill(app, people)
            deliver()
            after = sizes(kind)
            app.extensions["outreach_engine"].close()
            db.session.remove()
            db.engine.dispose()
    grown = {name: (size - before.get(name, 0)) / people for name, size in after.items()}
    return {name: size for name, size in sorted(grown.items(), key=lambda p: -p[1]) if size >= 1}


def sizes(kind: str) -> dict[str, int]:
    rows = db.session.execute(text(POSTGRESQL if kind == "postgresql" else SQLITE))
    found = {name: int(size) for name, size in rows}
    db.session.rollback()
    return found


def fill(app: Flask, people: int) -> None:
    rows = [f"{number},Alexandra" for number in numbers(people)]
    listed = "\n".join(["phone number,name", *rows, ""]).encode()
    make_campaign(app, CampaignStatus.SENDING, recipients=listed, budget_pence=100_000_000)
    now = clock.now()
    with transaction():
        db.session.execute(
            update(Message).values(
                status=MessageStatus.ACCEPTED,
                claimed_at=now,
                accepted_at=now,
                notification_id=Message.reference,
                template_version=1,
                attempt=1,
            )
        )
        contacts = db.select(Recipient.phone_digest, func.max(now))
        columns = ["phone_digest", "texted_at"]
        db.session.execute(
            db.insert(LastContact).from_select(columns, contacts.group_by(Recipient.phone_digest))
        )


def deliver() -> None:
    """A receipt for every text, in transactions of their own as they come."""
    ids = db.session.scalars(db.select(Message.notification_id)).all()
    for notification_id in ids:
        with transaction():
            receipts.settle(receipts.Receipt(notification_id, None, "delivered", 1))
    log.seal(len(ids) + 1_000)


def main() -> None:
    people = 50 if is_quick("bench.size") else PEOPLE
    for kind in ("sqlite", "postgresql"):
        folder = Path(tempfile.mkdtemp(prefix="outreach-size-"))
        try:
            found = measure(kind, people, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        parts = ", ".join(f"{name} {size:.0f}" for name, size in found.items())
        print(f"{kind}: {sum(found.values()):.0f} bytes a person ({parts})")


if __name__ == "__main__":
    main()
