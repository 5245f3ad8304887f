"""What the README and CONTRIBUTING point at is there, and every part of the service is found."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILT = ("static/dist/", "build/", "instance/", ".venv/")
PAPERS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
PATH = re.compile(
    r"`((?:outreach|templates|tests|bench|deploy|docs|migrations|static)/[\w./<>-]*)`"
)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_every_path_and_link_leads_somewhere(paper: Path) -> None:
    text = paper.read_text()
    paths = [re.sub(r"<\w+>.*", "", found) for found in PATH.findall(text)]
    lost = [path for path in paths if not path.startswith(BUILT) and not (ROOT / path).exists()]
    links = [link for link in LINK.findall(text) if "build/" not in link]
    lost += [link for link in links if not (paper.parent / link).exists()]
    assert lost == []


def test_every_setting_is_in_the_readme() -> None:
    source = (ROOT / "outreach" / "config.py").read_text()
    wanted = set(re.findall(r"OUTREACH_\w+", source))
    papers = (ROOT / "README.md").read_text() + (ROOT / "docs" / "operating.md").read_text()
    told = papers.replace("`…_", "`OUTREACH_OIDC_")
    assert {name for name in wanted if name not in told} == {"OUTREACH_DEMO"}  # the demo sets it


def test_every_target_of_make_has_its_line() -> None:
    text = (ROOT / "Makefile").read_text()
    phony = text.split(".PHONY:")[1].split()
    told = re.findall(r"^([a-z-]+):.*## .+$", text, re.MULTILINE)
    assert sorted(told) == sorted(phony)
