"""A page's days → the geometry of a small picture: a bar for each day, tall where much was found. Decides no word.

A path for each state, not a rectangle for each day: of a thousand pages that is a fifth of the bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from monitor.model.overview import Overview, PageState
from monitor.report.wording.overviews import state_of

PITCH, HEIGHT = 6, 24  # of a day; units of the picture, pixels where it has its full width
_HEIGHTS = {"same": 9, "news": 14, "alert": 22, "suspect": 22, "failing": 22}
_HOLLOW = frozenset(("suspect", "failing"))  # drawn as outlines, so that colour is not the only sign


class Stroke(NamedTuple):
    """All days of one state, as the path of an SVG."""

    state: str
    path: str


def strokes(page: PageState) -> tuple[Stroke, ...]:
    """The bars of a page."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, day in page.days:
        places[state_of(day)].append(place)
    return tuple(Stroke(state, "".join(_bars(state, some))) for state, some in places.items())


def sample(state: str) -> Stroke:
    """One bar of that state, for the legend."""
    return Stroke(state, "".join(_bars(state, [0])))


def width(overview: Overview) -> int:
    """Of the pictures."""
    return overview.length * PITCH


def mondays(overview: Overview) -> str:
    """The path of the marks under the bars where a week begins."""
    places = ((7 - overview.first.weekday()) % 7 + week for week in range(0, overview.length, 7))
    return "".join(f"M{place * PITCH} {HEIGHT}v3" for place in places if place < overview.length)


def _bars(state: str, places: list[int]) -> Iterator[str]:
    """A stroke for each day, as wide as the style says; of a hollow one its outline, crossed out where all failed."""
    tall = _HEIGHTS[state]
    for place in places:
        middle = place * PITCH + PITCH // 2
        if state not in _HOLLOW:
            yield f"M{middle} {HEIGHT}v-{tall}"
            continue
        yield f"M{middle - 1.5} {HEIGHT - 0.5}h3v-{tall - 1}h-3z"
        if state == "failing":
            yield f"l3-{tall - 1}"
