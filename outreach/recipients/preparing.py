"""From a list's rows to rows ready to store: judged, sealed, digested. No database."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from outreach import vault
from outreach.domain.list_summary import ListSummary
from outreach.domain.recipient import RowVerdict, check_rows
from outreach.domain.referral import new_code, spoken
from outreach.domain.refusal import RefusalReason
from outreach.domain.template import CompiledTemplate
from outreach.recipients.reader import RecipientFile

PROGRESS_ROWS = 2_000
SAMPLE_CODE = "ABCDEFGHJ"

Known = Callable[[Mapping[str, bytes]], Mapping[str, RefusalReason]]
"""Given numbers in E.164 with their digests, why some of them must not be texted."""


@dataclass(frozen=True)
class Place:
    """The campaign the rows belong to, its data key, and its message's id and version."""

    campaign_id: UUID
    key: bytes
    message: tuple[str | None, int | None]


class SealedRow(NamedTuple):
    """A row that will be texted, by the names of its columns. A tuple: a list may hold 100,000."""

    row_number: int
    phone_digest: bytes
    code_digest: bytes
    sealed: bytes
    fragments: int
    price_multiplier: int


class ProblemRow(NamedTuple):
    """A row that will not be, by the names of its columns."""

    row_number: int
    reason: str
    masked: str
    detail: str


@dataclass
class Prepared:
    """Rows ready to store, the counts, and the rows that make good examples."""

    recipients: list[SealedRow] = field(default_factory=list)
    problems: list[ProblemRow] = field(default_factory=list)
    summary: ListSummary = field(default_factory=ListSummary)
    message: tuple[str | None, int | None] = (None, None)
    examples: dict[str, int] = field(default_factory=dict)
    """Row numbers of the shortest and longest text, and of one that needs UCS-2."""
    _lengths: dict[str, int] = field(default_factory=dict)

    def note_example(self, verdict: RowVerdict) -> None:
        length = verdict.measured.length
        if length < self._lengths.get("shortest", length + 1):
            self._lengths["shortest"], self.examples["shortest"] = length, verdict.row
        if length > self._lengths.get("longest", -1):
            self._lengths["longest"], self.examples["longest"] = length, verdict.row
        if verdict.measured.is_unicode:
            self.examples.setdefault("unicode", verdict.row)


def compile_message(body: str, public_url: str) -> CompiledTemplate:
    """The message with a link and a code of everybody's length, so that rows can be measured."""
    return CompiledTemplate(
        body, fixed={"link": landing_link(public_url, SAMPLE_CODE), "code": spoken(SAMPLE_CODE)}
    )


def landing_link(public_url: str, code: str) -> str:
    return f"{public_url}/h/{spoken(code)}"


def prepare(
    file: RecipientFile,
    template: CompiledTemplate,
    place: Place,
    known: Known,
    on_progress: Callable[[int], None] = lambda _: None,
) -> Prepared:
    """Judge every row; seal those that will be texted. Whatever `on_progress` raises ends it."""
    prepared = Prepared(message=place.message)
    digests: dict[str, bytes] = {}  # of the rows at hand; the verdicts follow batch by batch

    def known_numbers(numbers: Sequence[str]) -> Mapping[str, RefusalReason]:
        digests.clear()
        digests.update((number, vault.digest(number)) for number in numbers)
        return known(digests)

    verdicts = check_rows(file.rows(), file.header, template, known=known_numbers)
    for verdict in _counted(verdicts, on_progress):
        prepared.summary.add(verdict)
        if verdict.mobile is not None and verdict.is_accepted:
            prepared.note_example(verdict)
            digest = digests[verdict.mobile.e164]
            prepared.recipients.append(_recipient(verdict, template, place, digest))
        else:
            prepared.problems.append(_problem(verdict))
    return prepared


def _counted(
    verdicts: Iterator[RowVerdict], on_progress: Callable[[int], None]
) -> Iterator[RowVerdict]:
    for count, verdict in enumerate(verdicts, start=1):
        yield verdict
        if count % PROGRESS_ROWS == 0:
            on_progress(count)


def _recipient(
    verdict: RowVerdict, template: CompiledTemplate, place: Place, digest: bytes
) -> SealedRow:
    mobile = verdict.mobile
    assert mobile is not None  # noqa: S101 the caller accepted the row  # nosec B101
    code = new_code()
    values = dict(zip(template.gaps, verdict.values, strict=True))
    secrets = vault.RecipientSecrets(mobile.e164, values, code)
    return SealedRow(
        row_number=verdict.row,
        phone_digest=digest,
        code_digest=vault.digest(code),
        sealed=vault.seal_recipient(place.key, place.campaign_id, verdict.row, secrets),
        fragments=verdict.measured.fragments,
        price_multiplier=2 if mobile.is_crown_dependency else 1,
    )


def _problem(verdict: RowVerdict) -> ProblemRow:
    reason = verdict.reason.value if verdict.reason else ""
    return ProblemRow(verdict.row, reason, verdict.masked[:24], verdict.why[:200])
