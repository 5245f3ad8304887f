"""Addresses: kebab-case nouns, typed parameters, and a declared right on every one."""

import re

from flask import Flask

from outreach.web.permissions import access_of

SEGMENT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?")
PARAMETER = re.compile(r"<(?P<kind>[a-z]+)(\([^)]*\))?:[a-z_]+>")
LIBRARIES = ("static", "security.")


def own_rules(app: Flask) -> list[tuple[str, str]]:
    return [
        (rule.endpoint, rule.rule)
        for rule in app.url_map.iter_rules()
        if not rule.endpoint.startswith(LIBRARIES)
    ]


def test_every_address_is_kebab_case_with_typed_parameters(app: Flask) -> None:
    for endpoint, rule in own_rules(app):
        for segment in rule.strip("/").split("/"):
            plain = PARAMETER.sub("x", segment)
            assert plain == "" or SEGMENT.fullmatch(plain), f"{endpoint}: {rule}"


def test_every_endpoint_declares_who_may_call_it(app: Flask) -> None:
    undeclared = [endpoint for endpoint, _ in own_rules(app) if access_of(app, endpoint) is None]
    assert undeclared == []


def test_every_endpoint_is_named_by_capability_and_verb(app: Flask) -> None:
    for endpoint, _ in own_rules(app):
        assert re.fullmatch(r"[a-z]+\.[a-z_]+", endpoint), endpoint
