"""The rate limiter and the daily counter (contract section 10, observed section 3)."""

from array import array
from collections import defaultdict
from math import ceil
from threading import Lock

from outreach.simulator.clock import Clock
from outreach.simulator.errors import ApiError
from outreach.simulator.records import KeyType
from outreach.simulator.service import Service


class TokenBucket:
    """Notify's own limiter, which starves whoever goes on calling.

    Every attempt takes a token, refused ones too, and passes only when at least one is left
    after that. Refill comes in whole tokens; the fraction of a token is not lost.
    """

    def __init__(self, per_minute: int, now: float) -> None:
        self.per_minute = per_minute
        self.capacity = min(ceil(per_minute / 3) + 1, 1000)
        self.tokens = self.capacity
        self._refilled_at = now

    def take(self, now: float) -> bool:
        self._refill(now)
        self.tokens = max(0, self.tokens - 1)
        return self.tokens >= 1

    def _refill(self, now: float) -> None:
        per_second = self.per_minute / 60
        gained = int((now - self._refilled_at) * per_second)
        if gained <= 0:
            return
        self.tokens = min(self.capacity, self.tokens + gained)
        self._refilled_at += gained / per_second
        if self.tokens == self.capacity:
            self._refilled_at = now


class OtherCaller:
    """Somebody else who uses the same key type at a steady rate of calls per second."""

    def __init__(self, per_second: float, now: float) -> None:
        self.per_second = per_second
        self.accepted = 0
        self.refused = 0
        self._started_at = now
        self._calls = 0

    def catch_up(self, bucket: TokenBucket, now: float) -> None:
        """Make the calls that fell due since the last look, each at its own time."""
        due = int((now - self._started_at) * self.per_second)
        while self._calls < due:
            self._calls += 1
            if bucket.take(self._started_at + self._calls / self.per_second):
                self.accepted += 1
            else:
                self.refused += 1


class Limits:
    """Both limits of the service, and the record of every call that met them."""

    def __init__(self, service: Service, clock: Clock) -> None:
        self._service = service
        self._clock = clock
        self._lock = Lock()
        self.clear()

    def clear(self) -> None:
        """Full buckets, no counts, nobody else calling."""
        self._buckets: dict[KeyType, TokenBucket] = {}
        self._others: dict[KeyType, OtherCaller] = {}
        self._daily: dict[tuple[str, str], int] = defaultdict(int)
        self.attempts = array("d")
        self.refused_by_rate = 0
        self.refused_by_day = 0

    def check(self, key_type: KeyType, channel: str) -> None:
        """Rate limit first, then the day's limit. Raises ApiError 429."""
        with self._lock:
            now = self._clock.timestamp()
            self.attempts.append(now)
            self._check_rate(key_type, now)
            if key_type is not KeyType.TEST:
                self._check_day(channel, self._service.daily_limit_for(key_type))

    def _check_rate(self, key_type: KeyType, now: float) -> None:
        if self._service.rate_limit is None:
            return
        bucket = self._bucket(key_type, now)
        if key_type in self._others:
            self._others[key_type].catch_up(bucket, now)
        if not bucket.take(now):
            self.refused_by_rate += 1
            raise rate_limited(key_type, bucket.per_minute)

    def _bucket(self, key_type: KeyType, now: float) -> TokenBucket:
        limit = self._service.rate_limit or 3000
        bucket = self._buckets.get(key_type)
        if bucket is None or bucket.per_minute != limit:
            bucket = self._buckets[key_type] = TokenBucket(limit, now)
        return bucket

    def _check_day(self, name: str, limit: int) -> None:
        if self._daily[self._today(), name] >= limit:
            self.refused_by_day += 1
            raise day_exceeded(name, limit)

    def check_international(self) -> None:
        """The limit on texts abroad, which stops test keys too. Raises ApiError 429."""
        with self._lock:
            self._check_day("international_sms", self._service.international_daily_limit)

    def count(self, name: str) -> None:
        """One more accepted message today under this name."""
        with self._lock:
            self._daily[self._today(), name] += 1

    def _today(self) -> str:
        return self._clock.now().date().isoformat()

    def set_tokens(self, key_type: KeyType, tokens: int) -> None:
        with self._lock:
            self._bucket(key_type, self._clock.timestamp()).tokens = tokens

    def tokens(self, key_type: KeyType) -> int | None:
        """Tokens left now, or None when there is no rate limit."""
        if self._service.rate_limit is None:
            return None
        with self._lock:
            return self._bucket(key_type, self._clock.timestamp()).tokens

    def set_day_count(self, name: str, count: int) -> None:
        with self._lock:
            self._daily[self._today(), name] = count

    def day_count(self, name: str) -> int:
        with self._lock:
            return self._daily[self._today(), name]

    def set_other_caller(self, key_type: KeyType, per_second: float) -> None:
        """Let somebody else call with this key type; 0 ends it."""
        with self._lock:
            self._others.pop(key_type, None)
            if per_second > 0:
                self._others[key_type] = OtherCaller(per_second, self._clock.timestamp())

    def other_caller(self, key_type: KeyType) -> OtherCaller | None:
        return self._others.get(key_type)

    def busiest(self, seconds: float) -> int:
        """The most attempts that fell into any span of this many seconds."""
        with self._lock:
            times = sorted(self.attempts)
        most = start = 0
        for end, moment in enumerate(times):
            while moment - times[start] >= seconds:
                start += 1
            most = max(most, end - start + 1)
        return most


def rate_limited(key_type: KeyType, per_minute: int) -> ApiError:
    message = (
        f"Exceeded rate limit for key type {key_type.printed} of {per_minute} "
        "requests per 60 seconds"
    )
    return ApiError(429, ("RateLimitError", message))


def day_exceeded(name: str, limit: int) -> ApiError:
    message = f"Exceeded send limits ({name}: {limit}) for today"
    return ApiError(429, ("TooManyRequestsError", message))
