"""The forms of the audit pages."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextInput
from wtforms import SelectField, StringField
from wtforms.validators import ValidationError

from outreach.audit.queries import Filters
from outreach.domain.access import Role
from outreach.domain.audit import ActorKind, AuditAction, AuditCategory
from outreach.domain.audit_words import ACTION_WORDS, ACTOR_WORDS, CATEGORY_WORDS, sentence
from outreach.domain.send_window import LONDON
from outreach.web.fields import DayField, no_number_or_code, plain

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
            since=_begin(self.since.data),
            until=_begin(self.until.data, days=1),
            person=who if who and not is_kind else None,
            kind=ActorKind(who.removeprefix(KIND_PREFIX)) if is_kind else None,
            role=self.role.data or None,
            action=AuditAction(self.action.data) if self.action.data else None,
            category=AuditCategory(self.category.data) if self.category.data else None,
            campaign_id=UUID(self.campaign.data) if self.campaign.data else None,
            object_type=(self.object_type.data or "").lower().replace(" ", "_") or None,
            object_id=self.object_id.data or None,
        )


def _begin(day: date | None, days: int = 0) -> datetime | None:
    """The moment a day begins in London, or another some days later."""
    if day is None:
        return None
    midnight = datetime.combine(day + timedelta(days=days), time(0), LONDON)
    return midnight.astimezone(UTC)
