"""The forms of administration, one class a page."""

import re

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import StringField
from wtforms.validators import Regexp, ValidationError

from outreach.domain.phone import Mobile, parse_mobile
from outreach.web.fields import Given, at_most, plain

PHONE = re.compile(r"\+?[0-9][0-9 ()\-]{1,38}[0-9]")
WEBSITE = re.compile(r"https://[A-Za-z0-9.\-]+\.[A-Za-z]{2,}(?::[0-9]+)?(?:/[^\s]*)?")


class OrganisationForm(FlaskForm):  # type: ignore[misc]
    """What recipients are told about a partner."""

    name = StringField(
        "Name",
        widget=GovTextInput(),
        filters=[plain],
        validators=[Given("Enter the partner’s name"), at_most(120, "The name")],
    )
    phone = StringField(
        "Phone number",
        description="The helpline people call, written as they dial it.",
        widget=GovTextInput(),
        filters=[plain],
        validators=[
            Given("Enter the partner’s phone number"),
            Regexp(PHONE, message="Enter a phone number, like 0808 157 0123"),
            at_most(40, "The phone number"),
        ],
    )
    website = StringField(
        "Website",
        description="The whole address, beginning with https://.",
        widget=GovTextInput(),
        filters=[plain],
        validators=[
            Given("Enter the partner’s website"),
            Regexp(
                re.compile(f"(?:{WEBSITE.pattern})$"),
                message="Enter a whole web address, like https://www.example.org",
            ),
            at_most(200, "The website"),
        ],
    )


class ReplyNumberForm(FlaskForm):  # type: ignore[misc]
    """The inbound number of this service at Notify, or nothing."""

    number = StringField(
        "The number that receives replies",
        description="As GOV.UK Notify shows it under Settings, Receive text messages. Leave it "
        "empty if texts come from a name, or replies are switched off.",
        widget=GovTextInput(),
        filters=[plain],
    )

    def validate_number(self, field: StringField) -> None:
        if field.data and not isinstance(parse_mobile(field.data), Mobile):
            raise ValidationError("Enter a UK mobile number, like 07700 900123")
