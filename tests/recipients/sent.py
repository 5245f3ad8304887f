"""A list as a browser sends it."""

from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


def send(
    client: FlaskClient, campaign_id: UUID, content: str | bytes, name: str = "list.csv"
) -> TestResponse:
    """Post the form as a browser writes it; the test client's own writer leaves a file open."""
    data = content.encode() if isinstance(content, str) else content
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return client.post(
        f"/campaigns/{campaign_id}/recipients",
        data=head.encode() + data + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
        follow_redirects=True,
    )
