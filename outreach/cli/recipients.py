"""`outreach recipients check`: an upload's verdict, row by row, with no database and no web."""

import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import click

from outreach.cli.list_report import JsonReport, Report, TableReport
from outreach.domain.recipient import check_rows
from outreach.domain.template import CompiledTemplate
from outreach.recipients.reader import FileRefused, RecipientFile, open_list

SAMPLE_CODE = "ABCD-EFGH-J"
LINES_AT_ONCE = 4_000
REFUSED = 2


@click.group()
def recipients() -> None:
    """Lists of recipients."""


@recipients.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--template-body", help="The message, with its ((placeholders)).")
@click.option(
    "--public-url",
    envvar="OUTREACH_PUBLIC_URL",
    default="https://help.example.gov.uk",
    show_default=True,
    help="Address of the landing page, for the length of the link.",
)
@click.option("--service-name", default="", help="Where Notify puts it before every text.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a row, then the summary.")
def check(
    file: Path, template_body: str | None, public_url: str, service_name: str, as_json: bool
) -> None:
    """Say of every row of FILE whether it would be texted, why not, and what it costs.

    What only the database knows (opt-outs, holds, earlier texts) is not looked at. Ends with 0 when
    the list could be read, whatever its rows; with 2 and a sentence when it could not.
    """
    template = _template(template_body, public_url, service_name)
    try:
        opened = open_list(file, wanted=template.gaps if template else None)
    except FileRefused as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(REFUSED)
    report = JsonReport(opened, template) if as_json else TableReport(opened, template)
    _write(_lines(opened, template, report), sys.stdout.buffer)


def _template(body: str | None, public_url: str, service_name: str) -> CompiledTemplate | None:
    if body is None:
        return None
    link = f"{public_url.rstrip('/')}/h/{SAMPLE_CODE.replace('-', '')}"
    return CompiledTemplate(body, prefix=service_name, fixed={"link": link, "code": SAMPLE_CODE})


def _lines(
    opened: RecipientFile, template: CompiledTemplate | None, report: Report
) -> Iterator[str]:
    yield from report.before()
    yield from map(report.line, check_rows(opened.rows(), opened.header, template))
    yield from report.after()


def _write(lines: Iterable[str], output: BinaryIO) -> None:
    """Some thousand lines at a time: a list of 100,000 is written in a few dozen calls."""
    source = iter(lines)
    while batch := "\n".join(islice(source, LINES_AT_ONCE)):
        output.write(batch.encode("utf-8") + b"\n")
    output.flush()
