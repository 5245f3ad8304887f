"""Every command that changes something, or shows data of people, leaves its event.

The commands are read from the program, so that a new one fails here until somebody has said which
event tells of it.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click
from click.testing import CliRunner
from flask import Flask

from outreach.cli.main import main
from outreach.domain.access import Role
from outreach.domain.audit import AuditAction as A
from outreach.domain.campaign import CampaignStatus
from outreach.domain.signed_note import KeyType
from tests.accounts.conftest import Account, account
from tests.audit.log import make_log
from tests.audit.test_every_endpoint import last_event, told_since
from tests.conftest import both_databases
from tests.factories import make_campaign
from tests.sealed_log import signer

__all__ = ["account"]

RAE, NEW = "rae@example.org", "new@example.org"
WITNESS = signer(9, "charity.example/witness", KeyType.COSIGNATURE).verifier.text()
TOLD: Mapping[str, tuple[str, A]] = {
    "audit export": ("-", A.AUDIT_EXPORTED),
    "audit key": ("--new", A.KEY_ROTATED),
    "audit trust-witness": (WITNESS, A.SETTING_CHANGED),
    "optouts add": ("07700900461", A.OPTOUT_ADDED),
    "optouts export": ("-", A.OPTOUT_EXPORTED),
    "optouts import": ("{list}", A.OPTOUT_IMPORTED),
    "retention": ("", A.RETENTION_PREVIEWED),
    "retention --run": ("--campaign {campaign}", A.KEY_DESTROYED),
    "user add": (f"{NEW} --role auditor", A.USER_INVITED),
    "user disable": (RAE, A.USER_DISABLED),
    "user enable": (RAE, A.USER_ENABLED),
    "user link": (NEW, A.USER_INVITED_AGAIN),
    "user list": ("", A.USERS_VIEWED),
    "user new-password": (RAE, A.USER_PASSWORD_RESET_ASKED),
    "user reset-second-step": (RAE, A.USER_SECOND_FACTOR_CHANGED),
    "user roles": (f"{RAE} --role auditor", A.USER_ROLE_CHANGED),
}
"""By the command: what is typed after it, and one of the events it leaves. In this order."""
UNTOLD: Mapping[str, str] = {
    "audit verify": "reads a file, with no database",
    "audit witness": "run by a second body, elsewhere; the log tells of the signature it takes",
    "demo": "starts the others",
    "doctor": "shows settings and counts, of no person",
    "keys new": "prints a new key, and keeps nothing",
    "keys new-secret": "prints a new key, and keeps nothing",
    "keys rotate": "its end is told by key.rotated: tests/rekeying/test_rotate_keys.py",
    "recipients check": "reads a file, with no database",
    "reconcile": "each result is told as the worker tells it: tests/sending",
    "replies classify": "reads its input, with no database",
    "serve": "starts the site",
    "simulator": "is no part of the service",
    "user untie": "user.unlinked, where there was a link: tests/accounts/test_single_sign_on.py",
    "worker": "starts the worker",
}


def commands(group: click.Group = main, before: tuple[str, ...] = ()) -> Iterator[str]:
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        if isinstance(found, click.Group):
            yield from commands(found, (*before, name))
        else:
            yield " ".join((*before, name))


def test_every_command_is_on_a_list() -> None:
    assert set(commands()) == {name.partition(" --")[0] for name in TOLD} | UNTOLD.keys()
    assert not TOLD.keys() & UNTOLD.keys()


@both_databases
def test_every_command_is_told_by_its_event(
    app: Flask, account: Callable[..., Account], tmp_path: Path
) -> None:
    numbers = tmp_path / "list.txt"
    numbers.write_text("07700900462\n")
    account(Role.REQUESTER, email=RAE)
    campaign_id = make_campaign(app, CampaignStatus.COMPLETED).id
    make_log(3)
    for command, (typed, told) in TOLD.items():
        before = last_event()
        words = f"{command} {typed.format(list=numbers, campaign=campaign_id)}".split()
        ran = CliRunner().invoke(main, words)
        assert ran.exit_code == 0, (command, ran.output)
        events = [event for event in told_since(before) if event.action == told]
        assert events, command
        assert {event.actor.split(" --")[0] for event in events} <= {
            f"command:{command.partition(' --')[0]}"
        }
