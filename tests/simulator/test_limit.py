"""The rate limiter and the daily counter (contract section 10, observed section 3)."""

import pytest

from outreach.simulator.limits import OtherCaller, TokenBucket
from tests.simulator.fixtures import Api, errors
from tests.simulator.server import SimulatorProcess

DAY = 24 * 3600.0


def passed(bucket: TokenBucket, per_second: float, seconds: float, start: float = 0.0) -> int:
    """How many of a steady stream of calls pass."""
    calls = round(per_second * seconds)
    return sum(bucket.take(start + (n + 1) / per_second) for n in range(calls))


def test_999_calls_pass_at_once_and_the_thousandth_fails() -> None:
    bucket = TokenBucket(3000, now=0.0)
    assert [bucket.take(0.0) for _ in range(1001)] == [True] * 999 + [False, False]


@pytest.mark.parametrize(
    ("per_minute", "capacity"), [(3000, 1000), (600, 201), (6, 3), (60_000, 1000)]
)
def test_capacity_is_a_third_of_the_limit_and_one_but_at_most_1000(
    per_minute: int, capacity: int
) -> None:
    assert TokenBucket(per_minute, now=0.0).capacity == capacity


@pytest.mark.parametrize(("per_second", "least", "most"), [(20, 0, 0), (12, 0, 0), (8, 44, 45)])
def test_an_empty_bucket_starves_whoever_calls_at_the_refill_rate_or_above(
    per_second: float, least: int, most: int
) -> None:
    """The six seconds measured on the real server at ten tokens a second."""
    bucket = TokenBucket(600, now=0.0)
    bucket.tokens = 0
    assert least <= passed(bucket, per_second, 6) <= most


def test_at_the_real_limit_49_a_second_recover_and_50_do_not() -> None:
    for per_second, is_served in ((50, False), (49, True)):
        bucket = TokenBucket(3000, now=0.0)
        bucket.tokens = 0
        assert (passed(bucket, per_second, 60) > 2800) is is_served


def test_six_a_minute_take_two_and_then_nothing_while_one_keeps_trying() -> None:
    bucket = TokenBucket(6, now=0.0)
    assert [bucket.take(0.0), bucket.take(0.0)] == [True, True]
    assert [bucket.take(5.0 * n) for n in range(1, 6)] == [False] * 5


def test_a_pause_fills_it_up_and_no_further() -> None:
    bucket = TokenBucket(600, now=0.0)
    bucket.tokens = 0
    bucket.take(1000.0)
    assert bucket.tokens == 200


@pytest.mark.parametrize(("ours", "is_served"), [(6, False), (4, True)])
def test_somebody_else_on_the_key_counts_as_ourselves(ours: int, is_served: bool) -> None:
    """Ten tokens a second, five calls by somebody else: of six of ours few
    pass, of four nearly all."""
    bucket, other = TokenBucket(600, now=0.0), OtherCaller(5, now=0.0)
    bucket.tokens = 0
    taken = 0
    for n in range(1, ours * 60 + 1):
        other.catch_up(bucket, n / ours)
        taken += bucket.take(n / ours)
    assert other.accepted + other.refused == 300
    share = taken / (ours * 60)
    assert share > 0.9 if is_served else share < 0.5


@pytest.mark.parametrize(
    ("key", "printed"), [("api_key", "LIVE"), ("team_api_key", "TEAM"), ("test_api_key", "TEST")]
)
def test_each_type_of_key_has_a_bucket_and_its_own_word(
    notify: SimulatorProcess, api: Api, key: str, printed: str
) -> None:
    notify.control.service(guest_list=["07700900123"])
    notify.control.limits(rate_limit=6)
    answers = [api.send(key=getattr(notify, key)) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    message = f"Exceeded rate limit for key type {printed} of 6 requests per 60 seconds"
    assert errors(answers[2]) == [("RateLimitError", message)]
    assert "Retry-After" not in answers[2].headers


def test_reads_and_previews_are_not_limited(notify: SimulatorProcess, api: Api) -> None:
    notify.control.limits(rate_limit=6, tokens=0)
    assert api.send().status_code == 429
    assert all(api.get("/v2/notifications").status_code == 200 for _ in range(5))


def test_refused_bodies_cost_tokens(notify: SimulatorProcess, api: Api) -> None:
    notify.control.limits(rate_limit=6)
    statuses = [api.post("/v2/notifications/sms", {}).status_code for _ in range(3)]
    assert statuses == [400, 400, 429]


def test_exactly_the_daily_limit_passes_and_midnight_utc_starts_afresh(
    notify: SimulatorProcess, api: Api
) -> None:
    notify.control.service(daily_limit=2)
    assert [api.send().status_code for _ in range(2)] == [201, 201]
    message = "Exceeded send limits (sms: 2) for today"
    assert errors(api.send()) == [("TooManyRequestsError", message)]
    notify.control.advance(DAY)
    assert api.send().status_code == 201


def test_live_and_team_keys_share_the_day_and_test_keys_are_left_out(
    notify: SimulatorProcess, api: Api
) -> None:
    notify.control.service(daily_limit=2, guest_list=["07700900123"])
    for _ in range(4):
        assert api.send(key=notify.test_api_key).status_code == 201
    assert api.send().status_code == 201
    assert api.send(key=notify.team_api_key).status_code == 201
    assert api.send(key=notify.team_api_key).status_code == 429
    assert api.send().status_code == 429
    assert api.send(key=notify.test_api_key).status_code == 201


def test_a_service_in_trial_has_fifty_a_day(notify: SimulatorProcess, api: Api) -> None:
    notify.control.service(is_trial=True, guest_list=["07700900123"])
    notify.control.limits(today={"sms": 50})
    message = "Exceeded send limits (sms: 50) for today"
    assert errors(api.send(key=notify.team_api_key)) == [("TooManyRequestsError", message)]


def test_texts_abroad_have_a_limit_that_stops_test_keys_too(
    notify: SimulatorProcess, api: Api
) -> None:
    notify.control.service(international_daily_limit=1)
    assert api.send(phone_number="+33612345678").status_code == 201
    message = "Exceeded send limits (international_sms: 1) for today"
    for key in (notify.api_key, notify.test_api_key):
        answer = api.send(phone_number="+33612345678", key=key)
        assert errors(answer) == [("TooManyRequestsError", message)]
    assert api.send().status_code == 201
    assert notify.control.limits()["today"] == {"sms": 2, "email": 0, "international_sms": 1}


def test_no_limit_at_all_can_be_chosen(notify: SimulatorProcess, api: Api) -> None:
    notify.control.limits(rate_limit=6)
    notify.control.limits(rate_limit=0)
    assert all(api.send().status_code == 201 for _ in range(5))


def test_statistics_know_the_busiest_minute_and_the_refusals(
    notify: SimulatorProcess, api: Api
) -> None:
    notify.control.limits(rate_limit=30)
    statuses = [api.send().status_code for _ in range(15)]
    notify.control.advance(120)
    api.send()
    seen = notify.control.statistics()
    assert seen.attempts == 16
    assert seen.busiest_60s == 15
    assert seen.peak_per_second <= 15
    assert seen.refused_429_rate == statuses.count(429) == 5
    assert seen.accepted == 11


def test_somebody_elses_load_shows_in_the_limits(notify: SimulatorProcess, api: Api) -> None:
    notify.control.limits(rate_limit=600, other_caller=30.0)
    notify.control.advance(60)
    assert api.send().status_code == 429
    other = notify.control.limits()["other_callers"]["normal"]
    assert other["refused"] > 1000
    notify.control.limits(other_caller=0.0)
    notify.control.advance(60)
    assert api.send().status_code == 201
