"""The commands that watch: add, capture, check, accept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from monitor.cli.inputs import project_of
from monitor.cli.output import TEXT_WIDTH, complain, say
from monitor.cli.posting import deliver_due_of
from monitor.cli.words import DONE
from monitor.model.comparison import Verdict
from monitor.model.english import plural
from monitor.model.outcome import Outcome, Result

if TYPE_CHECKING:
    from monitor.cli.options import Asked
    from monitor.model.page import Page
    from monitor.watch.add_page import Added
    from monitor.watch.check_pages import Run, Tell
    from monitor.watch.project import Project

_MOST_LINES = 40  # of a reading: one screen
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

    return _watched(project_of(asked, is_lean=True), asked.names, "capturing", capture_pages)


def check(asked: Asked) -> int:
    """Capture pages, compare each with what was there, and write reports; a line for each page."""
    from monitor.watch.workers import load_early  # noqa: PLC0415  each command pays for its own way only

    load_early()
    from monitor.watch.check_pages import check_pages  # noqa: PLC0415  as above, and meanwhile the workers load

    begun, project = datetime.now(UTC), project_of(asked, is_lean=True)
    status = _watched(project, asked.names, "checking", check_pages)
    deliver_due_of(project, begun)
    return status


def accept(asked: Asked) -> int:
    """Take a suspect capture for the page's new form; say which it was, what was doubted of it, and what differs."""
    from monitor.watch.accept_capture import accept as take  # noqa: PLC0415  each command pays for its own way only

    accepted = take(project_of(asked, is_config_needed=False), asked.names[0], datetime.now(UTC))
    for notice in accepted.notices:
        complain(notice)
    say(f"{accepted.capture.reference} is the page's new form. It was suspect: {' '.join(accepted.reasons)}")
    if accepted.before:
        say(f"What differs from {accepted.before.reference}: {accepted.summary} → {accepted.report}")
    return DONE


def _watched(
    project: Project, names: Sequence[str], doing: str, work: Callable[[Project, Sequence[Page], Tell], Run]
) -> int:
    from monitor.deliver.to_progress import progress  # noqa: PLC0415  most commands are short
    from monitor.watch.check_pages import pages_to_watch  # noqa: PLC0415  each command pays for its own way only

    pages = pages_to_watch(project, names)
    widest, outcomes = max(len(page.id) for page in pages), list[Outcome]()
    with progress(doing, len(pages), say) as steps:

        def tell(outcome: Outcome) -> None:
            outcomes.append(outcome)
            steps.advance()
            for line in _lines(outcome, widest):
                steps.say(line)

        run = work(project, pages, tell)
    for notice in run.notices:
        complain(notice)
    _measure(project, outcomes)
    say(_summed_up(Counter(each.result for each in outcomes)) + (f"; {run.overview} shows all" if run.overview else ""))
    return DONE


def _measure(project: Project, outcomes: Sequence[Outcome]) -> None:
    """Write the file of metrics, where config.yaml names one."""
    if project.textfile is None:
        return
    from monitor.schedule.slots import next_slots  # noqa: PLC0415  only whoever measures pays for it
    from monitor.watch.write_metrics import write_metrics  # noqa: PLC0415  only whoever measures pays for it

    write_metrics(project, outcomes, next_slots(project.config.pages, datetime.now(UTC)))


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
    return f"{count} {plural('page', count)}: {', '.join(parts)}"


def add(asked: Asked) -> int:
    """Capture a page twice, show what was read of it, and propose its entry for config.yaml."""
    from monitor.watch.add_page import APART, add_page  # noqa: PLC0415  each command pays for its own way only

    project = project_of(asked, is_config_needed=False, is_begun=True)
    url = asked.names[0]
    added = add_page(
        project,
        url,
        id=asked.id,
        is_private=asked.private,
        is_written=asked.write,
        tell=lambda: say(f"Capturing {url} twice, {APART:.0f} seconds apart …"),
    )
    say("", *_reading_lines(added))
    say("", *_ticking_lines(added))
    say("", *_entry_lines(added, asked, project))
    return DONE


def _reading_lines(added: Added) -> Iterator[str]:
    """What the page says, as far as it fits on a screen."""
    from monitor.report import render_reading  # noqa: PLC0415  only here

    lines = render_reading(added.reading, "text", width=TEXT_WIDTH).splitlines()
    yield from lines[:_MOST_LINES]
    if len(lines) > _MOST_LINES:
        left = len(lines) - _MOST_LINES
        yield f"… {left:,} more lines: monitor read {added.references[1]}"


def _ticking_lines(added: Added) -> Iterator[str]:
    from monitor.report.wording import summary  # noqa: PLC0415  only here
    from monitor.watch.add_page import BROWSER  # noqa: PLC0415  only here

    first, second = added.references
    if added.may_need_browser:
        yield "Little can be read of it, and it has scripts: if they make the page, its entry needs"
        yield f"{BROWSER}."
    yield f"Both captures are kept: {first}, {second}"
    yield f"Between them: {summary(added.comparison)}"
    if added.comparison.verdict is Verdict.CHANGED:
        yield "What changes within seconds is no news. Such a part of the page is left out by `ignore`, a CSS selector;"
        yield f"monitor compare {first} {second} shows the parts."


def _entry_lines(added: Added, asked: Asked, project: Project) -> Iterator[str]:
    """The entry, written into config.yaml or to be put there, and what to do next."""
    entries = {"pages": added.entry, **({"hosts": added.host} if added.host else {})}
    if asked.write:
        from monitor.watch.write_config import append_entries  # noqa: PLC0415  only here

        append_entries(project, entries)
        yield f"Written into {asked.config}:"
    else:
        yield f"To watch it, put this into {asked.config}, or call this again with --write:"
    for name, lines in entries.items():
        yield f"{name}:"
        yield from (f"  {'- ' if at == 0 else '  '}{line}" for at, line in enumerate(lines))
    yield ""
    yield f"Then monitor check {added.page.id} says what changed since; from cron, or monitor run on its schedule."
