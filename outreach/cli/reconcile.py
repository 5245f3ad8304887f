"""Look-ups by hand, which the worker also does by schedule."""

import click

from outreach.cli.context import with_app


@click.command()
@click.option(
    "--after-restore",
    is_flag=True,
    help="The database was restored from a backup: look every waiting text up before it may go. "
    "Stop the workers first.",
)
@with_app
def reconcile(after_restore: bool) -> None:
    """Ask Notify about texts that nobody knows were sent, and about those without a receipt."""
    from outreach.domain.actor import Actor
    from outreach.jobs import context
    from outreach.jobs.pool import close_pools
    from outreach.sending import jobs, queries, silence
    from outreach.sending import reconcile as unconfirmed
    from outreach.transaction import transaction

    if after_restore:
        with transaction():
            doubted = unconfirmed.doubt_pending(Actor.job("command:reconcile"))
        click.echo(f"{doubted:,} waiting texts are looked up before they may be sent.")
    looked_up = answered = 0
    while due := unconfirmed.take_due():
        unconfirmed.submit_all(due, jobs.lookup_pool())
        looked_up += len(due)
    jobs.lookup_pool().drain(60)
    while count := silence.ask_about_some(context.gateway()):
        answered += count
    close_pools(context.application())
    still = queries.open_counts()
    click.echo(f"Looked up {looked_up:,} unconfirmed texts; {still.unconfirmed:,} are still open.")
    click.echo(f"Asked about {answered:,} silent texts; {still.silent:,} are still silent.")
    if still.held:
        click.echo(f"{still.held:,} texts are held: a person has to decide about them.")
