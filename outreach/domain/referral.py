"""Referral codes: short, unguessable, read aloud easily (design section 7).

Eight symbols of Crockford's base32 (no I, L, O, U), which is 40 bits, and a check symbol of the same
alphabet: a weighted sum over the field of 32 elements, so that any one wrong symbol and any two symbols
swapped show. Codes that spell something rude are thrown away when drawn.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
_FOLD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_LOOKS = str.maketrans(
    {"0": "O", "1": "I", "3": "E", "4": "A", "5": "S", "7": "T", "8": "B", "V": "U"}
)
_RUDE = (
    "ARSE",
    "ASS",
    "BUM",
    "CACK",
    "CNT",
    "COCK",
    "COON",
    "CRAP",
    "DAMN",
    "DEAD",
    "DICK",
    "DIE",
    "DRUG",
    "FAG",
    "FCK",
    "FAT",
    "FUC",
    "FUK",
    "GASH",
    "GAY",
    "GRASS",
    "HATE",
    "HOE",
    "JEW",
    "KILL",
    "KKK",
    "KNOB",
    "MUFF",
    "NAZI",
    "NIG",
    "PAK",
    "PERV",
    "PISS",
    "PRAT",
    "PRICK",
    "RAPE",
    "SCUM",
    "SEX",
    "SHAG",
    "SHIT",
    "SHT",
    "SLAG",
    "SLUT",
    "SNITCH",
    "SPAZ",
    "TIT",
    "TURD",
    "TWAT",
    "WANK",
    "WHORE",
)


class CodeUnreadable(ValueError):
    """What was typed cannot be a referral code: wrong length, a stray symbol or a wrong check symbol."""


def new_code() -> str:
    """A fresh code of nine symbols, the last the check symbol, without hyphens."""
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        code = body + check_symbol(body)
        if not _is_rude(code):
            return code


def check_symbol(body: str) -> str:
    """The sum of each symbol times its own weight (2, 4, 8 ... in GF(32)): weights differ and none is 0 or 1."""
    total, weight = 0, 1
    for symbol in body:
        weight = _times(weight, 2)
        total ^= _times(weight, _VALUE[symbol])
    return ALPHABET[total]


def spoken(code: str) -> str:
    """As it is written for people: `ABCD-EFGH-J`."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def read_code(typed: str) -> str:
    """The code that was meant, forgiving case, spaces, hyphens and O/0, I/L/1. Raises CodeUnreadable."""
    symbols = "".join(typed.split()).replace("-", "").upper().translate(_FOLD)
    if len(symbols) != LENGTH + 1 or any(symbol not in _VALUE for symbol in symbols):
        raise CodeUnreadable("A code has nine letters and digits, like ABCD-EFGH-J.")
    if check_symbol(symbols[:LENGTH]) != symbols[LENGTH]:
        raise CodeUnreadable("One of the letters or digits is not right.")
    return symbols


def _is_rude(code: str) -> bool:
    as_read = code.translate(_LOOKS)
    return any(word in code or word in as_read for word in _RUDE)


def _times(a: int, b: int) -> int:
    """The product in GF(32) with the primitive polynomial x^5 + x^2 + 1."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        b >>= 1
        a <<= 1
        if a & 32:
            a ^= 0b100101
    return product
