"""The pace against Notify's bucket, replayed: 1,000 tokens, 50 a second, refusals eat too."""

from datetime import UTC, datetime, timedelta

import pytest

from outreach.domain import pacing
from outreach.domain.pacing import Pace

START = datetime(2026, 11, 24, 9, tzinfo=UTC)
SLICE = 1.0


class Bucket:
    """As in the current server (contract section 10). `other` calls a second are not ours."""

    def __init__(self, other: float = 0.0) -> None:
        self.tokens, self.at, self.other = 1000.0, 0.0, other

    def take(self, at: float) -> bool:
        """Whether a call at this second passes; the other user's calls come first."""
        passed = max(0.0, at - self.at)
        self.at = at
        self.tokens = min(1000.0, self.tokens + 50 * passed)
        self.tokens = max(0.0, self.tokens - self.other * passed)
        if self.tokens < 2:
            self.tokens = max(0.0, self.tokens - 1)
            return False
        self.tokens -= 1
        return True


class Sender:
    """Slices of a second against a bucket, as the dispatcher runs them."""

    def __init__(self, bucket: Bucket, top: float = pacing.DEFAULT_RATE) -> None:
        self.bucket, self.top = bucket, top
        self.pace, self.now = Pace(rate=top), 0.0
        self.accepted: list[float] = []
        self.refused: list[float] = []

    def run(self, seconds: float) -> None:
        end = self.now + seconds
        while self.now < end:
            self._slice()

    def _slice(self) -> None:
        moment = START + timedelta(seconds=self.now)
        self.pace = pacing.risen(self.pace, moment, self.top)
        count = max(1, round(self.pace.rate * SLICE))
        slots, self.pace = pacing.reserve(self.pace, count, moment)
        for slot in slots:
            at = max(self.now, (slot - START).total_seconds())
            self.now = at
            if not self.bucket.take(at):
                self.refused.append(at)
                moment = START + timedelta(seconds=at)
                self.pace, until = pacing.after_refusal(self.pace, moment)
                self.now = (until - START).total_seconds()
                return
            self.accepted.append(at)
            self.pace = Pace(**{**vars(self.pace), "accepted": self.pace.accepted + 1})

    def rate_between(self, start: float, end: float) -> float:
        return sum(start <= at < end for at in self.accepted) / (end - start)


def test_alone_it_holds_96_in_100_of_the_ceiling_and_is_never_refused() -> None:
    sender = Sender(Bucket())
    sender.run(600)
    assert sender.refused == []
    assert sender.rate_between(300, 600) >= 0.95 * 50
    assert max(_windows(sender.accepted)) <= 3000


def _windows(times: list[float]) -> list[int]:
    """Accepted in the sixty seconds that begin with each."""
    counts, end = [], 0
    for start, at in enumerate(times):
        while end < len(times) and times[end] < at + 60:
            end += 1
        counts.append(end - start)
    return counts


@pytest.mark.parametrize("other", [5, 12, 20, 30, 35, 45])
def test_beside_another_user_it_is_back_at_nine_tenths_of_what_is_left(other: float) -> None:
    sender = Sender(Bucket(other))
    while not sender.refused:
        sender.run(1)
    first = sender.refused[0]
    sender.run(240)
    left = 50 - other
    assert sender.rate_between(first + 60, first + 180) >= 0.9 * left
    assert len(sender.refused) <= 14


@pytest.mark.parametrize("other", [20, 35])
def test_once_the_other_user_is_gone_it_comes_back_to_the_full_rate(other: float) -> None:
    sender = Sender(Bucket(other))
    sender.run(200)
    sender.bucket.other = 0
    sender.run(900)
    assert sender.pace.rate == pacing.DEFAULT_RATE


def test_a_late_start_is_made_up_for_by_one_second_at_most() -> None:
    _, pace = pacing.reserve(Pace(), 48, START)
    late = START + timedelta(minutes=10)
    slots, _ = pacing.reserve(pace, 480, late)
    assert sum(slot <= late for slot in slots) <= 49


def test_slots_follow_each_other_across_slices() -> None:
    first, pace = pacing.reserve(Pace(), 48, START)
    second, _ = pacing.reserve(pace, 48, START + timedelta(milliseconds=900))
    assert (second[0] - first[-1]).total_seconds() == pytest.approx(1 / 48, abs=1e-5)


def test_refusals_close_upon_each_other_double_the_pause() -> None:
    pace, now, pauses = Pace(), START, []
    for _ in range(8):
        pace, until = pacing.after_refusal(pace, now)
        pauses.append((until - now).total_seconds())
        now = until + timedelta(seconds=1)
    assert pauses[:4] == [2, 4, 8, 16]
    assert max(pauses) == 60
    assert pace.rate >= pacing.SLOWEST


def test_the_daily_count_starts_afresh_at_midnight_utc() -> None:
    summer = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert pacing.daily_limit_ends(summer) == datetime(2026, 7, 2, tzinfo=UTC)
