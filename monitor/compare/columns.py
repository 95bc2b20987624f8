"""Labels of a table's figures × labels → which rows and columns bear another name. "North · Cases": row, column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

_BETWEEN = " · "
# One cell that went and one that came in the same row are no column renamed.
_FEWEST_CELLS = 2


def renamed(gone: Sequence[str], new: Sequence[str]) -> dict[str, str]:
    """For each label of a renamed column or row the new one; the cells of the other columns or rows say which it is."""
    ours, theirs = [[_parts(each) for each in labels if _BETWEEN in each] for labels in (gone, new)]
    names: dict[str, str] = {}
    for part in (1, 0):
        other = 1 - part
        there: dict[str, list[str]] = {}
        for cell in theirs:
            there.setdefault(cell[other], []).append(cell[part])
        counts = Counter((cell[part], name) for cell in ours for name in there.get(cell[other], ()))
        taken: set[str] = set()
        pairs: dict[str, str] = {}
        for (before, after), count in counts.most_common():
            if count >= _FEWEST_CELLS and before not in pairs and after not in taken:
                pairs[before] = after
                taken.add(after)
        for cell in ours:
            if cell[part] in pairs:
                kept = [*cell]
                kept[part] = pairs[cell[part]]
                names.setdefault(_BETWEEN.join(cell), _BETWEEN.join(kept))
    return names


def _parts(label: str) -> tuple[str, str]:
    row, _, column = label.rpartition(_BETWEEN)
    return row, column
