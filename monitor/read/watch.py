"""What is told while a page is read: which part took which blocks, and for which days of capture it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from datetime import date

    from monitor.read.blocks import Stream
    from monitor.read.rules import Ruled
    from monitor.read.traits import Trait
T = TypeVar("T")


class Watch:
    """Told of each part of the reader when it is done. It must change nothing."""

    __slots__ = ()

    def begin(self, stream: Stream, traits: list[Trait], free: bytearray, ruled: Ruled | None) -> None:
        """The blocks there are, before any is used. `free` is the reader's own and goes on changing."""

    def took(self, part: str, made: T) -> T:  # noqa: ARG002  a watch that keeps it needs its name
        """What a part made of the blocks that were free before it and are no more; given back as it came."""
        return made

    def holds(self, first: date, last: date) -> None:
        """The first and the last day of capture with which the reading would be the same; not told where any would."""


UNWATCHED = Watch()
