"""What a campaign still lacks before it can be submitted, task by task. Reads, changes nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from outreach.campaigns import queries
from outreach.domain.cost import CostSummary, pounds
from outreach.models import Campaign
from outreach.recipients import queries as recipients


class Task(StrEnum):
    """In the order of the task list; the values end the address of the task's page."""

    PURPOSE = "purpose"
    MESSAGE = "message"
    PARTNER = "partner"
    SCHEDULE = "schedule"
    RECIPIENTS = "recipients"


@dataclass(frozen=True)
class Problem:
    """Something missing or wrong, in a sentence, and the task that mends it."""

    task: Task
    sentence: str
    is_missing: bool = True
    """False where something was given and cannot stay as it is."""


def problems(campaign: Campaign) -> tuple[Problem, ...]:
    """Everything between this draft and its submission, in the order of the tasks."""
    found = [problem for task in Task for problem in _CHECKS[task](campaign)]
    return tuple(found)


def task_status(campaign: Campaign, task: Task, found: tuple[Problem, ...]) -> str:
    """As `components/task_list.html` names them."""
    own = [problem for problem in found if problem.task is task]
    if task is Task.RECIPIENTS and campaign.template_id is None:
        return "blocked"
    if not own:
        return "done"
    if any(not problem.is_missing for problem in own):
        return "problem"
    return "started" if _is_started(campaign, task) else "todo"


def cost_summary(campaign: Campaign) -> CostSummary:
    """What the accepted rows of all its lists would cost."""
    return recipients.cost_summary(campaign.id)


def is_over_budget(campaign: Campaign, cost: CostSummary) -> bool:
    return campaign.budget_pence is not None and cost.net_pence > campaign.budget_pence


def _is_started(campaign: Campaign, task: Task) -> bool:
    given = {
        Task.PURPOSE: campaign.purpose or campaign.lawful_basis or campaign.operation_reference,
        Task.PARTNER: campaign.partner_id,
        Task.SCHEDULE: campaign.window_opens or campaign.budget_pence,
        Task.RECIPIENTS: recipients.current_upload(campaign.id),
    }
    return bool(given.get(task))


def _purpose(campaign: Campaign) -> Iterator[Problem]:
    if not (campaign.purpose and campaign.lawful_basis and campaign.operation_reference):
        yield Problem(Task.PURPOSE, "Give the purpose, the lawful basis and an operation reference")


def _message(campaign: Campaign) -> Iterator[Problem]:
    if campaign.template_id is None:
        yield Problem(Task.MESSAGE, "Choose a message")
    elif campaign.template_id not in queries.allowed_template_ids():
        yield Problem(
            Task.MESSAGE,
            "Choose another message: an administrator has withdrawn this one",
            is_missing=False,
        )


def _partner(campaign: Campaign) -> Iterator[Problem]:
    has_page = any(page.language == "en" for page in campaign.landing_pages)
    if campaign.partner_id is None or not has_page:
        yield Problem(Task.PARTNER, "Choose a partner and check the landing page")


def _schedule(campaign: Campaign) -> Iterator[Problem]:
    if campaign.send_window is None or campaign.budget_pence is None:
        yield Problem(Task.SCHEDULE, "Give a send window and a budget")
        return
    cost = cost_summary(campaign)
    if is_over_budget(campaign, cost):
        yield Problem(
            Task.SCHEDULE,
            f"The texts would cost {pounds(cost.net_pence)} without VAT, more than the budget: "
            "raise the budget or shorten the list",
            is_missing=False,
        )


def _recipients(campaign: Campaign) -> Iterator[Problem]:
    newest = recipients.current_upload(campaign.id)
    if newest is None:
        yield Problem(Task.RECIPIENTS, "Upload a list of recipients")
    elif any(upload.status == "checking" for upload in recipients.uploads(campaign.id)):
        yield Problem(Task.RECIPIENTS, "Wait until the list is checked")
    elif recipients.accepted_count(campaign.id) == 0:
        yield Problem(
            Task.RECIPIENTS,
            "Upload another list: nobody on this one can be texted",
            is_missing=False,
        )
    elif not recipients.is_checked_against(campaign):
        yield Problem(
            Task.RECIPIENTS,
            "Upload the list again: it was checked against another message",
            is_missing=False,
        )


_CHECKS: dict[Task, Callable[[Campaign], Iterator[Problem]]] = {
    Task.PURPOSE: _purpose,
    Task.MESSAGE: _message,
    Task.PARTNER: _partner,
    Task.SCHEDULE: _schedule,
    Task.RECIPIENTS: _recipients,
}
