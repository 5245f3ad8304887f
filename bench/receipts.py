"""Delivery receipts at 100 a second while a campaign sends at the ceiling: how long is the 99th?

Beside them stands a page that does next to nothing, from the same server in the same run.
"""

import sys
import threading
from collections.abc import Callable

import requests

from bench.quick import is_quick
from bench.sending import CEILING
from bench.sending_site import DATABASES, opened, site, start
from bench.serving import p99, paced, told
from tests.chaos.campaign import release_campaign
from tests.chaos.site import ChaosSite
from tests.settings import CALLBACK_TOKEN

PACE = 100
TARGET_P99_MS = 50.0


def receipts(database: str, seconds: int, warm: int) -> bool:
    """Whether the target is met. Texts go `warm` seconds before the first receipt."""
    messages = 48 * (2 * seconds + warm + 25)
    with site(database, rate_limit=str(CEILING)) as made, opened(made) as app:
        release_campaign(app, made.control, messages, pilot_percent=100, pilot_messages=messages)
        made.control.callbacks(receipts=None)  # ours are posted below, and timed
        start(made, accepted=48 * warm)
        alive = paced(_alive(made), PACE, seconds)
        times = paced(_receipt(made), PACE, seconds)
    print(f"{database}: {len(times):,} receipts at {PACE}/s while a campaign sends")
    print(f"  receipt {told(times)} (target: p99 {TARGET_P99_MS:.0f} ms)")
    print(f"  /healthz in the same run {told(alive)}", flush=True)
    return p99(times) <= TARGET_P99_MS


def _alive(made: ChaosSite) -> Callable[[int], None]:
    return lambda _: _expect(200, _session().get(f"{made.staff_url}/healthz", timeout=30))


def _receipt(made: ChaosSite) -> Callable[[int], None]:
    waiting = [(message.id, message.reference) for message in made.control.messages()]
    headers = {"Authorization": f"Bearer {CALLBACK_TOKEN}"}
    url = f"{made.staff_url}/notify/delivery-receipt"

    def post(number: int) -> None:
        uid, reference = waiting[number % len(waiting)]  # a receipt may come twice
        body = {"id": uid, "reference": reference, "status": "delivered", "to": "x"}
        _expect(204, _session().post(url, json=body, headers=headers, timeout=30))

    return post


def _expect(status: int, answer: requests.Response) -> None:
    assert answer.status_code == status, answer.status_code


_of_thread = threading.local()


def _session() -> requests.Session:
    """One to a thread, kept for all it asks."""
    if not hasattr(_of_thread, "session"):
        _of_thread.session = requests.Session()
    session: requests.Session = _of_thread.session
    return session


def main() -> int:
    if is_quick("bench.receipts"):
        receipts("sqlite", 1, warm=0)
        return 0
    met = [receipts(each, 30, warm=15) for each in DATABASES]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
