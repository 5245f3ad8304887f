"""The forms of the audit pages."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import NumberRange, Optional, ValidationError

from outreach.audit.queries import Filters
from outreach.domain.access import Role
from outreach.domain.audit import ActorKind, AuditAction, AuditCategory
from outreach.domain.audit_words import (
    ACTION_WORDS,
    ACTOR_WORDS,
    CATEGORY_WORDS,
    object_type_of,
    sentence,
)
from outreach.domain.checkpoint import find_note
from outreach.domain.local_time import day_begins
from outreach.domain.phone import Mobile, PhoneProblem, parse_mobile
from outreach.web.fields import DayField, at_most, no_number_or_code, plain

PERIODS = (7, 30, 90, 365)
"""Days the access report may go back."""
MOST_ENTRIES = 1 << 52
ANY = ("", "Any")
KIND_PREFIX = "kind:"


class FilterForm(FlaskForm):  # type: ignore[misc]
    """Which events to show. Sent by GET, so it changes nothing and needs no token."""

    class Meta:
        csrf = False

    since = DayField("From", "The first day")
    until = DayField("To", "The last day")
    person = SelectField("Who", widget=GovSelect(), default="")
    role = SelectField("Role", widget=GovSelect(), default="")
    action = SelectField("Action", widget=GovSelect(), default="")
    category = SelectField("Kind of processing", widget=GovSelect(), default="")
    campaign = SelectField("Campaign", widget=GovSelect(), default="")
    object_type = StringField("Acted on: what", widget=GovTextInput(), filters=[plain])
    object_id = StringField(
        "Acted on: its number",
        widget=GovTextInput(),
        filters=[plain],
        validators=[no_number_or_code],
    )

    def offer(self, people: list[tuple[str, str]], campaigns: list[tuple[str, str]]) -> None:
        """Give the fields what there is to choose from."""
        jobs = [(f"{KIND_PREFIX}{kind}", words) for kind, words in ACTOR_WORDS.items()]
        actions = sorted(ACTION_WORDS.items(), key=lambda pair: pair[1])
        self.person.choices = [ANY, *jobs, *people]
        self.role.choices = [ANY, *((role.value, role.value.capitalize()) for role in Role)]
        self.action.choices = [ANY, *((a.value, sentence(w)) for a, w in actions)]
        self.category.choices = [ANY, *((c.value, w) for c, w in CATEGORY_WORDS.items())]
        self.campaign.choices = [ANY, *campaigns]

    def validate_until(self, field: DayField) -> None:
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError("The last day must be on or after the first day")

    def chosen(self) -> Filters:
        """For a form that is valid."""
        who = self.person.data or ""
        is_kind = who.startswith(KIND_PREFIX)
        return Filters(
            since=day_begins(self.since.data),
            until=day_begins(self.until.data, later=1),
            person=who if who and not is_kind else None,
            kind=ActorKind(who.removeprefix(KIND_PREFIX)) if is_kind else None,
            role=self.role.data or None,
            action=AuditAction(self.action.data) if self.action.data else None,
            category=AuditCategory(self.category.data) if self.category.data else None,
            campaign_id=UUID(self.campaign.data) if self.campaign.data else None,
            object_type=object_type_of(self.object_type.data or "") or None,
            object_id=self.object_id.data or None,
        )


class CheckForm(FlaskForm):  # type: ignore[misc]
    """Verify now, and compare with a checkpoint the auditor kept."""

    checkpoint = TextAreaField(
        "A checkpoint you kept (optional)",
        widget=GovTextArea(),
        description="Paste one from an email of ours, however old. It shows whether the log was "
        "rewritten, or put back to an older copy, since then.",
        filters=[plain],
        validators=[at_most(20_000, "What you paste")],
    )

    def validate_checkpoint(self, field: TextAreaField) -> None:
        if field.data and find_note(field.data) is None:
            raise ValidationError(
                "There is no checkpoint in what you pasted. It begins with the log’s name and ends "
                "with a line that begins with a long dash"
            )

    def kept(self) -> str | None:
        return find_note(self.checkpoint.data) if self.checkpoint.data else None


class ExportForm(FlaskForm):  # type: ignore[misc]
    """What to export."""

    extent = RadioField(
        "What do you need?",
        widget=GovRadioInput(),
        choices=[
            ("all", "The whole log"),
            ("days", "The events of some days"),
            ("entries", "Entries by their numbers"),
        ],
        default="all",
    )
    since = DayField("First day", "The first day")
    until = DayField("Last day", "The last day")
    first = IntegerField(
        "First entry", widget=GovTextInput(), validators=[Optional(), NumberRange(0, MOST_ENTRIES)]
    )
    last = IntegerField(
        "Last entry", widget=GovTextInput(), validators=[Optional(), NumberRange(0, MOST_ENTRIES)]
    )
    has_proofs = BooleanField("Put a proof of its own on every line", widget=GovCheckboxInput())

    def validate_since(self, field: DayField) -> None:
        if self.extent.data == "days" and not field.data:
            raise ValidationError("Enter the first day")

    def validate_until(self, field: DayField) -> None:
        if self.extent.data != "days":
            return
        if not field.data:
            raise ValidationError("Enter the last day")
        if self.since.data and field.data < self.since.data:
            raise ValidationError("The last day must be on or after the first day")

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        """An empty number is valid in itself, and asks no more questions of its field."""
        is_valid: bool = super().validate(extra_validators)
        if not is_valid or self.extent.data != "entries":
            return is_valid
        if self.first.data is None:
            self.first.errors = ["Enter the first entry"]
        if self.last.data is None:
            self.last.errors = ["Enter the last entry"]
        elif self.first.data is not None and self.last.data < self.first.data:
            self.last.errors = ["The last entry must not be before the first"]
        return not (self.first.errors or self.last.errors)

    def days(self) -> tuple[datetime, datetime] | None:
        since, until = day_begins(self.since.data), day_begins(self.until.data, later=1)
        return (since, until) if self.extent.data == "days" and since and until else None

    def entries(self) -> tuple[int, int] | None:
        if self.extent.data != "entries":
            return None
        return self.first.data, self.last.data


class PeriodForm(FlaskForm):  # type: ignore[misc]
    """How far back the access report goes. Sent by GET."""

    class Meta:
        csrf = False

    days = SelectField(
        "Time",
        widget=GovSelect(),
        choices=[(str(days), f"The last {days} days") for days in PERIODS],
        default=str(PERIODS[1]),
    )


class TraceForm(FlaskForm):  # type: ignore[misc]
    """One number, typed. It is never shown again but masked."""

    phone = StringField("Mobile number", widget=GovTextInput(), filters=[plain])
    mobile: Mobile | None = None

    def validate_phone(self, field: StringField) -> None:
        if not field.data:
            raise ValidationError("Enter a mobile number")
        parsed = parse_mobile(field.data)
        if isinstance(parsed, PhoneProblem):
            raise ValidationError(parsed.detail)
        self.mobile = parsed
