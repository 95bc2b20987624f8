"""Link texts that so many entries of a list share that they are told of none, against those of another capture.

One entry more or less makes a tag of four in nine one of five in ten, and touches no other entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monitor.model.reading import ItemList


def shared_on_one_side(before: Iterable[ItemList], after: Iterable[ItemList]) -> list[str]:
    """The texts that are told of no entry on one side and may be told on the other, the longest first."""
    ours, theirs = ({text for each in side for text in each.shared} for side in (before, after))
    return sorted(ours ^ theirs, key=lambda text: (-len(text), text))


def without(text: str, shared: Sequence[str]) -> str:
    """What an entry says less those texts."""
    for each in shared:
        text = f" {text} ".replace(f" {each} ", " ").strip()
    return text
