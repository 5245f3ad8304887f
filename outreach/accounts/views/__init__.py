"""Pages of the accounts capability: joining, one's own account, people.

Signing in itself is Flask-Security's, set up in `sessions`.
"""

from outreach.accounts import jobs
from outreach.accounts.views import confirming, elsewhere, joining, own, people
from outreach.accounts.views.common import blueprint

__all__ = ["blueprint", "confirming", "elsewhere", "jobs", "joining", "own", "people"]
