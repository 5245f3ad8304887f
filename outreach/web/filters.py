"""How values are written for people, in GOV.UK style."""

import re
from datetime import date, datetime
from decimal import ROUND_CEILING, Decimal

from flask import Flask

from outreach.domain.phone_masking import mask
from outreach.domain.send_window import LONDON

_UK_MOBILE = re.compile(r"(?:\+?44|0)(7\d{3})(\d{6})")


def as_date(value: date | datetime) -> str:
    """`24 November 2026`, in London."""
    day = value.astimezone(LONDON).date() if isinstance(value, datetime) else value
    return f"{day.day} {day:%B %Y}"


def as_month(day: date) -> str:
    """`November 2026`."""
    return f"{day:%B %Y}"


def as_time(value: datetime) -> str:
    """`9:05am`, `midday`, `midnight`, in London."""
    local = value.astimezone(LONDON)
    if local.minute == 0 and local.hour in {0, 12}:
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


_UK_MOBILE = re.compile(r"(?:\+?44|0)(7\d{3})(\d{6})")


def as_datetime(value: datetime) -> str:
    return f"{as_date(value)} at {as_time(value)}"


def as_number(value: int) -> str:
    return f"{value:,}"


def as_money(pence: int | Decimal) -> str:
    """Pounds from pence: `£12.34`, `£0.03`.

    Parts of a penny are rounded up, as a bill is never lower.
    """
    return f"£{Decimal(pence).to_integral_value(ROUND_CEILING) / 100:,.2f}"


def as_phone(number: str | None) -> str:
    """Our own number as people read one out, `07700 900500`; anything else as it is."""
    found = _UK_MOBILE.fullmatch(number or "")
    return f"0{found[1]} {found[2]}" if found else number or ""


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        date=as_date,
        month=as_month,
        time=as_time,
        datetime=as_datetime,
        number=as_number,
        money=as_money,
        mask=mask,
        phone=as_phone,
    )
