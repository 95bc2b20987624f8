"""The templates of the package and the tones of signs and states: what HTML and mail lay out alike. Decides nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from monitor.model.overview import State
from monitor.report.detail import blank_between

TONES = {"+": "came", "✕": "gone", "~": "touched", "!": "odd", "=": "same"}
LINE_TONES = {"!": "gone", "+": "came", "?": "blind", "=": "same"}  # of a digest's opening
STATE_TONES = {
    State.FAILING: "blind",
    State.SUSPECT: "odd",
    State.ALERT: "gone",
    State.NEWS: "came",
    State.EXPECTED: "same",
    State.WAITING: "open",
}


_BREAKS = r"(?<=[/-])(?=[^/-])|(?<=[^./?&=_-])(?=[.?&=_])"  # behind a slash or hyphen, before other signs


def broken_well(text: str) -> Markup:
    """The text, escaped, its addresses with the places where a narrow line breaks them; copied, it is as it was."""
    if "://" not in text:
        return Markup.escape(text)
    return Markup(" ").join(_with_breaks(word) if "://" in word else word for word in text.split(" "))


def _with_breaks(address: str) -> Markup:
    scheme, mark, rest = address.partition("://")
    return Markup.escape(f"{scheme}{mark}") + Markup("<wbr>").join(re.split(_BREAKS, rest))


@cache
def environment() -> Environment:
    """The templates of the package; whatever comes into them is escaped, whatever is missing is an error."""
    folder = files("monitor.report").joinpath("templates")
    made = Environment(
        loader=FunctionLoader(lambda name: folder.joinpath(name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["blank_between"] = blank_between
    made.filters["broken_well"] = broken_well
    return made


def sheets(*names: str) -> str:
    """The style sheets of these names, one behind the other."""
    return "\n".join(environment().get_template(name).render() for name in names)


def document(template: str, style: str, view: Mapping[str, object]) -> str:
    """What the template makes of the view. Of all styles its own alone applies: its policy names that one's hash."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return environment().get_template(template).render(style=style, style_hash=f"sha256-{digest}", **view)
