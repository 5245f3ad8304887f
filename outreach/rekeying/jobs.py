"""What the worker does for keys by itself."""

import time

from outreach import keychain, vault
from outreach.jobs.engine import tick
from outreach.keychain import LOOK_EVERY_SECONDS
from outreach.rekeying import service as rekeying

SWEEP_EVERY, SWEEP_AT_LEAST_EVERY = 60.0, 3600.0
_last_sweep = [float("-inf")]


@tick(LOOK_EVERY_SECONDS)
def follow_keys() -> None:
    """This process writes digests under as many keys as the others."""
    keychain.refresh()


@tick(SWEEP_EVERY)
def sweep_keys() -> None:
    """Often for an hour after a change of keys, then once an hour: it reads whole tables."""
    if vault.ring().generations == 1:
        return
    if rekeying.is_recent() or time.monotonic() - _last_sweep[0] >= SWEEP_AT_LEAST_EVERY:
        _last_sweep[0] = time.monotonic()
        rekeying.sweep()
