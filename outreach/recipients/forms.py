"""The forms of the recipients pages."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from govuk_frontend_wtf.wtforms_widgets import GovFileInput, GovSubmitInput
from wtforms import SubmitField


class UploadForm(FlaskForm):  # type: ignore[misc]
    """A list of recipients."""

    file = FileField(
        "Upload a list",
        widget=GovFileInput(),
        validators=[FileRequired("Choose a file to upload")],
    )
    submit = SubmitField("Upload and check", widget=GovSubmitInput())


class RemoveForm(FlaskForm):  # type: ignore[misc]
    """Nothing to fill in: the button is the question."""

    submit = SubmitField("Remove this list", widget=GovSubmitInput())
