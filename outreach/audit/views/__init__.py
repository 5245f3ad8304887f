"""Pages of the audit log, for auditors, and what is public of it."""

from outreach.audit import jobs
from outreach.audit.views import public, reading, verifying, watching
from outreach.audit.views.common import blueprint

__all__ = ["blueprint", "jobs", "public", "reading", "verifying", "watching"]
