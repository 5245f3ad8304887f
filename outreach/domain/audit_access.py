"""Who looked at personal data, how often, and whose looking stands out.

What counts as looking is a list of actions: reading or receiving data about people who were, or
were to be, texted. Reading the audit log itself, signing in and the like are not among them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from statistics import median

from outreach.domain.audit import AuditAction
from outreach.domain.send_window import LONDON

A = AuditAction

LOOKS = frozenset(
    {
        A.CAMPAIGN_MESSAGE_PREVIEWED,
        A.RECIPIENTS_VIEWED,
        A.RECIPIENTS_REPORT_DOWNLOADED,
        A.RECIPIENT_VIEWED,
        A.NUMBER_REVEALED,
        A.MESSAGE_HELD_VIEWED,
        A.REPLY_LISTED,
        A.REPLY_READ,
        A.OPTOUT_LOOKED_UP,
        A.OPTOUT_EXPORTED,
        A.SUBJECT_FOUND,
        A.SUBJECT_EXPORTED,
        A.AUDIT_NUMBER_TRACED,
    }
)
WORK_BEGINS, WORK_ENDS = time(7), time(19)
"""London. What is done outside these hours, or at a weekend, is counted apart."""
LEAST_LOOKS = 20
TIMES_THE_OTHERS = 3
TIMES_OWN_DAY = 4
"""A person stands out with at least `LEAST_LOOKS` looks and over `TIMES_THE_OTHERS` times the
middle person of the others; a day of theirs, with over `TIMES_OWN_DAY` times their middle day."""


@dataclass(frozen=True, slots=True)
class Looks:
    """How often somebody did one thing in one campaign within an hour that began at `hour`, UTC."""

    who: str
    role: str | None
    action: str
    campaign_id: str | None
    hour: datetime
    times: int


@dataclass
class PersonLooks:
    """One person's row. `marks` are sentences' parts: why it stands out."""

    who: str
    roles: set[str] = field(default_factory=set)
    times: int = 0
    numbers: int = 0
    """Full phone numbers shown."""
    out_of_hours: int = 0
    campaigns: set[str] = field(default_factory=set)
    days: Counter[date] = field(default_factory=Counter)
    marks: list[str] = field(default_factory=list)

    @property
    def busiest(self) -> tuple[date, int]:
        return max(self.days.items(), key=lambda pair: (pair[1], pair[0]))


@dataclass(frozen=True)
class Day:
    """One bar of the picture; `numbers` of the `times` showed a full number."""

    day: date
    times: int
    numbers: int


@dataclass(frozen=True)
class AccessReport:
    people: Sequence[PersonLooks]
    campaigns: Sequence[tuple[str, int, int]]
    """Campaign, how often it was looked at, by how many people."""
    days: Sequence[Day]

    @property
    def highest(self) -> int:
        return max((day.times for day in self.days), default=0)


def access_report(looks: Iterable[Looks], first: date, last: date) -> AccessReport:
    """Every day from `first` to `last` has its bar, also one on which nobody looked."""
    looks = list(looks)
    people: dict[str, PersonLooks] = {}
    for one in looks:
        _add(people.setdefault(one.who, PersonLooks(one.who)), one)
    _mark(people)
    rows = sorted(people.values(), key=lambda p: (not p.marks, -p.times, p.who))
    return AccessReport(rows, _by_campaign(looks), _by_day(looks, first, last))


def stands_out(times: int, others: Sequence[int]) -> bool:
    """Against the middle one of the others, so that somebody who looks a lot sets no mark."""
    if times < LEAST_LOOKS or not others:
        return False
    return times > TIMES_THE_OTHERS * median(others)


def _add(person: PersonLooks, one: Looks) -> None:
    at = one.hour.astimezone(LONDON)
    person.times += one.times
    person.days[at.date()] += one.times
    if one.role:
        person.roles.add(one.role)
    if one.campaign_id:
        person.campaigns.add(one.campaign_id)
    if one.action == A.NUMBER_REVEALED:
        person.numbers += one.times
    if at.weekday() >= 5 or not WORK_BEGINS <= at.time() < WORK_ENDS:
        person.out_of_hours += one.times


def _mark(people: Mapping[str, PersonLooks]) -> None:
    for person in people.values():
        others = [other for other in people.values() if other is not person]
        if stands_out(person.times, [other.times for other in others]):
            person.marks.append("looks far more often than the others")
        if stands_out(person.numbers, [other.numbers for other in others]):
            person.marks.append("saw far more full numbers than the others")
        day, times = person.busiest
        usual = [count for at, count in person.days.items() if at != day]
        if times >= LEAST_LOOKS and usual and times > TIMES_OWN_DAY * median(usual):
            person.marks.append("has one day far over their usual")
        if person.out_of_hours >= LEAST_LOOKS and 2 * person.out_of_hours > person.times:
            person.marks.append("looks mostly outside working hours")


def _by_campaign(looks: Iterable[Looks]) -> list[tuple[str, int, int]]:
    times: Counter[str] = Counter()
    people: defaultdict[str, set[str]] = defaultdict(set)
    for one in looks:
        if one.campaign_id:
            times[one.campaign_id] += one.times
            people[one.campaign_id].add(one.who)
    return [(campaign, count, len(people[campaign])) for campaign, count in times.most_common()]


def _by_day(looks: Iterable[Looks], first: date, last: date) -> list[Day]:
    times: Counter[date] = Counter()
    numbers: Counter[date] = Counter()
    for one in looks:
        day = one.hour.astimezone(LONDON).date()
        times[day] += one.times
        if one.action == A.NUMBER_REVEALED:
            numbers[day] += one.times
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [Day(day, times[day], numbers[day]) for day in days]
