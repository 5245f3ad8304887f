"""Erasing by hand what the worker also erases by schedule, and looking first."""

from typing import TYPE_CHECKING
from uuid import UUID

import click

from outreach.cli.context import with_app

if TYPE_CHECKING:
    from outreach.models import Campaign


@click.command()
@click.option("--preview", "is_run", flag_value=False, default=False, help="Only say. The default.")
@click.option("--run", "is_run", flag_value=True, help="Erase what is due and not held back.")
@click.option(
    "--campaign",
    "campaign_id",
    type=click.UUID,
    metavar="ID",
    help="This one alone; with --run at once, whether it is due or not, once it has ended.",
)
@with_app
def retention(is_run: bool, campaign_id: UUID | None) -> None:
    """Say which personal data is due to be erased and what will remain, or erase it."""
    if is_run:
        _run(campaign_id)
    else:
        _preview(campaign_id)


def _preview(campaign_id: UUID | None) -> None:
    from outreach.domain.actor import Actor
    from outreach.domain.retention import REMAINS
    from outreach.retention import queries, service
    from outreach.transaction import transaction

    with transaction():
        chosen = [_found(campaign_id)] if campaign_id else _all()
        service.record_preview(campaign_id, by=Actor.job("command:retention"))
        for campaign in chosen:
            _say(campaign)
    if not chosen:
        click.echo("No campaign holds personal data.")
    click.echo("What remains: " + "; ".join(REMAINS) + ".")
    last = queries.last_run()
    click.echo(f"The last run was at {last:%Y-%m-%d %H:%M} UTC." if last else "It never ran yet.")


def _run(campaign_id: UUID | None) -> None:
    from outreach.domain.actor import Actor
    from outreach.retention import running, service
    from outreach.transaction import transaction

    by = Actor.job("command:retention")
    if campaign_id is None:
        begun, tidied = len(running.begin_due(by=by)), running.tidy(by=by)
    else:
        if not _found(campaign_id).status.is_over:
            raise click.ClickException("The campaign has not ended. Cancel it first.")
        with transaction():
            begun, tidied = int(service.begin(campaign_id, by=by)), 0
    slices = sum(1 for _ in running.blank(by=by))
    running.wipe_traces()
    click.echo(
        f"Erased {begun:,} campaigns: their keys are destroyed and their rows blanked, in "
        f"{slices:,} slices. Other rows erased: {tidied:,}."
    )


def _say(campaign: "Campaign") -> None:
    from outreach.retention import queries

    entry = queries.one(campaign)
    when = f"due {entry.due_at:%Y-%m-%d %H:%M} UTC" if entry.due_at else "not due"
    click.echo(f"{entry.id}  {entry.title}: {entry.status.value}, {when}")
    for reason in entry.reasons:
        click.echo(f"    kept: {reason}")
    for words, count in queries.counts(campaign):
        click.echo(f"    {count:>9,}  {words}")


def _all() -> "list[Campaign]":
    from outreach.retention import queries

    return [_found(entry.id) for entry in queries.listed()]


def _found(campaign_id: UUID) -> "Campaign":
    from outreach.campaigns import queries

    campaign = queries.get(campaign_id)
    if campaign is None:
        raise click.ClickException("There is no such campaign.")
    if campaign.erased_at is not None:
        raise click.ClickException("The campaign is erased already.")
    return campaign
