"""Named settings as they are now."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from outreach.domain.settings import BY_NAME, SETTINGS
from outreach.extensions import db
from outreach.models import Setting


def stored() -> Mapping[str, Any]:
    """The values of the settings that are not at their default."""
    names = [definition.name for definition in SETTINGS]
    rows = db.session.scalars(select(Setting).where(Setting.name.in_(names)))
    return {row.name: row.value for row in rows if row.value is not None}


def whole_number(name: str) -> int:
    """A setting of that kind, or its default."""
    row = db.session.get(Setting, name)
    value = row.value if row is not None and row.value is not None else BY_NAME[name].default
    return int(str(value))
