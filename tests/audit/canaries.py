"""What must never leave the sealed columns, planted and looked for wherever anything comes out.

A `Watchman` listens to one application: every log line of every logger, every flash, redirect,
address on a page, file, machine's answer, job argument and letter. `leaks` names what it caught.
"""

import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager

from flask import Flask, message_flashed, request, request_finished
from huey.signals import SIGNAL_COMPLETE, SIGNAL_ENQUEUED, SIGNAL_ERROR
from werkzeug.wrappers import Response

from outreach.jobs.engine import Engine
from outreach.web.logs import JsonFormatter
from tests.factories import NAMES

NUMBER, OTHER = "07700 900871", "07700 900872"
NAME = "Zebedee Quillfeather"
REPLY = f"I am {NAME} of 12 Larch Close, ring me on {NUMBER} please"
STOP = "STOP and never write to Larch Close again"
_SEPARATOR = r"[\W_]{0,3}"
ANY_NUMBER = _SEPARATOR.join("7700900") + rf"(?:{_SEPARATOR}\d){{3}}(?!\d)"
"""Every number of the tests is one of Ofcom's 07700 900000 to 900999, however it is written."""
WORDS = ("zebedee", "quillfeather", "larch", "my mum she is ill", "who is this?")
VALUES = (*WORDS, *(name for name in NAMES if len(name) > 3))
OURS = ("7700900500", "7700900501")
"""The service's own number, which everybody may know."""
OWN_FILE = "subjects.download"
"""A person's own data, handed to that person: the one file that is meant to hold it."""


def pattern(codes: Iterable[str]) -> re.Pattern[str]:
    """Any number, value, reply or one of these codes, with or without its dashes."""
    parts = [ANY_NUMBER, *(rf"\b{re.escape(word)}" for word in VALUES)]
    plain = (code.replace("-", "") for code in codes)
    parts += [f"{code[:4]}-?{code[4:8]}-?{code[8:]}" for code in plain]
    return re.compile("|".join(parts), re.IGNORECASE)


def leaks(found: Mapping[str, Iterable[str]], codes: Iterable[str]) -> list[str]:
    """Each place with a canary, and the line that holds it."""
    wanted, caught = pattern(codes), []
    for where, lines in found.items():
        for line in lines:
            hit = next((one for one in wanted.finditer(line) if not _is_ours(one[0])), None)
            if hit:
                around = line[max(hit.start() - 200, 0) : hit.end() + 60]
                caught.append(f"{where}: {hit[0]!r} in {around}")
    return caught


def _is_ours(text: str) -> bool:
    return re.sub(r"\D", "", text) in OURS


class Watchman:
    """`caught` has the lines by the kind of place; `asked` who asked which endpoint how and got
    what; `done` the jobs that ended well, `failed` those that did not."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.role: str | None = None
        self.caught: dict[str, list[str]] = defaultdict(list)
        self.asked: set[tuple[str | None, str, str]] = set()
        self.answered: set[tuple[str, str]] = set()
        self.done: set[str] = set()
        self.failed: list[str] = []

    @contextmanager
    def watching(self) -> Iterator["Watchman"]:
        engine: Engine = self.app.extensions["outreach_engine"]
        with ExitStack() as stack:
            stack.enter_context(message_flashed.connected_to(self._flash, self.app))
            stack.enter_context(request_finished.connected_to(self._answer, self.app))
            stack.enter_context(self._every_logger())
            engine.huey.signal(SIGNAL_ENQUEUED, SIGNAL_COMPLETE, SIGNAL_ERROR)(self._job)
            yield self

    @contextmanager
    def _every_logger(self) -> Iterator[None]:
        """Also those that hand nothing on to the root."""
        handler = _Keeping(self.caught["log line"])
        loggers = [logging.getLogger(name) for name in logging.root.manager.loggerDict]
        places = [logging.root, *(each for each in loggers if not each.propagate)]
        before = [(each, each.level) for each in places]
        for each in places:
            each.addHandler(handler)
            each.setLevel(logging.DEBUG)
        try:
            yield
        finally:
            for each, level in before:
                each.removeHandler(handler)
                each.setLevel(level)

    def _flash(self, _: Flask, message: str, category: str) -> None:
        self.caught["flash"].append(f"{category} {message}")

    def _job(self, name: str, task: object, error: Exception | None = None) -> None:
        self.caught["job argument"].append(f"{task.name} {task.args} {task.kwargs}")
        if name == SIGNAL_COMPLETE:
            self.done.add(task.name)
        if name == SIGNAL_ERROR:
            self.failed.append(f"{task.name}: {error!r}")

    def _answer(self, _: Flask, response: Response) -> None:
        endpoint = str(request.endpoint)
        self.note(endpoint, request.method, response.status_code)
        self.caught["redirect"].append(response.headers.get("Location", ""))
        headers = {name: value for name, value in response.headers if name != "Set-Cookie"}
        self.caught["header"].append(f"{headers}")
        if endpoint in {"static", "security.static", OWN_FILE}:
            return
        response.direct_passthrough = False
        if response.mimetype == "text/html":
            self._page(response.get_data(as_text=True))
        elif response.mimetype.startswith(("text/", "application/")):
            self.caught["file"] += response.get_data().decode(errors="replace").splitlines()

    def note(self, endpoint: str, method: str, status: int) -> None:
        """That it was asked; landing pages are answered before the application hears of them."""
        self.asked.add((self.role, endpoint, method))
        if status < 400:
            self.answered.add((endpoint, method))

    def _page(self, text: str) -> None:
        """Addresses of the staff's pages; a recipient's own page leads on by their code."""
        if request.endpoint and not request.query_string and request.blueprint != "landing":
            links = re.findall(r'(?:href|action|src|data-live)="([^"]*)"', text)
            self.caught["address on a page"] += [link for link in links if "tel:" not in link]


class _Keeping(logging.Handler):
    """Each line as the service writes it, bare, and with all that the record carries."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self.lines, self.form = lines, JsonFormatter()

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{self.form.format(record)} {record.getMessage()} {vars(record)}")
