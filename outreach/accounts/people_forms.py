"""The forms about other people's accounts."""

from email_validator import EmailNotValidError, validate_email
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovSelect,
    GovTextInput,
)
from wtforms import EmailField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, ValidationError

from outreach.domain.access import Role
from outreach.web.fields import Given, at_most, plain

ROLE_HINTS = {
    Role.REQUESTER: "Drafts campaigns, uploads lists, reads replies",
    Role.APPROVER: "Approves and releases what others drafted, reads replies, removes opt-outs",
    Role.PARTNER: "Checks referral codes and records outcomes. No other role may be added",
    Role.AUDITOR: "Reads and exports the audit log",
    Role.ADMIN: "Manages people, partners, templates and settings",
}
NO_ORGANISATION = ("", "None: works for the force or council")


class ConfirmedForm(FlaskForm):  # type: ignore[misc]
    """Nothing to fill in: the button is the answer."""


class RolesForm(FlaskForm):  # type: ignore[misc]
    roles = SelectMultipleField(
        "Roles",
        widget=GovCheckboxesInput(),
        choices=[(role.value, role.value.capitalize()) for role in Role],
        validators=[InputRequired("Choose at least one role")],
    )

    @property
    def wanted(self) -> frozenset[Role]:
        return frozenset(Role(name) for name in self.roles.data or [])


class InviteForm(RolesForm):
    """Who, in which roles; a partner's person belongs to an organisation."""

    name = StringField(
        "Name",
        widget=GovTextInput(),
        filters=[plain],
        validators=[Given("Enter the person’s name"), at_most(120, "The name")],
        description="As others will see it.",
    )
    email = EmailField(
        "Email address",
        widget=GovTextInput(),
        filters=[plain],
        validators=[Given("Enter an email address"), at_most(255, "The address")],
    )
    organisation = SelectField("Organisation", widget=GovSelect(), default="")

    def offer(self, organisations: list[tuple[int, str]]) -> None:
        """The partners to choose from, as (id, name)."""
        named = [(str(number), name) for number, name in organisations]
        self.organisation.choices = [NO_ORGANISATION, *named]

    def validate_email(self, field: EmailField) -> None:
        try:
            validate_email(field.data, check_deliverability=False, test_environment=True)
        except EmailNotValidError as error:
            raise ValidationError("Enter an email address in the form name@example.org") from error
