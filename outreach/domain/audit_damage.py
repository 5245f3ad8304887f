"""What can be wrong with an export of the audit log, and how one kind is told from another."""

from dataclasses import dataclass
from enum import StrEnum

from outreach.domain.audit_reading import EntryLine
from outreach.domain.errors import OutreachError


class Damage(StrEnum):
    """The kinds of damage that are named."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    REORDERED = "reordered"
    CUT_OFF = "cut off"
    FORGED_SIGNATURE = "forged signature"
    SPLIT_VIEW = "split view"


class NotProven(OutreachError):
    """No damage was found, but what was asked for cannot be shown from this export."""


class AuditDamaged(OutreachError):
    """The export is not the log that was signed.

    `index` is the first bad entry, counted from 0; None where no entry can be singled out.
    """

    def __init__(self, kind: Damage, index: int | None, detail: str) -> None:
        place = "" if index is None else f"entry {index}: "
        super().__init__(f"{place}{kind}. {detail}")
        self.kind = kind
        self.index = index
        self.detail = detail


@dataclass(slots=True)
class Displaced:
    """Entry `missing` was not where it should be; what comes after it tells why."""

    missing: int
    comes_later: bool = False
    others_later: bool = False

    def see(self, line: EntryLine) -> None:
        self.comes_later |= line.index == self.missing
        self.others_later |= line.index > self.missing

    def verdict(self) -> AuditDamaged:
        if self.comes_later:
            return AuditDamaged(
                Damage.REORDERED, self.missing, "Another entry stands in its place; it comes later."
            )
        if self.others_later:
            return AuditDamaged(Damage.REMOVED, self.missing, "The entries after it are there.")
        return AuditDamaged(Damage.CUT_OFF, self.missing, "Nothing from here on is there.")


@dataclass(slots=True)
class Mismatch:
    """A line's event has not the hash that was sealed for its place; later lines tell why.

    Where the event went that belongs here, and where the one that is here belongs.
    """

    line: EntryLine
    own_event_later: bool = False
    own_place_later: bool = False

    def see(self, line: EntryLine) -> None:
        self.own_event_later |= line.event_hash == self.line.leaf
        self.own_place_later |= line.leaf == self.line.event_hash

    def verdict(self) -> AuditDamaged:
        kind, detail = self._kind()
        return AuditDamaged(kind, self.line.index, detail)

    def _kind(self) -> tuple[Damage, str]:
        if self.line.event_hash is None:
            return Damage.REMOVED, "Its event is gone; only its sealed hash is left."
        if self.own_event_later and self.own_place_later:
            return Damage.REORDERED, "The event that was sealed here stands at another place."
        if self.own_event_later:
            return Damage.INSERTED, "This event was never sealed; the one sealed here comes later."
        if self.own_place_later:
            return Damage.REMOVED, "The event that was sealed here is gone; later ones moved up."
        return Damage.CHANGED, "Its content has not the hash that was sealed."


Suspicion = Displaced | Mismatch
