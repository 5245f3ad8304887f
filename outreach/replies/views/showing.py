"""The queue, one reply, and the replies that are dealt with."""

from urllib.parse import urlencode
from uuid import UUID

from flask import render_template, request, url_for

from outreach import clock
from outreach.domain.access import Permission
from outreach.domain.optout import KIND_WORDS
from outreach.domain.reply_queue import CLASS_WORDS, RESOLUTION_WORDS, TAKEN_FOR, UNDO_FOR
from outreach.replies import deciding, listing, queries
from outreach.replies.forms import FilterForm
from outreach.replies.listing import ReplyPage, Wanted
from outreach.replies.views.common import blueprint, found, reader
from outreach.transaction import transaction
from outreach.web import current
from outreach.web.permissions import requires

FARTHEST_PAGE = 1_000_000


@blueprint.get("/replies")
@requires(Permission.READ_REPLIES)
def index() -> str:
    page = listing.queue(_page_number())
    decided = listing.decided_since(current.person_id(), clock.now() - UNDO_FOR)
    answer = render_template(
        "replies/index.html",
        decided=[each for each in decided if deciding.why_no_undo(each.reply) is None],
        resolution_words=RESOLUTION_WORDS,
        **_queue(page),
    )
    with transaction():
        deciding.record_listed(len(page.rows), "queue", by=reader())
    return answer


@blueprint.get("/replies/newest")
@requires(Permission.READ_REPLIES)
def newest() -> str:
    """The part of the queue's page that changes, alone. Fetched every few seconds, so that the look
    is recorded once in a while."""
    page = listing.queue(_page_number())
    answer = render_template("replies/_queue.html", **_queue(page))
    if deciding.is_look_due(reader()):
        with transaction():
            deciding.record_listed(len(page.rows), "queue", by=reader())
    return answer


@blueprint.get("/replies/<uuid:reply_id>")
@requires(Permission.READ_REPLIES)
def show(reply_id: UUID) -> str:
    """The text only for whoever has taken the reply, or once it is dealt with."""
    item = found(reply_id)
    answer = render_template(
        "replies/show.html",
        item=item,
        class_words=CLASS_WORDS,
        resolution_words=RESOLUTION_WORDS,
        kind_words=KIND_WORDS,
        minutes=TAKEN_FOR.seconds // 60,
    )
    if item.is_shown:
        with transaction():
            deciding.record_read(reply_id, by=reader())
    return answer


@blueprint.get("/replies/dealt-with")
@requires(Permission.READ_REPLIES)
def list_dealt_with() -> str:
    form = FilterForm(request.args)
    form.offer(listing.deciders(), listing.answered_campaigns())
    is_valid = form.validate()
    wanted = form.chosen() if is_valid else Wanted()
    page = listing.dealt_with(wanted, _page_number()) if is_valid else ReplyPage((), 0, 1, 1)
    answer = render_template(
        "replies/dealt_with.html",
        form=form,
        listed=page,
        is_filtered=wanted != Wanted() or not is_valid,
        page_href=_page_href,
        resolution_words=RESOLUTION_WORDS,
    )
    with transaction():
        deciding.record_listed(len(page.rows), "dealt with", by=reader())
    return answer


def _queue(page: ReplyPage) -> dict[str, object]:
    return {
        "counts": queries.open_counts(),
        "listed": page,
        "me": current.person_id(),
        "now": clock.now(),
        "is_taken": listing.is_taken,
        "page_href": lambda number: url_for("replies.index", page=number),
    }


def _page_number() -> int:
    return min(request.args.get("page", 1, type=int), FARTHEST_PAGE)


def _page_href(number: int) -> str:
    """This list's address with the same filters, at another page."""
    filters = {name: values for name, values in request.args.lists() if name != "page"}
    query = urlencode({**filters, "page": number}, doseq=True)
    return f"{url_for('replies.list_dealt_with')}?{query}"
