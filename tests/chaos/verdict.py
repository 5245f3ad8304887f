"""What came of a run, by the simulator's own record and by ours."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select

from outreach.domain.message import AT_NOTIFY, FINAL_RECEIPTS, MessageStatus
from outreach.extensions import db
from outreach.models import AuditEvent, LastContact, Message
from outreach.sending import queries
from outreach.sending.ledger import is_billed
from tests.chaos.campaign import Sent
from tests.chaos.site import ChaosSite
from tests.simulator.control_client import SimulatedMessage

M = MessageStatus


@dataclass
class Verdict:
    """`facts` are printed; `problems` must be none."""

    facts: dict[str, object] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def expect(self, is_so: bool, problem: str) -> None:
        if not is_so:
            self.problems.append(problem)

    def __str__(self) -> str:
        facts = ", ".join(f"{name} {value}" for name, value in self.facts.items())
        return f"{facts}: {'; '.join(self.problems) or 'kept every promise'}"


def judge(app: Flask, site: ChaosSite, sent: Sent, acknowledged: Mapping[str, datetime]) -> Verdict:
    verdict = Verdict()
    taken = site.control.messages()
    with app.app_context():
        ours = {m.phone_digest: m for m in db.session.scalars(select(Message))}
        _texts(verdict, sent, taken, ours, acknowledged)
        _states(verdict, taken, ours)
        _funnel(verdict, sent, taken, ours)
        _audit(verdict, sent.campaign_id, ours)
    verdict.expect(site.dead_workers() == 0, "a worker ended by itself")
    return verdict


def _texts(
    verdict: Verdict,
    sent: Sent,
    taken: list[SimulatedMessage],
    ours: Mapping[bytes, Message],
    acknowledged: Mapping[str, datetime],
) -> None:
    """Each number once; nobody after their STOP; nobody forgotten."""
    per_number = Counter(message.number for message in taken)
    after = [
        message
        for message in taken
        if message.number in acknowledged and _time(message) > acknowledged[message.number]
    ]
    suppressed = [n for n, d in sent.digests.items() if ours[d].status is M.SUPPRESSED]
    lost = [n for n in sent.digests if n not in per_number and n not in suppressed]
    twice = [number for number, count in per_number.items() if count > 1]
    wrong = [number for number in suppressed if number not in acknowledged]
    verdict.facts |= {
        "list": len(sent.digests),
        "texted": len(per_number),
        "twice": len(twice),
        "lost": len(lost),
        "opt-outs": len(acknowledged),
        "suppressed": len(suppressed),
        "after opt-out": len(after),
    }
    verdict.expect(not twice, f"{len(twice)} numbers were texted twice")
    verdict.expect(not lost, f"{len(lost)} numbers were forgotten")
    verdict.expect(not after, f"{len(after)} texts went after an acknowledged opt-out")
    verdict.expect(not wrong, f"{len(wrong)} were suppressed without an opt-out")
    verdict.expect(set(per_number) <= set(sent.digests), "somebody not on the list was texted")


def _time(message: SimulatedMessage) -> datetime:
    return datetime.fromisoformat(message.created_at)


def _states(verdict: Verdict, taken: list[SimulatedMessage], ours: Mapping[bytes, Message]) -> None:
    """Nothing is stuck, and each status is the one Notify ended with."""
    counts = Counter(message.status.value for message in ours.values())
    stuck = sum(counts[status.value] for status in (M.PENDING, M.SENDING, M.HELD, M.ACCEPTED))
    by_reference = {message.reference: message.status for message in taken}
    differing = [
        m
        for m in ours.values()
        if m.status in FINAL_RECEIPTS and by_reference.get(str(m.reference)) != m.status.value
    ]
    verdict.facts |= {"stuck": stuck, "statuses": dict(sorted(counts.items()))}
    verdict.expect(stuck == 0, f"{stuck} texts are stuck")
    verdict.expect(not differing, f"{len(differing)} statuses differ from Notify's")


def _funnel(
    verdict: Verdict, sent: Sent, taken: list[SimulatedMessage], ours: Mapping[bytes, Message]
) -> None:
    funnel = queries.funnel(sent.campaign_id)
    run = queries.run_of(sent.campaign_id)
    billed = sum(m.fragments * m.price_multiplier for m in ours.values() if is_billed(m.status))
    contacts = db.session.scalar(select(func.count()).select_from(LastContact))
    texted = len({message.number for message in taken})
    verdict.facts["funnel"] = str(funnel)
    verdict.expect(funnel.uploaded == len(sent.digests), "the funnel does not add up")
    verdict.expect(funnel.sent + funnel.failed == texted, "the funnel is not what Notify saw")
    verdict.expect(run is not None and run.billed_fragments == billed, "the budget's count is off")
    verdict.expect(contacts == texted, "the last contacts are not those texted")


def _audit(verdict: Verdict, campaign_id: UUID, ours: Mapping[bytes, Message]) -> None:
    """Every text that Notify took, every receipt and every suppression has its event."""
    events = list(db.session.scalars(select(AuditEvent).filter_by(campaign_id=campaign_id)))
    counted: Counter[str] = Counter()
    for event in events:
        for word, value in event.changes.items():
            if isinstance(value, int) and not isinstance(value, bool):
                counted[f"{event.action} {word}"] += value
    receipts = [event for event in events if event.action == "receipts.received"]
    proofs = sum(event.changes["was"] not in {s.value for s in AT_NOTIFY} for event in receipts)
    taken = (
        counted["messages.sent accepted"]
        + counted["messages.reconciled adopted"]
        + counted["messages.reconciled doubled"]
        + proofs
    )
    at_notify = sum(message.status in AT_NOTIFY for message in ours.values())
    suppressed = sum(message.status is M.SUPPRESSED for message in ours.values())
    told = counted["messages.suppressed suppressed"] + _withdrawn(campaign_id)
    names = {event.action for event in events}
    verdict.facts |= {
        "events": len(events),
        "adopted": counted["messages.reconciled adopted"],
        "absent": counted["messages.reconciled absent"],
    }
    verdict.expect(taken == at_notify, f"events tell of {taken} texts, not of {at_notify}")
    verdict.expect(
        told == suppressed, f"events tell of {told} suppressed texts, not of {suppressed}"
    )
    wanted = {"campaign.released", "campaign.pilot_passed", "campaign.completed"}
    verdict.expect(wanted <= names, f"no event for {sorted(wanted - names)}")


def _withdrawn(campaign_id: UUID) -> int:
    added = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "optout.added"))
    return sum(event.changes["messages_withdrawn"] for event in added)
