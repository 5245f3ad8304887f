"""Who may do what: roles, permissions and the four-eyes rule (design section 2)."""

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    REQUESTER = "requester"
    APPROVER = "approver"
    PARTNER = "partner"
    AUDITOR = "auditor"
    ADMIN = "admin"


class Permission(StrEnum):
    SEE_CAMPAIGNS = "see-campaigns"
    DRAFT = "draft"
    APPROVE = "approve"
    BRAKE = "brake"
    READ_REPLIES = "read-replies"
    ADD_OPTOUT = "add-optout"
    REMOVE_OPTOUT = "remove-optout"
    REVEAL_NUMBER = "reveal-number"
    ANSWER_SUBJECTS = "answer-subjects"
    """Find, export, erase and correct what is held of one person, at that person's request."""
    CHECK_CODE = "check-code"
    READ_AUDIT = "read-audit"
    SEE_REPORTS = "see-reports"
    ADMINISTER = "administer"
    SIGNED_IN = "signed-in"


ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.REQUESTER: frozenset(
        {
            Permission.SEE_CAMPAIGNS,
            Permission.DRAFT,
            Permission.BRAKE,
            Permission.READ_REPLIES,
            Permission.ADD_OPTOUT,
            Permission.REVEAL_NUMBER,
            Permission.SEE_REPORTS,
            Permission.SIGNED_IN,
        }
    ),
    Role.APPROVER: frozenset(
        {
            Permission.SEE_CAMPAIGNS,
            Permission.APPROVE,
            Permission.BRAKE,
            Permission.READ_REPLIES,
            Permission.ADD_OPTOUT,
            Permission.REMOVE_OPTOUT,
            Permission.REVEAL_NUMBER,
            Permission.ANSWER_SUBJECTS,
            Permission.SEE_REPORTS,
            Permission.SIGNED_IN,
        }
    ),
    Role.PARTNER: frozenset({Permission.CHECK_CODE, Permission.SIGNED_IN}),
    Role.AUDITOR: frozenset({Permission.READ_AUDIT, Permission.SEE_REPORTS, Permission.SIGNED_IN}),
    Role.ADMIN: frozenset({Permission.ADMINISTER, Permission.SIGNED_IN}),
}


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Everything the holder of all these roles may do."""
    return frozenset().union(*(ROLE_PERMISSIONS[role] for role in roles))


def may_approve(
    person_id: int, *, created_by: int, submitted_by: int | None, uploaded_by: int | None
) -> bool:
    """Four eyes, checked on the person, not the role: never one's own draft, upload, submission."""
    return person_id not in {created_by, submitted_by, uploaded_by}
