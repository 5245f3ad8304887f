"""Changing named settings. The caller commits."""

from collections.abc import Mapping

from outreach.audit import service as audit
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction, Scalar
from outreach.domain.settings import BY_NAME, Kind, Value
from outreach.extensions import db
from outreach.models import Setting


def change(values: Mapping[str, Value], *, by: Actor) -> list[str]:
    """Set each of these, None meaning the default; the names of those that changed."""
    changed = [name for name, value in values.items() if _set(name, value, by)]
    return [BY_NAME[name].label for name in changed]


def _set(name: str, value: Value, by: Actor) -> bool:
    row = db.session.get(Setting, name, with_for_update=True)
    before = row.value if row is not None else None
    wanted = None if BY_NAME[name].is_default(value) else value
    if before == wanted:
        return False
    if row is None:
        db.session.add(Setting(name=name, value=wanted))
    else:
        row.value = wanted
    audit.record(
        AuditAction.SETTING_CHANGED, by, "setting", name, changes=_told(name, before, wanted)
    )
    return True


def _told(name: str, before: Value, after: Value) -> dict[str, Scalar]:
    """What the event says. Of a free text only that it changed: somebody might put a number in."""
    if BY_NAME[name].kind is Kind.TEXT:
        return {"is_set": after is not None}
    return {"before": before, "after": after}
