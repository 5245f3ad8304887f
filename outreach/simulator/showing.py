"""How the pages show numbers, times and links."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import phonenumbers
from markupsafe import Markup

LONDON = ZoneInfo("Europe/London")
LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]']")


def phone(number: str) -> str:
    """A number spaced for reading; a sender's name or a short code stays as it is."""
    digits = "+44" + number[1:] if number.startswith("0") else "+" + number
    try:
        parsed = phonenumbers.parse(digits)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def london(moment: datetime) -> str:
    """A time as a clock on the wall in London shows it."""
    return moment.astimezone(LONDON).strftime("%-d %B %Y, %H:%M:%S")


def links(text: str) -> Markup:
    """The text with its web addresses clickable, everything else escaped."""
    shown, end = Markup(), 0
    for found in LINK.finditer(text):
        anchor = Markup('<a href="{0}" rel="noreferrer">{0}</a>').format(found.group(0))
        shown += Markup.escape(text[end : found.start()]) + anchor
        end = found.end()
    return shown + Markup.escape(text[end:])


FILTERS = {"phone": phone, "london": london, "links": links}
