"""Every row of the token table (contract section 2, observed section 2)."""

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import jwt
import pytest

from outreach.simulator.service import LIVE_SECRET, REVOKED_KEY, SERVICE_ID
from tests.simulator.fixtures import Api, errors
from tests.simulator.server import SimulatorProcess

DOCUMENTATION = "https://docs.notifications.service.gov.uk/rest-api.html#authorisation-header"
BAD_TOKEN = f"Invalid token: make sure your API token matches the example at {DOCUMENTATION}"
BAD_CLOCK = "Error: Your system clock must be accurate to within 30 seconds"


def ask(api: Api, header: str | None) -> tuple[int, list[tuple[str, str]]]:
    headers = {} if header is None else {"Authorization": header}
    response = api.session.get(f"{api.base_url}/v2/templates", headers=headers, timeout=10)
    return response.status_code, [] if response.ok else errors(response)


def token(
    *, secret: str = LIVE_SECRET, algorithm: str = "HS256", age: int = 0, **claims: Any
) -> str:
    """A signed token; a claim given as `...` is left out."""
    made = {"iss": SERVICE_ID, "iat": int(time.time()) - age, **claims}
    kept = {name: value for name, value in made.items() if value is not ...}
    return jwt.encode(kept, secret, algorithm=algorithm)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (None, "Unauthorized: authentication token must be provided"),
        ("Basic YTpi", "Unauthorized: authentication bearer scheme must be used"),
        ("Token abc", "Unauthorized: authentication bearer scheme must be used"),
    ],
)
def test_a_header_that_is_missing_or_no_bearer_gets_401(
    api: Api, header: str | None, message: str
) -> None:
    assert ask(api, header) == (401, [("AuthError", message)])


@pytest.mark.parametrize(
    ("made", "message"),
    [
        ("not-a-token", BAD_TOKEN),
        (lambda: token(exp=int(time.time()) - 100), BAD_TOKEN),
        (lambda: token(iss=...), "Invalid token: iss field not provided"),
        (lambda: token(iss="not-a-uuid"), "Invalid token: service id is not the right data type"),
        (lambda: token(iss=str(uuid4())), "Invalid token: service not found"),
        (lambda: token(secret=str(uuid4())), "Invalid token: API key not found"),
        (lambda: token(iat=...), "Invalid token: API key not found"),
        (
            lambda: token(secret="s" * 64, algorithm="HS512"),
            "Invalid token: algorithm used is not HS256",
        ),
        (lambda: token(secret=REVOKED_KEY[-36:]), "Invalid token: API key revoked"),
    ],
)
def test_a_bad_token_gets_403_with_its_own_message(
    api: Api, made: str | Callable[[], str], message: str
) -> None:
    given = made() if callable(made) else made  # a token is good for half a minute
    assert ask(api, f"Bearer {given}") == (403, [("AuthError", message)])


@pytest.mark.parametrize("age", [40, 31, -40, -32])
def test_a_clock_more_than_30_seconds_off_is_refused(api: Api, age: int) -> None:
    assert ask(api, f"Bearer {token(age=age)}") == (403, [("AuthError", BAD_CLOCK)])


@pytest.mark.parametrize("age", [29, 0, -25])
def test_a_clock_within_30_seconds_is_accepted(api: Api, age: int) -> None:
    assert ask(api, f"Bearer {token(age=age)}") == (200, [])


def test_a_token_that_ages_is_refused_although_it_was_accepted_before(api: Api) -> None:
    made = f"Bearer {token(age=29)}"
    assert ask(api, made) == (200, [])
    time.sleep(2.1)
    assert ask(api, made) == (403, [("AuthError", BAD_CLOCK)])


def test_the_scheme_is_read_in_any_case_and_a_token_may_be_used_again(api: Api) -> None:
    made = token()
    assert [ask(api, f"{scheme} {made}")[0] for scheme in ("bearer", "BEARER", "Bearer")] == [
        200,
        200,
        200,
    ]


@pytest.mark.parametrize("key", ["api_key", "team_api_key", "test_api_key"])
def test_each_type_of_key_is_accepted(notify: SimulatorProcess, api: Api, key: str) -> None:
    assert api.get("/v2/templates", key=getattr(notify, key)).status_code == 200


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"is_active": False}, "Invalid token: service is archived"),
        ({"no_keys": True}, "Invalid token: service has no API keys"),
    ],
)
def test_a_service_that_is_closed_or_without_keys_is_refused(
    notify: SimulatorProcess, api: Api, change: dict[str, bool], message: str
) -> None:
    assert api.get("/v2/templates").status_code == 200
    notify.control.service(**change)
    assert ask(api, f"Bearer {token()}") == (403, [("AuthError", message)])


def test_status_needs_no_token(api: Api) -> None:
    for method in ("GET", "POST"):
        answer = api.session.request(method, f"{api.base_url}/_status", timeout=10)
        assert answer.json()["status"] == "ok"
    simple = api.session.get(f"{api.base_url}/_status?simple=1", timeout=10)
    assert simple.json() == {"status": "ok"}


def test_paths_of_the_web_pages_refuse_a_service_key_in_the_old_envelope(api: Api) -> None:
    answer = api.get(f"/service/{SERVICE_ID}/template/{uuid4()}/versions")
    assert answer.status_code == 401
    assert answer.json()["result"] == "error"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v2/elephants", 404),
        ("DELETE", "/v2/templates", 405),
    ],
)
def test_unmatched_paths_and_methods_use_the_old_envelope(
    api: Api, method: str, path: str, status: int
) -> None:
    answer = api.session.request(method, api.base_url + path, headers=api.headers(), timeout=10)
    assert answer.status_code == status
    assert set(answer.json()) == {"result", "message"}
