"""Which roles go together, and who may change whose (design section 2)."""

from collections.abc import Collection

from outreach.domain.access import Role
from outreach.domain.errors import NotAllowed, OutreachError

NO_ROLE = "Give the person at least one role."
PARTNER_ALONE = (
    "A partner cannot hold another role: the wall between charity and police depends on it."
)
PARTNER_ORGANISATION = "A partner belongs to an organisation, and nobody else does."


class AccountRefused(OutreachError):
    """The account cannot be made as asked."""


class LastAdmin(NotAllowed):
    """There would be nobody left to administer the service."""

    def __init__(self) -> None:
        super().__init__(
            "This is the only administrator who can sign in. Make another person an administrator "
            "first."
        )


class SecondAdminNeeded(NotAllowed):
    """The person who asked cannot also confirm."""

    def __init__(self) -> None:
        super().__init__("Another administrator has to confirm this: you asked for it yourself.")


def check_roles(roles: Collection[Role], *, has_organisation: bool) -> None:
    """Raises AccountRefused for roles that nobody may hold together."""
    if not roles:
        raise AccountRefused(NO_ROLE)
    if Role.PARTNER in roles and len(roles) > 1:
        raise AccountRefused(PARTNER_ALONE)
    if (Role.PARTNER in roles) != has_organisation:
        raise AccountRefused(PARTNER_ORGANISATION)


def check_an_admin_is_left(person_id: int, admins: Collection[int]) -> None:
    """`admins` are those who can sign in now; `person_id` is about to be one no longer."""
    if set(admins) <= {person_id}:
        raise LastAdmin


def needs_second_admin(asked_by: int | None, admins: Collection[int]) -> bool:
    """True where somebody else could look at it; a command typed by an operator needs nobody."""
    return asked_by is not None and bool(set(admins) - {asked_by})


def check_may_decide(asked_by: int, decided_by: int | None) -> None:
    """Raises SecondAdminNeeded."""
    if asked_by == decided_by:
        raise SecondAdminNeeded
