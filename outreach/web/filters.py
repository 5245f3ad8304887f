"""How values are written for people, in GOV.UK style."""

from datetime import date, datetime
from decimal import ROUND_CEILING, Decimal

from flask import Flask

from outreach.domain.phone_masking import mask
from outreach.domain.send_window import LONDON


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


def as_datetime(value: datetime) -> str:
    return f"{as_date(value)} at {as_time(value)}"


def as_number(value: int) -> str:
    return f"{value:,}"


def as_money(pence: int | Decimal) -> str:
    """Pounds from pence: `£12.34`, `£0.03`.

    Parts of a penny are rounded up, as a bill is never lower.
    """
    return f"£{Decimal(pence).to_integral_value(ROUND_CEILING) / 100:,.2f}"


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        date=as_date,
        month=as_month,
        time=as_time,
        datetime=as_datetime,
        number=as_number,
        money=as_money,
        mask=mask,
    )
