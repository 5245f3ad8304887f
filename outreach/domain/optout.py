"""Opt-outs: where they come from and why a number is withheld (design section 6)."""

from enum import StrEnum


class SuppressionKind(StrEnum):
    OPT_OUT = "opt_out"
    """The person does not want to be texted."""
    WRONG_PERSON = "wrong_person"
    """The number belongs to somebody else."""


class SuppressionSource(StrEnum):
    REPLY = "reply"
    LANDING_PAGE = "landing_page"
    STAFF = "staff"
    IMPORT = "import"


SOURCE_WORDS: dict[SuppressionSource, str] = {
    SuppressionSource.REPLY: "Reply to a text",
    SuppressionSource.LANDING_PAGE: "Landing page",
    SuppressionSource.STAFF: "Added by staff",
    SuppressionSource.IMPORT: "Imported list",
}
