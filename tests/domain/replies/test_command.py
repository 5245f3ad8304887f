"""`outreach replies classify`: a text a line in, a JSON line out."""

import json
import subprocess
import sys

import pytest

COMMAND = [
    sys.executable,
    "-c",
    "from outreach.cli.main import main; main()",
    "replies",
    "classify",
]


def classified(given: bytes) -> list[dict[str, str]]:
    done = subprocess.run(COMMAND, input=given, capture_output=True, check=True, timeout=30)  # noqa: S603 - our own command
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_each_line_comes_back_in_order_with_its_class_and_why() -> None:
    found = classified(b"STOP\nI want to stop using\nwrong number\nim 14\nSTART\n")
    assert [(line["text"], line["class"]) for line in found] == [
        ("STOP", "opt_out"),
        ("I want to stop using", "review"),
        ("wrong number", "wrong_person"),
        ("im 14", "urgent"),
        ("START", "opt_in"),
    ]
    assert all(set(line) == {"text", "class", "why"} and line["why"] for line in found)


def test_an_empty_line_has_its_answer_too() -> None:
    assert [line["text"] for line in classified(b"\nSTOP\n\n")] == ["", "STOP", ""]


def test_a_last_line_without_an_end_is_read() -> None:
    assert [line["class"] for line in classified(b"hello\nstop")] == ["review", "opt_out"]


def test_nothing_in_gives_nothing_out() -> None:
    assert classified(b"") == []


def test_text_is_utf_8_on_both_sides() -> None:
    found = classified("Peidiwch â thecstio 🛑\nLiked “Reply STOP to opt out”\n".encode())
    assert found[0]["text"] == "Peidiwch â thecstio 🛑"
    assert [line["class"] for line in found] == ["opt_out", "review"]


def test_a_broken_byte_or_a_stray_return_does_not_stop_the_rest() -> None:
    found = classified(b"st\xffop\rx\r\nSTOP\n")
    assert [line["text"] for line in found] == ["st\ufffdop\rx", "STOP"]


def test_an_answer_comes_before_the_next_line_is_sent() -> None:
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:  # noqa: S603 - our own command
        assert running.stdin is not None
        assert running.stdout is not None
        for text, expected in ((b"STOP", "opt_out"), (b"hello", "review")):
            running.stdin.write(text + b"\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["class"] == expected
        running.stdin.close()
        assert running.wait(timeout=30) == 0


@pytest.mark.parametrize("module", ["flask", "sqlalchemy", "outreach.factory", "huey"])
def test_it_starts_without_the_site(module: str) -> None:
    script = (
        "import sys, outreach.cli.main as m; "
        "m.main.get_command(None, 'replies'); "
        f"sys.exit({module!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=30).returncode == 0  # noqa: S603 - our own command
