"""Every act that an address of the service offers, what is typed, and the event it must leave.

An address is written with the name of what it needs in braces; each time a fresh one is made.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from outreach.domain.access import Role
from outreach.domain.audit import AuditAction as A
from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import MessageStatus
from outreach.extensions import db
from outreach.models import Campaign, Message, Recipient, Setting
from outreach.transaction import transaction
from tests.audit.log import seal
from tests.factories import a_list, allow, an_organisation, notify_of
from tests.security.world import World
from tests.settings import CALLBACK_TOKEN
from tests.subjects.stage import ASKED, on_list

Data = Mapping[str, Any] | Callable[[World], Mapping[str, Any]]
R, APPROVER, PARTNER, AUDITOR, ADMIN = (
    Role.REQUESTER, Role.APPROVER, Role.PARTNER, Role.AUDITOR, Role.ADMIN,
)  # fmt: skip


@dataclass(frozen=True)
class Act:
    """A POST to `path` as that role, or as nobody; `told` is one of the events it leaves."""

    endpoint: str
    role: Role | None
    path: str
    data: Data
    told: A

    def __str__(self) -> str:
        return f"{self.endpoint} {self.path.rpartition('/')[2]}"


def _schedule(_: World) -> Mapping[str, Any]:
    return {
        "opens": "9am", "closes": "7pm", "days": ["0", "1"], "budget": "150",
        "start_on": ["", "", ""], "start_time": "",
    }  # fmt: skip


def _approval(world: World) -> Mapping[str, Any]:
    newest = select(Campaign).order_by(Campaign.created_at.desc()).limit(1)
    digest_ = db.session.scalars(newest).one().content_digest
    ticked = dict.fromkeys(("has_read_texts", "has_read_page", "is_lawful"), "y")
    return {**ticked, "seen_digest": digest_}


def _partner(world: World) -> Mapping[str, Any]:
    return {
        "partner": str(an_organisation().id), "heading": "Somebody to talk to",
        "body": "Riverside listens.", "heading_cy": "", "body_cy": "",
    }  # fmt: skip


def _file(world: World) -> Mapping[str, Any]:
    return {"file": (BytesIO(a_list(["07700 900451"], ["Mo"])), "list.csv")}


def _optouts_file(_: World) -> Mapping[str, Any]:
    file = (BytesIO(b"phone number\n07700 900452\n"), "list.csv")
    return {"file": file, "kind": "opt_out", "is_confirmed": "y"}


def _settings(world: World) -> Mapping[str, Any]:
    from tests.settings_page.test_change import form_of

    return dict(form_of(pilot_messages="33"))


def _template(world: World) -> Mapping[str, Any]:
    template = allow(notify_of(world.app).add_template("Another"))
    return {"template": f"{template.id}:{template.version}"}


def _whole_log(_: World) -> Mapping[str, Any]:
    seal()
    return {"extent": "all"}


def _letters(world: World) -> Mapping[str, Any]:
    template = notify_of(world.app).add_template("Come", "((link))", kind="email")
    with transaction():
        db.session.merge(Setting(name="email_template_invitation", value=template.id))
    return {}


def _receipt(world: World) -> Mapping[str, Any]:
    with transaction():
        row = db.session.scalars(
            select(Message).where(Message.status == MessageStatus.ACCEPTED).limit(1)
        ).one()
        row.notification_id = uuid4()
        found = {"id": str(row.notification_id), "reference": str(row.reference)}
    return {
        **found, "to": "447700900600", "status": "delivered", "notification_type": "sms",
        "completed_at": "2026-11-24T01:11:56.000000Z",
    }  # fmt: skip


def _received(_: World) -> Mapping[str, Any]:
    return {
        "id": str(uuid4()), "source_number": "447700900453", "destination_number": "07700900500",
        "message": "who is this?", "date_received": "2026-11-24T01:11:56.000000Z",
    }  # fmt: skip


def _correction(world: World) -> Mapping[str, Any]:
    campaign_id = on_list(world.app, CampaignStatus.DRAFT)
    wanted = select(Recipient.id).where(Recipient.campaign_id == campaign_id)
    row_id = db.session.scalars(wanted.order_by(Recipient.row_number)).first()
    return {**ASKED, "recipient_id": row_id, "confirmed": "yes", "value_0": "Another name"}


def _erasure(world: World) -> Mapping[str, Any]:
    on_list(world.app, CampaignStatus.DRAFT)
    return {**ASKED, "confirmed": "yes"}


REASON = {"reason": "It was asked for by letter."}
NUMBER = {"number": "07700 900454"}
NOTHING: Mapping[str, Any] = {}

ACTS = (
    Act("campaigns.create", R, "/campaigns/new", {"title": "Summer"}, A.CAMPAIGN_CREATED),
    Act("campaigns.title", R, "/campaigns/{draft}/title", {"title": "New"},
        A.CAMPAIGN_PURPOSE_CHANGED),
    Act("campaigns.purpose", R, "/campaigns/{draft}/purpose",
        {"purpose": "To help.", "lawful_basis": "Public task", "operation_reference": "ASH-2"},
        A.CAMPAIGN_PURPOSE_CHANGED),
    Act("campaigns.message", R, "/campaigns/{draft}/message", _template, A.CAMPAIGN_MESSAGE_CHOSEN),
    Act("campaigns.partner", R, "/campaigns/{draft}/partner", _partner, A.CAMPAIGN_LANDING_CHANGED),
    Act("campaigns.schedule", R, "/campaigns/{draft}/schedule", _schedule,
        A.CAMPAIGN_SCHEDULE_CHANGED),
    Act("campaigns.copy", R, "/campaigns/{completed}/copy", {"title": "Again"}, A.CAMPAIGN_COPIED),
    Act("campaigns.submit", R, "/campaigns/{draft}/check", {"declaration": "y"},
        A.CAMPAIGN_SUBMITTED),
    Act("campaigns.reopen", R, "/campaigns/{returned}/reopen", NOTHING, A.CAMPAIGN_REOPENED),
    Act("campaigns.reopen", R, "/campaigns/{approved}/reopen", NOTHING, A.CAMPAIGN_APPROVAL_VOIDED),
    Act("campaigns.cancel", R, "/campaigns/{submitted}/cancel", REASON, A.CAMPAIGN_CANCELLED),
    Act("recipients.add", R, "/campaigns/{draft}/recipients", _file, A.RECIPIENTS_UPLOADED),
    Act("recipients.remove", R, "/campaigns/{list}/remove", NOTHING, A.RECIPIENTS_REMOVED),
    Act("approvals.approve", APPROVER, "/approvals/{submitted}", _approval, A.CAMPAIGN_APPROVED),
    Act("approvals.send_back", APPROVER, "/approvals/{submitted}/return", REASON,
        A.CAMPAIGN_RETURNED),
    Act("approvals.release", APPROVER, "/approvals/{approved}/release", NOTHING,
        A.CAMPAIGN_RELEASED),
    Act("sending.pause", R, "/campaigns/{sending}/pause", REASON, A.CAMPAIGN_PAUSED),
    Act("sending.resume", R, "/campaigns/{paused}/resume", NOTHING, A.CAMPAIGN_RESUMED),
    Act("sending.cancel", R, "/campaigns/{sending}/stop", REASON, A.CAMPAIGN_CANCELLED),
    Act("sending.ask_retry", R, "/campaigns/{failed}/second-texts", NOTHING, A.MESSAGES_RETRIED),
    *(
        Act("sending.decide_held", R, "/campaigns/{held}/" + act, REASON, A.MESSAGE_HELD_RESOLVED)
        for act in ("look-again", "send-it", "leave-it")
    ),
    Act("replies.take", R, "/replies/{waiting}/take", NOTHING, A.REPLY_ASSIGNED),
    Act("replies.hand_back", R, "/replies/{taken}/hand-back", NOTHING, A.REPLY_UNASSIGNED),
    Act("replies.reveal", R, "/replies/{taken}/number", REASON, A.NUMBER_REVEALED),
    *(
        Act("replies.decide", R, "/replies/{taken}/" + act, NOTHING, A.REPLY_RESOLVED)
        for act in ("opt-out", "wrong-person", "wants-help", "urgent", "no-action", "release-hold")
    ),
    Act("replies.undo", R, "/replies/{decided}/undo", NOTHING, A.REPLY_UNDONE),
    Act("replies.put_back", R, "/replies/{decided}/put-back", NOTHING, A.REPLY_UNDONE),
    Act("replies.receive", None, "/notify/received-text", _received, A.REPLY_RECEIVED),
    Act("receipts.delivery_receipt", None, "/notify/delivery-receipt", _receipt,
        A.RECEIPTS_RECEIVED),
    Act("optouts.add", R, "/opt-outs/add", {**NUMBER, "kind": "opt_out"}, A.OPTOUT_ADDED),
    Act("optouts.remove", APPROVER, "/opt-outs/{suppression}/remove", REASON, A.OPTOUT_REMOVED),
    Act("optouts.look_up", R, "/opt-outs/look-up", NUMBER, A.OPTOUT_LOOKED_UP),
    Act("optouts.export", R, "/opt-outs/export", NOTHING, A.OPTOUT_EXPORTED),
    Act("optouts.import_list", R, "/opt-outs/import", _optouts_file, A.OPTOUT_IMPORTED),
    Act("landing.end_texts", None, "help:/h/{code}/stop", NOTHING, A.OPTOUT_ADDED),
    Act("landing.end_texts", None, "help:/h/{other_code}/cy/not-me", NOTHING, A.OPTOUT_ADDED),
    Act("audit.export", AUDITOR, "/audit/export", _whole_log, A.AUDIT_EXPORTED),
    Act("audit.number", AUDITOR, "/audit/number", {"phone": "07700 900455"}, A.AUDIT_NUMBER_TRACED),
    Act("audit.verification", AUDITOR, "/audit/verification", NOTHING, A.AUDIT_VERIFIED),
    Act("admin.add_organisation", ADMIN, "/admin/organisations/new",
        {"name": "Harbour", "phone": "0808 157 0199", "website": "https://harbour.example.org"},
        A.ORGANISATION_CREATED),
    Act("admin.edit_organisation", ADMIN, "/admin/organisations/{organisation}",
        {"name": "Riverside", "phone": "0808 157 0198", "website": "https://r.example.org"},
        A.ORGANISATION_CHANGED),
    Act("admin.reply_number", ADMIN, "/admin/reply-number", {"number": "07700 900501"},
        A.SETTING_CHANGED),
    Act("settings.index", ADMIN, "/admin/settings", _settings, A.SETTING_CHANGED),
    Act("admin.allow", ADMIN, "/admin/templates/{new_template}/allow", NOTHING, A.TEMPLATE_ALLOWED),
    Act("admin.withdraw", ADMIN, "/admin/templates/{template}/withdraw", NOTHING,
        A.TEMPLATE_WITHDRAWN),
    Act("accounts.invite", ADMIN, "/admin/people/invite",
        {"name": "New Person", "email": "new@force.example.org", "roles": ["auditor"]},
        A.USER_INVITED),
    Act("accounts.roles", ADMIN, "/admin/people/{person}/roles", {"roles": ["approver"]},
        A.USER_ROLE_CHANGED),
    Act("accounts.disable", ADMIN, "/admin/people/{person}/disable", NOTHING, A.USER_DISABLED),
    Act("accounts.enable", ADMIN, "/admin/people/{disabled}/enable", NOTHING, A.USER_ENABLED),
    Act("accounts.end_sessions", ADMIN, "/admin/people/{signed_in}/end-sessions", NOTHING,
        A.SESSION_ENDED),
    Act("accounts.reset_second_step", ADMIN, "/admin/people/{person}/reset-second-step", NOTHING,
        A.USER_SECOND_FACTOR_CHANGED),
    Act("accounts.send_link", ADMIN, "/admin/people/{person}/send-link", _letters,
        A.USER_INVITED_AGAIN),
    Act("retention.erase", ADMIN, "/admin/retention/{completed}/erase", REASON, A.KEY_DESTROYED),
    Act("retention.hold", ADMIN, "/admin/retention/{completed}/hold", REASON, A.LEGAL_HOLD_PLACED),
    Act("retention.lift", ADMIN, "/admin/retention/{on_hold}/lift", REASON, A.LEGAL_HOLD_LIFTED),
    Act("subjects.find", APPROVER, "/subject-requests", ASKED, A.SUBJECT_FOUND),
    Act("subjects.download", APPROVER, "/subject-requests/file", ASKED, A.SUBJECT_EXPORTED),
    Act("subjects.correct", APPROVER, "/subject-requests/correct", _correction,
        A.SUBJECT_CORRECTED),
    Act("subjects.erase", APPROVER, "/subject-requests/erase", _erasure, A.SUBJECT_ERASED),
)  # fmt: skip
"""In a world that is there; those of one's own account are in `test_every_endpoint.py`."""

UNTOLD: Mapping[str, str] = {
    "landing.visit": "counted by campaign and day alone: an event would tell when somebody came",
    "partners.check": "told by the week, so that no event tells when the charity was called",
    "partners.record": "told by the week, so that no event tells when the charity was called",
    "partners.withdraw": "told by the week, so that no event tells when the charity was called",
    "audit.cosign": "tests/audit/test_witness.py: it takes a second body's signature",
    "accounts.send_kept": "hands a form that was kept back to the page it was for, which tells",
    "accounts.forget_kept": "forgets a form that nobody else ever saw",
    "accounts.stay": "when a session was last used; its beginning and end are told",
    "security.wan_register": "hands out a question to a passkey; the answer is told",
    "security.wan_verify": "hands out a question to a passkey; the answer is told",
    "security.wan_signin": "hands out a question to a passkey; the answer is told",
    "security.tf_select": "chooses which second step is asked for; nothing changes",
    "security.two_factor_setup": "shows a secret that counts only once a code proves it",
    "security.verify": "switched off: /account/confirm does it",
    "security.two_factor_rescue": "switched off: recovery codes do it",
}
"""Addresses that take a POST and leave no event at that moment, and why none is missing."""


HEADERS = {"Authorization": f"Bearer {CALLBACK_TOKEN}"}
