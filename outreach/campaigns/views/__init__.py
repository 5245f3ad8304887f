"""Pages of the campaigns capability."""

from outreach.campaigns.views import checking, drafting, ending, listing
from outreach.campaigns.views.common import blueprint

__all__ = ["blueprint", "checking", "drafting", "ending", "listing"]
