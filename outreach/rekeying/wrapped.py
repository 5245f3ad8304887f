"""What is sealed under a root key itself, and sealing it under the newest: data keys, letters that
wait, forms that came too late, and second-step secrets. What data keys seal is not touched."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from passlib.totp import TOTP
from sqlalchemy import func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from outreach import clock, vault
from outreach.accounts import kept_forms, mailing
from outreach.extensions import db
from outreach.models import DataKey, Mail, User, UserSession


@dataclass(frozen=True)
class Wrapped:
    """One kind: its name, the ids of those under an older root, and how one is sealed anew.

    The caller commits; an id that needs nothing any more is passed over.
    """

    name: str
    sealed: InstrumentedAttribute[Any]
    waiting: Callable[[], Sequence[Any]]
    wrap: Callable[[Any], None]

    def count(self) -> int:
        """How many there are under whatever root."""
        return db.session.scalar(select(func.count()).where(self.sealed.is_not(None))) or 0


def _data_keys() -> Sequence[Any]:
    return db.session.scalars(
        select(DataKey.id).where(
            DataKey.wrapped.is_not(None),
            or_(DataKey.root_key_id != _newest(), DataKey.has_share.is_(False)),
        )
    ).all()


def without_share() -> Sequence[Any]:
    """Data keys of older releases, which the main database alone opens with a root key."""
    return db.session.scalars(
        select(DataKey.id).where(DataKey.wrapped.is_not(None), DataKey.has_share.is_(False))
    ).all()


def wrap_data_key(key_id: Any) -> None:
    row = db.session.get(DataKey, key_id, with_for_update=True)
    if row is not None and row.wrapped is not None:
        vault.wrap_anew(row, clock.now())


def _letters() -> Sequence[Any]:
    return db.session.scalars(
        select(Mail.id).where(Mail.sealed.is_not(None), Mail.root_key_id != _newest())
    ).all()


def _wrap_letter(mail_id: Any) -> None:
    row = db.session.get(Mail, mail_id, with_for_update=True)
    if row is not None and row.sealed is not None:
        mailing.wrap_anew(row)


def _late_forms() -> Sequence[Any]:
    return db.session.scalars(
        select(UserSession.id).where(
            UserSession.kept.is_not(None), UserSession.kept_key_id != _newest()
        )
    ).all()


def _wrap_late_form(session_id: Any) -> None:
    row = db.session.get(UserSession, session_id, with_for_update=True)
    if row is not None and row.kept is not None:
        kept_forms.wrap_anew(row)


def _second_steps() -> Sequence[Any]:
    """passlib writes the name of the key into what it seals."""
    is_newest = User.tf_totp_secret.contains(f'"{vault.ring().sealing_totp}"', autoescape=True)
    return db.session.scalars(
        select(User.id).where(User.tf_totp_secret.is_not(None), ~is_newest)
    ).all()


def _seal_second_step(user_id: Any) -> None:
    ring = vault.ring()
    factory = TOTP.using(secrets=ring.totp_secrets(), default_tag=ring.sealing_totp)
    user = db.session.get(User, user_id, with_for_update=True)
    if user is not None and user.tf_totp_secret:
        user.tf_totp_secret = factory.from_source(user.tf_totp_secret).to_json(encrypt=True)


def _newest() -> str:
    return vault.ring().newest.key_id


KINDS = (
    Wrapped("data keys", DataKey.wrapped, _data_keys, wrap_data_key),
    Wrapped("letters", Mail.sealed, _letters, _wrap_letter),
    Wrapped("late forms", UserSession.kept, _late_forms, _wrap_late_form),
    Wrapped("second steps", User.tf_totp_secret, _second_steps, _seal_second_step),
)
