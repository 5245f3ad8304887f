"""The floor for sending: claimed batches over a thread pool, with nothing around them.

The same genuine client and the same number of threads, a table with a number and a status, one
commit per claim and one per batch of results; no encryption, no look, no audit, no pace.
"""

import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import psycopg

from outreach.notify.gateway import NotifyGateway
from outreach.notify.results import Accepted
from tests.chaos.site import ChaosSite

THREADS = 48
BATCH = 500


def bare_outbox(database: str, site: ChaosSite, messages: int) -> float:
    """Messages a second."""
    template = site.control.add_template("Hello", "Hello ((name))")
    connection, mark = _connect(database, site)
    connection.execute(
        "CREATE TABLE outbox (id integer PRIMARY KEY, number text, reference text, status text)"
    )
    rows = [(n, f"074{n + 1000:08d}", str(uuid4()), "pending") for n in range(messages)]
    cursor = connection.cursor()
    marks = ", ".join([mark] * 4)
    cursor.executemany(f"INSERT INTO outbox VALUES ({marks})", rows)  # noqa: S608
    connection.commit()
    gateway = NotifyGateway(site.notify.api_key, site.notify.base_url)
    began = time.monotonic()
    with ThreadPoolExecutor(THREADS) as pool:
        _send_all(connection, mark, lambda row: _post(gateway, template, row), pool)
    took = time.monotonic() - began
    gateway.close()
    connection.close()
    return messages / took


def _connect(database: str, site: ChaosSite) -> tuple[Any, str]:
    if database == "sqlite":
        connection = sqlite3.connect(site.folder / "outbox.db", check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        return connection, "?"
    return psycopg.connect(site.database_url), "%s"


def _send_all(
    connection: Any, mark: str, post: Callable[[Any], int | None], pool: ThreadPoolExecutor
) -> None:
    lock = threading.Lock()
    while True:
        with lock:
            found = connection.execute(
                f"SELECT id, number, reference FROM outbox WHERE status = 'pending' "  # noqa: S608
                f"ORDER BY id LIMIT {BATCH}"
            ).fetchall()
            if not found:
                return
            cursor = connection.cursor()
            ids = [(row[0],) for row in found]
            cursor.executemany(f"UPDATE outbox SET status = 'sending' WHERE id = {mark}", ids)  # noqa: S608
            connection.commit()
        done = [(uid,) for uid in pool.map(post, found) if uid is not None]
        with lock:
            cursor = connection.cursor()
            cursor.executemany(f"UPDATE outbox SET status = 'sent' WHERE id = {mark}", done)  # noqa: S608
            connection.commit()


def _post(gateway: NotifyGateway, template: str, row: tuple[int, str, str]) -> int | None:
    answer = gateway.send_text(
        phone_number=row[1], template_id=template, personalisation={"name": "Jo"}, reference=row[2]
    )
    return row[0] if isinstance(answer, Accepted) else None
