"""What Notify's schemas refuse, in its own words (contract section 3.1)."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from outreach.simulator.errors import validation_error
from outreach.simulator.phone import PhoneRefused, read_number

SMS_FIELDS = frozenset(
    {
        "phone_number",
        "template_id",
        "personalisation",
        "reference",
        "sms_sender_id",
        "scheduled_for",
    }
)
EMAIL_FIELDS = frozenset(
    {
        "email_address",
        "template_id",
        "personalisation",
        "reference",
        "email_reply_to_id",
        "scheduled_for",
        "one_click_unsubscribe_url",
        "sanitise_content_for",
    }
)
LISTED_STATUSES = (
    "cancelled, created, sending, sent, delivered, pending, failed, technical-failure, "
    "temporary-failure, permanent-failure, pending-virus-check, validation-failed, "
    "virus-scan-failed, returned-letter, accepted, received"
)
LISTED_TYPES = "sms, email, letter"
ISO_8601 = "It must be a valid ISO8601 date time format, https://en.wikipedia.org/wiki/ISO_8601"
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def is_uuid(value: object) -> bool:
    """Python's own idea of a UUID: forms without hyphens and with braces pass."""
    if not isinstance(value, str):
        return False
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def canonical(value: str) -> str:
    return str(UUID(value))


def _shown(value: object) -> str:
    return repr(value).replace("'", "")


def _unexpected(names: set[str]) -> str:
    listed = ", ".join(sorted(names))
    verb = "was" if len(names) == 1 else "were"
    return f"Additional properties are not allowed ({listed} {verb} unexpected)"


def check_sms_body(body: Mapping[str, Any], now: datetime) -> None:
    """The schema of POST sms. Raises ApiError with every fault found."""
    faults = _common_faults(body, SMS_FIELDS, "phone_number", now)
    if "phone_number" in body:
        faults += _phone_faults(body["phone_number"])
    if "sms_sender_id" in body and not is_uuid(body["sms_sender_id"]):
        faults.append("sms_sender_id is not a valid UUID")
    if faults:
        raise validation_error(*faults)


def check_email_body(body: Mapping[str, Any], now: datetime) -> None:
    """The schema of POST email. Raises ApiError with every fault found."""
    faults = _common_faults(body, EMAIL_FIELDS, "email_address", now)
    if "email_address" in body:
        faults += _email_faults(body["email_address"])
    if "email_reply_to_id" in body and not is_uuid(body["email_reply_to_id"]):
        faults.append("email_reply_to_id is not a valid UUID")
    if faults:
        raise validation_error(*faults)


def _common_faults(
    body: Mapping[str, Any], fields: frozenset[str], recipient: str, now: datetime
) -> list[str]:
    required = [name for name in (recipient, "template_id") if name not in body]
    faults = [f"{name} is a required property" for name in required]
    unknown = set(body) - fields
    if unknown:
        faults.append(_unexpected(unknown))
    if "template_id" in body and not is_uuid(body["template_id"]):
        faults.append("template_id is not a valid UUID")
    if "personalisation" in body:
        faults += personalisation_faults(body["personalisation"])
    if "reference" in body:
        faults += _reference_faults(body["reference"])
    return faults + _schedule_faults(body.get("scheduled_for"), now)


def _phone_faults(value: object) -> list[str]:
    if not isinstance(value, str):
        return [f"phone_number {_shown(value)} is not of type string"]
    try:
        read_number(value)
    except PhoneRefused as refused:
        return [f"phone_number {refused}"]
    return []


def _email_faults(value: object) -> list[str]:
    if not isinstance(value, str):
        return [f"email_address {_shown(value)} is not of type string"]
    is_good = EMAIL.fullmatch(value.strip()) and len(value) <= 320
    return [] if is_good else ["email_address Not a valid email address"]


def personalisation_faults(value: object) -> list[str]:
    if isinstance(value, dict):
        return []
    return [f"personalisation {_shown(value)} is not of type object"]


def _reference_faults(value: object) -> list[str]:
    if not isinstance(value, str):
        return [f"reference {_shown(value)} is not of type string"]
    return [f"reference {value} is too long"] if len(value) > 1000 else []


def _schedule_faults(value: object, now: datetime) -> list[str]:
    if value is None:
        return []
    if not isinstance(value, str):
        return [f"scheduled_for {_shown(value)} is not of type string, null"]
    try:
        when = datetime.fromisoformat(value)
    except ValueError:
        return [f"scheduled_for datetime format is invalid. {ISO_8601}"]
    when = when if when.tzinfo else when.replace(tzinfo=now.tzinfo)
    if when < now:
        return ["scheduled_for datetime can not be in the past"]
    if when > now + timedelta(hours=24):
        return ["scheduled_for datetime can only be 24 hours in the future"]
    return []


def check_list_query(query: MultiDict[str, str]) -> None:
    """The query of GET notifications. Raises ApiError with every fault found."""
    known = {"status", "template_type", "reference", "older_than", "include_jobs"}
    faults = _unknown_query(query, known)
    faults += _choices("status", query.getlist("status"), LISTED_STATUSES)
    faults += _choices("template_type", query.getlist("template_type"), LISTED_TYPES)
    faults += _older_than_faults(query)
    faults += _choices("include_jobs", query.getlist("include_jobs"), "true, True")
    if faults:
        raise validation_error(*faults)


def check_received_query(query: MultiDict[str, str]) -> None:
    faults = _unknown_query(query, {"older_than"}) + _older_than_faults(query)
    if faults:
        raise validation_error(*faults)


def check_templates_query(query: MultiDict[str, str]) -> None:
    faults = _unknown_query(query, {"type"})
    faults += _choices("type", query.getlist("type"), LISTED_TYPES)
    if faults:
        raise validation_error(*faults)


def check_path_id(name: str, value: str) -> str:
    """An id in a path in its canonical form. Raises ApiError when it is none."""
    if not is_uuid(value):
        raise validation_error(f"{name} is not a valid UUID")
    return canonical(value)


def _unknown_query(query: MultiDict[str, str], known: set[str]) -> list[str]:
    unknown = set(query) - known
    return [_unexpected(unknown)] if unknown else []


def _choices(name: str, values: list[str], allowed: str) -> list[str]:
    choices = allowed.split(", ")
    return [f"{name} {value} is not one of [{allowed}]" for value in values if value not in choices]


def _older_than_faults(query: MultiDict[str, str]) -> list[str]:
    value = query.get("older_than")
    return [] if value is None or is_uuid(value) else ["older_than is not a valid UUID"]
