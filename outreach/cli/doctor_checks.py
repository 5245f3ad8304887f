"""The doctor's checks. Each finds out one thing and says it in words, with the remedy."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from outreach import clock, vault
from outreach.accounts.provider import AnswerRefused, Provider, ProviderDown
from outreach.audit import mailing
from outreach.config import Settings, SettingsRefused
from outreach.domain.local_time import clock_words
from outreach.domain.send_window import LONDON
from outreach.extensions import db
from outreach.keychain.store import check_store
from outreach.models import AllowedTemplate, DataKey, Setting
from outreach.notify.errors import NotifyError
from outreach.pages import queries as pages
from outreach.rekeying import service as rekeying
from outreach.retention import queries as retention

CLOCK_TOLERANCE = timedelta(seconds=20)
"""Notify refuses a token that is more than 30 seconds off (contract section 2)."""
RETENTION_TOLERANCE = timedelta(days=2)


@dataclass(frozen=True)
class Finding:
    is_well: bool
    words: str


def database() -> Finding:
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return Finding(False, "it does not answer. Check OUTREACH_DATABASE_URL and that it runs.")
    finally:
        db.session.rollback()
    return Finding(True, f"{db.engine.dialect.name} answers")


def migrations() -> Finding:
    head = ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()
    try:
        with db.engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError:
        return Finding(False, "the tables cannot be read, because the database does not answer.")
    if current != head:
        return Finding(False, f"at {current}, not {head}. Run `flask --app app db upgrade`.")
    return Finding(True, f"at {head}, the newest")


def data_keys() -> Finding:
    """The newest stored key must open with the ring we were given."""
    statement = select(DataKey).where(DataKey.wrapped.is_not(None))
    try:
        newest = db.session.scalars(statement.order_by(DataKey.created_at.desc()).limit(1)).first()
    except SQLAlchemyError:
        return Finding(False, "not checked, because the tables cannot be read.")
    if newest is None:
        return Finding(True, "nothing is sealed yet")
    try:
        vault.open_data_key(newest)
    except vault.SealBroken:
        return Finding(
            False,
            "OUTREACH_DATA_KEYS does not open what is stored. Put back the key named "
            f"{newest.root_key_id}; without it numbers and replies cannot be read.",
        )
    return Finding(True, "they open what is stored")


def key_store() -> Finding:
    try:
        check_store()
        found = rekeying.halves()
    except SettingsRefused as refusal:
        return Finding(False, str(refusal))
    except SQLAlchemyError:
        return Finding(False, "not checked, because the tables cannot be read.")
    if found.lost:
        keys = "data key has lost its half" if found.lost == 1 else "data keys have lost theirs"
        return Finding(
            False,
            f"{found.lost:,} {keys} there, so what was sealed under it cannot be read. Stop "
            "everything and restore the newest backup of the key store.",
        )
    whole = found.keys - found.with_share
    if whole:
        return Finding(
            True, f"{whole:,} data keys of an older release have no half yet; the worker makes it."
        )
    noun = "data key has its half" if found.keys == 1 else "data keys have their halves"
    return Finding(True, f"{found.keys:,} {noun} there")


def change_of_keys() -> Finding:
    try:
        found = rekeying.standing()
    except SQLAlchemyError:
        return Finding(False, "not checked, because the tables cannot be read.")
    if found.may_leave:
        names = ", ".join(found.may_leave)
        return Finding(True, f"done; {names} may leave OUTREACH_DATA_KEYS")
    if found.is_over:
        return Finding(True, f"none under way; everything is under {found.newest}")
    if not found.is_begun:
        return Finding(True, f"to {found.newest} not begun. Run `outreach keys rotate`.")
    return Finding(
        True,
        f"to {found.newest} under way: {found.left:,} of {found.total:,} left. "
        "`outreach keys rotate` goes on with it.",
    )


def notify() -> Finding:
    try:
        live = current_app.extensions["outreach_gateway"].list_templates()
    except NotifyError as problem:
        return Finding(False, str(problem))
    return Finding(True, f"the key is accepted; {len(live)} text message templates")


def templates() -> Finding:
    try:
        live = {each.id for each in current_app.extensions["outreach_gateway"].list_templates()}
        allowed = list(db.session.scalars(select(AllowedTemplate)))
    except (NotifyError, SQLAlchemyError):
        return Finding(False, "not checked, because Notify or the database does not answer.")
    missing = [each.name for each in allowed if each.template_id not in live]
    if not allowed:
        return Finding(False, "none may be used yet. An administrator allows them in the browser.")
    if missing:
        names = ", ".join(missing)
        return Finding(False, f"no longer at Notify: {names}. Withdraw them under Administration.")
    return Finding(True, f"{len(allowed)} may be used")


def reply_number() -> Finding:
    try:
        row = db.session.get(Setting, "reply_number")
    except SQLAlchemyError:
        return Finding(False, "not checked, because the tables cannot be read.")
    if row is None or not row.value:
        return Finding(
            False,
            "none is recorded, so nobody could reply STOP. Switch on receiving texts in Notify, "
            "make that number the default sender, and enter it under Administration.",
        )
    return Finding(True, "recorded")


def callbacks() -> Finding:
    """Notify calls only https addresses with a dotted host name (contract section 8)."""
    settings: Settings = current_app.extensions["outreach_settings"]
    if settings.is_demo:
        return Finding(True, "the simulator calls on loopback")
    host = urlsplit(settings.staff_url).hostname or ""
    if not settings.is_secure or "." not in host or host.rpartition(".")[2].isdigit():
        return Finding(
            False,
            "Notify cannot reach OUTREACH_STAFF_URL: it calls only https addresses with a name.",
        )
    return Finding(True, f"to be set in Notify: {settings.staff_url}/notify/delivery-receipt")


def two_host_names() -> Finding:
    settings: Settings = current_app.extensions["outreach_settings"]
    if settings.public_host == settings.staff_host:
        return Finding(False, "OUTREACH_PUBLIC_URL and OUTREACH_STAFF_URL must be different names.")
    return Finding(True, "staff and public pages are kept apart")


def retention_runs() -> Finding:
    """A night without a run is made up for; two without one mean that nobody does the work."""
    words = "none yet"
    try:
        last, due = retention.last_run(), len(retention.due_campaigns(clock.now()))
    except SQLAlchemyError:
        return Finding(False, "not checked, because the tables cannot be read.")
    if last is not None:
        words = f"last on {last:%Y-%m-%d}"
    if due and last is not None and clock.now() - last > RETENTION_TOLERANCE:
        return Finding(
            False,
            f"{due:,} campaigns are due to be erased and no worker has done it. Keep a worker "
            "running at night, or run `outreach retention --run`.",
        )
    return Finding(True, f"{words}; {due:,} campaigns are due the next night")


def clocks() -> Finding:
    """Ours against the database's, where it has one of its own."""
    if db.engine.dialect.name != "postgresql":
        return Finding(True, "one machine, one clock")
    try:
        theirs = db.session.scalar(text("SELECT clock_timestamp()"))
    except SQLAlchemyError:
        return Finding(False, "not checked, because the database does not answer.")
    now = clock.now()
    ahead = now - (theirs or now)
    if abs(ahead) > CLOCK_TOLERANCE:
        seconds = round(ahead.total_seconds())
        return Finding(False, f"{seconds} s apart from the database. Set both by NTP.")
    return Finding(True, "agrees with the database")


def sign_in_service() -> Finding:
    """Whether the organisation's provider publishes what signing in needs."""
    provider: Provider | None = current_app.extensions["outreach_provider"]
    if provider is None:
        return Finding(True, "none is set; people sign in with accounts of this service")
    try:
        provider.check()
    except (ProviderDown, AnswerRefused) as problem:
        return Finding(False, f"{problem}. Check OUTREACH_OIDC_ISSUER and the provider.")
    return Finding(True, f"{provider.settings.issuer} publishes what is needed")


def worker() -> Finding:
    problems = pages.readiness_problems()
    if problems:
        return Finding(False, f"{problems[0]}. Start one with `outreach worker`.")
    return Finding(True, "reported within the last 30 seconds")


def checkpoint_mail() -> Finding:
    """The day's checkpoint: what left the building cannot be rewritten (design section 9)."""
    try:
        last = mailing.last()
    except SQLAlchemyError:
        return Finding(False, "not checked, because the tables cannot be read.")
    sent = "never sent"
    if last.sent_at is not None:
        local = last.sent_at.astimezone(LONDON)
        sent = f"last sent on {local.day} {local:%B %Y} at {clock_words(local.time())}"
    if last.is_missing:
        return Finding(False, f"{sent}. {last.why_not}".strip())
    return Finding(True, f"{sent}, and none is late")


CHECKS: tuple[tuple[str, Callable[[], Finding]], ...] = (
    ("database", database),
    ("migrations", migrations),
    ("data keys", data_keys),
    ("key store", key_store),
    ("change of keys", change_of_keys),
    ("Notify", notify),
    ("templates", templates),
    ("reply number", reply_number),
    ("callbacks", callbacks),
    ("host names", two_host_names),
    ("clock", clocks),
    ("retention", retention_runs),
    ("sign-in service", sign_in_service),
    ("worker", worker),
    ("audit checkpoint by email", checkpoint_mail),
)
