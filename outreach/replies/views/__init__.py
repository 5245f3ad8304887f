"""Received texts: Notify's callback, and the queue that people read."""

from outreach.replies import jobs
from outreach.replies.views import acting, receiving, showing
from outreach.replies.views.common import blueprint

__all__ = ["acting", "blueprint", "jobs", "receiving", "showing"]
