"""Findings and a reader → those that this reader is told, each as grave as it is for them; and why not the others."""

from __future__ import annotations

from collections.abc import Container, Mapping
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

from monitor.model.digest import Note, Turn
from monitor.model.reader import Reader
from monitor.model.routing import gravity_for, is_at_least, raising_rule, texts_of

_NO_NOTES: Mapping[str, Note] = MappingProxyType({})


class Wishes(NamedTuple):
    """Who is to be told, None for anybody; what was noted on findings that somebody has dealt with, by their ids; and
    which findings the reader was told of before."""

    reader: Reader | None = None
    notes: Mapping[str, Note] = _NO_NOTES
    told: Container[str] = ()


class Untold(Enum):
    """Why a finding is not told."""

    BEFORE = "told before"
    MUTED = "muted by the reader's rules"
    LIGHTER = "below the lowest significance that the reader wants"


def wanted(turn: Turn, page: str, wishes: Wishes) -> Turn | Untold:
    """The turn as this reader is to be told it, with the note of who has dealt with it; or why it is not told."""
    if turn.id in wishes.told:
        return Untold.BEFORE
    turn = turn._replace(note=wishes.notes.get(turn.id))
    reader = wishes.reader
    if reader is None:
        return turn
    texts = _texts(turn)
    gravity = gravity_for(reader, page, turn.kind, turn.significance, texts)
    if gravity is None:
        return Untold.MUTED if is_at_least(turn.significance, reader.lowest) else Untold.LIGHTER
    if gravity is turn.significance:
        return turn
    return turn._replace(significance=gravity, raised_by=raising_rule(reader, page, turn.kind, texts))


def _texts(turn: Turn) -> list[str]:
    """In which words are looked for: all that the finding is about; its reason where no more was kept."""
    return [*texts_of(turn), *([] if turn.before or turn.after else [turn.reason])]
