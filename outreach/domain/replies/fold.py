"""Fold a reply to plain lower-case letters, so that one word has one spelling for the rules.

People reach STOP by many keyboards: full-width, circled, mathematical and small-capital letters,
Cyrillic and Greek look-alikes, letters with accents, letters with something invisible between.
"""

import unicodedata

_LOOK_ALIKES = (
    ("авеёзікмнопрстухјѕԛԝьг", "abeezikmhonpctyxjsqwbr"),
    ("АВЕЁЗІКМНОПРСТУХЈЅԚԜ", "abeezikmhonpctyxjsqw"),
    ("αβεικνορπστυχςη", "abeikvorpstuxsn"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΠΣΤΥΧ", "abezhikmnorpstyx"),
    ("ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdeghijklmnoprstuvwyz"),
    ("øØđĐłŁıƒ", "ooddllif"),
    ("–—‐‑‒−“”„«»", '------"""""'),
)
_EMOJI = {
    " stopsign ": "🛑",
    " sos ": "🆘",
    " pound ": "£",
    " haha ": "😂🤣😆😹💀☠😅",
    " knife ": "🔪🗡",
    " gun ": "🔫",
    " ambulance ": "🚑",
}
_LETTERS_BY_NUMBER = (0x1F150, 0x1F170, 0x1F1E6)
"""First of A to Z: circled on black, squared on black, regional indicators."""
_BLANK = {0x115F, 0x1160, 0x3164, 0xFFA0}
_APOSTROPHES = "'’‘`ʼ′"


class _Folder(dict[int, str | None]):
    """One character at a time, worked out when first met."""

    def __missing__(self, point: int) -> str | None:
        folded = self[point] = _fold_character(point)
        return folded


def _fold_character(point: int) -> str | None:
    character = chr(point)
    category = unicodedata.category(character)
    if character in "\n\r" or category in {"Zl", "Zp"}:
        return "\n"
    if category in {"Mn", "Me", "Cf"} or point in _BLANK:
        return None
    if category in {"So", "Sk", "Zs"} or character == "\t":
        return " "
    return None if category in {"Cc", "Cs"} else character


def _folder() -> _Folder:
    folder = _Folder()
    for strange, plain in _LOOK_ALIKES:
        folder.update({ord(a): b for a, b in zip(strange, plain, strict=True)})
    for word, characters in _EMOJI.items():
        folder.update({ord(character): word for character in characters})
    for first in _LETTERS_BY_NUMBER:
        folder.update({first + n: chr(97 + n) for n in range(26)})
    folder.update({ord(character): None for character in _APOSTROPHES})
    return folder


_FOLDER = _folder()


def fold(text: str) -> str:
    """Lower case, no accents, no apostrophes, nothing invisible; some emoji become words.

    The Welsh article that leans on a word ("mae'r rhif") is set apart from it.
    """
    if text.isascii() and text.isprintable():
        return text.replace("'r ", " r ").replace("'", "").replace("`", "").lower()
    marked = text.replace("´", "'").replace("’r ", " r ").replace("'r ", " r ")
    decomposed = unicodedata.normalize("NFKD", marked)
    return decomposed.translate(_FOLDER).casefold()
