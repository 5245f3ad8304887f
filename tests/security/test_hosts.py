"""Two host names, and no third."""

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("path", ["/", "/sign-in", "/h/ABCDEFGHJ", "/no-such-page"])
def test_another_host_name_is_refused_with_a_page(anonymous: FlaskClient, path: str) -> None:
    answer = anonymous.get(path, base_url="http://evil.test")
    assert answer.status_code == 400
    assert "Content-Security-Policy" in answer.headers
    assert "evil.test" not in answer.text
