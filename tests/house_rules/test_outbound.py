"""Where the service may connect to: three doors, to addresses from its settings alone.

ASVS 5.0, 13.2.4. Whoever adds a fourth writes it down in docs/security.md.
"""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOORS = {
    "outreach/notify/client.py": "GOV.UK Notify",
    "outreach/accounts/provider.py": "the organisation's sign-in service",
    "outreach/cli/demo_processes.py": "the demo's own processes on loopback",
    "outreach/cli/audit_witness.py": "the witness's command, run by a second body",
}
SIMULATOR = "outreach/simulator/"
OPENS = re.compile(
    r"^\s*(?:import|from) (requests|urllib3|urllib\.request|http\.client|httpx|smtplib|"
    r"ftplib)\b",
    re.MULTILINE,
)


def openers() -> set[str]:
    found = set()
    for path in (ROOT / "outreach").rglob("*.py"):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(SIMULATOR) and OPENS.search(path.read_text()):
            found.add(name)
    return found


def test_only_the_doors_open_connections() -> None:
    assert openers() <= DOORS.keys()
    assert {"outreach/notify/client.py", "outreach/accounts/provider.py"} <= openers()


def test_every_door_is_written_down() -> None:
    text = (ROOT / "docs" / "security.md").read_text()
    assert [door for door in DOORS if f"`{door}`" not in text] == []
