"""What erasing costs, and how it grows: a campaign of 1,000 and one of 100,000, on both databases.

The floor is the same rows updated by one statement a table, no index touched, in the same run.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from sqlalchemy import insert, update

from bench.quick import is_quick
from outreach import clock, vault
from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import MessageStatus
from outreach.extensions import db
from outreach.factory import create_app
from outreach.models import Campaign, DataKey, Message, Recipient, Upload
from outreach.retention import running, service
from outreach.transaction import transaction
from tests.databases import make_sqlite_template, postgres_cluster
from tests.factories import make_campaign
from tests.settings import make_settings

SIZES = (1_000, 100_000)
MOST_GROWTH = 4
"""Time a row at 100,000 over one at 1,000. It is not flat on SQLite: noise in place of digests
lands all over the indexes, which at 100,000 rows are larger than the cache."""
AT_ONCE = 5_000


def main() -> None:
    quick = is_quick("bench.retention")
    sizes = (100, 200) if quick else SIZES
    folder = Path(tempfile.mkdtemp(prefix="outreach-bench-"))
    template = make_sqlite_template(folder)
    has_missed = False
    with postgres_cluster() as cluster:
        for size in sizes:
            shutil.copy(template, folder / f"{size}.db")
        for name in ("sqlite", "postgresql"):
            per_row = {}
            for size in sizes:
                is_sqlite = name == "sqlite"
                url = f"sqlite:///{folder / f'{size}.db'}" if is_sqlite else cluster.new_database()
                per_row[size] = _measure(name, url, size, folder)
            growth = per_row[sizes[1]] / per_row[sizes[0]]
            print(f"{name}: time a row grows by {growth:.2f} from {sizes[0]:,} to {sizes[1]:,}")
            has_missed = has_missed or growth > MOST_GROWTH
    shutil.rmtree(folder)
    sys.exit(int(has_missed and not quick))


def _measure(name: str, url: str, size: int, folder: Path) -> float:
    """Seconds a recipient."""
    app = create_app(make_settings(database_url=url, instance_path=folder))
    with app.app_context():
        campaign = make_campaign(app, CampaignStatus.COMPLETED)
        campaign_id = campaign.id
        _fill(campaign, size)
        keys = _timed(lambda: _begin(campaign_id))
        rows = _timed(lambda: [None for _ in running.blank(by=service.RETENTION)])
        _fill_again(campaign_id)
        floor = _timed(lambda: _floor(campaign_id))
        print(
            f"{name}, {size:,}: unreadable after {keys * 1000:.0f} ms, blanked in {rows:.2f} s "
            f"({rows / floor:.1f} times the floor of {floor:.2f} s)"
        )
        app.extensions["outreach_engine"].close()
        db.session.remove()
        db.engine.dispose()
    return rows / size


def _timed(act: Callable[[], object]) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began


def _begin(campaign_id: UUID) -> None:
    with transaction():
        service.begin(campaign_id, by=service.RETENTION)


def _fill(campaign: Campaign, size: int) -> None:
    key = vault.open_data_key(db.session.get_one(DataKey, campaign.data_key_id))
    upload_id = db.session.scalar(db.select(Upload.id).where(Upload.campaign_id == campaign.id))
    campaign_id, now = campaign.id, clock.now()
    first = 1_000_000
    for start in range(0, size, AT_ONCE):
        people = [
            {
                "id": first + n,
                "campaign_id": campaign_id,
                "upload_id": upload_id,
                "row_number": n + 100,
                "phone_digest": vault.digest(f"+447{n:09}"),
                "code_digest": vault.digest(f"code {n}"),
                "sealed": vault.seal_recipient(
                    key, campaign_id, n + 100, vault.RecipientSecrets(f"+447{n:09}", {}, f"c{n}")
                ),
                "fragments": 1,
                "price_multiplier": 1,
            }
            for n in range(start, min(start + AT_ONCE, size))
        ]
        texts = [
            {
                "campaign_id": campaign_id,
                "recipient_id": each["id"],
                "phone_digest": each["phone_digest"],
                "status": MessageStatus.DELIVERED,
                "fragments": 1,
                "accepted_at": now,
                "final_at": now,
            }
            for each in people
        ]
        with transaction():
            db.session.execute(insert(Recipient), people)
            db.session.execute(insert(Message), texts)


def _fill_again(campaign_id: UUID) -> None:
    """So that the floor has as much to take away."""
    with transaction():
        db.session.execute(
            update(Recipient).where(Recipient.campaign_id == campaign_id).values(sealed=b"s" * 80)
        )


def _floor(campaign_id: UUID) -> None:
    with transaction():
        db.session.execute(
            update(Recipient).where(Recipient.campaign_id == campaign_id).values(sealed=None)
        )
        db.session.execute(
            update(Message).where(Message.campaign_id == campaign_id).values(reason=None)
        )


if __name__ == "__main__":
    main()
