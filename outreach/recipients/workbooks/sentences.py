"""Notices about rows left out, worded once for every kind of file."""


def rows_sentence(count: int, kind: str, what_was_done: str) -> str:
    """`1 blank row was skipped.`, `1,200 hidden rows were not read.`"""
    rows = f"1 {kind} row was" if count == 1 else f"{count:,} {kind} rows were"
    return f"{rows} {what_was_done}."
