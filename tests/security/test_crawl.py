"""An attacker's afternoon: every page as every role, every form with rubbish in it.

Nothing may fail, tell how the program is made, or show what is somebody else's.
"""

import io
import os
import re

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.domain.access import Role
from tests.security.crawling import LEAVES, SITE, Form, Page, fault_in, read, walk
from tests.security.routes import routes
from tests.security.world import HIDDEN_NAME, REPLY, World, numbers_of
from tests.settings import CALLBACK_TOKEN

NASTY = [
    "", " ", "0", "-1", "9" * 40, "1e309", "NaN", "true", "None", "null", "[]", "{}", "\x00",
    "\ufeff", "' OR '1'='1", "'; DROP TABLE user; --", "{{7*7}}", "${7*7}", "%00", "\u202e",
    "<script>alert(1)</script>", "../../../../etc/passwd", "\r\nSet-Cookie: x=y", "𝟎𝟕𝟕𝟎𝟎",
    "é" * 300, "a" * 5000, "07700 900777", "+447700900777", "2026-02-30", "24:61", "ABCD-EFGH-J",
    "http://evil.example/", "00000000-0000-0000-0000-000000000000",
]  # fmt: skip
TEXTS = st.one_of(st.sampled_from(NASTY), st.text(max_size=60))
NAMES = (
    "page",
    "next",
    "q",
    "from",
    "to",
    "status",
    "role",
    "category",
    "action",
    "campaign",
    "class",
    "sort",
)
CALLBACKS = ["/notify/delivery-receipt", "/notify/received-text", "/audit/cosignature"]
EXAMPLES = {"7700900123"}
"""How a number is typed, as pages show it: of Ofcom's numbers that nobody has."""
TIMES = int(os.environ.get("FUZZ_TIMES", "1"))
"""More of it by hand: FUZZ_TIMES=20."""
SEEN: dict[Role | None, list[Page]] = {}


def pages_of(world: World, role: Role | None) -> list[Page]:
    """What the role reaches by links, and everything else its rights open."""
    if role not in SEEN:
        browser = world.browser(role)
        found = {page.path: page for page in walk(browser)}
        for route in routes(world.app):
            if route.method == "GET" and route.opens_to(role):
                path = world.address(route.rule, **dict(route.words))
                if path not in found:
                    found[path] = read(browser.get(path), SITE)
        SEEN[role] = list(found.values())
    return SEEN[role]


def tried(times: int) -> settings:
    """So many examples, the same in every run; TIMES as many for a long look."""
    return settings(
        max_examples=times * TIMES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
    )


@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_every_page_opens_without_a_fault(world: World, role: Role | None) -> None:
    pages = pages_of(world, role)
    broken = [fault for page in pages if (fault := fault_in(page)) and page.path != "/readyz"]
    assert broken == []
    assert len(pages) >= (8 if role is None else 12)


@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_no_page_shows_a_whole_number(world: World, role: Role | None) -> None:
    digits = numbers_of(world) - EXAMPLES
    for page in pages_of(world, role):
        bare = re.sub(r"[\s()\-]", "", page.text)
        assert not [number for number in digits if number in bare], page.path


@pytest.mark.parametrize("role", [None, Role.PARTNER, Role.AUDITOR, Role.ADMIN], ids=str)
def test_replies_are_read_by_those_who_answer_them_only(world: World, role: Role | None) -> None:
    assert [page.path for page in pages_of(world, role) if REPLY in page.text] == []


@pytest.mark.parametrize("role", [None, Role.PARTNER], ids=str)
def test_no_title_or_name_of_staff_reaches_a_partner_or_a_stranger(
    world: World, role: Role | None
) -> None:
    for page in pages_of(world, role):
        for hidden in (HIDDEN_NAME, "LARKSPUR", "Rosa Requester", "victim@force.example.org"):
            assert hidden not in page.text, page.path


def send(browser: FlaskClient, form: Form, values: list[str]) -> Page:
    """The form with these values in its fields, over and over, and rubbish for files."""
    names = [name for name, _ in form.fields]
    data: dict[str, object] = {
        name: values[place % len(values)] for place, name in enumerate(names)
    }
    if form.method == "GET":
        return read(browser.get(form.action.partition("?")[0], query_string=data), SITE)
    for name in form.files:
        data[name] = (io.BytesIO(values[0].encode()), "list.csv")
    return read(browser.post(form.action, data=data), SITE)


def forms_of(world: World, role: Role | None) -> list[Form]:
    found = {form for page in pages_of(world, role) for form in page.forms}
    safe = [form for form in found if not form.action.startswith(LEAVES)]
    return sorted(safe, key=lambda form: (form.action, form.fields))


@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_no_form_fails_whatever_is_typed_into_it(world: World, role: Role | None) -> None:
    forms = forms_of(world, role)
    assert forms

    @tried(50)
    @given(form=st.sampled_from(forms), values=st.lists(TEXTS, min_size=1, max_size=6))
    def attack(form: Form, values: list[str]) -> None:
        assert fault_in(send(world.browser(role), form, values)) is None, (form, values)

    attack()


@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_no_page_fails_whatever_stands_in_its_query(world: World, role: Role | None) -> None:
    paths = sorted({page.path.partition("?")[0] for page in pages_of(world, role)} - {"/readyz"})

    @tried(30)
    @given(
        path=st.sampled_from(paths),
        query=st.dictionaries(st.sampled_from(NAMES), TEXTS, min_size=1, max_size=3),
    )
    def attack(path: str, query: dict[str, str]) -> None:
        answer = world.browser(role).get(path, query_string=query)
        assert fault_in(read(answer, SITE)) is None, (path, query)

    attack()


@tried(50)
@given(
    path=st.sampled_from(CALLBACKS),
    body=st.one_of(
        st.binary(max_size=200),
        st.sampled_from([b"", b"null", b"[]", b"{}", b'{"id": 1}', b"{" * 5000, b'"\\ud800"']),
    ),
    has_token=st.booleans(),
)  # fmt: skip
def test_no_callback_fails_whatever_is_sent(
    world: World, path: str, body: bytes, has_token: bool
) -> None:
    headers = {"Authorization": f"Bearer {CALLBACK_TOKEN}"} if has_token else {}
    answer = world.browser(None).post(
        path, data=body, headers=headers, content_type="application/json"
    )
    assert fault_in(read(answer, SITE)) is None
