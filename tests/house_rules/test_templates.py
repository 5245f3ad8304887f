"""Templates: nothing imported in vain, nothing inline, and each one used."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
IMPORT = re.compile(r"{%-?\s*from\s+\"[^\"]+\"\s+import\s+(?P<names>[^%]+?)\s*-?%}")
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=\"|javascript:", re.IGNORECASE)
LIBRARY_FOLDERS = {"security"}
"""Flask-Security asks for these by its own names."""


def name_of(path: Path) -> str:
    return path.relative_to(ROOT / "templates").as_posix()


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_uses_what_it_imports(path: Path) -> None:
    source = path.read_text()
    without_imports = IMPORT.sub("", source)
    for match in IMPORT.finditer(source):
        for imported in match["names"].replace("with context", "").split(","):
            name = imported.split(" as ")[-1].strip()
            assert re.search(rf"\b{re.escape(name)}\b", without_imports), name


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_has_no_inline_script_or_style(path: Path) -> None:
    assert not INLINE.search(path.read_text())


def test_every_template_is_used() -> None:
    sources = [path.read_text() for path in (ROOT / "outreach").rglob("*.py")]
    sources += [path.read_text() for path in TEMPLATES]
    everything = "\n".join(sources)
    unused = [
        name_of(path)
        for path in TEMPLATES
        if name_of(path) not in everything and path.parent.name not in LIBRARY_FOLDERS | {"errors"}
    ]
    assert unused == []
