"""Referral codes: short, unguessable, read aloud easily (design section 7).

Eight symbols of Crockford's base32 with the vowels and look-alikes taken out would be too few bits; so the
alphabet is Crockford's 32 symbols (no I, L, O, U), eight of them (40 bits) and one check symbol of the
same alphabet. Codes that spell something rude are thrown away when drawn.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
_FOLD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_LOOKS = str.maketrans({"0": "O", "1": "I", "3": "E", "4": "A", "5": "S", "7": "T", "8": "B", "V": "U"})
_RUDE = ("ARSE", "ASS", "BUM", "CACK", "CNT", "COCK", "COON", "CRAP", "DAMN", "DEAD", "DICK", "DIE",
         "DRUG", "FAG", "FCK", "FAT", "FUC", "FUK", "GASH", "GAY", "GRASS", "HATE", "HOE", "JEW",
         "KILL", "KKK", "KNOB", "MUFF", "NAZI", "NIG", "PAK", "PERV", "PISS", "PRAT", "PRICK", "RAPE",
         "SCUM", "SEX", "SHAG", "SHIT", "SHT", "SLAG", "SLUT", "SNITCH", "SPAZ", "TIT", "TURD", "TWAT",
         "WANK", "WHORE")


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
    """Weighted sum modulo 31: any single wrong symbol and any swap of two neighbours shows."""
    total = sum(weight * _VALUE[symbol] for weight, symbol in enumerate(body, start=2))
    return ALPHABET[total % 31]


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
