"""A spreadsheet's cells as the text a person would read in them."""

import datetime

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_EXACT = 2**53
"""Above this a spreadsheet's number no longer holds every whole number."""


def as_text(value: object) -> str:
    """Whole numbers without `.0`, dates as GOV.UK writes them, TRUE and FALSE."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime.datetime):
        return _moment(value)
    if isinstance(value, datetime.date):
        return _date(value)
    return _clock(value) if isinstance(value, datetime.time) else str(value)


def _number(value: float) -> str:
    return str(int(value)) if abs(value) < _EXACT and value == int(value) else repr(value)


def _date(day: datetime.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _clock(time: datetime.time) -> str:
    """`9am`, `2:30pm`."""
    minutes = f":{time.minute:02d}" if time.minute else ""
    return f"{time.hour % 12 or 12}{minutes}{'am' if time.hour < 12 else 'pm'}"


def _moment(moment: datetime.datetime) -> str:
    if moment.time() == datetime.time():
        return _date(moment)
    return f"{_date(moment)} at {_clock(moment.time())}"
