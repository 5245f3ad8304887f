"""One person in several campaigns, who asks."""

from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient

from outreach.domain.campaign import CampaignStatus
from tests.factories import a_list, make_campaign

NUMBER, OTHER = "07700 900847", "07700 900846"
E164, OTHER_E164 = "+447700900847", "+447700900846"
REASON = "Request 117, licence seen and called back"
ASKED = {"number": NUMBER, "reason": REASON}


def on_list(app: Flask, status: CampaignStatus, title: str = "Spring outreach") -> UUID:
    """A campaign with the person as its first row and somebody else as its second."""
    rows = a_list([NUMBER, OTHER], ["Zebedee", "Quill"])
    campaign_id: UUID = make_campaign(app, status, recipients=rows, title=title).id
    return campaign_id


def find(client: FlaskClient, number: str = NUMBER) -> str:
    answer = client.post("/subject-requests", data={"number": number, "reason": REASON})
    assert answer.status_code == 200
    return str(answer.text)


def erase(client: FlaskClient, number: str = NUMBER) -> str:
    data = {"number": number, "reason": REASON, "confirmed": "yes"}
    answer = client.post("/subject-requests/erase", data=data)
    assert answer.status_code == 200
    return str(answer.text)
