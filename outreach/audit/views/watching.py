"""Who looked at personal data: the access report, and who saw one number."""

from flask import render_template, request

from outreach.audit import access, queries, tracing
from outreach.audit.forms import PERIODS, PeriodForm, TraceForm
from outreach.audit.views.common import blueprint, record_look
from outreach.domain.access import Permission
from outreach.domain.audit import AuditAction
from outreach.transaction import transaction
from outreach.web.current import actor
from outreach.web.permissions import requires


@blueprint.get("/access")
@requires(Permission.READ_AUDIT)
def access_report() -> str:
    form = PeriodForm(request.args)
    days = int(form.days.data) if form.validate() else PERIODS[1]
    report = access.report(days)
    names = queries.names_of([person.who for person in report.people])
    titles = dict(queries.campaigns())
    reasons = access.reasons(days)
    record_look(AuditAction.AUDIT_ACCESS_VIEWED, seen={"days": days})
    return render_template(
        "audit/access.html",
        form=form,
        days=days,
        report=report,
        names=names,
        titles=titles,
        reasons=reasons,
    )


@blueprint.route("/number", methods=["GET", "POST"])
@requires(Permission.READ_AUDIT)
def number() -> str:
    """The number is typed and posted: it stands in no address and no log."""
    form = TraceForm()
    if not form.validate_on_submit() or form.mobile is None:
        return render_template("audit/number.html", form=form, trace=None)
    with transaction():
        trace = tracing.trace(form.mobile.e164, form.mobile.masked, by=actor(Permission.READ_AUDIT))
    return render_template("audit/number.html", form=TraceForm(formdata=None), trace=trace)
