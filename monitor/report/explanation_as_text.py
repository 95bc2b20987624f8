"""Explanation → plain text: a line for each block of the page, with what it became, and below it why."""

from __future__ import annotations

from monitor.model.explanation import Explanation
from monitor.report.columns import columns_of, cut, fill, wrap
from monitor.report.explanation_rows import remarks, rows, title

_GAP = 2


def render(explanation: Explanation, *, width: int, **_: object) -> str:
    """The blocks in the page's order, their lines at most `width` columns wide, closed by a line end.

    The reason stands under a block where it is not the one of the block above.
    """
    lines = wrap(title(explanation), width)
    told = list(rows(explanation))
    named = max((columns_of(row.became) for row in told), default=0) + _GAP
    above = ("", "")
    lines.append("")
    for row in told:
        lines.append(fill(row.became, named) + cut(row.text, max(1, width - named)))
        group = (row.became.rpartition(" item ")[0] or row.became, row.why)
        if group != above:
            lines += [" " * named + "· " + each for each in wrap(row.why, max(1, width - named - 2))]
        above = group
    for remark in remarks(explanation):
        lines += ["", *wrap(remark, width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"
