"""Form fields as people type into them: plain text, days, times of day, pounds."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovDateInput, GovTextInput
from wtforms import DateField, Field, StringField
from wtforms.validators import StopValidation, ValidationError

from outreach.domain.local_time import TimeUnreadable, clock_words, read_time
from outreach.domain.personal_data import shows_number_or_code

DAY_PARTS = ("day", "month", "year")
MOST_POUNDS = Decimal(1_000_000)


def plain(text: str | None) -> str | None:
    """A filter: no space at the ends, and one kind of line end."""
    return text and text.replace("\r\n", "\n").replace("\r", "\n").strip()


class Given:
    """A validator: something other than white space. What the field found itself comes first."""

    field_flags: Mapping[str, bool] = {"required": True}

    def __init__(self, message: str) -> None:
        self._message = message

    def __call__(self, form: FlaskForm, field: Field) -> None:
        if field.errors:
            raise StopValidation
        if not field.data:
            raise StopValidation(self._message)


def no_number_or_code(form: FlaskForm, field: Field) -> None:
    """A validator for what is kept in the audit log or shown to many."""
    if field.data and shows_number_or_code(field.data):
        raise ValidationError("Leave out phone numbers and referral codes. They are kept sealed")


def at_most(length: int, what: str) -> Callable[[FlaskForm, Field], None]:
    """A validator that says how long a text may be and how long it is."""

    def check(form: FlaskForm, field: Field) -> None:
        if field.data and len(field.data) > length:
            raise ValidationError(
                f"{what} must be {length:,} characters or fewer. It has {len(field.data):,}"
            )

    return check


class DayField(DateField):  # type: ignore[misc]
    """A date in three parts, all of them or none. `what` begins its error messages."""

    def __init__(self, label: str, what: str, **kwargs: object) -> None:
        super().__init__(label, format="%d %m %Y", widget=GovDateInput(), **kwargs)
        self._what = what

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        parts = [part.strip() for part in valuelist]
        self.data: date | None = None
        if not any(parts):
            return
        missing = [name for name, part in zip(DAY_PARTS, parts, strict=False) if not part]
        missing += DAY_PARTS[len(parts) :]
        if missing:
            raise ValueError(f"{self._what} must include a {' and '.join(missing)}")
        try:
            day, month, year = (int(part) for part in parts)
            self.data = date(year, month, day)
        except ValueError:
            raise ValueError(f"{self._what} must be a real date") from None


class _MeantField(StringField):  # type: ignore[misc]
    """What somebody typed stays in the box as it is; `_shown` writes a value that came from us.
    `what` begins the sentences about it."""

    widget = GovTextInput()

    def __init__(self, label: str, what: str, **kwargs: object) -> None:
        super().__init__(label, **kwargs)
        self._what = what

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self._shown(self.data)

    def _shown(self, value: Any) -> str:
        raise NotImplementedError


class ClockField(_MeantField):
    """A time of day, in any of the ways people write one."""

    def _shown(self, value: time) -> str:
        return clock_words(value)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data: time | None = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = read_time(valuelist[0])
        except TimeUnreadable:
            raise ValueError(f"{self._what} must be a time, like 9am, 5:30pm or 17:30") from None


class PoundsField(_MeantField):
    """An amount of money, kept in whole pence."""

    def _shown(self, value: int) -> str:
        return f"{Decimal(value) / 100:.2f}".removesuffix(".00")

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data: int | None = None
        typed = (valuelist[0] if valuelist else "").strip().lstrip("£").replace(",", "").strip()
        if typed:
            self.data = self._pence(typed)

    def _pence(self, typed: str) -> int:
        try:
            pence = Decimal(typed) * 100
        except InvalidOperation:
            raise ValueError(f"{self._what} must be an amount, like 250 or 99.50") from None
        if not pence.is_finite() or pence != int(pence):
            raise ValueError(f"{self._what} must be pounds and pence, like 250 or 99.50")
        if not 0 < pence <= MOST_POUNDS * 100:
            raise ValueError(f"{self._what} must be between £0.01 and £{MOST_POUNDS:,}")
        return int(pence)
