"""Telling people by mail that something about how they sign in has changed (ASVS 5.0, 6.3.7)."""

from dataclasses import dataclass

from outreach.accounts import mailing
from outreach.domain.mail import Letter, MailKind
from outreach.models import User

IF_NOT_YOU = "If this was not you, tell an administrator of the service at once."


@dataclass(frozen=True)
class Notice:
    subject: str
    message: str


PASSWORD_CHANGED = Notice(
    "Your Outreach password was changed",
    "Your password was changed, and every other session of yours was ended.",
)
SECOND_STEP_CHANGED = Notice(
    "Your second step for Outreach was changed",
    "The authenticator app of your account was changed, or was taken away for you to set up anew.",
)
PASSKEYS_CHANGED = Notice(
    "Your passkeys for Outreach were changed",
    "A passkey was added to your account or removed from it.",
)
RECOVERY_CODE_USED = Notice(
    "A recovery code was used to sign in to Outreach",
    "Somebody signed in to your account with one of your recovery codes.",
)
ROLES_CHANGED = Notice(
    "Your roles in Outreach were changed",
    "What you may do in Outreach has changed. Sign in again to go on.",
)
DISABLED = Notice(
    "Your Outreach account was switched off",
    "You cannot sign in to Outreach any more.",
)


def tell(user: User, notice: Notice) -> None:
    """Queued with the change itself; nothing where no template for notices is set."""
    mailing.queue(
        Letter(
            MailKind.ACCOUNT_NOTICE,
            user.email,
            {"subject": notice.subject, "message": f"{notice.message}\n\n{IF_NOT_YOU}"},
        )
    )
