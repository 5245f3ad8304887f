"""What somebody with the rights of a database owner may do to the log, and what it is called then.

The statements are for a log of END entries that was signed at SIGNED_AT; `{place}` is the entry
that is meant, `{event}` the row of its event.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, select, text

from outreach.audit.stored import event_bytes, sealed_columns
from outreach.domain.audit_damage import Damage
from outreach.domain.checkpoint import Checkpoint
from outreach.domain.merkle import hash_leaf, root_of
from outreach.domain.tiles import TileWriter
from outreach.models import AuditEvent, AuditLeaf

BATCHES = (59, 100, 160)
SIGNED_AT = (60, 160, 320)
END = 320
PLACE = 200
EVENT = "(SELECT event_row_id FROM audit_leaf WHERE leaf_index = {place})"

EDITS = (
    "reason = 'She agreed.'",
    "reason = NULL",
    "actor = '1'",
    "actor_kind = 'person'",
    "role = 'approver'",
    "action = 'hold.placed'",
    "action = 'no such action'",
    "category = 'erasure'",
    "object_type = 'campaign'",
    "object_id = '8'",
    "at = '2026-01-01 00:00:00.000000'",
    """changes = '{"number": 4}'""",
    "event_id = '00000000000000000000000000000001'",
)
"""Every column that is sealed and can be edited on its own."""
GARBAGE = (
    "changes = 'not json'",
    "changes = '[1]'",
    "at = 'yesterday'",
    "event_id = 'x'",
    "campaign_id = ''",
)
"""What only SQLite lets into a column."""


@dataclass(frozen=True)
class Attack:
    """What is done, statement by statement, and the damage and entry that must be named."""

    what: str
    statements: tuple[str, ...]
    kind: Damage
    place: int | None


ATTACKS = (
    Attack(
        "an event is deleted",
        ("DELETE FROM audit_event WHERE id = {event}",),
        Damage.REMOVED,
        PLACE,
    ),
    Attack(
        "an event and its place are deleted",
        (
            "DELETE FROM audit_event WHERE id = {event}",
            "DELETE FROM audit_leaf WHERE leaf_index = {place}",
        ),
        Damage.REMOVED,
        PLACE,
    ),
    Attack(
        "an event is deleted and the others moved up",
        (
            "DELETE FROM audit_leaf WHERE leaf_index = {place}",
            "UPDATE audit_leaf SET leaf_index = leaf_index - 1000000 WHERE leaf_index > {place}",
            "UPDATE audit_leaf SET leaf_index = leaf_index + 999999 WHERE leaf_index < 0",
        ),
        Damage.REMOVED,
        PLACE,
    ),
    Attack(
        "an event is put in and the others moved on",
        (
            "UPDATE audit_leaf SET leaf_index = -leaf_index WHERE leaf_index >= {place}",
            "UPDATE audit_leaf SET leaf_index = 1 - leaf_index WHERE leaf_index < 0",
            """INSERT INTO audit_event (id, event_id, at, actor_kind, actor, action, category,
               object_type, object_id, changes)
               SELECT 99999, 'abcdefabcdefabcdefabcdefabcdefab', at, actor_kind, actor, action,
               category, object_type, object_id, changes FROM audit_event
               WHERE id = (SELECT max(id) FROM audit_event)""",
            """INSERT INTO audit_leaf
               SELECT {place}, 99999, leaf_hash FROM audit_leaf WHERE leaf_index = 1""",
        ),
        Damage.INSERTED,
        PLACE,
    ),
    Attack(
        "two events change places",
        (
            "UPDATE audit_leaf SET leaf_index = -1 WHERE leaf_index = {place}",
            "UPDATE audit_leaf SET leaf_index = {place} WHERE leaf_index = 3 + {place}",
            "UPDATE audit_leaf SET leaf_index = 3 + {place} WHERE leaf_index = -1",
        ),
        Damage.REORDERED,
        PLACE,
    ),
    Attack(
        "the newest entries are cut off and their head is left",
        ("DELETE FROM audit_leaf WHERE leaf_index > 304",),
        Damage.CUT_OFF,
        305,
    ),
    Attack("every event is deleted", ("DELETE FROM audit_event",), Damage.REMOVED, 0),
    Attack(
        "the signature under the newest head is changed",
        (
            """UPDATE audit_checkpoint SET note = substr(note, 1, length(note) - 30)
               || 'AAAAAAAAAA' || substr(note, length(note) - 19) WHERE tree_size = 320""",
        ),
        Damage.FORGED_SIGNATURE,
        60,
    ),
    Attack(
        "the newest head says less than was signed",
        ("UPDATE audit_checkpoint SET note = replace(note, '320', '310') WHERE tree_size = 320",),
        Damage.FORGED_SIGNATURE,
        60,
    ),
    Attack(
        "an older head is no longer a note at all",
        ("UPDATE audit_checkpoint SET note = 'gone' WHERE tree_size = 60",),
        Damage.FORGED_SIGNATURE,
        0,
    ),
)


def carry_out(connection: Connection, statements: tuple[str, ...], place: int = PLACE) -> None:
    for statement in statements:
        whole = statement.replace("{event}", EVENT).replace("{place}", str(place))
        connection.exec_driver_sql(whole)


def edit(connection: Connection, columns: str, place: int = PLACE) -> None:
    statement = "UPDATE audit_event SET {columns} WHERE id = {event}"
    carry_out(connection, (statement.replace("{columns}", columns),), place)


def make_anew(connection: Connection, note_of: Callable[[Checkpoint], str]) -> None:
    """Sealed hashes, tiles and heads over what the events say now."""
    rows = connection.execute(
        select(*sealed_columns())
        .join(AuditLeaf, AuditLeaf.event_row_id == AuditEvent.id)
        .order_by(AuditLeaf.leaf_index)
    ).all()
    leaves = [hash_leaf(event_bytes(row) or b"") for row in rows]
    put_leaf = text("UPDATE audit_leaf SET leaf_hash = :leaf WHERE leaf_index = :place")
    connection.execute(put_leaf, [{"leaf": leaf, "place": n} for n, leaf in enumerate(leaves)])
    put_tile = text(
        "UPDATE audit_tile SET hashes = :hashes, root = :root"
        " WHERE level = :level AND tile_index = :index"
    )
    for tile in TileWriter().extend(leaves):
        connection.execute(put_tile, {name: getattr(tile, name) for name in tile.__slots__})
    put_head = text(
        "UPDATE audit_checkpoint SET root_hash = :root, note = :note WHERE tree_size = :size"
    )
    for size in connection.scalars(text("SELECT tree_size FROM audit_checkpoint")).all():
        head = Checkpoint("help.test/audit", size, root_of(leaves[:size]))
        connection.execute(put_head, {"root": head.root, "note": note_of(head), "size": size})
