"""Bringing one digest column under the newest key, a batch of rows at a time.

Each row says in which form it is (see `models/digest.py`), so a row is never brought on twice, a
stop loses nothing, and rows written meanwhile by a process that has not looked yet are found by
going over the column again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    LargeBinary,
    Table,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    type_coerce,
    update,
)

from outreach import clock, vault
from outreach.extensions import db
from outreach.models import Base, RekeyingProgress
from outreach.models.digest import BYTES, DigestUse, KeyedDigest, as_stored, read_stored

BATCH = 500
MERGED = "Merged with another entry while keys were changed."


@dataclass(frozen=True)
class DigestColumn:
    table: Table
    column: Column[bytes]
    use: DigestUse

    def __str__(self) -> str:
        return f"{self.table.name}.{self.column.name}"

    @property
    def raw(self) -> ColumnElement[bytes]:
        """The column as it is stored."""
        return type_coerce(self.column, LargeBinary)

    @property
    def key(self) -> Column[Any]:
        """All of these tables have a key of one column."""
        (key,) = self.table.primary_key.columns
        return key


def digest_columns(use: DigestUse) -> Iterator[DigestColumn]:
    """Every column of the tables that holds such digests, found by its type."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, KeyedDigest) and column.type.use is use:
                yield DigestColumn(table, column, use)


def older_rows(column: DigestColumn) -> int:
    """How many rows are not under the newest key yet."""
    statement = select(func.count()).select_from(column.table).where(_is_older(column))
    return db.session.scalar(statement) or 0


def all_rows(column: DigestColumn) -> int:
    statement = select(func.count()).select_from(column.table)
    return db.session.scalar(statement.where(column.column.is_not(None))) or 0


def bring_on_batch(column: DigestColumn) -> int:
    """The next rows after where the last batch ended. 0 at the end of the column. The caller
    commits: the rows and the place together."""
    progress = _progress(column)
    rows = db.session.execute(_next_rows(column, progress.cursor)).all()
    for key, stored in rows:
        _bring_on(column, key, bytes(stored))
    progress.done += len(rows)
    progress.cursor = _as_text(rows[-1][0]) if len(rows) == BATCH else None
    return len(rows)


def _progress(column: DigestColumn) -> RekeyingProgress:
    """From the beginning where the last change was to another key."""
    newest = vault.ring().newest.key_id
    row = db.session.get(RekeyingProgress, str(column), with_for_update=True)
    if row is None:
        row = RekeyingProgress(column=str(column), key_id=newest, done=0, cursor=None)
        db.session.add(row)
    elif row.key_id != newest:
        row.key_id, row.done, row.cursor = newest, 0, None
    return row


def _next_rows(column: DigestColumn, cursor: str | None) -> Any:
    key = _raw_key(column)
    statement = select(key, column.raw).where(column.column.is_not(None), _is_older(column))
    if cursor is not None:
        statement = statement.where(key > _from_text(column, cursor))
    return statement.order_by(key).limit(BATCH).with_for_update()


def _is_older(column: DigestColumn) -> ColumnElement[bool]:
    generations = vault.ring().generations
    if generations == 1:
        return func.length(column.raw) != BYTES
    mark = bindparam(None, bytes([generations]), type_=LargeBinary)
    return or_(func.length(column.raw) == BYTES, func.substr(column.raw, 1, 1) != mark)


def _bring_on(column: DigestColumn, key: Any, stored: bytes) -> None:
    newest = as_stored(read_stored(stored))
    if not _merged(column, key, stored, newest):
        db.session.execute(
            update(column.table)
            .where(_raw_key(column) == key, column.raw == stored)
            .values({column.column: newest})
        )


def _merged(column: DigestColumn, key: Any, stored: bytes, newest: bytes) -> bool:
    """A number may have got a second row under the newest key meanwhile: then one of them goes."""
    if column.table.name == "last_contact":
        return _merge_contacts(column.table, stored, newest)
    if column.table.name in {"suppression", "hold"}:
        _close_double(column.table, key, newest)
    return False


def _merge_contacts(table: Table, stored: bytes, newest: bytes) -> bool:
    raw = type_coerce(table.c.phone_digest, LargeBinary)
    other = db.session.scalar(select(table.c.texted_at).where(raw == newest))
    if other is None:
        return False
    this = db.session.scalar(select(table.c.texted_at).where(raw == stored))
    db.session.execute(delete(table).where(raw == stored))
    if this is not None and this > other:
        db.session.execute(update(table).where(raw == newest).values(texted_at=this))
    return True


def _close_double(table: Table, key: Any, newest: bytes) -> None:
    """The row under the newest key stands on; this one ends, so that one is active."""
    raw, is_hold = type_coerce(table.c.phone_digest, LargeBinary), table.name == "hold"
    ended = table.c.released_at if is_hold else table.c.removed_at
    stands = and_(raw == newest, ended.is_(None))
    if not is_hold:
        kind = select(table.c.kind).where(table.c.id == key).scalar_subquery()
        stands = and_(stands, table.c.kind == kind)
    if db.session.scalar(select(table.c.id).where(stands).limit(1)) is None:
        return
    values: dict[str, Any] = {ended.name: clock.now()}
    if not is_hold:
        values["removed_reason"] = MERGED
    db.session.execute(update(table).where(table.c.id == key, ended.is_(None)).values(values))


def _raw_key(column: DigestColumn) -> ColumnElement[Any]:
    """The key without our own types: where the digest itself is the key, as it is stored."""
    return column.raw if column.key is column.column else column.key


def _as_text(key: Any) -> str:
    if isinstance(key, UUID):
        return key.hex
    return key.hex() if isinstance(key, bytes) else str(key)


def _from_text(column: DigestColumn, text: str) -> Any:
    if column.key is column.column:
        return bytes.fromhex(text)
    return int(text) if column.key.type.python_type is int else UUID(text)
