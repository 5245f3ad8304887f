"""The letters the service writes to people who have an account, each a Notify email template."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class MailKind(StrEnum):
    """What a letter is for; an administrator chooses a template for each."""

    INVITATION = "invitation"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a kind of letter
    ACCOUNT_NOTICE = "account_notice"
    CAMPAIGN_NEWS = "campaign_news"

    @property
    def setting(self) -> str:
        """The name of the setting that holds the template's id."""
        return f"email_template_{self.value}"


PLACEHOLDERS: Mapping[MailKind, frozenset[str]] = {
    MailKind.INVITATION: frozenset({"inviter", "link", "expires"}),
    MailKind.PASSWORD_RESET: frozenset({"link", "expires"}),
    MailKind.ACCOUNT_NOTICE: frozenset({"subject", "message"}),
    MailKind.CAMPAIGN_NEWS: frozenset({"subject", "message", "link"}),
}
"""What the service fills in. A template may use fewer of them, and no others."""


@dataclass(frozen=True)
class Letter:
    """One letter: which, to which address, and what fills its placeholders."""

    kind: MailKind
    address: str
    values: Mapping[str, str]
