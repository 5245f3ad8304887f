"""Walking the site as a person does: along its links, through its forms."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

SITE = "http://staff.test"
LEAVES = ("/sign-out", "/account/sessions/end-others")
"""Forms after which the walk would go on as nobody."""
FAULTS = ("Traceback (most recent call", "werkzeug.exceptions", "sqlalchemy", "jinja2", ".py&#34;")


@dataclass(frozen=True)
class Form:
    """Where a form goes, how, and the names of its fields with the values they come with."""

    action: str
    method: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    path: str
    status: int
    text: str
    mimetype: str
    links: tuple[str, ...]
    forms: tuple[Form, ...]


def walk(browser: FlaskClient, start: str = "/", limit: int = 400) -> Iterator[Page]:
    """Every page that links lead to from the start, each address once."""
    waiting, known = [start], {start}
    while waiting and len(known) <= limit:
        page = read(browser.get(waiting.pop(0)), SITE)
        yield page
        for link in page.links:
            if link not in known:
                known.add(link)
                waiting.append(link)


def read(answer: TestResponse, base: str) -> Page:
    path = answer.request.full_path.rstrip("?")
    text = answer.get_data(as_text=True) if answer.mimetype.startswith("text/") else ""
    soup = BeautifulSoup(text if answer.mimetype == "text/html" else "", "html.parser")
    here = urljoin(base, path)
    links = [_own(urljoin(here, str(a["href"]))) for a in soup.find_all("a", href=True)]
    if answer.location:
        links.append(_own(urljoin(here, answer.location)))
    live = [_own(urljoin(here, str(part["data-live"]))) for part in soup.select("[data-live]")]
    answer.close()
    return Page(
        path,
        answer.status_code,
        text,
        answer.mimetype,
        tuple(dict.fromkeys(link for link in [*links, *live] if link)),
        tuple(_form(form, here) for form in soup.find_all("form")),
    )


def _own(url: str) -> str:
    """The path of an address of this site; empty for another site's."""
    parts = urlsplit(url)
    if f"{parts.scheme}://{parts.netloc}" != SITE:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _form(form: Tag, here: str) -> Form:
    parts = form.find_all(["input", "select", "textarea", "button"], attrs={"name": True})
    is_file = [part.get("type") == "file" for part in parts]
    return Form(
        _own(urljoin(here, str(form.get("action") or here))),
        str(form.get("method") or "get").upper(),
        tuple(
            (str(part["name"]), str(part.get("value") or ""))
            for part, file in zip(parts, is_file, strict=True)
            if not file
        ),
        tuple(str(part["name"]) for part, file in zip(parts, is_file, strict=True) if file),
    )


def fault_in(page: Page) -> str | None:
    """What no page may show, whoever asks for whatever."""
    if page.status >= 500:
        return f"{page.path}: {page.status}"
    shown = [told for told in FAULTS if told in page.text]
    return f"{page.path}: shows {shown}" if shown else None
