"""Everything that would go, put together for whoever submits or approves it.

Asking Notify takes time, so it is done between transactions: first the rows are opened and the look
at them is recorded, then Notify fills the template, then the rest is read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from outreach.audit import service as audit
from outreach.campaigns import queries, readiness
from outreach.campaigns.readiness import Problem
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.cost import CostSummary, Tariff
from outreach.domain.disclosure_control import SMALLEST_SHOWN
from outreach.domain.fragments import fragment_texts
from outreach.domain.gsm import is_unicode
from outreach.domain.landing_text import LandingText
from outreach.domain.local_time import window_words
from outreach.domain.referral import spoken
from outreach.domain.refusal import RefusalReason, describe
from outreach.domain.template import (
    SERVICE_PLACEHOLDERS,
    CompiledTemplate,
    Counted,
    normalise_key,
)
from outreach.domain.wording import WarningKind, WordingWarning, addresses_from_list, warnings
from outreach.models import Campaign
from outreach.notify.errors import NotifyError, TemplateMissing
from outreach.notify.gateway import NotifyGateway
from outreach.notify.results import Template
from outreach.recipients import queries as recipients
from outreach.recipients.preparing import SAMPLE_CODE, landing_link
from outreach.recipients.queries import Example, UploadTotals

MORNING, EVENING = time(8), time(21)
ONE_FOR_ALL = "The text, from a row of the list"
LABELS = {
    "shortest": "The shortest text",
    "longest": "The longest text",
    "unicode": "A text with letters that cost more",
}


@dataclass(frozen=True)
class Opened:
    """Rows opened for a preview, and the message they are for. Held for one request only."""

    template_id: str
    template_body: str
    examples: Sequence[Example]
    tariff: Tariff


@dataclass(frozen=True)
class PreviewedText:
    """One text as a person would get it. `pence` is without VAT."""

    label: str
    parts: tuple[str, ...]
    characters: int
    is_unicode: bool
    pence: Decimal

    @property
    def text(self) -> str:
        return "".join(self.parts)


@dataclass(frozen=True)
class Previews:
    """`fault` says why Notify did not make them; the texts are then our own rendering."""

    texts: tuple[PreviewedText, ...] = ()
    fault: str | None = None
    version: int | None = None
    """The template's version at Notify when the texts were made."""
    from_list: tuple[WordingWarning, ...] = ()
    """About what the rows of the list bring in."""


@dataclass(frozen=True)
class Review:
    """What somebody reads before they decide."""

    campaign: Campaign
    previews: Previews
    totals: UploadTotals
    cost: CostSummary
    warnings: tuple[WordingWarning, ...]
    problems: tuple[Problem, ...]
    reply_number: str | None

    @property
    def window(self) -> str | None:
        """The send window in words, as a sentence begins."""
        found = self.campaign.send_window
        if found is None:
            return None
        words = window_words(found)
        return words[0].upper() + words[1:]

    @property
    def tells_much(self) -> bool:
        """Whether a warning says what somebody else would infer from the words themselves."""
        added = WarningKind.ADDRESS_FROM_LIST
        return any(each.inference and each.kind is not added for each in self.warnings)

    @property
    def landing_texts(self) -> list[LandingText]:
        pages = self.campaign.landing_pages
        return [LandingText(page.language, page.heading, page.body) for page in pages]

    @property
    def is_at_night(self) -> bool:
        """Whether texts could leave when most people sleep."""
        found = self.campaign.send_window
        return found is not None and (found.opens < MORNING or found.closes > EVENING)

    @property
    def is_too_few(self) -> bool:
        """Whether what is told of the campaign as a whole could be told of each person in it."""
        return 0 < self.totals.accepted < SMALLEST_SHOWN

    @property
    def withheld(self) -> list[tuple[str, int]]:
        """Why rows of the lists will not be texted, and how many."""
        reasons = self.totals.reasons
        return [
            (describe(each).title, reasons[each]) for each in RefusalReason if reasons.get(each)
        ]

    @property
    def has_drifted(self) -> bool:
        """Whether Notify would send other words than those that were chosen."""
        version = self.previews.version
        return version is not None and version != self.campaign.template_version


@dataclass(frozen=True)
class TemplateChoice:
    """A template that may be chosen, as a phone would show it with its gaps left open."""

    template: Template
    parts: tuple[str, ...]
    characters: int
    is_unicode: bool
    warnings: tuple[WordingWarning, ...]

    @property
    def key(self) -> str:
        return f"{self.template.id}:{self.template.version}"

    @property
    def gaps(self) -> tuple[str, ...]:
        """What a list has to bring a column for."""
        names = self.template.placeholders
        return tuple(name for name in names if normalise_key(name) not in SERVICE_PLACEHOLDERS)


def open_examples(campaign: Campaign, *, by: Actor) -> Opened | None:
    """Open the rows that are previewed and record that they are looked at and shown to Notify.

    None where there is no message or nobody to preview. Raises vault.KeyDestroyed.
    """
    if campaign.template_id is None or campaign.template_body is None:
        return None
    if not recipients.is_checked_against(campaign):
        return None
    examples = recipients.example_rows(campaign)
    if not examples:
        return None
    rows = ", ".join(str(example.row_number) for example in examples)
    for action in (AuditAction.RECIPIENTS_VIEWED, AuditAction.CAMPAIGN_MESSAGE_PREVIEWED):
        audit.record_of_campaign(action, by, campaign.id, {"rows": rows})
    return Opened(campaign.template_id, campaign.template_body, examples, recipients.tariff())


def preview(gateway: NotifyGateway, opened: Opened | None, public_url: str) -> Previews:
    """The opened rows as Notify fills them in, with a link and a code that belong to nobody."""
    if opened is None:
        return Previews()
    own = {"link": landing_link(public_url, SAMPLE_CODE), "code": spoken(SAMPLE_CODE)}
    template = CompiledTemplate(opened.template_body)
    given = [value for each in opened.examples for value in each.secrets.values.values()]
    from_list = tuple(addresses_from_list(given))
    filled = [(example, {**example.secrets.values, **own}) for example in opened.examples]
    counted = [(example, template.render_and_count(values)) for example, values in filled]
    try:
        answers = [gateway.preview(opened.template_id, values) for _, values in filled]
    except NotifyError as error:
        texts = [_previewed(example, count, count.text, opened) for example, count in counted]
        return Previews(tuple(texts), str(error), from_list=from_list)
    texts = [
        _previewed(example, count, answer.body, opened)
        for (example, count), answer in zip(counted, answers, strict=True)
    ]
    return Previews(tuple(texts), None, answers[0].version, from_list)


def review(campaign: Campaign, previews: Previews) -> Review:
    """`previews` made before, for the same campaign."""
    number = queries.reply_number()
    texts = [text.text for text in previews.texts]
    return Review(
        campaign=campaign,
        previews=previews,
        totals=recipients.upload_totals(campaign.id),
        cost=readiness.cost_summary(campaign),
        warnings=(
            *_warnings(
                campaign.template_body, number is not None, campaign.operation_reference, texts
            ),
            *previews.from_list,
        ),
        problems=readiness.problems(campaign),
        reply_number=number,
    )


def live_template(gateway: NotifyGateway, template_id: str) -> Template:
    """The template as Notify would send it now. Raises NotifyError.

    Looked up in the list, because by its id Notify also gives a deleted one (contract section 6).
    """
    for template in gateway.list_templates():
        if template.id == template_id:
            return template
    raise TemplateMissing(template_id)


def template_choices(
    gateway: NotifyGateway,
    allowed: frozenset[str],
    public_url: str,
    *,
    can_receive_replies: bool,
    operation: str | None,
) -> list[TemplateChoice]:
    """The allowed templates that are at Notify now, by name. Raises NotifyError."""
    own = {"link": landing_link(public_url, SAMPLE_CODE), "code": spoken(SAMPLE_CODE)}
    return [
        _choice(template, own, can_receive_replies, operation)
        for template in gateway.list_templates()
        if template.id in allowed
    ]


def _choice(
    template: Template, own: dict[str, str], can_receive_replies: bool, operation: str | None
) -> TemplateChoice:
    gaps = {name: f"(({name}))" for name in template.placeholders}
    values = {name: own.get(normalise_key(name), gap) for name, gap in gaps.items()}
    counted = CompiledTemplate(template.body).render_and_count(values)
    found = _warnings(template.body, can_receive_replies, operation)
    parts = fragment_texts(counted.text)
    return TemplateChoice(template, parts, counted.length, is_unicode(counted.text), found)


def _warnings(
    body: str | None,
    can_receive_replies: bool,
    operation: str | None,
    texts: Sequence[str] = (),
) -> tuple[WordingWarning, ...]:
    """About the template, and about what the list's own words add to what others may infer."""
    if body is None:
        return ()
    names = [operation] if operation else []
    found = warnings(body, sender_receives_replies=can_receive_replies, operation_names=names)
    known = {warning.kind for warning in found}
    brought_in = warnings("\n".join(texts), operation_names=names) if texts else ()
    added = (each for each in brought_in if each.inference and each.kind not in known)
    return (*found, *added)


def _previewed(example: Example, counted: Counted, text: str, opened: Opened) -> PreviewedText:
    return PreviewedText(
        label=LABELS.get(example.kind, ONE_FOR_ALL) if len(opened.examples) > 1 else ONE_FOR_ALL,
        parts=fragment_texts(text),
        characters=counted.length,
        is_unicode=is_unicode(counted.text),
        pence=example.fragments * opened.tariff.pence_per_fragment,
    )
