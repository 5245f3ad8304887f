"""Code of the service and of its benchmarks that nobody uses, by vulture.

`python -m tests.dead_code`, which `make lint` runs. A name counts as used where the service, a
test, a benchmark or a template says it. What a library calls by its name is listed here, with the
library.
"""

import re
import sys
from pathlib import Path

from vulture import Vulture

ROOT = Path(__file__).parents[1]
CALLED_BY_FRAMEWORKS = [
    "@*blueprint*.*",
    "@blueprint*.*",
    "@*.command*",
    "@*.group*",
    "@click.*",
    "@*.errorhandler*",
    "@*.app_errorhandler*",
    "@*.before_request",
    "@*.after_request",
    "@*.record",
    "@*.route*",
    "@*.get*",
    "@*.post*",
    "@event.listens_for*",
    "@on.listens_for*",
    "@tick*",
    "@job*",
    "@app.*",
    "@*.shell_complete",
    "@compiles*",
]
CALLED_BY_NAME = [
    "validate_*", "post_validate", "process_formdata", "Meta", "csrf", "wrap_formdata",  # WTForms
    "process_bind_param", "process_result_value", "load_dialect_impl", "impl",
    "cache_ok",  # SQLAlchemy's own types
    "autocommit", "msg", "max_redirects", "trust_env", "*Handler",  # psycopg, requests, expat
    "*tf_*", "fs_*", "*recovery_code*", "*last_counter", "send_mail", "grace", "is_register",
    "secret_keys", "new_password*", "password_confirm", "new_session_id",  # Flask-Security
    "sign_count", "transports", "backup_state", "device_type", "lastuse_datetime",  # its passkeys
    "load_config", "collect", "convert", "list_commands", "get_command", "log_message", "frame",
    "_value_", "_missing_", "formatTime",  # gunicorn, Prometheus, click, enum, logging
    "StartResponse", "WSGI*", "smallest",  # named in annotations; by gunicorn in bench/landing.py
]  # fmt: skip
KINDS = frozenset({"function", "method", "class", "property", "import", "unreachable_code"})
"""Not fields and columns: what is stored is read by more than this program."""


def unused() -> list[str]:
    """A sentence each, with the place."""
    vulture = Vulture(ignore_names=CALLED_BY_NAME, ignore_decorators=CALLED_BY_FRAMEWORKS)
    vulture.scavenge([str(ROOT / folder) for folder in ("outreach", "tests", "bench", "app.py")])
    for template in (*ROOT.glob("templates/**/*.html"), *ROOT.glob("outreach/**/*.html")):
        for word in re.findall(r"\w+", template.read_text()):
            vulture.used_names.add(word)
    return [
        f"{Path(item.filename).relative_to(ROOT)}:{item.first_lineno}: {item.message}"
        for item in vulture.get_unused_code(min_confidence=60)
        if item.typ in KINDS and not Path(item.filename).is_relative_to(ROOT / "tests")
    ]


if __name__ == "__main__":
    sys.exit("\n".join(unused()) or None)
