"""Who may do what: the whole table of roles, and the four-eyes rule on the person."""

import itertools

import pytest

from outreach.domain.access import ROLE_PERMISSIONS, Permission, Role, may_approve, permissions_of

R, A, P, U, D = Role.REQUESTER, Role.APPROVER, Role.PARTNER, Role.AUDITOR, Role.ADMIN

TABLE: dict[Permission, set[Role]] = {
    Permission.SEE_CAMPAIGNS: {R, A},
    Permission.DRAFT: {R},
    Permission.APPROVE: {A},
    Permission.BRAKE: {R, A},
    Permission.READ_REPLIES: {R, A},
    Permission.ADD_OPTOUT: {R, A},
    Permission.REMOVE_OPTOUT: {A},
    Permission.REVEAL_NUMBER: {R, A},
    Permission.ANSWER_SUBJECTS: {A},
    Permission.CHECK_CODE: {P},
    Permission.READ_AUDIT: {U},
    Permission.ADMINISTER: {D},
    Permission.SEE_REPORTS: {R, A, U},
    Permission.SIGNED_IN: {R, A, P, U, D},
}
"""Written down a second time, from the design and not from the code."""
CELLS = [(role, permission) for permission in TABLE for role in Role]


def name_of(value: object) -> str:
    return str(value)


@pytest.mark.parametrize(("role", "permission"), CELLS, ids=name_of)
def test_role_has_a_permission_exactly_where_the_table_says_so(
    role: Role, permission: Permission
) -> None:
    assert (permission in ROLE_PERMISSIONS[role]) is (role in TABLE[permission])


def test_table_names_every_permission_and_every_role_has_a_row() -> None:
    assert set(Permission) <= set(TABLE)
    assert set(ROLE_PERMISSIONS) == set(Role)


def test_admin_can_neither_send_nor_approve_nor_look_at_anybody() -> None:
    assert ROLE_PERMISSIONS[D] == {Permission.ADMINISTER, Permission.SIGNED_IN}


def test_partner_can_check_codes_and_nothing_of_the_force() -> None:
    assert ROLE_PERMISSIONS[P] == {Permission.CHECK_CODE, Permission.SIGNED_IN}


def test_auditor_reads_and_changes_nothing() -> None:
    assert ROLE_PERMISSIONS[U] == {
        Permission.READ_AUDIT, Permission.SEE_REPORTS, Permission.SIGNED_IN
    }  # fmt: skip


def test_several_roles_may_what_each_of_them_may_and_nothing_more() -> None:
    for count in range(len(Role) + 1):
        for roles in itertools.combinations(Role, count):
            each = [ROLE_PERMISSIONS[role] for role in roles]
            assert permissions_of(roles) == frozenset().union(*each)


def test_nobody_without_a_role_may_anything() -> None:
    assert permissions_of([]) == frozenset()


@pytest.mark.parametrize("created", [1, 2])
@pytest.mark.parametrize("submitted", [1, 2, None])
@pytest.mark.parametrize("uploaded", [1, 2, None])
def test_person_never_approves_what_they_drafted_submitted_or_uploaded(
    created: int, submitted: int | None, uploaded: int | None
) -> None:
    """On the person, whatever roles they hold."""
    may = may_approve(1, created_by=created, submitted_by=submitted, uploaded_by=uploaded)
    assert may is (1 not in {created, submitted, uploaded})
