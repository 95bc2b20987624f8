"""The commands that watch: capture, check, add."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from monitor.cli.comparing import project_of
from monitor.cli.output import say
from monitor.cli.words import DONE
from monitor.model.outcome import Outcome, Result

if TYPE_CHECKING:
    from monitor.cli.options import Asked
    from monitor.model.page import Page
    from monitor.watch.check_pages import Tell
    from monitor.watch.project import Project

_IN_WORDS = {
    Result.FAILED: "failed",
    Result.SUSPECT: "suspect",
    Result.CHANGED: "changed",
    Result.ROUTINE: "as expected",
    Result.IDENTICAL: "unchanged",
    Result.FIRST: "captured for the first time",
    Result.CAPTURED: "captured",
}


def capture(asked: Asked) -> int:
    """Put a capture of each page into the store, a line for each."""
    from monitor.watch.check_pages import capture_pages  # noqa: PLC0415  each command pays for its own way only

    return _watched(asked, "capturing", capture_pages)


def check(asked: Asked) -> int:
    """Capture pages, compare each with what was there, and write reports; a line for each page."""
    from monitor.watch.check_pages import check_pages  # noqa: PLC0415  each command pays for its own way only

    return _watched(asked, "checking", check_pages)


def _watched(asked: Asked, doing: str, work: Callable[[Project, Sequence[Page], Tell], None]) -> int:
    from monitor.deliver.to_progress import progress  # noqa: PLC0415  most commands are short
    from monitor.watch.check_pages import pages_to_watch  # noqa: PLC0415  each command pays for its own way only

    project = project_of(asked)
    pages = pages_to_watch(project, asked.names)
    widest, results = max(len(page.id) for page in pages), Counter[Result]()
    with progress(doing, len(pages), say) as steps:

        def tell(outcome: Outcome) -> None:
            results[outcome.result] += 1
            steps.advance()
            for line in _lines(outcome, widest):
                steps.say(line)

        work(project, pages, tell)
    say(_summed_up(results))
    return DONE


def _lines(outcome: Outcome, widest: int) -> Iterator[str]:
    """One line, and one more for each thing that has to be said besides."""
    head = f"{outcome.at:%Y-%m-%d %H:%M:%S}Z  {outcome.page:{widest}}"
    report = f" → {outcome.report}" if outcome.report else ""
    yield f"{head}  {outcome.result.value:9}  {outcome.summary}{report}"
    for notice in outcome.notices:
        yield f"{head}  {'note':9}  {notice}"


def _summed_up(results: Counter[Result]) -> str:
    count = results.total()
    parts = [f"{results[each]} {_IN_WORDS[each]}" for each in Result if results[each]]
    return f"{count} page{'' if count == 1 else 's'}: {', '.join(parts)}"
