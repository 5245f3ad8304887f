"""What can be wrong with a whole list, and which of its columns mean what.

Such a fault is found before any row is judged: nobody is texted from a list not understood.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from outreach.domain.errors import OutreachError
from outreach.domain.phone import Mobile, parse_mobile, redact
from outreach.domain.template import SERVICE_PLACEHOLDERS, normalise_key

MAX_ROWS = 100_000
MAX_BYTES = 10 * 1024 * 1024
PHONE_COLUMN = "phone number"
PHONE_KEY = "phonenumber"
PHONE_ALIASES = frozenset(
    {
        "phone", "mobile", "mobilenumber", "mobilephone", "mobilephonenumber", "mobileno",
        "phoneno", "telephone", "telephonenumber", "telephoneno", "tel", "telno", "msisdn",
        "cell", "cellphone", "contactnumber",
    }
)  # fmt: skip
"""Taken for the phone column where none is called `phone number` and only one is like this."""
_NAMES_SHOWN = 12
_NAME_LENGTH_SHOWN = 40


class FileFault(StrEnum):
    """Why a whole list is refused."""

    NO_FILE = "no-file"
    EMPTY = "empty-file"
    TOO_BIG = "file-too-big"
    NOT_A_LIST = "not-a-list"
    ENCRYPTED = "password-protected"
    DAMAGED = "damaged-file"
    TOO_COMPLEX = "too-complex"
    UNREADABLE_TEXT = "unreadable-text"
    QUOTE_NOT_CLOSED = "quote-not-closed"
    CELL_TOO_LONG = "cell-too-long"
    TOO_MANY_COLUMNS = "too-many-columns"
    TOO_MANY_ROWS = "too-many-rows"
    ROW_TOO_WIDE = "row-too-wide"
    NO_HEADER = "no-column-names"
    NO_ROWS = "no-rows"
    NO_PHONE_COLUMN = "no-phone-column"
    SEVERAL_PHONE_COLUMNS = "several-phone-columns"
    MISSING_COLUMNS = "missing-columns"


class FileRefused(OutreachError):
    """The list cannot be used as it is: `fault`, the row where it shows, and what to do.

    The message is the whole of it in one or two sentences; it never holds a phone number.
    """

    def __init__(
        self, fault: FileFault, what: str, what_to_do: str, *, row: int | None = None
    ) -> None:
        super().__init__(f"{what} {what_to_do}")
        self.fault = fault
        self.what = what
        self.what_to_do = what_to_do
        self.row = row


class NoticeKind(StrEnum):
    """What was done to a list without asking, that its owner should know."""

    ENCODING = "encoding"
    DELIMITER = "delimiter"
    BLANK_ROWS = "blank-rows"
    OTHER_SHEETS = "other-sheets"
    HIDDEN_SHEET = "hidden-sheet"
    HIDDEN_ROWS = "hidden-rows"
    MERGED_CELLS = "merged-cells"
    FORMULAS = "formulas"
    PHONE_COLUMN = "phone-column"
    COLUMNS_IGNORED = "columns-ignored"
    COLUMNS_MERGED = "columns-merged"
    SERVICE_COLUMN = "service-column"
    FILE_NAME = "file-name"


class Notice(NamedTuple):
    """`text` is a full sentence and holds no phone number."""

    kind: NoticeKind
    text: str


class Columns(NamedTuple):
    """Where things stand in a row: the phone column and, per wanted name, what fills it.

    A name has several columns where its heading is repeated: Notify joins their values.
    """

    phone: int
    wanted: tuple[tuple[int, ...], ...]
    notices: tuple[Notice, ...]


def match_columns(header: Sequence[str], wanted: Sequence[str] | None = None) -> Columns:
    """Find the phone column and those of a template's placeholders by Notify's comparison of names.

    `wanted` are placeholder names, or None while no message is chosen; `link` and `code` need no
    column, as the service fills them. Raises FileRefused, naming what was found and what is wanted.
    """
    keys = [normalise_key(name) for name in header]
    phone, notices = _phone_column(header, keys)
    if wanted is None:
        return Columns(phone, (), tuple(notices))
    names = [name for name in wanted if normalise_key(name) not in SERVICE_PLACEHOLDERS]
    places = [_places(keys, name) for name in names]
    missing = [name for name, found in zip(names, places, strict=True) if not found]
    if missing:
        raise _missing_columns(missing, header)
    used = {phone}.union(*places)
    return Columns(
        phone,
        tuple(_places(keys, name) for name in wanted),
        (*notices, *_column_notices(header, keys, used, names)),
    )


def looks_like_data(header: Iterable[str]) -> bool:
    """Whether what stands where the column names should be is a row of the list itself."""
    return any(isinstance(parse_mobile(cell), Mobile) or shows_number(cell) for cell in header)


def shows_number(text: str) -> bool:
    return redact(text) != text


def _phone_column(header: Sequence[str], keys: Sequence[str]) -> tuple[int, list[Notice]]:
    exact = [place for place, key in enumerate(keys) if key == PHONE_KEY]
    if len(exact) == 1:
        return exact[0], []
    alike = exact or [place for place, key in enumerate(keys) if key in PHONE_ALIASES]
    if len(alike) == 1:
        name = header[alike[0]].strip()
        text = f"No column is called “{PHONE_COLUMN}”, so the numbers were read from “{name}”."
        return alike[0], [Notice(NoticeKind.PHONE_COLUMN, text)]
    if alike:
        raise _several_phone_columns([header[place] for place in alike])
    raise _no_phone_column(header)


def _several_phone_columns(names: Sequence[str]) -> FileRefused:
    return FileRefused(
        FileFault.SEVERAL_PHONE_COLUMNS,
        f"There is more than one column for the phone number: {_quoted(names)}.",
        f"Leave one column called “{PHONE_COLUMN}” and rename or remove the others.",
        row=1,
    )


def _no_phone_column(header: Sequence[str]) -> FileRefused:
    if looks_like_data(header):
        return FileRefused(
            FileFault.NO_HEADER,
            "Row 1 holds a phone number, so the list has no row of column names.",
            f"Add a first row that names the columns, with “{PHONE_COLUMN}” over the numbers.",
            row=1,
        )
    return FileRefused(
        FileFault.NO_PHONE_COLUMN,
        f"No column is called “{PHONE_COLUMN}”. The columns found are {_quoted(header)}.",
        f"Rename the column that holds the numbers to “{PHONE_COLUMN}”.",
        row=1,
    )


def _missing_columns(missing: Sequence[str], header: Sequence[str]) -> FileRefused:
    what = "columns" if len(missing) > 1 else "a column"
    return FileRefused(
        FileFault.MISSING_COLUMNS,
        f"The message needs {what} called {_quoted(missing)}.",
        f"The columns found are {_quoted(header)}. Add what is missing, or rename a column.",
        row=1,
    )


def _quoted(names: Sequence[str]) -> str:
    """Column names as a person reads them: numbers taken out, a long list cut short."""
    shown = [redact(name.strip())[:_NAME_LENGTH_SHOWN] for name in names if name.strip()]
    listed = [f"“{name}”" for name in shown[:_NAMES_SHOWN]]
    if len(shown) > _NAMES_SHOWN:
        listed.append(f"{len(shown) - _NAMES_SHOWN} more")
    if len(listed) < 2:
        return "".join(listed) or "none with a name"
    return f"{', '.join(listed[:-1])} and {listed[-1]}"


def _places(keys: Sequence[str], name: str) -> tuple[int, ...]:
    """The columns for one placeholder; none for what the service itself fills."""
    wanted = normalise_key(name)
    if wanted in SERVICE_PLACEHOLDERS:
        return ()
    return tuple(place for place, key in enumerate(keys) if key == wanted)


def _column_notices(
    header: Sequence[str], keys: Sequence[str], used: set[int], names: Sequence[str]
) -> Iterable[Notice]:
    repeated = [name for name in names if len(_places(keys, name)) > 1]
    if repeated:
        text = f"Columns with the same name are joined with “and”: {_quoted(repeated)}."
        yield Notice(NoticeKind.COLUMNS_MERGED, text)
    service = [header[place] for place, key in enumerate(keys) if key in SERVICE_PLACEHOLDERS]
    if service:
        text = f"Not used, as this service makes each person’s own: {_quoted(service)}."
        yield Notice(NoticeKind.SERVICE_COLUMN, text)
    spare = [
        name
        for place, name in enumerate(header)
        if place not in used and name.strip() and keys[place] not in SERVICE_PLACEHOLDERS
    ]
    if spare:
        text = f"Columns the message does not use were ignored: {_quoted(spare)}."
        yield Notice(NoticeKind.COLUMNS_IGNORED, text)
