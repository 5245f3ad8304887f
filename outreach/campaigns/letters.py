"""Letters that something waits, was sent back or has stopped, queued with the act they tell of.

A letter may reach the wrong inbox, or be read on a screen that others see. So it says that there is
something to do and where to sign in, and nothing else: no title (which may name an operation), no
name, no number of texts. The worker sends it later; no request waits for that.
"""

from dataclasses import dataclass

from outreach.accounts import mailing
from outreach.accounts import queries as accounts
from outreach.campaigns import queries
from outreach.domain.access import Role
from outreach.domain.campaign import why_not_decide
from outreach.domain.mail import Letter, MailKind
from outreach.jobs import context
from outreach.models import Campaign, User


@dataclass(frozen=True)
class News:
    """What is said, and the path of the page that says more to who is signed in."""

    subject: str
    message: str
    path: str


WAITING = News(
    "Something waits for your decision in Outreach",
    "A colleague has asked for an approval. Sign in to read it and to decide.",
    "/approvals",
)
RETURNED = News(
    "Something was sent back to you in Outreach",
    "An approver has sent it back and says why. Sign in to read it and to change it.",
    "/campaigns",
)
STOPPED = News(
    "Something of yours has stopped in Outreach",
    "The service has stopped it by itself and says why. Sign in to read it.",
    "/campaigns",
)


def tell_approvers(campaign: Campaign) -> None:
    """One letter to everybody who may decide on it, as it is in the open transaction."""
    hands = queries.hands(campaign)
    for user in accounts.active_with(Role.APPROVER):
        if why_not_decide(user.id, hands) is None:
            _tell(user, WAITING)


def tell_requester(campaign: Campaign, news: News) -> None:
    """Whoever submitted it, or where nobody did, whoever drafted it."""
    user = accounts.person(campaign.submitted_by_id or campaign.created_by_id)
    if user is not None and user.active:
        _tell(user, news)


def _tell(user: User, news: News) -> None:
    """Nothing where no template for such letters is set."""
    values = {
        "subject": news.subject,
        "message": news.message,
        "link": f"{context.settings().staff_url}{news.path}",
    }
    mailing.queue(Letter(MailKind.CAMPAIGN_NEWS, user.email, values))
