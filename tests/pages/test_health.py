"""Alive, ready, and measured: what machines ask."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import MessageStatus
from outreach.extensions import db
from outreach.jobs.worker import beat
from outreach.models import WorkerHeartbeat
from outreach.transaction import transaction
from tests.settings import PUBLIC_URL

ROOT = Path(__file__).parents[2]
OPERATING, ALARMS = ROOT / "docs" / "operating.md", ROOT / "deploy" / "alerts.yml"


def test_alive_without_a_database(anonymous: FlaskClient) -> None:
    assert anonymous.get("/healthz").json == {"status": "ok"}
    assert anonymous.get("/healthz", base_url=PUBLIC_URL).status_code == 200


def test_ready_only_while_a_worker_reports(anonymous: FlaskClient) -> None:
    answer = anonymous.get("/readyz")
    assert answer.status_code == 503
    assert answer.json is not None
    assert "no worker" in answer.json["why"]
    beat()
    assert anonymous.get("/readyz").json == {"status": "ready"}
    later = clock.now() + timedelta(seconds=31)
    with clock.set_to(lambda: later):
        assert anonymous.get("/readyz").status_code == 503


def test_metrics_name_the_figures(anonymous: FlaskClient) -> None:
    beat()
    text = anonymous.get("/metrics").text
    assert "# TYPE outreach_messages gauge" in text
    assert "outreach_worker_heartbeat_age_seconds" in text
    assert "outreach_unsealed_audit_events" in text


def test_metrics_are_those_that_operators_read_about(anonymous: FlaskClient) -> None:
    beat()
    told = set(re.findall(r"^# TYPE (outreach_\w+) ", anonymous.get("/metrics").text, re.MULTILINE))
    written = re.findall(r"^\| `(outreach_\w+)` \| [\w ]+ \|", OPERATING.read_text(), re.MULTILINE)
    assert set(written) == told


def test_alarms_watch_what_there_is(anonymous: FlaskClient) -> None:
    beat()
    told = set(re.findall(r"^# TYPE (outreach_\w+) ", anonymous.get("/metrics").text, re.MULTILINE))
    rules = re.findall(r"^ +expr: (.+)$", ALARMS.read_text(), re.MULTILINE)
    assert len(rules) == ALARMS.read_text().count("alert:")
    watched = [set(re.findall(r"outreach_\w+", rule)) for rule in rules]
    assert all(names and names <= told for names in watched)
    statuses = re.findall(r'status="(\w+)"', " ".join(rules))
    assert set(statuses) <= {*MessageStatus, *CampaignStatus}


@pytest.mark.parametrize(
    ("headers", "address", "status"),
    [
        ({}, "203.0.113.9", 403),
        ({"X-Forwarded-For": "203.0.113.9"}, "127.0.0.1", 403),
        ({"Authorization": "Bearer "}, "203.0.113.9", 403),
        ({}, "127.0.0.1", 200),
    ],
)
def test_metrics_are_for_loopback(
    anonymous: FlaskClient, headers: dict[str, str], address: str, status: int
) -> None:
    answer = anonymous.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == status


def test_a_heartbeat_is_kept_once_a_worker(app: Flask) -> None:
    beat()
    beat()
    assert db.session.query(WorkerHeartbeat).count() == 1
    with transaction():
        db.session.query(WorkerHeartbeat).delete()
