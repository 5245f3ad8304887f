"""What administrators do to the accounts of people. The caller commits.

A change of roles is asked for by one administrator and confirmed by another, wherever there is
another; so is the giving of roles to somebody new. Taking access away is a brake: one person may
pull it at once.
"""

import secrets
from collections.abc import Iterable

from outreach import clock
from outreach.accounts import live_sessions, notices, queries, service
from outreach.audit import service as audit
from outreach.domain import people as rules
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.errors import ChangedMeanwhile, NotAllowed
from outreach.domain.session_life import SessionEnd
from outreach.extensions import db
from outreach.models import Organisation, RoleRequest, User

CONFIRMED, REFUSED, WITHDRAWN = "confirmed", "refused", "withdrawn"


def invite(
    email: str,
    roles: Iterable[Role],
    *,
    by: Actor,
    name: str = "",
    organisation: Organisation | None = None,
) -> User:
    """A new account; it has its roles once a second administrator has confirmed them.

    Raises AccountRefused.
    """
    wanted = frozenset(roles)
    rules.check_roles(wanted, has_organisation=organisation is not None)
    user = service.new_user(email, name=name, organisation=organisation)
    audit.record(AuditAction.USER_INVITED, by, "user", user.id, changes=_named(wanted))
    _ask_or_set(user, wanted, by)
    return user


def note_listed(*, by: Actor) -> None:
    """Somebody looked at everybody's name and address."""
    audit.record(AuditAction.USERS_VIEWED, by, "people", "all")


def note_seen(user_id: int, *, by: Actor) -> None:
    """Somebody looked at one person's name, address and roles; at their own, nobody need know."""
    if user_id != by.user_id:
        audit.record(AuditAction.USERS_VIEWED, by, "user", user_id)


def change_roles(user: User, roles: Iterable[Role], *, by: Actor) -> bool:
    """True where it is done, False where it waits for a second administrator.

    Raises AccountRefused, LastAdmin, and NotAllowed where another change waits.
    """
    wanted = frozenset(roles)
    rules.check_roles(wanted, has_organisation=user.organisation is not None)
    if queries.open_request(user.id) is not None:
        raise NotAllowed("Another change of this person’s roles waits to be confirmed.")
    if wanted == user.role_set:
        return True
    _check_admins(user, wanted)
    return _ask_or_set(user, wanted, by)


def confirm(request: RoleRequest, *, by: Actor) -> None:
    """Raises SecondAdminNeeded, LastAdmin, and ChangedMeanwhile where it was decided before."""
    rules.check_may_decide(request.asked_by_id, by.user_id)
    wanted = roles_of(request)
    _check_admins(request.user, wanted)
    _decide(request, CONFIRMED, by)
    put_roles(request.user, wanted, by)


def refuse(request: RoleRequest, *, by: Actor) -> None:
    """By another administrator, or withdrawn by the one who asked."""
    is_own = request.asked_by_id == by.user_id
    _decide(request, WITHDRAWN if is_own else REFUSED, by)
    audit.record(
        AuditAction.USER_ROLE_CHANGE_REFUSED,
        by,
        "user",
        request.user_id,
        changes=_named(roles_of(request)) | {"decision": request.decision},
    )


def disable(user: User, *, by: Actor) -> None:
    """The person is out at once. Raises LastAdmin."""
    if not user.active:
        return
    _check_admins(user, frozenset())
    user.active = False
    live_sessions.end_all(user.id, SessionEnd.DISABLED, by=by)
    audit.record(AuditAction.USER_DISABLED, by, "user", user.id)
    notices.tell(user, notices.DISABLED)


def enable(user: User, *, by: Actor) -> None:
    if not user.active:
        user.active = True
        audit.record(AuditAction.USER_ENABLED, by, "user", user.id)


def end_sessions(user: User, *, by: Actor) -> int:
    """How many were ended."""
    return live_sessions.end_all(user.id, SessionEnd.ENDED_BY_ADMIN, by=by)


def reset_second_step(user: User, *, by: Actor) -> None:
    """The app, passkeys and recovery codes are forgotten; the person sets up anew at sign-in."""
    user.tf_totp_secret, user.tf_primary_method, user.tf_last_counter = None, None, None
    user.mf_recovery_codes = None
    user.webauthn.clear()
    _renew(user)
    live_sessions.end_all(user.id, SessionEnd.SECOND_STEP_CHANGED, by=by)
    audit.record(
        AuditAction.USER_SECOND_FACTOR_CHANGED, by, "user", user.id, changes={"reset": True}
    )
    notices.tell(user, notices.SECOND_STEP_CHANGED)


def forget_password(user: User, *, by: Actor) -> None:
    """The person chooses another by a link; only an operator can make that link by hand."""
    user.password = None
    _renew(user)
    live_sessions.end_all(user.id, SessionEnd.PASSWORD_CHANGED, by=by)
    audit.record(AuditAction.USER_PASSWORD_RESET_ASKED, by, "user", user.id)


def roles_of(request: RoleRequest) -> frozenset[Role]:
    return frozenset(Role(name) for name in request.roles.split())


def _ask_or_set(user: User, wanted: frozenset[Role], by: Actor) -> bool:
    asked_by = by.user_id
    if asked_by is None or not rules.needs_second_admin(asked_by, queries.admin_ids()):
        put_roles(user, wanted, by)
        return True
    db.session.add(
        RoleRequest(
            user_id=user.id,
            roles=" ".join(role for role in Role if role in wanted),
            asked_by_id=asked_by,
            asked_at=clock.now(),
        )
    )
    audit.record(AuditAction.USER_ROLE_CHANGE_ASKED, by, "user", user.id, changes=_named(wanted))
    return False


def put_roles(user: User, wanted: frozenset[Role], by: Actor) -> None:
    """Whatever the person does from now on is done under the new roles (ASVS 7.4.3)."""
    before = user.role_set
    service.set_roles(user, wanted)
    audit.record(
        AuditAction.USER_ROLE_CHANGED,
        by,
        "user",
        user.id,
        changes={"before": " ".join(sorted(before)), "after": " ".join(sorted(wanted))},
    )
    if (
        before or user.password is not None or user.sso_subject is not None
    ):  # else invited just now: the link must go on working
        _renew(user)
        live_sessions.end_all(user.id, SessionEnd.ROLES_CHANGED, by=by)
        notices.tell(user, notices.ROLES_CHANGED)


def _decide(request: RoleRequest, decision: str, by: Actor) -> None:
    if request.decision is not None:
        raise ChangedMeanwhile("This was decided already.")
    request.decision, request.decided_by_id = decision, by.user_id
    request.decided_at = clock.now()


def _check_admins(user: User, wanted: frozenset[Role]) -> None:
    if Role.ADMIN in user.role_set and Role.ADMIN not in wanted:
        queries.lock_admins()
        rules.check_an_admin_is_left(user.id, queries.admin_ids())


def _renew(user: User) -> None:
    """Cookies and links made before now open nothing."""
    user.fs_uniquifier = secrets.token_hex(32)


def _named(roles: frozenset[Role]) -> dict[str, str | None]:
    return {"roles": " ".join(sorted(roles))}
