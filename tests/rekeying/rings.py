"""The service with other key rings on the same database, as after a restart."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from flask import Flask

from outreach import keychain, vault
from outreach.config import Settings
from outreach.domain.actor import Actor
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.extensions import db
from outreach.factory import create_app
from outreach.keys import KeyRing
from outreach.optouts import service as suppressing
from outreach.rekeying import service as rekeying
from outreach.transaction import transaction
from tests.conftest import HostClient
from tests.fakes.notify import FakeNotify

FIRST, SECOND, THIRD = (
    f"{name}:{base64.b64encode(letter * 32).decode()}"
    for name, letter in (("k1", b"k"), ("k2", b"q"), ("k3", b"z"))
)

BY = Actor.job("tests")


def rotate() -> list[rekeying.Step]:
    return list(rekeying.rekey(by=BY, wait=lambda _: None))


def suppress(number: str) -> None:
    with transaction():
        suppressing.suppress(
            vault.digest(number), SuppressionKind.OPT_OUT, SuppressionSource.REPLY, by=BY
        )


@contextmanager
def restarted(app: Flask, *keys: str, secret_key: str | None = None) -> Iterator[Flask]:
    """A process with these keys, newest first, on the database of `app`."""
    before = vault.ring()
    settings: Settings = app.extensions["outreach_settings"]
    ring = KeyRing.parse(" ".join(keys))
    again = create_app(
        replace(settings, data_keys=ring, secret_key=secret_key or settings.secret_key)
    )
    again.test_client_class = HostClient
    again.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    again.extensions["outreach_gateway"] = FakeNotify()
    with again.app_context():
        vault.use(ring)
        keychain.check()
        try:
            yield again
        finally:
            again.extensions["outreach_engine"].close()
            db.session.remove()
            db.engine.dispose()
            vault.use(before)
