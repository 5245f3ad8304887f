"""Flask-Security's door to mail: its letters go into our queue."""

from typing import Any

from flask import current_app
from flask_security import MailUtil

from outreach import clock
from outreach.accounts import mailing
from outreach.domain.mail import Letter, MailKind
from outreach.web.filters import as_datetime

RESET = "reset_instructions"


class MailByNotify(MailUtil):
    """Of Flask-Security's letters only the link to a new password is sent as it asks.

    Its notices of changes are written by `notices`, in words of ours.
    """

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: str | tuple[str, str],
        sender: str | tuple[str, str],
        body: str | None,
        html: str | None,
        **values: Any,
    ) -> None:
        if template.rpartition("/")[2] != RESET:
            return
        settings = current_app.extensions["outreach_settings"]
        link = f"{settings.staff_url}/sign-in/forgotten/{values['reset_token']}"
        expires = clock.now() + current_app.config["SECURITY_RESET_PASSWORD_WITHIN"]
        mailing.queue(
            Letter(
                MailKind.PASSWORD_RESET,
                str(recipient),
                {"link": link, "expires": as_datetime(expires)},
            )
        )
