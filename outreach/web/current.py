"""The person at the other end of this request."""

from flask_login import current_user

from outreach.domain.access import ROLE_PERMISSIONS, Permission, Role, permissions_of
from outreach.domain.actor import Actor
from outreach.domain.audit import ActorKind


def actor(permission: Permission) -> Actor:
    """The signed-in person, under the role that gives `permission`."""
    role = next(
        role
        for role in Role
        if role in current_user.role_set and permission in ROLE_PERMISSIONS[role]
    )
    kind = ActorKind.PARTNER if role is Role.PARTNER else ActorKind.PERSON
    return Actor(kind, str(current_user.id), role.value, current_user.id)


def person_actor() -> Actor:
    """The signed-in person, under no role: for what they do to their own account."""
    kind = ActorKind.PARTNER if Role.PARTNER in current_user.role_set else ActorKind.PERSON
    return Actor(kind, str(current_user.id), None, current_user.id)


def person_id() -> int:
    user_id: int = current_user.id
    return user_id


def may(permission: Permission) -> bool:
    return bool(current_user.is_authenticated and current_user.may(permission))


def rights() -> frozenset[Permission]:
    """Everything the signed-in person may do."""
    return permissions_of(current_user.role_set)
