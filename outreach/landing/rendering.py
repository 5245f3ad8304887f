"""Pages as bytes, each rendered once and kept: no template runs when a known page is asked for.

A code's place is kept open in the page and filled in each time. Every code has the same length, so
every page of every code has the same size.
"""

import base64
import hashlib
from functools import lru_cache

from flask import current_app

from outreach.domain.landing import dial, fill_up, read_text
from outreach.domain.referral import spoken
from outreach.landing.content import Content
from outreach.landing.wording import DEFAULT, Notice, Wording, languages
from outreach.web.assets import DIST

_KEPT = 512
_CODE_PLACE = "@@@@-@@@@-@"
_CODE_PATH = f"/h/{_CODE_PLACE}"


@lru_cache(1)
def style() -> str:
    """The style sheet, put into the page itself: one request fewer on a slow network."""
    return (DIST / "public.css").read_text().strip()


@lru_cache(1)
def content_security_policy() -> str:
    """Nothing but this style sheet, our own icon, our own forms and where they lead."""
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self'; "
        "form-action 'self' https:; base-uri 'none'; frame-ancestors 'none'"
    )


def help_page(content: Content | None, language: str, code: str) -> bytes:
    """The page about help: a campaign's, or general help where there is no content."""
    return _with_code(_help_page(content, language), code)


def confirm_page(act: str, language: str, code: str) -> bytes:
    notice = languages()[language].confirm[act]
    return _with_code(_act_page("landing/confirm.html", notice, act, language), code)


def done_page(act: str, language: str, code: str) -> bytes:
    notice = languages()[language].done[act]
    return _with_code(_act_page("landing/done.html", notice, act, language), code)


def wait_page(language: str, code: str) -> bytes:
    notice = languages()[language].wait
    return _with_code(_act_page("landing/wait.html", notice, "", language), code)


@lru_cache(_KEPT)
def standing_page(name: str, language: str) -> bytes:
    """Privacy or accessibility."""
    words = languages()[language]
    return _render("landing/standing.html", words, f"/{name}", notice=words.pages[name])


@lru_cache(_KEPT)
def home_page(language: str) -> bytes:
    """General help for somebody who came without a code."""
    return _render("landing/home.html", languages()[language], "/", content=general_help(language))


def general_help(language: str) -> Content:
    general = languages()[language].help
    return Content(general.heading, general.body, general.partner, general.phone, general.website)


@lru_cache(_KEPT)
def _help_page(content: Content | None, language: str) -> bytes:
    words = languages()[language]
    shown = content or general_help(language)
    return _render(
        "landing/help.html",
        words,
        _CODE_PATH,
        content=shown,
        heading=shown.heading or words.heading,
        body=shown.body or words.body,
        has_code=content is not None,
    )


@lru_cache(_KEPT)
def _act_page(template: str, notice: Notice, act: str, language: str) -> bytes:
    return _render(template, languages()[language], _CODE_PATH, act, notice=notice)


def _render(template: str, words: Wording, path: str, act: str = "", **values: object) -> bytes:
    """The page at `path`, which is its address in the default language and without the act."""
    page = current_app.jinja_env.get_template(template).render(
        words=words,
        language=words.tag,
        languages=_other_languages(words, path, act),
        here=_address(path, words),
        act=act,
        inline_style=style(),
        read_text=read_text,
        dial=dial,
        code=_CODE_PLACE,
        **values,
    )
    return fill_up(page.encode())


def _other_languages(words: Wording, path: str, act: str) -> list[tuple[str, str, str]]:
    """Tag, name and address of the same page in every other language."""
    end = f"/{act}" if act else ""
    return [
        (other.tag, other.name, _address(path, other) + end)
        for other in languages().values()
        if other is not words
    ]


def _address(path: str, words: Wording) -> str:
    return path if words.tag == DEFAULT else f"{path.rstrip('/')}/{words.tag}"


def _with_code(page: bytes, code: str) -> bytes:
    return page.replace(_CODE_PLACE.encode(), spoken(code).encode())
