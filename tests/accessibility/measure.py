"""What is measured on one page at one size: axe's findings, sizes of targets, visible focus."""

from dataclasses import dataclass
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

SIZES = {
    "320 px": (320, 800),
    "768 px": (768, 1024),
    "1280 px": (1280, 900),
    "400% zoom": (320, 256),
}
"""Width and height in CSS pixels; a window of 1280 by 1024 at 400% has 320 by 256 of them."""
_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
_RUN = """() => axe.run({
  resultTypes: ['violations'], rules: {'target-size': {enabled: true}}
}).then((found) => [
  found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`),
  found.passes.length + found.violations.length,
])"""
_TARGETS = """() => {
  const parts = [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary')]
    .filter((part) => part.type !== 'hidden' && part.checkVisibility());
  const inSentence = (part) => part.tagName === 'A' &&
    getComputedStyle(part).display.startsWith('inline') &&
    part.parentElement.textContent.trim() !== part.textContent.trim();
  const small = parts.filter((part) => {
    const box = part.getBoundingClientRect();
    return box.width > 1 && (box.width < 24 || box.height < 24)
      && part.tagName !== 'A' && !inSentence(part);
  });
  return [parts.length, small.map((part) => part.outerHTML.slice(0, 160))];
}"""
_FOCUS = """() => {
  const look = (part) => {
    const chain = [part, part.nextElementSibling, part.parentElement].filter(Boolean);
    return JSON.stringify(chain.flatMap((each) => ['', '::before', '::after'].map((end) => {
      const s = getComputedStyle(each, end);
      return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor,
        s.borderColor, s.borderWidth, s.clip, s.position];
    })));
  };
  const parts = [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter((part) => part.type !== 'hidden' && !part.disabled && part.checkVisibility());
  const unseen = parts.filter((part) => {
    document.activeElement && document.activeElement.blur();
    const before = look(part);
    part.focus();
    return document.activeElement === part && look(part) === before;
  });
  document.activeElement && document.activeElement.blur();
  return [parts.length, unseen.map((part) => part.outerHTML.slice(0, 160))];
}"""
_WIDTHS = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"


@dataclass(frozen=True)
class Measured:
    """At one size. `faults` are sentences; the rest says how much was looked at."""

    size: str
    rules: int
    targets: int
    focusable: int
    faults: tuple[str, ...]


def measure(page: Page) -> list[Measured]:
    """The open page at every size, without loading it again."""
    page.evaluate(_AXE)
    return [_at(page, size) for size in SIZES]


def _at(page: Page, size: str) -> Measured:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    violations, rules = page.evaluate(_RUN)
    targets, small = page.evaluate(_TARGETS)
    focusable, unseen = page.evaluate(_FOCUS)
    needed, shown = page.evaluate(_WIDTHS)
    faults = [f"axe {told}" for told in violations]
    faults += [f"target under 24 px: {html}" for html in small]
    faults += [f"focus not visible: {html}" for html in unseen]
    if needed > shown:
        faults.append(f"scrolls sideways: {needed} px in {shown} px")
    return Measured(size, rules, targets, focusable, tuple(faults))
