"""What the worker does for keys by itself."""

import time

from outreach import keychain
from outreach.jobs.engine import tick
from outreach.keychain import LOOK_EVERY_SECONDS
from outreach.rekeying import service as rekeying

FORGET_EVERY = 600.0
SWEEP_EVERY, SWEEP_AT_LEAST_EVERY = 60.0, 3600.0
_last_sweep = [float("-inf")]


@tick(LOOK_EVERY_SECONDS)
def follow_keys() -> None:
    """This process writes digests under as many keys as the others."""
    keychain.refresh()


@tick(SWEEP_EVERY)
def sweep_keys() -> None:
    """Often for an hour after a change of keys, then once an hour: it reads whole tables."""
    rekeying.give_shares()
    if not rekeying.is_begun():
        return
    if rekeying.is_recent() or time.monotonic() - _last_sweep[0] >= SWEEP_AT_LEAST_EVERY:
        _last_sweep[0] = time.monotonic()
        rekeying.sweep()


@tick(FORGET_EVERY)
def forget_destroyed_keys() -> None:
    """A key store that was restored from its backup has halves again of what was destroyed."""
    rekeying.forget_destroyed_keys()
