"""`outreach doctor`: what is wrong, and how to mend it."""

import sys

import click
from click import echo

from outreach.cli.context import make_app


@click.command()
def doctor() -> None:
    """Check settings, database, keys, Notify, clock and worker; exit 1 if one is wrong."""
    from outreach.cli.doctor_checks import CHECKS

    app = make_app()  # a missing setting stops here with its own sentence
    echo("ok    settings: all there")
    is_well = True
    with app.app_context():
        for name, check in CHECKS:
            finding = check()
            is_well = is_well and finding.is_well
            echo(f"{'ok   ' if finding.is_well else 'WRONG'} {name}: {finding.words}")
    sys.exit(0 if is_well else 1)
