"""A mail's view → the HTML part of it, with every rule inline. Decides nothing of what is said.

The templates are written with classes, and css-inline puts the rules onto the elements: Gmail may strip `<style>`, and
Word reads it badly. What cannot be inline stays in the head: the dark, and phones.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from monitor.report.columns import clipped, cut
from monitor.report.layout import environment
from monitor.report.neutral import safe_url

if TYPE_CHECKING:
    from css_inline import CSSInliner

LARGEST = 100_000  # bytes of HTML: Gmail cuts a mail off at 102 KB
LARGEST_TEXT = 200_000  # bytes: twice what a digest with as much as its HTML has room for takes
LONGEST_NAME = 120  # columns
LONGEST_TEXT = 300
_LONGEST_URL = 900
_BARE_NAME, _BARE_TEXT = 200, 1_500  # letters: with six bytes each (&nbsp;), all that is left takes half of LARGEST
BARS = {
    "blind": "#6f6a61", "came": "#2f8f57", "gone": "#c43d34", "touched": "#c1811c", "odd": "#b13d80", "same": "#8b9793",
}  # fmt: skip
"""The colour of the bar beside each tone, for Word as an attribute too."""


def html_part(template: str, view: Mapping[str, object]) -> str:
    """The document; its text is escaped by Jinja2, which is where it is made harmless."""
    made = environment()
    style = made.get_template("mail.css").render()
    return _inliner().inline(made.get_template(template).render(style=style, bars=BARS, **view))


def text_part(said: str, most: int, rest: str) -> str:
    """The text up to so many bytes, in whole lines, closed by the rest's whereabouts where something is left out."""
    raw = said.encode(errors="replace")
    if len(raw) <= most:
        return said
    kept = raw[:most].decode(errors="ignore")
    return f"{kept.rpartition(chr(10))[0] or kept}\n\n{rest}\n"


def name_of(text: str) -> str:
    """What a page or a thing is called, short in whatever script, with no more marks than writing has."""
    return clipped(cut(text, LONGEST_NAME), 2 * LONGEST_NAME)


def sentence_of(text: str | None, columns: int = LONGEST_TEXT) -> str:
    """The same of a sentence."""
    return clipped(cut(text or "", columns), 2 * columns)


def link_of(url: str | None) -> str | None:
    """The address where it can be followed, and is short: a mail of long ones has room for little else."""
    return safe_url(url) if url and len(url) <= _LONGEST_URL else None


def bare_name(text: str) -> str:
    """A heading of a mail that has no room for what a page writes: bounded in bytes."""
    return clipped(text, _BARE_NAME)


def bare_text(text: str) -> str:
    """The same of a paragraph."""
    return clipped(text, _BARE_TEXT)


@cache
def _inliner() -> CSSInliner:
    import css_inline  # noqa: PLC0415  only mail needs it

    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
