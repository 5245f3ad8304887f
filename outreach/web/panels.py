"""The green panel of GOV.UK's confirmation page: a piece of work is done, and what comes next."""

from flask import flash

DONE = "done"


def confirm(title: str, next_step: str) -> None:
    """Shown once, on top of the page that is opened next, by `components/flash_banners.html`."""
    flash(f"{title}\n{next_step}", DONE)
