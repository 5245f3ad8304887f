"""The forms of the reply queue, one class a page."""

from uuid import UUID

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovSelect
from wtforms import SelectField
from wtforms.validators import ValidationError

from outreach.domain.local_time import day_begins
from outreach.domain.reply_queue import CLASS_WORDS, RESOLUTION_WORDS, Resolution
from outreach.replies.listing import RULES, Wanted
from outreach.web.fields import DayField
from outreach.web.forms import reason_field

ANY = ("", "Any")


class RevealForm(FlaskForm):  # type: ignore[misc]
    reason = reason_field(
        "Why do you need the number?", missing="Enter why you need the number", longest=200
    )


class FilterForm(FlaskForm):  # type: ignore[misc]
    """Which replies to show. Sent by GET, so it changes nothing and needs no token."""

    class Meta:
        csrf = False

    since = DayField("Received from", "The first day")
    until = DayField("Received to", "The last day")
    reply_class = SelectField("What the rules said", widget=GovSelect(), default="")
    decision = SelectField("Decision", widget=GovSelect(), default="")
    person = SelectField("Decided by", widget=GovSelect(), default="")
    campaign = SelectField("Campaign", widget=GovSelect(), default="")

    def offer(self, people: list[tuple[int, str]], campaigns: list[tuple[UUID, str]]) -> None:
        """Give the fields what there is to choose from."""
        decisions = [(each.value, words) for each, words in RESOLUTION_WORDS.items()]
        self.reply_class.choices = [ANY, *CLASS_WORDS.items()]
        self.decision.choices = [ANY, *decisions]
        self.person.choices = [ANY, (RULES, "The rules"), *((str(i), name) for i, name in people)]
        self.campaign.choices = [ANY, *((str(i), title) for i, title in campaigns)]

    def validate_until(self, field: DayField) -> None:
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError("The last day must be on or after the first day")

    def chosen(self) -> Wanted:
        """For a form that is valid."""
        return Wanted(
            reply_class=self.reply_class.data or None,
            resolution=Resolution(self.decision.data) if self.decision.data else None,
            person=self.person.data or None,
            campaign_id=UUID(self.campaign.data) if self.campaign.data else None,
            since=day_begins(self.since.data),
            until=day_begins(self.until.data, later=1),
        )
