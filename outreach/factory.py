"""The application: settings, extensions, capabilities, error pages. The only importer of views."""

from pathlib import Path

from flask import Flask
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from outreach import keychain, vault
from outreach.accounts import sessions
from outreach.accounts import views as accounts
from outreach.accounts.provider import provider_of
from outreach.admin import views as admin
from outreach.approvals import views as approvals
from outreach.audit import views as audit
from outreach.campaigns import views as campaigns
from outreach.config import Settings, read_settings
from outreach.domain.access import Permission
from outreach.extensions import csrf, db, migrate
from outreach.jobs import engine
from outreach.keystore import KeyStore
from outreach.landing import views as landing
from outreach.notify.gateway import NotifyGateway
from outreach.optouts import views as optouts
from outreach.pages import views as pages
from outreach.partners import views as partners
from outreach.receipts import views as receipts
from outreach.recipients import views as recipients
from outreach.rekeying import jobs as rekeying_jobs
from outreach.replies import views as replies
from outreach.reports import views as reports
from outreach.retention import views as retention
from outreach.sending import views as sending
from outreach.settings import views as settings_pages
from outreach.subjects import views as subjects
from outreach.transaction import set_up_engine
from outreach.web import assets, errors, filters, headers, logs, permissions
from outreach.web.current import may
from outreach.web.nav import nav_items

ROOT = Path(__file__).resolve().parents[1]
CAPABILITIES = (
    accounts,
    admin,
    approvals,
    audit,
    campaigns,
    landing,
    optouts,
    pages,
    partners,
    receipts,
    recipients,
    replies,
    reports,
    retention,
    sending,
    settings_pages,
    subjects,
)
WITHOUT_PAGES = (rekeying_jobs,)
"""Work for the worker only, registered by being imported."""
MAX_REQUEST_BYTES = 11 * 1024 * 1024
"""A list of 10 MB, and its form around it."""


def create_app(settings: Settings | None = None) -> Flask:
    """Raises SettingsRefused where a setting is missing or malformed."""
    settings = settings or read_settings()
    app = Flask(
        __name__,
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static" / "dist"),
        static_url_path="/static",
        instance_path=str(settings.instance_path),
    )
    app.config.update(_config(settings))
    app.session_interface = headers.Cookies()
    app.extensions["outreach_settings"] = settings
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, count, count, count)  # type: ignore[method-assign]
    vault.use(settings.data_keys)
    app.extensions["outreach_provider"] = provider_of(settings)
    app.extensions[vault.KEY_STORE] = KeyStore(settings.key_store)
    _set_up_templates(app, settings)
    _set_up_database(app)
    keychain.init_app(app)
    engine.init_app(app, settings)
    logs.init_app(app)
    sessions.init_app(app, settings)
    csrf.init_app(app)
    permissions.init_app(app)
    headers.init_app(app, settings)
    errors.init_app(app)
    for capability in CAPABILITIES:
        app.register_blueprint(capability.blueprint)
    _exempt_machines(app)
    app.extensions["outreach_gateway"] = NotifyGateway(
        settings.notify_api_key, settings.notify_base_url
    )
    permissions.mark_endpoint(app, "static", permissions.Access(host="either"))
    return app


def _exempt_machines(app: Flask) -> None:
    """Callers that prove themselves by a token send no cookie, so no form token is asked."""
    for endpoint, view in app.view_functions.items():
        access = permissions.access_of(app, endpoint)
        if access is not None and access.host == "either":
            csrf.exempt(view)


def _config(settings: Settings) -> dict[str, object]:
    return {
        "DEBUG": False,  # whatever FLASK_DEBUG says: this is how it is served
        "SQLALCHEMY_DATABASE_URI": _with_driver(settings.database_url),
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "pool_pre_ping": True,
            "hide_parameters": True,  # an error in a log holds no number
        },
        "PUBLIC_HOST": settings.public_host,
        "TRUSTED_HOSTS": [settings.public_host, settings.staff_host],
        "MAX_CONTENT_LENGTH": MAX_REQUEST_BYTES,
        "MAX_FORM_MEMORY_SIZE": 500_000,
        "MAX_FORM_PARTS": 200,
        "SEND_FILE_MAX_AGE_DEFAULT": 31_536_000,
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session
    }


def _with_driver(url: str) -> str:
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            return url.replace(scheme, "postgresql+psycopg://", 1)
    return url


def _set_up_templates(app: Flask, settings: Settings) -> None:
    app.jinja_options = {
        "trim_blocks": True,
        "lstrip_blocks": True,
        "loader": ChoiceLoader(
            [
                FileSystemLoader(ROOT / "templates"),
                PrefixLoader(
                    {
                        "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
                        "govuk_frontend_wtf": PackageLoader("govuk_frontend_wtf"),
                    }
                ),
            ]
        ),
    }
    WTFormsHelpers(app)
    assets.init_app(app)
    filters.init_app(app)
    app.jinja_env.globals.update(
        service_name="Outreach",
        is_demo=settings.is_demo,
        Permission=Permission,
        can=may,
        provider_name=settings.oidc.name if settings.oidc else None,
        has_local_accounts=settings.has_local_accounts,
    )
    app.context_processor(lambda: {"nav_items": nav_items()})


def _set_up_database(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    with app.app_context():
        set_up_engine(db.engine)
