"""The forms of deciding, one class a page."""

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovTextArea
from wtforms import BooleanField, HiddenField, TextAreaField

from outreach.web.fields import Given, at_most, no_number_or_code, plain


class ApproveForm(FlaskForm):  # type: ignore[misc]
    """`seen_digest` names the content that the approver has before them."""

    has_read_texts = BooleanField(
        "I have read the texts as they would arrive, and what others may infer from them",
        widget=GovCheckboxInput(),
        validators=[Given("Confirm that you have read the texts")],
    )
    has_read_page = BooleanField(
        "I have read the landing page",
        widget=GovCheckboxInput(),
        validators=[Given("Confirm that you have read the landing page")],
    )
    is_lawful = BooleanField(
        "The purpose, the list, the cost and the times are right, and these people may be texted",
        widget=GovCheckboxInput(),
        validators=[Given("Confirm that the purpose, the list, the cost and the times are right")],
    )
    seen_digest = HiddenField()


class ReturnForm(FlaskForm):  # type: ignore[misc]
    reason = TextAreaField(
        "What has to be changed?",
        description="The requester reads it, and it is kept in the audit log.",
        widget=GovTextArea(),
        filters=[plain],
        validators=[
            Given("Enter what has to be changed"),
            at_most(2000, "What has to be changed"),
            no_number_or_code,
        ],
    )
