"""Labelled values of a page → the same, with the heading each stands under where several sections use one label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from monitor.model.reading import Field, Figure
from monitor.read.blocks import Block


def figures_under(found: Mapping[int, Figure], blocks: Sequence[Block]) -> list[Figure]:
    """The figures in the page's order, by their blocks' indices."""
    ordered = sorted(found.items())
    repeated = _repeated((each.label, each.text) for _, each in ordered)
    return [
        each._replace(under=_heading_above(blocks, index)) if each.label in repeated else each
        for index, each in ordered
    ]


def fields_under(found: Mapping[int, Field], blocks: Sequence[Block]) -> list[Field]:
    """The fields in the page's order, by their blocks' indices."""
    ordered = sorted(found.items())
    repeated = _repeated((each.label, each.value) for _, each in ordered)
    return [
        each._replace(under=_heading_above(blocks, index)) if each.label in repeated else each
        for index, each in ordered
    ]


def _repeated(said: Iterable[tuple[str, str]]) -> set[str]:
    """The labels with several values; the same said twice, for narrow and for wide screens, is one."""
    labels = sorted(label for label, _ in set(said))
    return {one for one, other in pairwise(labels) if one == other}


def _heading_above(blocks: Sequence[Block], index: int) -> str | None:
    return next((blocks[at].text for at in range(index - 1, -1, -1) if blocks[at].level > 1), None)
