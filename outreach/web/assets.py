"""Addresses of built files, with the hash of their content so that browsers may keep them."""

import json
from functools import cache
from pathlib import Path

from flask import Flask, url_for

DIST = Path(__file__).resolve().parents[2] / "static" / "dist"


@cache
def _manifest() -> dict[str, str]:
    path = DIST / "manifest.json"
    if not path.exists():
        raise FileNotFoundError("static/dist is not built: run `make install`")
    manifest: dict[str, str] = json.loads(path.read_text())
    return manifest


def asset_url(name: str) -> str:
    return url_for("static", filename=name, v=_manifest()[name])


def init_app(app: Flask) -> None:
    app.jinja_env.globals["asset_url"] = asset_url
