"""Putting templates on the list of those that may be used, keeping partners. The caller commits."""

from outreach import clock
from outreach.accounts import service as accounts
from outreach.admin import queries
from outreach.audit import service as audit
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.errors import OutreachError
from outreach.extensions import db
from outreach.models import AllowedTemplate, Organisation, Setting
from outreach.notify.results import Template


class NameTaken(OutreachError):
    """Another partner has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is already a partner called {name}.")


def allow_template(template: Template, *, by: Actor) -> None:
    """Requesters may choose it from now on. Once more does nothing."""
    if queries.allowed_template(template.id) is not None:
        return
    db.session.add(
        AllowedTemplate(
            template_id=template.id,
            name=template.name,
            allowed_at=clock.now(),
            allowed_by_id=by.user_id,
        )
    )
    audit.record(
        AuditAction.TEMPLATE_ALLOWED,
        by,
        "template",
        template.id,
        changes={"name": template.name, "version": template.version},
    )


def withdraw_template(template_id: str, *, by: Actor) -> str | None:
    """Nobody may choose it any more, and no campaign with it is approved or released. Its name."""
    row = queries.allowed_template(template_id)
    if row is None:
        return None
    db.session.delete(row)
    audit.record(
        AuditAction.TEMPLATE_WITHDRAWN, by, "template", template_id, changes={"name": row.name}
    )
    return row.name


def add_organisation(*, name: str, phone: str, website: str, by: Actor) -> Organisation:
    """Raises NameTaken."""
    if queries.is_name_taken(name):
        raise NameTaken(name)
    return accounts.add_organisation(name=name, phone=phone, website=website, by=by)


def change_organisation(
    organisation: Organisation, *, name: str, phone: str, website: str, by: Actor
) -> None:
    """Recipients see it at once; what waits for approval then goes back. Raises NameTaken."""
    if queries.is_name_taken(name, except_id=organisation.id):
        raise NameTaken(name)
    given = {"name": name, "phone": phone, "website": website}
    changed = [field for field, value in given.items() if getattr(organisation, field) != value]
    if not changed:
        return
    for field in changed:
        setattr(organisation, field, given[field])
    audit.record(
        AuditAction.ORGANISATION_CHANGED,
        by,
        "organisation",
        organisation.id,
        changes={"fields": ", ".join(changed)},
    )


def set_reply_number(number: str, *, by: Actor) -> None:
    """The number of ours that people reply to; empty where there is none. The event omits it."""
    if number == queries.reply_number():
        return
    db.session.merge(Setting(name=queries.REPLY_NUMBER, value=number))
    audit.record(
        AuditAction.SETTING_CHANGED,
        by,
        "setting",
        queries.REPLY_NUMBER,
        changes={"is_set": bool(number)},
    )
