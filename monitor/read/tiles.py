"""The links of one element → are they tiles side by side, each an entry of its own, and not the links of a text?"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.reading import Link

FEWEST_TILES = 3
# Between tiles stand blanks and bars at most.
_TEXT_BESIDE = 0.05
# Names in a menu or of tags are shorter; "PDF" or "Share" beside a title is no tile.
_SHORTEST_MEAN = 22
_SHORTEST = 10


def tiles_of(text: str, links: Sequence[Link]) -> list[tuple[str, tuple[Link, ...]]]:
    """The text with its links; of tiles each by itself."""
    if len(links) < FEWEST_TILES or not _are_tiles(text, links):
        return [(text, tuple(links))]
    return [(link.text, (link,)) for link in links]


def _are_tiles(text: str, links: Sequence[Link]) -> bool:
    """Whether an element of that text is nothing but these links, to several places, with phrases for names."""
    lengths = [len(link.text) for link in links]
    if min(lengths) < _SHORTEST or sum(lengths) < _SHORTEST_MEAN * len(links):
        return False
    beside = len(text) - sum(lengths) - len(links)
    return beside <= _TEXT_BESIDE * len(text) + len(links) and len({link.url for link in links}) == len(links)
