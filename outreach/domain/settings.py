"""What an administrator may set, in one place: names, defaults, bounds, and why one would.

The rows of the table `setting` bear these names. A setting that is not there has its default.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from uuid import UUID

from outreach.domain import pacing, pilot
from outreach.domain.cost import PENCE_PER_FRAGMENT, Tariff
from outreach.domain.errors import OutreachError
from outreach.domain.mail import MailKind

Value = str | int | None
"""What is stored. Money and rates are decimals, written as text so that none is rounded."""

_CEILING_PER_SECOND = Decimal(50)  # Notify takes 3,000 a minute (contract section 3)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class SettingRefused(OutreachError):
    """What was typed cannot be this setting's value; the message says why."""


class Group(StrEnum):
    """The headings of the settings page, in its order."""

    COST = "What texts cost"
    SENDING = "How texts are sent"
    REPLIES = "Replies"
    MAIL = "Letters to people with an account"
    KEEPING = "How long things are kept"


class Kind(StrEnum):
    WHOLE = "whole number"
    DECIMAL = "number"
    TEMPLATE = "template"
    TEXT = "text"


@dataclass(frozen=True)
class Definition:
    """One setting. `least` and `most` bound a number; `longest` bounds a text."""

    name: str
    group: Group
    label: str
    hint: str
    kind: Kind
    default: Decimal | int | str | None = None
    least: Decimal | int = 0
    most: Decimal | int = 0
    unit: str = ""
    longest: int = 2000

    def read(self, typed: str) -> Value:
        """The value to store, None for the default. Raises SettingRefused."""
        text = typed.strip()
        if not text:
            return None
        if self.kind is Kind.TEXT:
            return self._read_text(text)
        if self.kind is Kind.TEMPLATE:
            return self._read_id(text)
        return self._read_number(text)

    def shown(self, value: object) -> str:
        """A stored value, or the default where it is None, as it is typed."""
        given = self.default if value is None else value
        return "" if given is None else str(given)

    def is_default(self, value: Value) -> bool:
        """Whether storing it would say nothing."""
        return value is None or value == self.read(self.shown(None))

    def _read_text(self, text: str) -> str:
        if len(text) > self.longest:
            raise SettingRefused(f"Use {self.longest:,} characters or fewer")
        return _CONTROL.sub("", text.replace("\r\n", "\n"))

    def _read_id(self, text: str) -> str:
        try:
            return str(UUID(text))
        except ValueError as error:
            raise SettingRefused(
                "Enter the whole id, such as 1f6f2c1e-8a55-4c0e-9d5c-0a4b6f1d2e01"
            ) from error

    def _read_number(self, text: str) -> Value:
        try:
            number = Decimal(text)
        except InvalidOperation as error:
            raise SettingRefused("Enter a number") from error
        if not number.is_finite() or not self.least <= number <= self.most:
            raise SettingRefused(f"Enter a number from {self.least} to {self.most}")
        if self.kind is Kind.DECIMAL:
            return format(number.normalize(), "f")
        if number != number.to_integral_value():
            raise SettingRefused("Enter a whole number")
        return int(number)


def _email_template(kind: MailKind, label: str, placeholders: str) -> Definition:
    return Definition(
        kind.setting,
        Group.MAIL,
        label,
        f"The id of an email template in GOV.UK Notify with {placeholders}. "
        "Without one, no such letter is sent.",
        Kind.TEMPLATE,
    )


_usual = Tariff()

SETTINGS: Sequence[Definition] = (
    Definition(
        "pence_per_fragment", Group.COST, "Price of a fragment",
        "In pence, without VAT, as GOV.UK Notify's pricing page says. A campaign's budget is "
        "counted with it.",
        Kind.DECIMAL, PENCE_PER_FRAGMENT, Decimal("0.1"), 100, "pence",
    ),
    Definition(
        "vat_per_cent", Group.COST, "VAT",
        "Shown beside every price.", Kind.DECIMAL, _usual.vat_per_cent, 0, 100, "per cent",
    ),
    Definition(
        "free_fragments", Group.COST, "Free fragments left",
        "What is left of the year's free allowance at Notify. The service does not count it down: "
        "look at Notify's usage page now and then.",
        Kind.WHOLE, _usual.free_fragments, 0, 1_000_000, "fragments",
    ),
    Definition(
        "frequency_cap_days", Group.SENDING, "Days between two texts to one number",
        "Across all campaigns. A number texted more recently is refused when a list is uploaded.",
        Kind.WHOLE, 90, 0, 730, "days",
    ),
    Definition(
        "pilot_messages", Group.SENDING, "Size of the pilot",
        "How many texts of a campaign go first. The rest follows when enough of them arrived.",
        Kind.WHOLE, 20, 1, 1000, "texts",
    ),
    Definition(
        "pilot_percent", Group.SENDING, "Pilot of a small campaign",
        "If this share of the list is fewer texts than the size above, the pilot is this share.",
        Kind.WHOLE, 5, 1, 100, "per cent",
    ),
    Definition(
        "failure_limit_percent", Group.SENDING, "Failures that stop a campaign",
        "A campaign pauses itself when more than this share of its answers are permanent failures: "
        "the list may be old, or of other people.",
        Kind.WHOLE, pilot.LIMIT_PERCENT, 1, 100, "per cent",
    ),
    Definition(
        "send_rate", Group.SENDING, "Texts a second",
        "Notify takes 50 a second from one service. Leave room where other systems send through "
        "the same service.",
        Kind.DECIMAL, Decimal(int(pacing.DEFAULT_RATE)), Decimal("0.1"), _CEILING_PER_SECOND,
        "a second",
    ),
    Definition(
        "settle_seconds", Group.SENDING, "Wait before a message is looked up",
        "After a time-out nobody knows whether Notify took the text. It is looked up this long "
        "after; at less than 60 a text could go twice.",
        Kind.WHOLE, 120, 60, 3600, "seconds",
    ),
    Definition(
        "silence_seconds", Group.SENDING, "Wait for a delivery receipt",
        "After this long without one, Notify is asked what became of the text.",
        Kind.WHOLE, 1800, 60, 86_400, "seconds",
    ),
    Definition(
        "notify_retention_days", Group.SENDING, "Days that Notify keeps a message",
        "As it is set in your Notify service. An older message cannot be looked up any more.",
        Kind.WHOLE, 7, 3, 90, "days",
    ),
    Definition(
        "sms_sender_id", Group.SENDING, "Sender of the texts",
        "The id of a text message sender in Notify, if it is not the service's usual one.",
        Kind.TEMPLATE,
    ),
    Definition(
        "urgent_guidance", Group.REPLIES, "Guidance for urgent replies",
        "Shown beside a reply that may be about a danger to life or a child: whom to ring, what to "
        "write down. Write it with your safeguarding lead.",
        Kind.TEXT,
    ),
    Definition(
        "optout_confirmation_template_id", Group.REPLIES, "Confirmation of an opt-out",
        "The id of a text message template in Notify, sent once to somebody who opted out by "
        "reply. Without one, nothing is sent.",
        Kind.TEMPLATE,
    ),
    _email_template(MailKind.INVITATION, "Invitation", "((inviter)), ((link)) and ((expires))"),
    _email_template(MailKind.PASSWORD_RESET, "Forgotten password", "((link)) and ((expires))"),
    _email_template(
        MailKind.ACCOUNT_NOTICE, "Notice of a change to an account", "((subject)) and ((message))"
    ),
    _email_template(
        MailKind.CAMPAIGN_NEWS, "A campaign waits, was sent back or has stopped",
        "((subject)), ((message)) and ((link))",
    ),
    Definition(
        "email_template_audit_checkpoint", Group.MAIL, "Audit checkpoint of the day",
        "The id of an email template in GOV.UK Notify with ((date)) and ((checkpoint)). It goes to "
        "the auditors: what left the building cannot be rewritten.",
        Kind.TEMPLATE,
    ),
    Definition(
        "retention_days", Group.KEEPING, "Campaigns",
        "After a campaign has ended, its numbers, personalisation and codes are kept this long. "
        "Then their key is destroyed, and nobody can read them, in backups neither.",
        Kind.WHOLE, 30, 1, 365, "days",
    ),
    Definition(
        "reply_retention_days", Group.KEEPING, "Replies to no campaign",
        "Replies to a campaign go with it. Other texts that came in are kept this long.",
        Kind.WHOLE, 90, 1, 365, "days",
    ),
)  # fmt: skip

BY_NAME = {definition.name: definition for definition in SETTINGS}
