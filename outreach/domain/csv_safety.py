"""Cells that a spreadsheet would run as a formula, made harmless in whatever we export.

As OWASP advises, a cell that begins with `= + - @`, a tab or a line end gets an apostrophe.
"""

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def neutralise(cell: str) -> str:
    """The cell as it may stand in a CSV file; anything that starts like a formula becomes text."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_DANGEROUS) else cell
