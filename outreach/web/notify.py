"""The door to Notify, for views to hand to services."""

from flask import current_app

from outreach.notify.gateway import NotifyGateway


def gateway() -> NotifyGateway:
    found: NotifyGateway = current_app.extensions["outreach_gateway"]
    return found
