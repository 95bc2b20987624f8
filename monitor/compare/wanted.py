"""Findings and a reader → those that this reader is told, each as grave as it is for them; and why not the others."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

from monitor.model.change import Side, Significance
from monitor.model.digest import Note, Turn
from monitor.model.reader import Choice, Reader
from monitor.model.routing import gravity_for, is_at_least

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
    texts = list(_texts(turn))
    gravity = gravity_for(reader, page, turn.kind, turn.significance, texts)
    if gravity is None:
        return Untold.MUTED if is_at_least(turn.significance, reader.lowest) else Untold.LIGHTER
    if gravity is turn.significance:
        return turn
    return turn._replace(significance=gravity, raised_by=_raised_by(reader, page, turn, texts))


def _texts(turn: Turn) -> Iterator[str]:
    """In which words are looked for: all that the finding is about, as far as it was kept."""
    sides = (text for side in (turn.before, turn.after) for text in _side_texts(side))
    edits = (text for edit in turn.edits for text in (edit.before, edit.after))
    yield from filter(None, (turn.subject, *sides, *edits, *(() if turn.before or turn.after else (turn.reason,))))


def _side_texts(side: Side | None) -> tuple[str | None, ...]:
    return (side.text, side.title, side.teaser) if side else ()


def _raised_by(reader: Reader, page: str, turn: Turn, texts: list[str]) -> str | None:
    """The first rule of the reader that makes it an alert, in words."""
    for choice in reader.raised:
        alone = reader._replace(raised=(choice,), muted=(), lowest=Significance.ALERT)
        if gravity_for(alone, page, turn.kind, Significance.ROUTINE, texts) is Significance.ALERT:
            return _in_words(choice)
    return None


def _in_words(choice: Choice) -> str:
    """text.edited on policy mentioning “fee” or “fine*”"""
    kinds = " or ".join(choice.kinds) or "what"
    pages = f" on {' or '.join(choice.pages)}" if choice.pages else ""
    quoted = " or ".join(f"“{word}”" for word in choice.words)
    words = f" {'that mentions' if choice.kinds else 'mentions'} {quoted}" if quoted else ""
    return f"{kinds}{pages}{words}"
