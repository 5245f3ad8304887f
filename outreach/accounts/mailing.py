"""Letters through Notify's email templates: put in a queue with the act, sent by the worker.

No SMTP. A letter waits in the database sealed, because it may hold a link that opens an account.
Where no template is chosen for its kind it is not queued at all, and the page says so.
"""

import json
from uuid import UUID, uuid4

from sqlalchemy import select

from outreach import clock, vault
from outreach.domain.mail import Letter, MailKind
from outreach.extensions import db
from outreach.models import Mail, Setting


def template_of(kind: MailKind) -> str | None:
    """The id of Notify's template for that kind, as an administrator chose it."""
    setting = db.session.get(Setting, kind.setting)
    return str(setting.value) if setting is not None and setting.value else None


def can_send(kind: MailKind) -> bool:
    return template_of(kind) is not None


def queue(letter: Letter) -> Mail | None:
    """Waits from the caller's commit on. None where no template is chosen for it."""
    if not can_send(letter.kind):
        return None
    mail_id, now = uuid4(), clock.now()
    plain = json.dumps([letter.address, dict(letter.values)]).encode()
    root_key_id, sealed = vault.ring().wrap(plain, _place(mail_id))
    row = Mail(
        id=mail_id,
        kind=letter.kind.value,
        root_key_id=root_key_id,
        sealed=sealed,
        state="waiting",
        created_at=now,
        due_at=now,
    )
    db.session.add(row)
    return row


def opened(row: Mail) -> Letter:
    """Raises SealBroken."""
    plain = vault.ring().unwrap(row.root_key_id, row.sealed or b"", _place(row.id))
    address, values = json.loads(plain)
    return Letter(MailKind(row.kind), address, values)


def wrap_anew(row: Mail) -> None:
    """The same letter under the newest root key. The caller commits."""
    plain = vault.ring().unwrap(row.root_key_id, row.sealed or b"", _place(row.id))
    row.root_key_id, row.sealed = vault.ring().wrap(plain, _place(row.id))


def due(limit: int = 20) -> list[UUID]:
    """Letters to be sent now, oldest first."""
    return list(
        db.session.scalars(
            select(Mail.id)
            .where(Mail.state.in_(("waiting", "sending")), Mail.due_at <= clock.now())
            .order_by(Mail.due_at)
            .limit(limit)
        )
    )


def _place(mail_id: UUID) -> str:
    return f"mail {mail_id}"
