"""The addresses of the application, read from the application itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import AnyConverter, Rule

from outreach.domain.access import ROLE_PERMISSIONS, Role
from outreach.web.permissions import Access, access_of

STATIC = frozenset({"static", "security.static"})


@dataclass(frozen=True)
class Route:
    """One address with one method and, where it names one of a few words, with that word."""

    rule: Rule
    method: str
    access: Access | None
    words: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        said = " ".join(word for _, word in self.words)
        return f"{self.method} {self.rule.rule} {said}".strip()

    def opens_to(self, role: Role | None) -> bool:
        """Whether the table of rights lets the role in; None is somebody not signed in."""
        if self.access is None:
            return False
        if self.access.permission is None:
            return True
        return role is not None and self.access.permission in ROLE_PERMISSIONS[role]


def routes(app: Flask) -> Iterator[Route]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.endpoint in STATIC:
            continue
        access = access_of(app, rule.endpoint)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            for words in _words(rule):
                yield Route(rule, method, access, words)


def _words(rule: Rule) -> list[tuple[tuple[str, str], ...]]:
    """Every choice of the words a rule may have in it: `stop` or `not-me`, say."""
    choices: list[tuple[tuple[str, str], ...]] = [()]
    for name, converter in rule._converters.items():
        if isinstance(converter, AnyConverter):
            words = sorted(converter.items)
            choices = [(*choice, (name, word)) for choice in choices for word in words]
    return choices
