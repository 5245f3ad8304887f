"""Settings for tests.

Fixed keys, host names that exist nowhere, Notify at a port nothing listens on.
"""

import atexit
import base64
import shutil
import tempfile
from pathlib import Path
from typing import Any

from outreach.config import Settings
from outreach.keys import KeyRing

STAFF_URL = "http://staff.test"
PUBLIC_URL = "http://help.test"
CALLBACK_TOKEN = "callback-token-of-the-tests"
API_KEY = "tests-00000000-1111-4222-8333-444444444444-55555555-6666-4777-8888-999999999999"
DATA_KEYS = f"k1:{base64.b64encode(b'k' * 32).decode()}"

_INSTANCE = Path(tempfile.mkdtemp(prefix="outreach-tests-"))
"""For the job store of tests that look at none: gone with the process that ran them."""
atexit.register(shutil.rmtree, _INSTANCE, ignore_errors=True)


def make_settings(**changes: Any) -> Settings:
    values: dict[str, Any] = {
        "secret_key": "s" * 40,
        "data_keys": KeyRing.parse(DATA_KEYS),
        "notify_api_key": API_KEY,
        "callback_tokens": (CALLBACK_TOKEN,),
        "public_url": PUBLIC_URL,
        "staff_url": STAFF_URL,
        "database_url": "sqlite://",
        "notify_base_url": "http://127.0.0.1:9",
        "instance_path": _INSTANCE,
    }
    return Settings(**{**values, **changes})
