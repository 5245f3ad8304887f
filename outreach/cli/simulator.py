"""`outreach simulator`: a local GOV.UK Notify to try and test against."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from outreach.simulator.server import serve
from outreach.simulator.service import INBOUND_NUMBER, LIVE_KEY, CallbackTarget
from outreach.simulator.settings import Outcomes, Settings

Command = Callable[..., Any]
SHARE = click.FloatRange(0, 1)
SECONDS = click.FloatRange(min=0)

SERVICE_OPTIONS = [
    click.option("--api-key", default=LIVE_KEY, help="The live key's whole text."),
    click.option("--team-api-key", help="Made from the live key's service id when not given."),
    click.option("--test-api-key", help="Likewise."),
    click.option("--revoked-api-key", help="Likewise; it is refused as revoked."),
    click.option("--service-name", default="Local support team", show_default=True),
    click.option("--prefix/--no-prefix", default=False, help="Texts start with the name."),
    click.option("--international/--no-international", default=True, show_default=True),
    click.option("--trial/--no-trial", default=False, help="A service in trial mode."),
    click.option("--guest", multiple=True, help="A number or address a team key may reach."),
    click.option("--inbound-number", default=INBOUND_NUMBER, show_default=True),
    click.option("--retention-days", default=7, show_default=True),
    click.option("--sms-rate", default=0.024, show_default=True, help="Pounds per fragment."),
]
FILE_OPTIONS = [
    click.option(
        "--templates",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="A JSON list of templates: id, name, body, type (sms or email), subject.",
    ),
    click.option(
        "--journal",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Messages are kept in this file and read back at the next start.",
    ),
]
CALLBACK_OPTIONS = [
    click.option("--receipt-url", help="Where delivery receipts are posted."),
    click.option("--receipt-token", help="The bearer token they carry."),
    click.option("--received-url", help="Where received texts are posted."),
    click.option("--received-token", help="The bearer token they carry."),
    click.option("--callback-retry-delay", default=300.0, show_default=True, type=SECONDS),
    click.option("--callback-timeout", default=5.0, show_default=True, type=SECONDS),
]
BEHAVIOUR_OPTIONS = [
    click.option("--latency", default=0.0, help="Milliseconds before each answer."),
    click.option("--handover-delay", default=0.1, show_default=True, type=SECONDS),
    click.option("--receipt-delay", default=1.0, show_default=True, type=SECONDS),
    click.option("--cost-delay", default=0.0, show_default=True, type=SECONDS),
    click.option("--permanent-failure-rate", default=0.0, type=SHARE),
    click.option("--temporary-failure-rate", default=0.0, type=SHARE),
    click.option("--technical-failure-rate", default=0.0, type=SHARE),
    click.option("--never-final-rate", default=0.0, type=SHARE),
    click.option("--pending-rate", default=0.0, type=SHARE),
    click.option("--seed", default=0, show_default=True, help="Same seed, same failures."),
    click.option("--rate-limit", default="3000", show_default=True, help="A minute, or off."),
    click.option("--daily-limit", default=250_000, show_default=True),
    click.option("--international-daily-limit", default=100, show_default=True),
]


def all_options(command: Command) -> Command:
    """Every option of the simulator, in the order in which the help should list them."""
    groups = [SERVICE_OPTIONS, FILE_OPTIONS, CALLBACK_OPTIONS, BEHAVIOUR_OPTIONS]
    for option in reversed([option for group in groups for option in group]):
        command = option(command)
    return command


@click.command(context_settings={"auto_envvar_prefix": "OUTREACH_SIMULATOR"})
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=6011, show_default=True, help="0 takes a free one.")
@all_options
def simulator(host: str, port: int, **chosen: Any) -> None:
    """Run a local GOV.UK Notify.

    It sends nothing: what a site "sends" is shown on its Phones page, where one can reply too.
    Every option can be set in the environment as OUTREACH_SIMULATOR_<OPTION>.
    """
    settings = settings_from(chosen)
    try:
        serve(settings, host, port, ready=announce)
    except OSError:
        raise click.ClickException(
            f"Port {port} on {host} is taken. Choose another with --port."
        ) from None
    except ValueError as problem:
        raise click.ClickException(str(problem)) from None


def announce(address: str, settings: Settings) -> None:
    """Say where it listens and with which keys; tests wait for the first line."""
    click.echo(f"Notify simulator on {address}")
    for key_type, text, is_revoked in settings.key_texts():
        click.echo(f"  {'revoked' if is_revoked else key_type.printed.lower()} key: {text}")


def settings_from(chosen: dict[str, Any]) -> Settings:
    """Settings from the options' values. Raises click errors for values that do not fit."""
    outcomes = Outcomes(
        permanent_failure=chosen["permanent_failure_rate"],
        temporary_failure=chosen["temporary_failure_rate"],
        technical_failure=chosen["technical_failure_rate"],
        never_final=chosen["never_final_rate"],
        pending=chosen["pending_rate"],
    )
    same_name = (
        "api_key team_api_key test_api_key revoked_api_key service_name inbound_number "
        "handover_delay receipt_delay cost_delay callback_retry_delay callback_timeout seed "
        "daily_limit international_daily_limit retention_days sms_rate"
    )
    return Settings(
        **{name: chosen[name] for name in same_name.split()},
        has_prefix=chosen["prefix"],
        may_text_abroad=chosen["international"],
        is_trial=chosen["trial"],
        guest_list=chosen["guest"],
        receipts_to=_target("receipt", chosen),
        received_to=_target("received", chosen),
        templates_file=chosen["templates"],
        journal_file=chosen["journal"],
        latency=chosen["latency"] / 1000,
        outcomes=outcomes,
        rate_limit=_rate_limit(chosen["rate_limit"]),
    )


def _target(kind: str, chosen: dict[str, Any]) -> CallbackTarget | None:
    url, token = chosen[f"{kind}_url"], chosen[f"{kind}_token"]
    if bool(url) != bool(token):
        raise click.UsageError(f"--{kind}-url and --{kind}-token belong together.")
    if token and len(token) < 10:
        raise click.UsageError(f"--{kind}-token needs at least 10 characters, as at Notify.")
    return CallbackTarget(url, token) if url else None


def _rate_limit(value: str) -> int | None:
    if value == "off":
        return None
    if not value.isdigit() or int(value) < 1:
        raise click.UsageError("--rate-limit is a number of sends a minute, or off.")
    return int(value)
