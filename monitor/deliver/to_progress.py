"""A long work's steps → a bar on the terminal, and its lines above it. Nothing but the lines where there is none."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

FEWEST = 20  # steps: a shorter work is done before its bar is read


class Steps(Protocol):
    """Told of each step as it is done, and of each line to be shown."""

    def advance(self) -> None: ...

    def say(self, line: str) -> None: ...


class _Silent:
    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say

    def advance(self) -> None:
        """A log has its lines, and no bar."""


@contextmanager
def progress(what: str, expected: int, say: Callable[[str], None]) -> Iterator[Steps]:
    """A bar on standard error while it lasts, where that is a terminal and the work is long; `say` prints a line."""
    if expected < FEWEST or sys.stderr is None or not sys.stderr.isatty():
        yield _Silent(say)
        return
    from rich import progress as rich  # noqa: PLC0415  most works are short
    from rich.console import Console  # noqa: PLC0415  most works are short

    columns = (rich.TextColumn(what), rich.BarColumn(), rich.MofNCompleteColumn(), rich.TimeRemainingColumn())
    with rich.Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task(what, total=expected)

        class Shown:
            def advance(self) -> None:
                bar.advance(task)

            def say(self, line: str) -> None:
                if sys.stdout.isatty():
                    bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
                else:
                    say(line)

        yield Shown()
