"""A small site that shows every component, so that they can be tested without the service.

It stands in for what the service gives its templates (who is signed in, the navigation) and
sends the content security policy the pages must live with.
"""

from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, flash, render_template, request
from flask_wtf import CSRFProtect, FlaskForm
from flask_wtf.file import FileField
from govuk_frontend_wtf.wtforms_widgets import (
    GovCharacterCount,
    GovCheckboxesInput,
    GovCheckboxInput,
    GovDateInput,
    GovFileInput,
    GovPasswordInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from wtforms import (
    BooleanField,
    DateField,
    Form,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from outreach.web import assets, filters

ROOT = Path(__file__).parent.parent.parent
DIST = ROOT / "static" / "dist"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PUBLIC_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
CHOICES = {"all": "Everybody on the list", "some": "Only some of them"}


class EveryField(FlaskForm):
    """One field of each kind the service uses."""

    name = StringField(
        "Name of the campaign",
        description="Only your team sees this",
        widget=GovTextInput(),
        validators=[InputRequired("Enter a name"), Length(max=50)],
    )
    basis = TextAreaField(
        "Lawful basis", widget=GovTextArea(), validators=[InputRequired("Enter the lawful basis")]
    )
    wording = TextAreaField(
        "Wording", widget=GovCharacterCount(), validators=[InputRequired("Enter the wording")]
    )
    who = RadioField(
        "Who is it for?",
        choices=CHOICES,
        widget=GovRadioInput(),
        validators=[InputRequired("Choose who it is for")],
    )
    days = SelectMultipleField(
        "Days texts may go",
        choices={"mon": "Monday", "tue": "Tuesday"},
        description="Choose all that apply",
        widget=GovCheckboxesInput(),
        validators=[InputRequired("Choose at least one day")],
    )
    agreed = BooleanField(
        "I have read the guidance",
        widget=GovCheckboxInput(),
        validators=[InputRequired("Confirm that you have read the guidance")],
    )
    partner = SelectField(
        "Partner",
        choices={"": "Choose a partner", "a": "Harbour"},
        widget=GovSelect(),
        validators=[InputRequired("Choose a partner")],
        render_kw={"params": {"classes": "app-partner"}},
    )
    starts_on = DateField(
        "Start date",
        format="%d %m %Y",
        widget=GovDateInput(),
        description="For example, 27 3 2026",
        validators=[InputRequired("Enter a start date")],
    )
    upload = FileField(
        "List of recipients", widget=GovFileInput(), validators=[InputRequired("Choose a file")]
    )
    password = PasswordField(
        "Password", widget=GovPasswordInput(), validators=[InputRequired("Enter your password")]
    )


class ReasonForm(FlaskForm):
    reason = StringField(
        "Reason", widget=GovTextInput(), validators=[InputRequired("Enter a reason")]
    )


class FilterForm(Form):
    search = StringField("Name contains", widget=GovTextInput())
    status = SelectField("Status", choices={"": "Any", "draft": "Draft"}, widget=GovSelect())
    since = DateField("Since", format="%d %m %Y", widget=GovDateInput())


@dataclass(frozen=True)
class Link:
    text: str
    href: str
    active: bool


@dataclass(frozen=True)
class Person:
    name: str = "Ada Requester"
    email: str = "ada@example.test"
    is_authenticated: bool = True


NAVIGATION = [
    Link("Home", "/", False),
    Link("Campaigns", "/campaigns", True),
    Link("Replies", "/replies", False),
    Link("Opt-outs", "/opt-outs", False),
    Link("Reports", "/reports", False),
]


def create_gallery() -> Flask:
    app = Flask(__name__, static_folder=DIST, static_url_path="/static")
    app.secret_key = "gallery"
    app.testing = True
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "loader": _loader()}
    CSRFProtect(app)
    assets.init_app(app)
    filters.init_app(app)
    app.jinja_env.globals.update(
        csp_nonce=lambda: "of-the-gallery",
        service_name="Outreach",
        nav_items=NAVIGATION,
        current_user=Person(),
        is_demo=True,
    )
    _add_pages(app)
    _add_live(app)
    return app


def _loader() -> BaseLoader:
    macros = ("govuk_frontend_jinja", "govuk_frontend_wtf")
    return ChoiceLoader(
        [
            FileSystemLoader([ROOT / "templates", Path(__file__).parent / "templates"]),
            PrefixLoader({name: PackageLoader(name) for name in macros}),
        ]
    )


def _add_pages(app: Flask) -> None:
    @app.get("/")
    def everything() -> str:
        flash("The campaign was submitted.", "success")
        flash("A pilot of 20 texts goes first.", "info")
        return render_template(
            "gallery/everything.html",
            filter_form=FilterForm(),
            page_href=lambda number: f"/?page={number}",
        )

    @app.route("/form", methods=["GET", "POST"])
    def every_field() -> str:
        form = EveryField()
        form.validate_on_submit()
        return render_template("gallery/form.html", form=form)

    @app.route("/confirm", methods=["GET", "POST"])
    def confirm() -> str:
        form = ReasonForm()
        form.validate_on_submit()
        return render_template("gallery/confirm.html", reason_form=form)

    @app.get("/public")
    def public() -> str:
        languages = [("cy", "Cymraeg", "/public?language=cy")]
        return render_template("gallery/public.html", languages=languages)

    @app.get("/errors/<name>")
    def error(name: str) -> str:
        status = request.args.get("status", type=int)
        return render_template(f"errors/{name}.html", status=status, is_stale_form=status == 400)

    @app.after_request
    def policy(response: Response) -> Response:
        is_public = request.path.endswith("/public")
        response.headers["Content-Security-Policy"] = PUBLIC_POLICY if is_public else POLICY
        return response


def _add_live(app: Flask) -> None:
    """A job that is a quarter further at each look, or fails as `?fault=` says."""
    looks = {"count": 0}

    @app.get("/live")
    def live() -> str:
        looks["count"] = 0
        return render_template("gallery/live.html", query=request.query_string.decode())

    @app.get("/live/part")
    def part() -> Response:
        looks["count"] += 1
        fault = request.args.get("fault")
        if fault == "signed-out":
            return app.redirect("/")
        if fault == "moves-on":
            return Response(f'<p data-live-done="{request.args["to"]}">Done</p>')
        if fault == "busy" and looks["count"] == 1:
            abort(503)
        done = min(looks["count"], 4) * 25
        response = Response(render_template("gallery/_job.html", done=done))
        if done == 100:
            response.headers["Live-Done"] = "true"
        return response

    @app.get("/live/looks")
    def count() -> str:
        return str(looks["count"])
