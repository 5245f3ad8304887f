"""The one read a landing page costs."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Engine, LargeBinary, String, and_, bindparam, select
from sqlalchemy.engine.interfaces import DBAPICursor

from outreach import vault
from outreach.landing.content import Content
from outreach.models import Campaign, LandingPage, Organisation, Recipient
from outreach.referrals.queries import is_live

_CONTENT = (
    select(
        LandingPage.heading,
        LandingPage.body,
        Organisation.name,
        Organisation.phone,
        Organisation.website,
    )
    .select_from(Recipient)
    .join(Campaign, Campaign.id == Recipient.campaign_id)
    .join(Organisation, Organisation.id == Campaign.partner_id)
    .outerjoin(
        LandingPage,
        and_(
            LandingPage.campaign_id == Campaign.id,
            LandingPage.language == bindparam("language", type_=String),
        ),
    )
    .where(Recipient.code_digest == bindparam("digest", type_=LargeBinary), is_live())
)


def content_by_code(engine: Engine, code_digest: bytes, language: str) -> Content | None:
    """What the campaign says to whoever was given this code; None where the code is not live.

    Heading and body are empty where the campaign has no text in that language. The statement goes
    to the driver itself: this read is nearly all that a page costs, and by way of a session or a
    connection of SQLAlchemy it would take four times as long.
    """
    sql, names = _compiled(engine.dialect)
    row = None
    with _reading(engine) as cursor:
        for form in vault.stored_forms(code_digest):  # all of them: every code takes as long
            values = {"digest": form, "language": language}
            cursor.execute(sql, [values[name] for name in names] if names else values)
            row = cursor.fetchone() or row
    if row is None:
        return None
    heading, body, partner, phone, website = row
    return Content(heading or "", body or "", partner, phone, website)


@lru_cache(2)
def _compiled(dialect: Dialect) -> tuple[str, list[str] | None]:
    """The statement as the driver takes it, and the order of its values where it has one."""
    compiled = _CONTENT.compile(dialect=dialect)
    return str(compiled), compiled.positiontup


@contextmanager
def _reading(engine: Engine) -> Iterator[DBAPICursor]:
    """A cursor for one statement outside any transaction, which saves two round trips."""
    connection = engine.raw_connection()
    driver: Any = connection.driver_connection
    is_postgresql = engine.dialect.name == "postgresql"
    try:
        if is_postgresql:
            driver.autocommit = True
        with closing(connection.cursor()) as cursor:
            yield cursor
        if is_postgresql:
            driver.autocommit = False
    except BaseException:
        connection.invalidate()  # nobody gets a connection that failed, or is not set back
        raise
    finally:
        connection.close()
