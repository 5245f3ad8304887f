"""An application for a command, or a sentence that says what to set."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from flask import Flask, current_app, has_app_context

from outreach.config import SettingsRefused
from outreach.domain.errors import OutreachError


def make_app() -> Flask:
    """The configured application. Raises ClickException with the sentence of what is missing."""
    from outreach.factory import create_app

    try:
        return create_app()
    except SettingsRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal


def _check_keys() -> None:
    """Where the database did not answer at first. Raises ClickException."""
    from sqlalchemy.exc import SQLAlchemyError

    from outreach import keychain

    try:
        keychain.refresh()
    except SettingsRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    except SQLAlchemyError as fault:
        raise click.ClickException(
            "The database does not answer. Check OUTREACH_DATABASE_URL and that it runs."
        ) from fault


def with_app(command: Callable[..., Any]) -> Callable[..., Any]:
    """Run a command inside an application context; a rule's refusal is printed as its sentence."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        app: Flask = (
            current_app._get_current_object()  # type: ignore[attr-defined]
            if has_app_context()
            else make_app()
        )
        with app.app_context():
            _check_keys()
            try:
                return command(*arguments, **options)
            except OutreachError as refusal:
                raise click.ClickException(str(refusal)) from refusal

    return run
