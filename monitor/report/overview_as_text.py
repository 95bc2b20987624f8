"""Overview → plain text: a sentence on all pages, then a line a page, the gravest first."""

from __future__ import annotations

from monitor.model.overview import Overview, PageState, State
from monitor.report.columns import columns_of, cut, fill, wrap
from monitor.report.neutral import neutral
from monitor.report.wording import overviews

_LONGEST_ID = 24  # columns; a longer one is cut
_LABELS = max(map(len, overviews.LABELS.values()))


def render(overview: Overview, *, width: int, **_: object) -> str:
    """The overview, its lines at most `width` columns wide, closed by a line end."""
    head = f"{overviews.title(overview)} · {overviews.when(overview)}"
    lines = [*wrap(head, width), "", *wrap(overviews.opening(overview), width)]
    if overview.pages:
        widest = min(_LONGEST_ID, max(columns_of(neutral(page.id)) for page in overview.pages))
        lines += ["", *(line(page, overview, widest, width) for page in overview.pages)]
    return "\n".join(lines) + "\n"


def line(page: PageState, overview: Overview, widest: int, width: int) -> str:
    """ "! with alerts  harbour  28 November 06:00  Two messages are gone."; of `width` columns, the id of `widest`."""
    at = None if page.state is State.FAILING else page.since or page.changed_at
    dated = f"{overviews.moment(at, overview)}  " if at else ""
    name = fill(cut(neutral(page.id), widest), widest)
    label = fill(overviews.LABELS[page.state], _LABELS)
    return cut(f"{overviews.SIGNS[page.state]} {label}  {name}  {dated}{overviews.told_of(page, overview)}", width)
