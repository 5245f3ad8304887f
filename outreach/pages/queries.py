"""What the standing pages show."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from outreach import clock
from outreach.extensions import db
from outreach.models import WorkerHeartbeat

HEARTBEAT_LATE = timedelta(seconds=30)


def readiness_problems() -> list[str]:
    """Why the service is not ready; empty where it is."""
    try:
        last_beat = db.session.scalar(select(func.max(WorkerHeartbeat.beat_at)))
    except SQLAlchemyError:
        return ["the database does not answer"]
    if last_beat is None or clock.now() - last_beat > HEARTBEAT_LATE:
        return ["no worker has reported in the last 30 seconds"]
    return []
