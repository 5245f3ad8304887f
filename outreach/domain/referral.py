"""Referral codes: short, unguessable, read aloud easily (design section 7).

Eight symbols of Crockford's base32 (no I, L, O, U), which is 40 bits, and a check symbol of the
same alphabet: a weighted sum over the field of 32 elements, so that any one wrong symbol and any
two symbols swapped show. Codes that spell something rude, about one in 80, are thrown away when
drawn.
"""

import re
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
NO_CODE = "0" * (LENGTH + 1)
"""Stands for whatever cannot be a code, so that it is looked up like one and found nowhere."""

_BODY_BYTES = 5  # 8 symbols of 5 bits
_LONGEST_TYPED = 100
_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
_FOLD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_AS_READ = str.maketrans("0123456789LV", "OIZEASGTB9IU")
"""Each symbol as a reader may take it: a zero as an O, a V as a U. `_RUDE` is folded alike."""

_RUDE_WORDS = """
ARSE ASS BUM CACK CNT COCK COON CRAP CUM CUNT DAGO DAMN DEAD DICK DIE DRUG DYKE FAG FAT FCK FUC
FUK GASH GAY GOOK GRASS HATE HOE JEW KIKE KILL KKK KNOB KVNT MUFF NAZI NIG NONCE PAK PERV PIG
PISS PRAT PRICK RAPE SCUM SEX SHAG SHIT SHT SKAG SLAG SLUT SNITCH SPAZ SPIC TIT TURD TWAT WANK
WHORE WOG
"""
_RUDE = re.compile("|".join({word.translate(_AS_READ) for word in _RUDE_WORDS.split()}))


class CodeUnreadable(ValueError):
    """What was typed cannot be a referral code; the message says why, for the person who typed."""


def new_code() -> str:
    """A fresh code of nine symbols, the last the check symbol, without hyphens."""
    while True:
        drawn = int.from_bytes(secrets.token_bytes(_BODY_BYTES))
        body = "".join([_PAIRS[drawn >> shift & 1023] for shift in (30, 20, 10, 0)])
        code = body + check_symbol(body)
        if not _is_rude(code):
            return code


def check_symbol(body: str) -> str:
    """The sum of each symbol times the weight of its place: 2, 4, 8 and so on in GF(32)."""
    total = 0
    for products, symbol in zip(_PRODUCTS, body, strict=True):
        total ^= products[symbol]
    return ALPHABET[total]


def spoken(code: str) -> str:
    """As it is written for people: `ABCD-EFGH-J`."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def read_code(typed: str) -> str:
    """The code that was meant: case, spaces, punctuation, O for 0 and I or L for 1 do not matter.

    Raises CodeUnreadable.
    """
    as_typed = unicodedata.normalize("NFKC", typed[:_LONGEST_TYPED]).upper()
    symbols = "".join(c for c in as_typed if c.isalnum()).translate(_FOLD)
    if len(symbols) != LENGTH + 1 or any(symbol not in _VALUE for symbol in symbols):
        raise CodeUnreadable("A code has nine letters and digits, like ABCD\u2011EFGH\u2011J.")
    if check_symbol(symbols[:LENGTH]) != symbols[LENGTH]:
        raise CodeUnreadable("One of the letters or digits is not right.")
    return symbols


def code_to_look_up(typed: str) -> str:
    """As `read_code`, but NO_CODE for an error: every address is then looked up in the same way."""
    try:
        return read_code(typed)
    except CodeUnreadable:
        return NO_CODE


def _is_rude(code: str) -> bool:
    return _RUDE.search(code.translate(_AS_READ)) is not None


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


def _products() -> tuple[dict[str, int], ...]:
    """For each place of the body, every symbol's value times that place's weight."""
    weights = [2]
    while len(weights) < LENGTH:
        weights.append(_times(weights[-1], 2))
    return tuple({s: _times(weight, value) for s, value in _VALUE.items()} for weight in weights)


_PRODUCTS = _products()
_PAIRS = [first + second for first in ALPHABET for second in ALPHABET]
