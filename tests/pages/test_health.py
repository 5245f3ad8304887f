"""Alive, ready, and measured: what machines ask."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.extensions import db
from outreach.jobs.worker import beat
from outreach.models import WorkerHeartbeat
from outreach.transaction import transaction
from tests.settings import PUBLIC_URL


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
