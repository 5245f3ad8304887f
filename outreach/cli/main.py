"""The `outreach` command. Sub-commands are loaded only when called: the light ones start fast."""

from importlib import import_module

import click

COMMANDS = {
    "audit": "outreach.cli.audit:audit",
    "demo": "outreach.cli.demo:demo",
    "doctor": "outreach.cli.doctor:doctor",
    "keys": "outreach.cli.keys:keys",
    "optouts": "outreach.cli.optouts:optouts",
    "recipients": "outreach.cli.recipients:recipients",
    "reconcile": "outreach.cli.reconcile:reconcile",
    "replies": "outreach.cli.replies:replies",
    "retention": "outreach.cli.retention:retention",
    "serve": "outreach.cli.serve:serve",
    "simulator": "outreach.cli.simulator:simulator",
    "user": "outreach.cli.user:user",
    "worker": "outreach.cli.worker:worker",
}


class LazyGroup(click.Group):
    """A group whose sub-commands name a `module:attribute`, imported on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.group(cls=LazyGroup)
def main() -> None:
    """Text people who may need help, safely, around GOV.UK Notify."""


if __name__ == "__main__":
    main()
