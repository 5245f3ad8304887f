"""The job engine: Huey, with the embedded store by default and PostgreSQL by one setting.

A job is a nudge to look at the tables and never the truth: Huey forgets a job when its worker dies
with it, and the worker's tick finds whatever is due (design section 5). Capabilities register
functions here with `job` and `tick`; this package knows none of them. Arguments are ids, never
personal data.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app
from huey import Huey, MemoryHuey, PostgresHuey, SqliteHuey

from outreach.config import Settings
from outreach.extensions import db
from outreach.jobs import relaxed

Job = TypeVar("Job", bound=Callable[..., None])


@dataclass(frozen=True)
class Tick:
    """A function the worker calls every `seconds`, in an application context, to find due work."""

    function: Callable[[], None]
    seconds: float


_jobs: dict[str, Callable[..., None]] = {}
_ticks: list[Tick] = []


def job(function: Job) -> Job:
    """Register `function` as a job, by its name."""
    _jobs[function.__name__] = function
    return function


def tick(seconds: float) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a function that looks for due work. It must be short: the ticks share one thread."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        _ticks.append(Tick(function, seconds))
        return function

    return register


def ticks() -> tuple[Tick, ...]:
    return tuple(_ticks)


class Engine:
    """Every registered job, bound to one store and one application."""

    def __init__(self, app: Flask, huey: Huey) -> None:
        self.huey = huey
        self._tasks = {name: self._bind(app, function) for name, function in _jobs.items()}

    def enqueue(self, function: Callable[..., None], *arguments: str | int) -> None:
        """Run it soon, in a worker. After the commit of whatever it is to find."""
        self._tasks[function.__name__](*arguments)

    def nudge(self, function: Callable[..., None], *arguments: str | int) -> None:
        """As `enqueue`, unless the same job with the same arguments is waiting already."""
        name = function.__name__
        for waiting in self.huey.pending():
            if waiting.name == name and tuple(waiting.args) == arguments:
                return
        self.enqueue(function, *arguments)

    def close(self) -> None:
        """Give back this thread's connection to the store."""
        self.huey.storage.close()

    def _bind(self, app: Flask, function: Callable[..., None]) -> Callable[..., Any]:
        def run(*arguments: str | int) -> None:
            with app.app_context():
                function(*arguments)

        bound: Callable[..., Any] = self.huey.task(name=function.__name__)(run)
        return bound


def init_app(app: Flask, settings: Settings) -> None:
    with app.app_context():
        relaxed.set_up_engine(db.engine)
    app.extensions["outreach_engine"] = Engine(app, _store(settings))


def engine() -> Engine:
    found: Engine = current_app.extensions["outreach_engine"]
    return found


def _store(settings: Settings) -> Huey:
    if settings.database_url.startswith("postgres"):
        return PostgresHuey(
            "outreach", dsn=settings.database_url.replace("+psycopg", ""), results=False
        )
    if ":memory:" in settings.database_url:
        return MemoryHuey("outreach", results=False)
    settings.instance_path.mkdir(parents=True, exist_ok=True)
    return SqliteHuey(
        "outreach", filename=str(settings.instance_path / "jobs.db"), results=False, fsync=False
    )
