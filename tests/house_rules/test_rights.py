"""What each endpoint asks for, written down a second time (design section 2).

The matrix in `security/test_permissions.py` holds the pages to what they declare. This holds what
they declare to what was decided, so that a slip in a decorator shows. A new endpoint belongs in one
of these lines.
"""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.domain.access import Permission, Role
from outreach.web.permissions import access_of

RIGHTS = {
    Permission.SEE_CAMPAIGNS: """
        campaigns.index campaigns.show landing.preview recipients.index recipients.progress
        recipients.show sending.newest_progress sending.show_calendar sending.show_progress""",
    Permission.DRAFT: """
        campaigns.check campaigns.copy campaigns.create campaigns.message campaigns.partner
        campaigns.purpose campaigns.reopen campaigns.schedule campaigns.submit campaigns.title
        recipients.add recipients.remove""",
    Permission.APPROVE: "approvals.index approvals.send_back approvals.show",
    Permission.BRAKE: """
        campaigns.cancel sending.ask_retry sending.cancel sending.decide_held sending.list_held
        sending.pause sending.resume""",
    Permission.READ_REPLIES: """
        replies.decide replies.hand_back replies.index replies.list_dealt_with replies.newest
        replies.put_back replies.show replies.take replies.undo""",
    Permission.ADD_OPTOUT: "optouts.add optouts.index optouts.look_up",
    Permission.CHECK_CODE: """
        partners.begin_again partners.check partners.figures partners.index partners.record
        partners.withdraw""",
    Permission.READ_AUDIT: """
        audit.access_report audit.check audit.check_progress audit.event audit.index audit.number
        audit.verification""",
    Permission.SEE_REPORTS: "reports.index reports.show",
    Permission.ADMINISTER: """
        admin.index admin.organisations admin.templates retention.index retention.show""",
    Permission.SIGNED_IN: """
        accounts.carry_on accounts.confirm accounts.confirm_elsewhere accounts.forget_kept
        accounts.own_sessions accounts.send_kept accounts.sign_in_details accounts.stay
        pages.account pages.home security.change_password security.two_factor_setup_validate
        security.wan_verify security.wan_verify_response""",
}
FRESH = {
    Permission.SEE_CAMPAIGNS: "recipients.download",
    Permission.APPROVE: "approvals.approve approvals.release",
    Permission.REVEAL_NUMBER: "replies.reveal",
    Permission.ADD_OPTOUT: "optouts.export optouts.import_list",
    Permission.REMOVE_OPTOUT: "optouts.remove",
    Permission.ANSWER_SUBJECTS: "subjects.correct subjects.download subjects.erase subjects.find",
    Permission.READ_AUDIT: "audit.export",
    Permission.SEE_REPORTS: "reports.export reports.export_all",
    Permission.ADMINISTER: """
        accounts.confirm_roles accounts.disable accounts.enable accounts.end_sessions
        accounts.index accounts.invite accounts.person accounts.refuse_roles
        accounts.reset_second_step accounts.roles accounts.send_link admin.add_organisation
        admin.allow admin.edit_organisation admin.reply_number admin.withdraw retention.erase
        retention.hold retention.lift settings.index""",
    Permission.SIGNED_IN: """
        accounts.end_other_sessions accounts.end_own_session accounts.tie_account
        security.mf_recovery_codes security.wan_delete security.wan_register
        security.wan_register_response""",
}
"""Who does these must have proved lately who they are."""
OPEN = {
    "either": """
        audit.checkpoint audit.consistency audit.cosign audit.cosigned_checkpoint audit.key
        audit.proof audit.tile landing.favicon landing.robots pages.healthz pages.readyz
        pages.show_metrics receipts.delivery_receipt replies.receive static""",
    "public": """
        landing.confirm landing.end_texts landing.show landing.visit""",
    "staff": """
        accounts.accept_invitation accounts.answer_from_elsewhere accounts.sign_in_elsewhere
        accounts.sign_out_elsewhere pages.accessibility pages.login pages.privacy
        security.forgot_password security.login security.logout security.mf_recovery
        security.reset_password security.tf_select security.two_factor_setup
        security.two_factor_token_validation security.wan_signin security.wan_signin_response""",
}
"""Without signing in, by host name."""


def test_every_endpoint_asks_for_what_was_decided(app: Flask) -> None:
    decided = {
        (name, permission, "staff", is_fresh)
        for is_fresh, table in ((False, RIGHTS), (True, FRESH))
        for permission, names in table.items()
        for name in names.split()
    }
    decided |= {(name, None, host, False) for host, names in OPEN.items() for name in names.split()}
    declared = {
        (name, access.permission, access.host, access.is_fresh)
        for name in app.view_functions
        if (access := access_of(app, name)) is not None
    }
    assert declared ^ decided == set()


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_adds_an_opt_out_does_not_thereby_remove_one(
    client_as: Callable[..., FlaskClient], method: str
) -> None:
    browser = client_as(Role.REQUESTER)
    assert browser.get("/opt-outs/add").status_code == 200
    assert browser.open("/opt-outs/1/remove", method=method.upper()).status_code == 403
