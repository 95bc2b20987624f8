"""What an adapter gives: the captures found, the faults between them as values, and how many captures to expect."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from monitor.model.snapshot import Snapshot


class Fault(NamedTuple):
    """Something that is no capture and should have been one; `where` names it, `what` says why in a few words."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class Found(NamedTuple):
    """Captures, made one by one as they are asked for. `expected` is how many there will be, faults not counted.

    It is exact where nothing is damaged, else an upper bound.
    """

    captures: Iterator[Snapshot | Fault]
    expected: int
