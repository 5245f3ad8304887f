"""Templates with their versions, as an editor in Notify's web pages would leave them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

from outreach.simulator.records import Channel, as_text
from outreach.simulator.schema import canonical
from outreach.simulator.text import placeholder_names

EDITOR = "template.editor@example.gov.uk"


class BadTemplateFile(ValueError):
    """A templates file that cannot be used; `args[0]` says why."""


@dataclass(frozen=True, slots=True)
class TemplateVersion:
    """One saved state of a template."""

    id: str
    channel: Channel
    name: str
    body: str
    subject: str | None
    version: int
    created_at: datetime
    updated_at: datetime | None = None

    @property
    def placeholders(self) -> list[str]:
        """Names in the subject and body, each once, as first written."""
        return placeholder_names(f"{self.subject or ''}\n{self.body}")

    def as_dict(self) -> dict[str, Any]:
        """The template object of contract section 6."""
        return {
            "id": self.id,
            "type": self.channel.value,
            "created_at": as_text(self.created_at),
            "updated_at": as_text(self.updated_at),
            "created_by": EDITOR,
            "version": self.version,
            "body": self.body,
            "subject": self.subject,
            "name": self.name,
            "personalisation": {name: {"required": True} for name in self.placeholders},
            "postage": None,
            "letter_contact_block": None,
        }


class Catalogue:
    """All templates of the service. Thread-safe; versions are never changed once saved."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.clear()

    def clear(self) -> None:
        self._versions: dict[str, list[TemplateVersion]] = {}
        self._archived: set[str] = set()

    def add(
        self,
        *,
        name: str,
        body: str,
        now: datetime,
        channel: Channel = Channel.SMS,
        subject: str | None = None,
        template_id: str | None = None,
    ) -> TemplateVersion:
        template = TemplateVersion(
            template_id or str(uuid4()), channel, name, body, subject, 1, now
        )
        with self._lock:
            self._versions[template.id] = [template]
            self._archived.discard(template.id)
        return template

    def edit(
        self,
        template_id: str,
        *,
        now: datetime,
        name: str | None = None,
        body: str | None = None,
        subject: str | None = None,
    ) -> TemplateVersion:
        """Save a new version; what is not given stays. Raises KeyError if unknown."""
        with self._lock:
            newest = self._versions[template_id][-1]
            edited = replace(
                newest,
                version=newest.version + 1,
                updated_at=now,
                name=newest.name if name is None else name,
                body=newest.body if body is None else body,
                subject=newest.subject if subject is None else subject,
            )
            self._versions[template_id].append(edited)
        return edited

    def archive(self, template_id: str) -> None:
        """After this it can be read but not sent. Raises KeyError if unknown."""
        with self._lock:
            if template_id not in self._versions:
                raise KeyError(template_id)
            self._archived.add(template_id)

    def current(self, template_id: str) -> TemplateVersion | None:
        versions = self._versions.get(template_id)
        return versions[-1] if versions else None

    def version(self, template_id: str, number: int) -> TemplateVersion | None:
        """One version; 0 means the current one, as at Notify."""
        versions = self._versions.get(template_id, [])
        if number == 0 and versions:
            return versions[-1]
        return versions[number - 1] if 1 <= number <= len(versions) else None

    def is_archived(self, template_id: str) -> bool:
        return template_id in self._archived

    def live(self) -> list[TemplateVersion]:
        """Current versions of what is not archived, by name and then type."""
        with self._lock:
            newest = [v[-1] for key, v in self._versions.items() if key not in self._archived]
        return sorted(newest, key=lambda template: (template.name, template.channel))

    def everything(self) -> list[TemplateVersion]:
        """Current versions of all templates, archived ones too, by name."""
        with self._lock:
            newest = [versions[-1] for versions in self._versions.values()]
        return sorted(newest, key=lambda template: (template.name, template.channel))

    def load(self, items: Iterable[dict[str, Any]], now: datetime) -> None:
        """Put in templates given as plain objects. Raises BadTemplateFile."""
        for item in items:
            self._load_one(item, now)

    def _load_one(self, item: dict[str, Any], now: datetime) -> None:
        try:
            self.add(
                name=str(item["name"]),
                body=str(item["body"]),
                channel=Channel(item.get("type", "sms")),
                subject=item.get("subject"),
                template_id=canonical(item["id"]) if "id" in item else None,
                now=now,
            )
        except (KeyError, ValueError, TypeError, AttributeError) as problem:
            raise BadTemplateFile(f"A template cannot be used: {problem!r}.") from None


def read_template_file(path: Path) -> list[dict[str, Any]]:
    """The list in a JSON file of templates. Raises BadTemplateFile with a sentence."""
    try:
        items = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise BadTemplateFile(f"{path} cannot be read: {problem}.") from None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise BadTemplateFile(f"{path} must hold a JSON list of objects.")
    return items
