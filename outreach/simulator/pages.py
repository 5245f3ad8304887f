"""The simulator's other pages: what it is, its templates, its faults, its counts."""

from collections import Counter

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from outreach.simulator.catalogue import TemplateVersion
from outreach.simulator.faults import KNOWN, Fault
from outreach.simulator.wire import simulator

blueprint = Blueprint("pages", __name__)

POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'"


@blueprint.before_app_request
def refuse_other_sites() -> None:
    """A page of another site must not press our buttons. Clients that are no browser send no
    Origin and pass."""
    origin = request.headers.get("Origin")
    if request.method != "GET" and origin and origin != request.host_url.rstrip("/"):
        abort(403, "A page of another site may not do this.")


@blueprint.after_app_request
def protect_pages(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@blueprint.get("/")
def home() -> str:
    sim = simulator()
    return render_template(
        "simulator/home.html",
        service=sim.service,
        keys=sim.settings.key_texts(),
        taken=sim.accepted,
        phones=len(sim.store.by_number),
        received=len(sim.store.received),
    )


@blueprint.get("/templates")
def templates() -> str:
    catalogue = simulator().catalogue
    listed = catalogue.everything()
    archived = {item.id for item in listed if catalogue.is_archived(item.id)}
    return render_template("simulator/templates.html", listed=listed, archived=archived)


@blueprint.get("/templates/<uuid:template_id>")
def template(template_id: object) -> str:
    found = _template(template_id)
    return render_template(
        "simulator/template.html",
        template=found,
        is_archived=simulator().catalogue.is_archived(found.id),
    )


@blueprint.post("/templates/<uuid:template_id>")
def edit(template_id: object) -> AnyResponse:
    """Save a new version."""
    found = _template(template_id)
    simulator().catalogue.edit(
        found.id,
        now=simulator().clock.now(),
        name=request.form.get("name"),
        body=request.form.get("body", "").replace("\r\n", "\n") or None,
        subject=request.form.get("subject"),
    )
    return redirect(url_for("pages.template", template_id=found.id), 303)


@blueprint.post("/templates/<uuid:template_id>/archive")
def archive(template_id: object) -> AnyResponse:
    simulator().catalogue.archive(_template(template_id).id)
    return redirect(url_for("pages.templates"), 303)


def _template(template_id: object) -> TemplateVersion:
    found = simulator().catalogue.current(str(template_id))
    return found if found is not None else abort(404)


@blueprint.get("/faults")
def faults() -> str:
    sim = simulator()
    return render_template(
        "simulator/faults.html",
        known=KNOWN,
        on=sim.faults.listed(),
        now=sim.clock.now(),
        offset=sim.clock.offset_seconds,
    )


@blueprint.post("/faults")
def fault_on() -> AnyResponse | tuple[str, int]:
    form = request.form
    fault = Fault(
        name=form.get("name", ""),
        probability=form.get("percent", 100.0, type=float) / 100,
        remaining=form.get("remaining", type=int),
        seconds=form.get("seconds", 0.0, type=float),
    )
    try:
        simulator().faults.on(fault)
    except ValueError as problem:
        return render_template("simulator/refused.html", reason=str(problem)), 400
    return redirect(url_for("pages.faults"), 303)


@blueprint.post("/faults/off")
def fault_off() -> AnyResponse:
    """Switch one off by name, or all without one."""
    sim = simulator()
    name = request.form.get("name")
    for fault in sim.faults.listed():
        if name in {None, fault.name}:
            sim.faults.off(fault.name)
    return redirect(url_for("pages.faults"), 303)


@blueprint.post("/clock")
def advance() -> AnyResponse | tuple[str, int]:
    try:
        simulator().advance(request.form.get("hours", 0.0, type=float) * 3600)
    except ValueError as problem:
        return render_template("simulator/refused.html", reason=str(problem)), 400
    return redirect(url_for("pages.faults"), 303)


@blueprint.get("/counts")
def counts() -> str:
    sim = simulator()
    spread = Counter(sim.store.counts_per_number().values())
    return render_template(
        "simulator/counts.html",
        taken=sim.accepted,
        attempts=len(sim.limits.attempts),
        limits=sim.limits,
        busiest=sim.limits.busiest(60),
        peak=sim.limits.busiest(1),
        spread=sorted(spread.items()),
        statuses=sorted(sim.store.statuses().items()),
        callbacks=sim.callbacks.counts,
    )


@blueprint.get("/control")
def control_index() -> str:
    """The control API, described by its own docstrings."""
    rules = [rule for rule in current_app.url_map.iter_rules() if rule.rule.startswith("/_control")]
    routes = [
        (
            ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})),
            rule.rule,
            current_app.view_functions[rule.endpoint].__doc__ or "",
        )
        for rule in sorted(rules, key=lambda rule: rule.rule)
    ]
    return render_template("simulator/control.html", routes=routes)
