"""What a figure or a field is called: its label, behind the heading that tells it from its namesakes."""

from __future__ import annotations

from typing import Protocol


class Labelled(Protocol):
    """A figure or a field."""

    @property
    def label(self) -> str: ...
    @property
    def under(self) -> str | None: ...


def called(each: Labelled) -> str:
    return f"{each.under} · {each.label}" if each.under else each.label
