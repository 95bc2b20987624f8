"""A project's store → its pages, and the captures of a page with what changed at each, a line each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from monitor.errors import InputError
from monitor.watch.find_capture import captures_of_page
from monitor.watch.followed import owner_of

if TYPE_CHECKING:
    from monitor.model.digest import Note
    from monitor.watch.compare_captures import Step
    from monitor.watch.project import Project


class Listed(NamedTuple):
    """The lines of a list; `notices` are lines on the catalogue, for standard error."""

    lines: tuple[str, ...]
    notices: tuple[str, ...] = ()


def list_pages(project: Project) -> Listed:
    """A line for each page: its id, how many captures of it there are, and the times of the first and the last.

    Raises InputError where the store is empty.
    """
    followed = Counter(owner_of(page) for page in project.store.pages())
    widest = max(map(len, followed), default=0)
    lines = tuple(line for page, ids in followed.items() for line in _page(project, page, widest, ids))
    if not lines:
        mend = "monitor add URL or monitor check captures pages, monitor import brings in what you have"
        raise InputError(f"The store {project.store.folder} is empty", mend)
    return Listed(lines)


def list_captures(
    project: Project,
    id: str,  # noqa: A002  the word of config.yaml
    *,
    has_findings: bool = False,
) -> Listed:
    """A line for each capture of a page: how to name it, what came of comparing it, and what changed in a sentence.

    Where the list `has_findings`, those of each capture stand below it with their ids, and with the notes on those that
    somebody has dealt with.

    Raises InputError where the store has no capture of it.
    """
    captures_of_page(project.store, id)
    from monitor.watch.compare_captures import compare_captures  # noqa: PLC0415  the list of pages compares nothing

    steps = compare_captures(project.store, project.page_or_bare(id))
    notes = _notes(project, steps.steps) if has_findings else {}
    lines = (line for step in steps.steps for line in (_line(step), *(_findings(step, notes) if has_findings else ())))
    return Listed(tuple(lines), steps.notices)


def _notes(project: Project, steps: Sequence[Step]) -> dict[str, Note]:
    from monitor.watch.read_captures import catalogue_of  # noqa: PLC0415  the list of pages asks nothing of it

    ids = [each.id for step in steps if step.compared for each in step.compared.findings]
    with catalogue_of(project.store) as catalogue:
        return catalogue.notes_on(ids) if catalogue else {}


def _page(project: Project, page: str, widest: int, ids: int) -> Iterator[str]:
    """`ids` are its own and those of the addresses that it leads to and that were asked for too."""
    captures = project.store.captures(page)
    if captures:
        first, last, followed = captures[0].at, captures[-1].at, ids - 1
        others = f"; and of {followed:,} address{'es' * (followed > 1)} it leads to" if followed else ""
        yield f"{page:{widest}}  {len(captures):6,}  {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC{others}"


def _findings(step: Step, notes: Mapping[str, Note]) -> Iterator[str]:
    for each in step.compared.findings if step.compared else ():
        yield f"    {each.id}  {each.significance:8}  {each.kind:18}  {each.subject}"
        if note := notes.get(each.id):
            yield f"    {'':{len(each.id)}}  dealt with on {note.at:%Y-%m-%d}: {note.text}"


def _line(step: Step) -> str:
    if step.fault:
        verdict, told = "suspect" if step.is_blank else "fault", step.fault
    elif step.compared:
        verdict, told = step.compared.verdict, step.compared.summary
    else:
        verdict, told = "suspect" if step.doubt else "first", step.doubt.reason if step.doubt else ""
    return f"{step.capture.reference}  {verdict:9}  {told}".rstrip()
