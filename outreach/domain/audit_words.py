"""What each audit event is called on a page, in plain words: "Ade Approver approved the campaign".

A sentence's second half, in the past, without the actor. A test asks that every action has one.
"""

from collections.abc import Mapping

from outreach.domain.audit import ActorKind, AuditAction, AuditCategory

_A = AuditAction

ACTION_WORDS: Mapping[AuditAction, str] = {
    _A.CAMPAIGN_CREATED: "began a campaign",
    _A.CAMPAIGN_COPIED: "copied a campaign",
    _A.CAMPAIGN_VIEWED: "looked at a campaign",
    _A.CAMPAIGN_PURPOSE_CHANGED: "changed what a campaign is for",
    _A.CAMPAIGN_MESSAGE_CHOSEN: "chose the message",
    _A.CAMPAIGN_MESSAGE_PREVIEWED: "previewed the message with real rows",
    _A.CAMPAIGN_PARTNER_CHOSEN: "chose the partner",
    _A.CAMPAIGN_LANDING_CHANGED: "changed the landing page",
    _A.CAMPAIGN_SCHEDULE_CHANGED: "changed when texts may leave, or the budget",
    _A.CAMPAIGN_SUBMITTED: "submitted a campaign for approval",
    _A.CAMPAIGN_REOPENED: "took a campaign back to draft",
    _A.CAMPAIGN_RETURNED: "returned a campaign to its requester",
    _A.CAMPAIGN_APPROVED: "approved a campaign",
    _A.CAMPAIGN_APPROVAL_VOIDED: "voided an approval",
    _A.CAMPAIGN_RELEASED: "released a campaign for sending",
    _A.CAMPAIGN_PAUSED: "paused a campaign",
    _A.CAMPAIGN_AUTO_PAUSED: "paused a campaign by a rule",
    _A.CAMPAIGN_RESUMED: "let a campaign go on",
    _A.CAMPAIGN_CANCELLED: "cancelled a campaign",
    _A.CAMPAIGN_PILOT_PASSED: "let the rest follow the pilot",
    _A.CAMPAIGN_COMPLETED: "completed a campaign",
    _A.RECIPIENTS_UPLOADED: "uploaded a list of recipients",
    _A.RECIPIENTS_REFUSED: "gave a list that cannot be used",
    _A.RECIPIENTS_UPLOAD_CANCELLED: "stopped the check of a list",
    _A.RECIPIENTS_MATCHED: "checked a list against opt-outs, holds and earlier texts",
    _A.RECIPIENTS_VIEWED: "looked at a list's report",
    _A.RECIPIENTS_REPORT_DOWNLOADED: "downloaded a list's report",
    _A.RECIPIENTS_REMOVED: "removed a list of recipients",
    _A.RECIPIENT_VIEWED: "looked at one recipient",
    _A.NUMBER_REVEALED: "saw one full phone number",
    _A.MESSAGES_PREPARED: "prepared messages, or gave them back",
    _A.MESSAGES_SENT: "sent messages through GOV.UK Notify",
    _A.MESSAGES_SUPPRESSED: "withheld messages from people who are not to be texted",
    _A.MESSAGES_REFUSED: "had messages refused by GOV.UK Notify",
    _A.MESSAGES_RECONCILED: "asked GOV.UK Notify about messages it had not reported on",
    _A.MESSAGES_HELD: "held messages for a person to decide",
    _A.MESSAGES_SETTLED: "wrote down how messages ended",
    _A.MESSAGES_RETRIED: "had messages tried once more",
    _A.MESSAGE_HELD_VIEWED: "looked at a held message",
    _A.MESSAGE_HELD_RESOLVED: "decided on a held message",
    _A.SENDING_PAUSED: "paused all sending",
    _A.SENDING_RESUMED: "let all sending go on",
    _A.RECEIPTS_RECEIVED: "received a delivery receipt",
    _A.RECEIPT_REFUSED: "refused a delivery receipt",
    _A.REPLY_RECEIVED: "received a reply",
    _A.REPLY_CLASSIFIED: "sorted a reply by the rules",
    _A.REPLY_LISTED: "looked at the reply queue",
    _A.REPLY_READ: "read a reply",
    _A.REPLY_ASSIGNED: "took on a reply",
    _A.REPLY_UNASSIGNED: "gave a reply back to the queue",
    _A.REPLY_RESOLVED: "decided on a reply",
    _A.REPLY_UNDONE: "took back a decision on a reply",
    _A.REPLY_ERASED: "erased a reply",
    _A.OPTOUT_ADDED: "put a number on the suppression list",
    _A.OPTOUT_REMOVED: "took a number off the suppression list",
    _A.OPTOUT_REVOKED: "opted a number back in at the person's own text",
    _A.OPTOUT_CONFIRMED: "confirmed an opt-out to the person",
    _A.OPTOUT_LOOKED_UP: "looked up a number on the suppression list",
    _A.OPTOUT_IMPORTED: "imported opt-outs",
    _A.OPTOUT_EXPORTED: "exported the suppression list",
    _A.HOLD_PLACED: "put a number on hold",
    _A.HOLD_RELEASED: "released a hold",
    _A.REFERRALS_ISSUED: "issued referral codes",
    _A.LANDING_ACTED: "acted on the landing page",
    _A.CODE_CHECKED: "checked referral codes",
    _A.CODE_REFUSED: "tried referral codes that are not genuine",
    _A.OUTCOME_RECORDED: "recorded outcomes",
    _A.OUTCOME_CORRECTED: "corrected outcomes",
    _A.OUTCOME_WITHDRAWN: "withdrew outcomes",
    _A.OUTCOMES_VIEWED: "looked at outcomes, as counts",
    _A.SESSION_SIGNED_IN: "signed in",
    _A.SESSION_REFUSED: "could not sign in",
    _A.SESSION_CONFIRMED: "confirmed who they are",
    _A.SESSION_SIGNED_OUT: "signed out",
    _A.SESSION_ENDED: "ended a session",
    _A.PERMISSION_REFUSED: "asked for a page they may not open",
    _A.USER_INVITED: "invited a person",
    _A.USER_INVITED_AGAIN: "sent an invitation again",
    _A.USER_JOINED: "accepted an invitation",
    _A.USER_LINKED: "tied an account to the organisation's sign-in service",
    _A.USER_UNLINKED: "untied an account from the organisation's sign-in service",
    _A.USER_ROLE_CHANGED: "changed a person's roles",
    _A.USER_ROLE_CHANGE_ASKED: "asked for a change of a person's roles",
    _A.USER_ROLE_CHANGE_REFUSED: "refused a change of a person's roles",
    _A.USER_PASSWORD_CHANGED: "changed a password",
    _A.USER_PASSWORD_RESET_ASKED: "asked for a new password",
    _A.USER_SECOND_FACTOR_CHANGED: "changed a second step of signing in",
    _A.USER_RECOVERY_CODES_MADE: "made recovery codes",
    _A.USER_DETAILS_CHANGED: "changed a person's details",
    _A.USER_DISABLED: "disabled an account",
    _A.USER_ENABLED: "enabled an account",
    _A.USERS_VIEWED: "looked at the accounts",
    _A.ORGANISATION_CREATED: "added an organisation",
    _A.ORGANISATION_CHANGED: "changed an organisation",
    _A.ORGANISATION_DISABLED: "disabled an organisation",
    _A.TEMPLATE_ALLOWED: "allowed a template",
    _A.TEMPLATE_WITHDRAWN: "withdrew a template",
    _A.SETTING_CHANGED: "changed a setting",
    _A.KEY_CREATED: "made a key",
    _A.KEY_ROTATED: "changed a key for a new one",
    _A.KEY_DESTROYED: "destroyed a key",
    _A.RETENTION_PREVIEWED: "previewed an erasure",
    _A.RETENTION_ERASED: "erased personal data whose time was over",
    _A.LEGAL_HOLD_PLACED: "placed a legal hold on a campaign's data",
    _A.LEGAL_HOLD_LIFTED: "lifted a legal hold on a campaign's data",
    _A.SUBJECT_FOUND: "looked for one person's data",
    _A.SUBJECT_EXPORTED: "exported one person's data",
    _A.SUBJECT_CORRECTED: "corrected one person's data",
    _A.SUBJECT_ERASED: "erased one person's data",
    _A.DATABASE_SEEDED: "filled the database with samples",
    _A.REPORT_VIEWED: "looked at a report",
    _A.REPORT_EXPORTED: "exported a report",
    _A.AUDIT_VIEWED: "read the audit log",
    _A.AUDIT_EVENT_VIEWED: "looked at one audit event",
    _A.AUDIT_ACCESS_VIEWED: "read the access report",
    _A.AUDIT_NUMBER_TRACED: "asked who saw a number",
    _A.AUDIT_EXPORTED: "exported the audit log",
    _A.AUDIT_VERIFIED: "verified the audit log",
    _A.AUDIT_CHECKPOINT_EMAILED: "emailed the day's checkpoint",
    _A.AUDIT_COSIGNED: "cosigned a checkpoint",
    _A.MAIL_SENT: "sent an email",
    _A.MAIL_REFUSED: "could not send an email",
}

CATEGORY_WORDS: Mapping[AuditCategory, str] = {
    AuditCategory.COLLECTION: "Collection",
    AuditCategory.ALTERATION: "Alteration",
    AuditCategory.CONSULTATION: "Consultation (looking)",
    AuditCategory.DISCLOSURE: "Disclosure (passing on)",
    AuditCategory.COMBINATION: "Combination (matching)",
    AuditCategory.ERASURE: "Erasure",
}

ACTOR_WORDS: Mapping[ActorKind, str] = {
    ActorKind.PERSON: "Somebody on the team",
    ActorKind.JOB: "The service itself",
    ActorKind.PARTNER: "A partner",
    ActorKind.PUBLIC: "Somebody not signed in",
}

_OBJECT_WORDS: Mapping[str, str] = {
    "audit_checkpoint": "checkpoint",
    "audit_check": "verification",
    "audit_event": "audit event",
    "audit_key": "key of the log",
    "audit_log": "audit log",
    "data_key": "key",
    "suppression": "opt-out",
    "upload": "list",
    "user": "account",
}


def action_words(action: str) -> str:
    """Also for an action that this version no longer knows."""
    try:
        return ACTION_WORDS[AuditAction(action)]
    except (KeyError, ValueError):
        return action.replace(".", ": ").replace("_", " ")


def sentence(words: str) -> str:
    """With a capital first letter, and every other letter as it is."""
    return words[:1].upper() + words[1:]


def category_words(category: str) -> str:
    try:
        return CATEGORY_WORDS[AuditCategory(category)]
    except ValueError:
        return category


def object_words(object_type: str) -> str:
    return _OBJECT_WORDS.get(object_type, object_type.replace("_", " "))


def object_type_of(words: str) -> str:
    """The object type that a page calls so, or that is spelt so: `list` and `upload` are one."""
    plain = words.strip().lower()
    types = {name: object_type for object_type, name in _OBJECT_WORDS.items()}
    return types.get(plain, plain.replace(" ", "_"))


def job_words(name: str) -> str:
    """Who acts without signing in: the service, somebody at its command line, a second body."""
    kind, _, rest = name.partition(":")
    if rest and kind == "command":
        return f"Somebody at the command line ({rest})"
    if rest and kind == "witness":
        return f"The second body {rest}"
    return f"{ACTOR_WORDS[ActorKind.JOB]} ({name.replace('_', ' ')})"


def change_words(name: str, value: object) -> tuple[str, str]:
    """One change as `Messages`, `1,000`; yes and no for true and false."""
    label = sentence(name.replace("_", " "))
    if value is None:
        return label, "nothing"
    if isinstance(value, bool):
        return label, "yes" if value else "no"
    return label, f"{value:,}" if isinstance(value, int) else str(value)
