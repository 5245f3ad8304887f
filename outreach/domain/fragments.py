"""Where one fragment of a text ends and the next begins, for a picture of it."""

from outreach.domain.gsm import EXTENDED, fragment_count, is_unicode


def fragment_texts(text: str) -> tuple[str, ...]:
    """The text of each fragment, as many as are billed. `text` as Notify sends it.

    Notify counts places over the whole text, so a character that straddles a border is shown in
    the fragment in which it begins.
    """
    if fragment_count(text) == 1:
        return (text,)
    has_unicode = is_unicode(text)
    size = 67 if has_unicode else 153
    parts: list[str] = [""] * fragment_count(text)
    place = 0
    for character in text:
        parts[place // size] += character
        place += _places(character, has_unicode)
    return tuple(parts)


def _places(character: str, has_unicode: bool) -> int:
    if has_unicode:
        return len(character.encode("utf-16-le")) // 2
    return 2 if character in EXTENDED else 1
