"""The fixtures of the campaigns tests, and what an approver's form sends."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from outreach.campaigns import queries
from outreach.models import User
from tests.campaigns.conftest import approver, notify, requester, see, signed_in
from tests.factories import cast

__all__ = ["approver", "notify", "requester", "see", "signed_in"]

TICKED = {"has_read_texts": "y", "has_read_page": "y", "is_lawful": "y"}


@pytest.fixture
def other_approver(notify: object, signed_in: Callable[[User], FlaskClient]) -> FlaskClient:
    """Olive, the second of those who may approve what Rosa drafts."""
    return signed_in(cast().other_approver)


@pytest.fixture
def approve() -> Callable[..., tuple[int, str]]:
    """A function that presses Approve with every box ticked: the status and the page after it."""

    def press(client: FlaskClient, campaign_id: UUID, seen: str | None = None) -> tuple[int, str]:
        digest = seen if seen is not None else queries.lock(campaign_id).content_digest
        data = {**TICKED, "seen_digest": digest or ""}
        answer = client.post(f"/approvals/{campaign_id}", data=data, follow_redirects=True)
        return answer.status_code, answer.text

    return press
