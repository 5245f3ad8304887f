"""Pages of the audit log, for auditors, and what is public of it."""

from outreach.audit.views import reading
from outreach.audit.views.common import blueprint

__all__ = ["blueprint", "reading"]
