"""One run: faults on, workers killed, opt-outs arriving; then quiet, and the verdict."""

import random
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import requests
from flask import Flask

from outreach.domain.campaign import CampaignStatus
from outreach.extensions import db
from outreach.factory import create_app
from outreach.models import Campaign
from tests.chaos.campaign import Sent, release_campaign
from tests.chaos.site import ChaosSite
from tests.chaos.verdict import Verdict, judge
from tests.settings import CALLBACK_TOKEN
from tests.simulator.control_client import ControlClient

FAULTS: dict[str, tuple[float, float | None]] = {
    "error-500": (0.01, None),
    "error-500-after-storing": (0.015, None),
    "html-503": (0.01, None),
    "html-503-after-storing": (0.015, None),
    "timeout-504": (0.01, None),
    "timeout-504-after-storing": (0.015, None),
    "hang": (0.005, 3.0),
    "hang-after-storing": (0.01, 3.0),
    "reset": (0.01, None),
    "reset-after-storing": (0.015, None),
    "not-json-201": (0.015, None),
    "slow": (0.02, 1.0),
    "read-error-500": (0.05, None),
    "read-html-503": (0.03, None),
    "read-timeout-504": (0.03, None),
    "receipt-duplicate": (0.1, None),
    "receipt-early": (0.1, None),
    "receipt-late": (0.1, 3.0),
    "receipt-lost": (0.05, None),
    "receipt-unknown-id": (0.05, None),
    "receipt-null-reference": (0.1, None),
    "receipt-null-sent-at": (0.1, None),
    "technical-failure": (0.01, None),
}
"""Probability, and seconds where it has some. About one send in eight has no usable answer."""
SETTLE_SECONDS = 7
SILENCE_SECONDS = 6


@dataclass(frozen=True)
class Plan:
    """What one run does."""

    database: str = "sqlite"
    messages: int = 5_000
    kills: int = 20
    seed: int = 1
    workers: int = 1
    has_restart: bool = False
    opt_outs: int = 150
    rate: float = 120.0
    patience: float = 900.0


@dataclass
class OptOuts(threading.Thread):
    """Recipients who text STOP while the campaign goes on, through the real callback.

    `acknowledged` is when our 2xx came, by number; whatever is sent after it is a breach.
    """

    site: ChaosSite
    sent: Sent
    plan: Plan
    acknowledged: dict[str, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(name="opt-outs", daemon=True)
        self._chance = random.Random(self.plan.seed + 1)  # noqa: S311 - to be repeatable
        self._control = ControlClient(self.site.notify.base_url)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        """At random points of the campaign, whether it has reached that person or not."""
        count, size = self.plan.opt_outs, self.plan.messages
        points = sorted(self._chance.uniform(0, 0.9) * size for _ in range(count))
        people = self._chance.sample(sorted(self.sent.digests), count)
        for point, number in zip(points, people, strict=True):
            _wait_for(self._control, point, self.plan.patience)
            self._say_stop(number)

    def _say_stop(self, number: str) -> None:
        """As Notify does: again until it is acknowledged."""
        body = {
            "id": str(uuid4()),
            "source_number": number,
            "destination_number": "07700900500",
            "message": "STOP",
            "date_received": datetime.now(UTC).isoformat(),
        }
        while True:
            try:
                answer = requests.post(
                    f"{self.site.staff_url}/notify/received-text",
                    json=body,
                    headers={"Authorization": f"Bearer {CALLBACK_TOKEN}"},
                    timeout=15,
                )
                if answer.ok:
                    self.acknowledged[number] = datetime.now(UTC)
                    return
            except requests.RequestException:
                pass
            time.sleep(0.3)


def run(plan: Plan, folder: Path) -> Verdict:
    """The whole of it. What it prints and asserts is in the verdict."""
    began = time.monotonic()
    with ChaosSite(folder, plan.database, plan.workers, plan.seed) as site:
        app = create_app(site.settings)
        sent = release_campaign(
            app,
            site.control,
            plan.messages,
            send_rate=plan.rate,
            settle_seconds=SETTLE_SECONDS,
            silence_seconds=SILENCE_SECONDS,
        )
        _faults_on(site, plan)
        site.start_workers()
        opt_outs = OptOuts(site, sent, plan)
        opt_outs.start()
        kills = _kill_workers(site, plan)
        opt_outs.join()
        _wait_for(site.control, plan.messages * 0.95, plan.patience)
        struck = sum(site.control.fault_hits().values())
        site.control.faults_off(seed=plan.seed)
        is_over = _wait_until_over(app, sent.campaign_id, plan.patience)
        site.control.settle()
        verdict = judge(app, site, sent, opt_outs.acknowledged)
        _close(app)
    verdict.facts |= {
        "seed": plan.seed,
        "database": plan.database,
        "workers": plan.workers,
        "kills": kills,
        "faults": struck,
        "restarts of the database": int(plan.has_restart),
        "seconds": round(time.monotonic() - began),
    }
    if not is_over:
        verdict.problems.append("the campaign did not end in time")
    return verdict


def _faults_on(site: ChaosSite, plan: Plan) -> None:
    site.control.faults_off(seed=plan.seed)
    for name, (probability, seconds) in FAULTS.items():
        site.control.fault_on(name, probability=probability, seconds=seconds)


def _kill_workers(site: ChaosSite, plan: Plan) -> int:
    """At random points of the campaign, and not before the one in its place has sent something;
    the database is restarted half-way."""
    chance = random.Random(plan.seed)  # noqa: S311 - to be repeatable
    points = sorted(chance.uniform(0.02, 0.9) * plan.messages for _ in range(plan.kills))
    for kills, point in enumerate(points, start=1):
        _wait_for(site.control, max(point, _accepted(site.control) + 1), plan.patience)
        time.sleep(chance.random() / 2)
        site.kill_a_worker(chance)
        if plan.has_restart and kills == max(plan.kills // 2, 1):
            site.restart_database()
    return len(points)


def _wait_for(control: ControlClient, accepted: float, patience: float) -> None:
    """Until Notify has taken so many, or that cannot be waited for."""
    deadline = time.monotonic() + patience / 4
    while _accepted(control) < accepted and time.monotonic() < deadline:
        time.sleep(0.05)


def _accepted(control: ControlClient) -> int:
    return control.statistics().accepted


def _wait_until_over(app: Flask, campaign_id: UUID, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        with app.app_context():
            status = db.session.get(Campaign, campaign_id).status
            db.session.remove()
        if status in {CampaignStatus.COMPLETED, CampaignStatus.PAUSED}:
            return status is CampaignStatus.COMPLETED
        time.sleep(0.5)
    return False


def _close(app: Flask) -> None:
    app.extensions["outreach_gateway"].close()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
