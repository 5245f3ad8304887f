"""Replies and opt-outs in every state that has a page of its own."""

from datetime import timedelta

from flask import Flask

from outreach import clock
from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.domain.reply_queue import Resolution
from outreach.optouts import queries as suppressions
from outreach.optouts import service as optouts
from outreach.replies import deciding, service
from outreach.transaction import transaction
from tests.factories import NUMBERS, acting, cast, make_campaign
from tests.replies import stage
from tests.site import Ids


def nothing(app: Flask) -> Ids:
    """Nobody has replied, nobody has opted out."""
    return {}


def everything(app: Flask) -> Ids:
    """Replies to a campaign, to none, waiting, taken, decided, erased; numbers opted out."""
    campaign = make_campaign(
        app, CampaignStatus.SENDING, title="Spring outreach to people in Leeds"
    )
    stage.text_everybody(campaign)
    numbers = [f"+44{number.replace(' ', '')[1:]}" for number in NUMBERS]
    rosa, ade = stage.rosa(), stage.ade()
    ids: Ids = {
        "urgent": stage.arrive(stage.URGENT, number=numbers[0], minutes_ago=3),
        "waiting": stage.arrive("Can you ring me", number="+447700900999", minutes_ago=2_000),
        "mine": stage.arrive("who do I call? thanks", number=numbers[1], minutes_ago=12),
        "second": stage.arrive("I dont understand this?", number=numbers[1], minutes_ago=11),
        "with_another": stage.arrive("Is it free", number=numbers[2], minutes_ago=70),
        "decided": stage.arrive("ok, ta, whatever", number=numbers[3], minutes_ago=5),
        "by_rules": stage.arrive("STOP", number=numbers[4], minutes_ago=30),
        "erased": stage.arrive("STOP", number="+447700900998", minutes_ago=60 * 24 * 40),
    }
    for number in range(30):
        stage.arrive(f"hm? {number}", number=f"+4477009003{number:02}", minutes_ago=100 + number)
    stage.take(ids["mine"], rosa)
    stage.take(ids["with_another"], ade)
    stage.take(ids["decided"], rosa)
    with transaction():
        deciding.decide(ids["decided"], Resolution.OPT_OUT, by=rosa)
        service.erase_before(clock.now() - timedelta(days=30), by=ade)
        _suppress_some()
        found = suppressions.active_suppression(
            stage.DIGEST_OF(numbers[4]), SuppressionKind.OPT_OUT
        )
        ids["suppression"] = found.id
    return ids


def _suppress_some() -> None:
    for place, source in enumerate([*SuppressionSource, SuppressionSource.STAFF]):
        digest = stage.DIGEST_OF(f"+4477009004{place:02}")
        kind = SuppressionKind.WRONG_PERSON if place % 2 else SuppressionKind.OPT_OUT
        with stage.later(days=-35 * place):
            optouts.suppress(digest, kind, source, by=acting(cast().approver, Role.APPROVER))
