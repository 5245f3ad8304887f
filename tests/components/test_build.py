"""What `npm run build` made, and that it makes the same again."""

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.components.gallery import DIST, ROOT


@pytest.fixture(scope="module")
def manifest() -> dict[str, str]:
    found: dict[str, str] = json.loads((DIST / "manifest.json").read_text())
    return found


def test_every_file_is_in_the_manifest_under_its_hash(manifest: dict[str, str]) -> None:
    names = {path.name for path in DIST.iterdir()} - {"manifest.json"}
    assert names == set(manifest)
    for name, hash_start in manifest.items():
        digest = hashlib.sha256((DIST / name).read_bytes()).hexdigest()
        assert digest.startswith(hash_start), f"{name} is stale: run `npm run build`"


def test_a_script_asks_for_what_it_imports_by_hash(manifest: dict[str, str]) -> None:
    asked = re.findall(r"'\./([\w.-]+)\?v=(\w+)'", (DIST / "init.js").read_text())
    assert dict(asked) == {name: manifest[name] for name in ("govuk-frontend.min.js", "live.js")}


def test_nothing_that_belongs_to_gov_uk_domains_alone_is_used() -> None:
    for name in ("app.css", "public.css"):
        style = (DIST / name).read_text()
        assert "GDS Transport" not in style
        assert "@font-face" not in style
    assert "url(" not in (DIST / "public.css").read_text()


def test_the_same_sources_give_the_same_bytes(manifest: dict[str, str], tmp_path: Path) -> None:
    """In a copy, so that nobody's page misses a file meanwhile."""
    shutil.copytree(ROOT / "static" / "src", tmp_path / "static" / "src")
    shutil.copy(ROOT / "package.json", tmp_path)
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    node = shutil.which("node")
    assert node is not None
    subprocess.run([node, "static/src/build.js"], cwd=tmp_path, check=True)  # noqa: S603 - our script
    assert json.loads((tmp_path / "static" / "dist" / "manifest.json").read_text()) == manifest


def test_the_lock_names_no_place_to_fetch_from() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in lock["packages"].items() if name)
