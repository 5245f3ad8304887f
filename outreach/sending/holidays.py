"""Bank holidays of England and Wales, with GOV.UK asked once a day for new ones.

The packaged ones need no network; what GOV.UK adds is kept in the settings, for every process.
"""

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from govuk_bank_holidays.bank_holidays import BankHolidays

from outreach import clock
from outreach.audit import service as audit
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.extensions import db
from outreach.models import Setting
from outreach.transaction import transaction

NAME, ASKED_AT = "bank_holidays", "bank_holidays_asked_at"
OLD = timedelta(days=1)
TIMEOUT_SECONDS = 5


@cache
def packaged() -> frozenset[date]:
    return _dates(BankHolidays(use_cached_holidays=True))


@cache
def _names() -> dict[date, str]:
    return {day["date"]: str(day["title"]) for day in _days(BankHolidays(use_cached_holidays=True))}


def name_of(day: date) -> str:
    """What a bank holiday is called; those that GOV.UK added later are kept without their names."""
    return _names().get(day, "Bank holiday")


def are_old() -> bool:
    row = db.session.get(Setting, ASKED_AT)
    return row is None or clock.now() - datetime.fromisoformat(row.value) > OLD


def refresh() -> None:
    """Ask GOV.UK; without an answer the library gives its packaged ones, and nothing is lost."""
    fetched = _dates(BankHolidays(download_timeout=TIMEOUT_SECONDS))
    with transaction():
        db.session.merge(Setting(name=ASKED_AT, value=clock.now().isoformat()))
        row = db.session.get(Setting, NAME)
        known = frozenset(date.fromisoformat(day) for day in row.value) if row else frozenset()
        new = fetched - packaged() - known
        if not new:
            return
        db.session.merge(Setting(name=NAME, value=sorted(day.isoformat() for day in new | known)))
        audit.record(
            AuditAction.SETTING_CHANGED,
            Actor.job("bank-holidays"),
            "setting",
            NAME,
            changes={"added": len(new)},
        )


def _dates(holidays: BankHolidays) -> frozenset[date]:
    return frozenset(day["date"] for day in _days(holidays))


def _days(holidays: BankHolidays) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = holidays.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    return found
