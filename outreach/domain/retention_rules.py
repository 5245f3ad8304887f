"""Every column that could hold something about a person: how long it does, what ends it, and why.

`docs/retention.md` shows this table, and a test asks that it does. Another test walks the tables of
the database and fails for a column of text or bytes that is in neither of the two lists here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """`columns` are `table.column`. `until`, `ends` and `why` are the words of the document."""

    what: str
    columns: Sequence[str]
    until: str
    ends: str
    why: str


RULES: Sequence[Rule] = (
    Rule(
        "Numbers, personalisation and referral codes of a campaign",
        ("recipient.sealed", "recipient.code_digest", "recipient.phone_digest"),
        "30 days after the campaign ended (setting, 1 to 365). A list never sent: as long after "
        "the last change, or after its start time where that is later",
        "The campaign’s key is destroyed, the row blanked, the digest replaced by noise",
        "Texts are answered, codes checked and complaints made in the weeks after",
    ),
    Rule(
        "Which text went to which number",
        ("message.phone_digest", "message.reason"),
        "With the campaign",
        "The digest, and the reference Notify knows the text by, are replaced by noise; Notify’s "
        "id and words are blanked",
        "Statuses and times stay for the figures, and belong to nobody any more",
    ),
    Rule(
        "Rows that were refused",
        ("row_problem.masked", "row_problem.detail", "row_problem.reason"),
        "With the campaign",
        "The rows are deleted; how many there were for each reason is kept",
        "So that the requester can mend the list",
    ),
    Rule(
        "A file that waits to be checked",
        ("upload.spool", "upload.fault", "upload.notices", "upload.summary"),
        "The file until its check ends, some minutes; faults, notices and the numbers of example "
        "rows with the campaign",
        "Blanked in the transaction that ends the check; the rest with the campaign",
        "Long lists are checked by the worker",
    ),
    Rule(
        "Replies",
        ("received_text.sealed", "received_text.phone_digest"),
        "With the campaign, and 90 days after they came (setting, 1 to 365) at the latest; never "
        "before somebody has read one that needs a person",
        "Blanked, the digest replaced by noise. Replies to no campaign lie under a key of their "
        "month, which is destroyed when the last of them is erased",
        "A cry for help has to be answered, and a complaint to be looked into",
    ),
    Rule(
        "Texts that confirmed an opt-out",
        ("confirmation_text.phone_digest", "confirmation_text.reason"),
        "With the reply",
        "As with texts",
        "So that nobody gets two",
    ),
    Rule(
        "Suppression list",
        ("suppression.phone_digest", "suppression.removed_reason"),
        "For ever, as a keyed digest, without a number. An entry taken off the list: 30 days "
        "(the campaigns’ setting)",
        "Of an entry taken off, the digest is replaced by noise; it counts on in the figures",
        "Not texting somebody who said stop needs it: UK GDPR art. 21",
    ),
    Rule(
        "Numbers on hold",
        ("hold.phone_digest",),
        "Until let go, and 30 days more (the campaigns’ setting)",
        "The row is deleted",
        "Nothing is sent while a reply is unclear",
    ),
    Rule(
        "When a number was last texted",
        ("last_contact.phone_digest",),
        "As long as the frequency cap (setting, 90 days)",
        "The row is deleted",
        "So that nobody is texted by one campaign after the other",
    ),
    Rule(
        "Outcomes the partner recorded",
        ("outcome.token",),
        "For ever, under a one-way token that only the campaign’s outcome key ties to a code",
        "The outcome key is destroyed with the campaign’s: the token is a random number then",
        "The counts are what the funder pays for; see docs/confidentiality.md",
    ),
    Rule(
        "Data keys",
        ("data_key.wrapped",),
        "As long as what they seal",
        "Blanked; what they sealed opens no more, in backups neither",
        "Erasing from backups is not possible in another way",
    ),
    Rule(
        "People with an account",
        (
            "user.email", "user.name", "user.password", "user.fs_uniquifier",
            "user.tf_totp_secret", "user.mf_recovery_codes", "user.fs_webauthn_user_handle",
            "user.sso_subject",
            "passkey.name", "passkey.credential_id", "passkey.public_key", "passkey.extensions",
        ),
        "While the account is there; a disabled one too, because the audit log names its number",
        "Passkeys are deleted with the account’s second step; accounts are disabled",
        "Who approved what has to be told for years",
    ),
    Rule(
        "Sign-ins",
        ("user_session.token_hash", "user_session.browser", "user_session.address"),
        "30 days after the session ended",
        "The row is deleted",
        "So that people can see where they were signed in",
    ),
    Rule(
        "A form sent after the session ran out",
        ("user_session.kept",),
        "1 hour, sealed; files and forms of partners are never kept",
        "Blanked",
        "So that nobody’s work is lost",
    ),
    Rule(
        "Wrong passwords and codes",
        ("sign_in_try.subject",),
        "1 day, as a keyed digest of the address or the account",
        "The row is deleted",
        "Against guessing",
    ),
    Rule(
        "Emails to people with an account, invitations among them",
        ("mail.sealed",),
        "Until sent or given up after eight tries, sealed",
        "Blanked; the kind and the time stay",
        "A letter may hold a link that opens an account",
    ),
    Rule(
        "Helplines of partners",
        ("organisation.name", "organisation.phone", "organisation.website"),
        "While the partner is one of ours",
        "Changed by an administrator",
        "Public details of a charity, not of a person",
    ),
    Rule(
        "What a campaign was for, in its requester’s words",
        (
            "campaign.title", "campaign.public_name", "campaign.purpose", "campaign.lawful_basis",
            "campaign.operation_reference", "campaign.returned_reason", "campaign.pause_reason",
            "legal_hold.reason", "legal_hold.lifted_reason",
        ),
        "For ever. The forms ask to leave people out of it, and refuse numbers",
        "Nothing",
        "What was done in the force’s name, why, and who approved it must stay accountable",
    ),
    Rule(
        "The audit log",
        ("audit_event.object_id", "audit_event.changes", "audit_event.reason"),
        "For ever: nothing in it can be changed",
        "Nothing. It holds no number, value, reply or code; when a row is erased, what the log "
        "says of that row leads to nobody any more",
        "DPA 2018 s. 62",
    ),
)  # fmt: skip

IMPERSONAL: Mapping[str, str] = {
    "Statuses, kinds, classes and names of rules": (
        "audit_check.outcome audit_event.action audit_event.actor_kind audit_event.category "
        "audit_event.object_type audit_event.role campaign.status campaign_run.pause_kind "
        "confirmation_text.status erasure.kind mail.kind mail.state message.notify_status "
        "message.status outcome.iso_week outcome.outcome partner_act.action partner_act.iso_week "
        "passkey.device_type passkey.transports passkey.usage public_act_count.act "
        "published_figure.figure published_figure.iso_week received_text.reply_class "
        "received_text.resolution received_text.state received_text.why role.name "
        "role_request.decision role_request.roles suppression.kind suppression.source "
        "upload.reasons upload.status user.tf_primary_method user_session.end_reason"
    ),
    "Names of keys, and public halves": (
        "audit_cosignature.line audit_cosignature.witness audit_key.verifier data_key.purpose "
        "data_key.root_key_id key_store.store_id known_key.digest_key_under known_key.key_id "
        "known_key.stage mail.root_key_id rekeying_progress.key_id suppression.digest_key_id "
        "user_session.kept_key_id"
    ),
    "Hashes over whole lists or over the log, which lead to no person": (
        "audit_checkpoint.note audit_checkpoint.root_hash audit_leaf.leaf_hash audit_tile.hashes "
        "audit_tile.root campaign.content_digest campaign_run.terms_digest upload.sha256"
    ),
    "The same for everybody: templates, pages, settings, days": (
        "allowed_template.name allowed_template.template_id audit_check.checkpoint "
        "audit_check.verdict campaign.template_body campaign.template_id campaign.template_name "
        "campaign.window_days landing_page.body landing_page.heading landing_page.language "
        "setting.name setting.value"
    ),
    "Numbers of accounts and names of machines": (
        "audit_event.actor campaign.editor_ids dispatcher.holder dispatcher.key_name "
        "dispatcher.pause_reason erasure.cursor worker_heartbeat.name"
    ),
    "Keys of the whole service, sealed under its root keys": (
        "known_key.digest_key known_key.sealed"
    ),
    "Where a change of keys stands, by a row’s key; empty again at its end": (
        "rekeying_progress.column rekeying_progress.cursor"
    ),
    "What Notify said of an email it refused, with what was submitted and long numbers taken out": (
        "mail.failure audit_mailing.fault"
    ),
    "Notify’s id of a reply, so that one erased here is not fetched again": (
        "received_text.notify_id"
    ),
}
"""Why these columns need no rule."""
