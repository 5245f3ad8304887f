"""How much may be sent, and what a file may be called (ASVS 5.0, 5.2 and 5.3)."""

import io

import pytest

from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.extensions import db
from outreach.models import Upload
from tests.security.world import World

MEGABYTE = 1024 * 1024
KIND = {"Content-Type": "multipart/form-data; boundary=line"}


def multipart(fields: dict[str, str]) -> bytes:
    """In memory, unlike the test client's, which leaves a large body in a file."""
    head = 'Content-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    parts = [f"--line\r\n{head.format(name, value)}" for name, value in fields.items()]
    return "".join([*parts, "--line--\r\n"]).encode()


@pytest.fixture
def list_page(world: World) -> str:
    return f"/campaigns/{world.statuses[CampaignStatus.DRAFT]}/recipients"


def upload(content: bytes, name: str = "list.csv") -> dict[str, object]:
    return {"file": (io.BytesIO(content), name)}


def test_file_beyond_ten_megabytes_is_refused_with_a_page(world: World, list_page: str) -> None:
    browser = world.browser(Role.REQUESTER)
    answer = browser.post(list_page, data=multipart({"file": "x" * 12 * MEGABYTE}), headers=KIND)
    assert answer.status_code == 413
    assert "too big" in answer.text or "too large" in answer.text


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ({"reason": "x" * 600_000}, "a field of 600 kB"),
        ({f"field{n}": "x" for n in range(300)}, "300 fields"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_form_that_is_too_large_is_refused_before_it_is_read(
    world: World, data: dict[str, str], what: str
) -> None:
    browser = world.browser(Role.REQUESTER)
    address = f"/campaigns/{world.statuses[CampaignStatus.DRAFT]}/purpose"
    answer = browser.post(address, data=multipart(data), headers=KIND)
    assert answer.status_code == 413, what


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/cron.d/x.csv", "..\\..\\x.csv", "x.csv\x00.sh", "a" * 500, ""],
)
def test_name_of_a_file_is_never_a_path(world: World, list_page: str, name: str) -> None:
    browser = world.browser(Role.REQUESTER)
    answer = browser.post(list_page, data=upload(b"phone number,name\n07700 900123,Jo\n", name))
    assert answer.status_code in {200, 302, 400, 409}
    assert "passwd" not in (answer.location or "")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\x00" * 1000, "zeros.csv"),
        (b"MZ\x90\x00" + b"\x00" * 500, "list.csv"),
        (b"\xff\xd8\xff\xe0" + b"x" * 500, "list.csv"),
        (b"PK\x03\x04" + b"\x00" * 100, "list.xlsx"),
        (b"<html><script>alert(1)</script></html>", "list.csv"),
        (b'phone number\n"07700 900123', "unclosed.csv"),
        (b"phone number,name\n" + b"," * 100_000, "commas.csv"),
    ],
)
def test_file_of_another_kind_is_refused_and_nothing_of_it_is_kept(
    world: World, list_page: str, content: bytes, name: str
) -> None:
    browser = world.browser(Role.REQUESTER)
    answer = browser.post(list_page, data=upload(content, name), follow_redirects=True)
    assert answer.status_code < 500
    assert "<script>alert" not in answer.text
    db.session.rollback()
    kept = db.session.scalars(db.select(Upload).where(Upload.spool.is_not(None))).all()
    assert kept == []
