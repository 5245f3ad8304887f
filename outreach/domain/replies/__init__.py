"""Read a received text: opt-out, opt-in, wrong person, urgent, or for a person to review."""

from outreach.domain.replies.decide import classify
from outreach.domain.replies.reading import Reading, ReplyClass

__all__ = ["Reading", "ReplyClass", "classify"]
