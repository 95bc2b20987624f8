"""A mail's view → the HTML part of it, with every rule inline. Decides nothing of what is said.

The templates are written with classes, and css-inline puts the rules onto the elements: Gmail may strip `<style>`, and
Word reads it badly. What cannot be inline stays in the head: the dark, and phones.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from monitor.report.layout import environment

if TYPE_CHECKING:
    from css_inline import CSSInliner

LARGEST = 100_000  # bytes of HTML: Gmail cuts a mail off at 102 KB
BARS = {
    "blind": "#6f6a61", "came": "#2f8f57", "gone": "#c43d34", "touched": "#c1811c", "odd": "#b13d80", "same": "#8b9793",
}  # fmt: skip
"""The colour of the bar beside each tone, for Word as an attribute too."""


def html_part(template: str, view: Mapping[str, object]) -> str:
    """The document; its text is escaped by Jinja2, which is where it is made harmless."""
    made = environment()
    style = made.get_template("mail.css").render()
    return _inliner().inline(made.get_template(template).render(style=style, bars=BARS, **view))


@cache
def _inliner() -> CSSInliner:
    import css_inline  # noqa: PLC0415  only mail needs it

    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
