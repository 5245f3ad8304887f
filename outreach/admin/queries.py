"""What an administrator decides about: templates, partners, the number for replies."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from outreach.extensions import db
from outreach.models import AllowedTemplate, Organisation, Setting
from outreach.notify.results import Template

REPLY_NUMBER = "reply_number"


@dataclass(frozen=True)
class TemplateLists:
    """`gone` are still on the list of those that may be used, and no more at Notify."""

    allowed: Sequence[Template]
    others: Sequence[Template]
    gone: Sequence[AllowedTemplate]


def sorted_out(live: Sequence[Template]) -> TemplateLists:
    """The templates that Notify has now, by whether requesters may choose them."""
    rows = list(db.session.scalars(select(AllowedTemplate).order_by(AllowedTemplate.name)))
    allowed_ids = {row.template_id for row in rows}
    live_ids = {template.id for template in live}
    return TemplateLists(
        allowed=[template for template in live if template.id in allowed_ids],
        others=[template for template in live if template.id not in allowed_ids],
        gone=[row for row in rows if row.template_id not in live_ids],
    )


def allowed_template(template_id: str) -> AllowedTemplate | None:
    return db.session.get(AllowedTemplate, template_id)


def organisations() -> list[Organisation]:
    return list(db.session.scalars(select(Organisation).order_by(Organisation.name)))


def organisation(organisation_id: int) -> Organisation | None:
    return db.session.get(Organisation, organisation_id)


def is_name_taken(name: str, except_id: int | None = None) -> bool:
    """Whether another partner has this name, in whatever case."""
    statement = select(Organisation.id).where(func.lower(Organisation.name) == name.lower())
    return any(found != except_id for found in db.session.scalars(statement))


def reply_number() -> str:
    setting = db.session.get(Setting, REPLY_NUMBER)
    return str(setting.value or "") if setting is not None else ""
