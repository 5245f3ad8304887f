"""What jobs need of the running application: its settings, and the door to Notify."""

from flask import Flask, current_app

from outreach.config import Settings
from outreach.notify.gateway import NotifyGateway


def application() -> Flask:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return app


def settings() -> Settings:
    found: Settings = current_app.extensions["outreach_settings"]
    return found


def gateway() -> NotifyGateway:
    """Thread-safe."""
    found: NotifyGateway = current_app.extensions["outreach_gateway"]
    return found
