"""What the pages of the reply queue share."""

from uuid import UUID

from flask import Blueprint, abort

from outreach.domain.access import Permission
from outreach.domain.actor import Actor
from outreach.replies import item
from outreach.replies.item import Item
from outreach.web import current

blueprint = Blueprint("replies", __name__)


def reader() -> Actor:
    """The signed-in person as a reader of replies."""
    return current.actor(Permission.READ_REPLIES)


def found(reply_id: UUID) -> Item:
    return item.look(reply_id, current.person_id()) or abort(404)
