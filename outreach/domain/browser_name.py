"""A browser's own description of itself, in words a person knows it by."""

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_name(user_agent: str | None) -> str:
    """`Firefox on Windows`; never any of the header itself, which anybody may fill."""
    given = user_agent or ""
    browser = next((name for mark, name in BROWSERS if mark in given), "Another browser")
    system = next((name for mark, name in SYSTEMS if mark in given), None)
    return f"{browser} on {system}" if system else browser
