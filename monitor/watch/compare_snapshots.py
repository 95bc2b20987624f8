"""Two names on the command line → what changed between them. Writes nothing but the index of a store that has one."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from monitor.compare import Others, followed
from monitor.errors import InputError
from monitor.model.comparison import Comparison, Verdict
from monitor.watch.load_named import Named, load_named
from monitor.watch.read_page import read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from monitor.model.page import Page
    from monitor.model.reading import Reading
    from monitor.watch.project import Project
    from monitor.watch.read_history import Known


class _Older(NamedTuple):
    """What reads the page's older captures, and of two readings those that show since when a counter has stood."""

    read: Callable[[], Known]
    look_back: Callable[[Reading, Reading], Sequence[Reading]]


def compare_snapshots(
    before: str,
    after: str,
    project: Project,
    *,
    page: Page | None = None,
    history: str | None = None,
    stdin: BinaryIO | None = None,
) -> Comparison:
    """The comparison of two snapshots, read by the rules of the `page` they show, or of the page they are kept for.

    A name is a file, "-" for `stdin`, or a capture of the project's store. `history` is a folder of the page's other
    captures; without it the store's older captures of the page are.

    Raises InputError where one of them cannot be opened or holds no readable text; of the files in `history` such
    are put aside, and the comparison's limits name them.
    """
    earlier, later = (load_named(name, project, stdin=stdin) for name in (before, after))
    kept_for = _kept_for(earlier, later)
    page = page or (earlier.page or later.page if kept_for else None)
    older = _older_of(earlier, later, page, project, history)
    comparison = _compared(earlier, later, page, older)
    if comparison.verdict is Verdict.SUSPECT and (form := _new_form(earlier, later, project)):
        comparison = _compared(earlier, later, page, older, form)
    comparison = _with_what_the_store_knows(comparison, earlier, later, project)
    if page is None:
        return comparison._replace(page=kept_for)
    return comparison._replace(page=page.id, page_title=page.title, page_url=page.url)


def _with_what_the_store_knows(comparison: Comparison, earlier: Named, later: Named, project: Project) -> Comparison:
    """What nobody saw between two captures of the store, and what the items' own addresses answered after them.

    Of files nobody knows what else there was.
    """
    before, after = earlier.capture, later.capture
    if before is None or after is None:
        return comparison
    from monitor.watch.find_gap import with_gap  # noqa: PLC0415  a comparison of files has none
    from monitor.watch.follow_items import with_answers  # noqa: PLC0415  nobody asked for items of files
    from monitor.watch.span import span_after  # noqa: PLC0415  as above

    comparison = with_gap(comparison, project.store, project.page_or_bare(before.page), (before, after))
    if comparison.is_reversed:
        return comparison
    return with_answers(comparison, project.store, span_after(after, project.store.captures(after.page)))


def _new_form(earlier: Named, later: Named, project: Project) -> str | None:
    """That the page has another form since, where the store knows it and the later one is of that form."""
    before, after = earlier.capture, later.capture
    if before is None or after is None:
        return None
    from monitor.store.catalogue.opened import NAME  # noqa: PLC0415  few comparisons are suspect
    from monitor.watch.in_short import NEW_FORM  # noqa: PLC0415  as above
    from monitor.watch.line import Line  # noqa: PLC0415  as above
    from monitor.watch.read_captures import catalogue_of  # noqa: PLC0415  as above

    if not os.path.exists(project.store.path(NAME)):
        return None
    with catalogue_of(project.store) as catalogue:
        line = Line(catalogue, project.store, project.page_or_bare(after.page))
        steps = list(line.steps(range(line.place_of(before.file) + 1, line.place_of(after.file) + 1)))
    found = [each for step in steps if step.compared for each in step.compared.findings if each.kind == NEW_FORM]
    return found[-1].reason if found and steps[-1].is_good else None


def _kept_for(earlier: Named, later: Named) -> str | None:
    """The id of the page that a store keeps them for; a file beside a capture is taken for one of its page."""
    ids = {each.capture.page for each in (earlier, later) if each.capture}
    if len(ids) > 1:
        first, second = sorted(ids)
        raise InputError(f"{first} and {second} are two pages", "compare two captures of one page")
    return next(iter(ids), None)


def _older_of(earlier: Named, later: Named, page: Page | None, project: Project, history: str | None) -> _Older | None:
    """The page's older captures, those in the folder `history` or in the store; None where there are none.

    A folder that is not there is told at once, not only where it is needed.
    """
    if history is not None:
        from monitor.watch.read_history import captures_of, read_history  # noqa: PLC0415  most are given no history

        paths = captures_of(history, earlier.snapshot)
        known = cache(lambda: read_history(paths, page))
        return _Older(known, lambda before, after: known().readings if _may_stand(before, after) else ())
    capture = earlier.capture
    if capture is None or capture == project.store.captures(capture.page)[0]:
        return None
    if later.capture and later.capture.at < capture.at:
        return None
    from monitor.watch.read_older import look_back, read_older  # noqa: PLC0415  a comparison of files has none

    of_page = project.store, capture, page or project.page_or_bare(capture.page)
    return _Older(lambda: read_older(*of_page), lambda before, after: look_back(*of_page, before, after))


def _may_stand(before: Reading, after: Reading) -> bool:
    if not before.counters:
        return False
    from monitor.compare.standstill import may_stand  # noqa: PLC0415  few pages count anything

    return bool(may_stand(before, after))


def _compared(
    earlier: Named, later: Named, page: Page | None, older: _Older | None, new_form: str | None = None
) -> Comparison:
    """The history is read only where there is a finding that it can explain, or a counter that by it stands still."""
    readings = read_page(earlier.snapshot, page), read_page(later.snapshot, page)
    expect = page.expect if page else None
    found = followed(*readings, expect=expect, new_form=new_form)
    comparison = found.comparison
    if older is None:
        return comparison
    long_before = older.look_back(*readings)
    if not long_before and comparison.verdict in (Verdict.IDENTICAL, Verdict.ROUTINE):
        return comparison._replace(limits=(*comparison.limits, "The history was not read: no finding asks for it."))
    known = older.read()
    others = Others(known.readings, long_before, found)
    comparison = followed(*readings, others=others, expect=expect, new_form=new_form).comparison
    return comparison._replace(limits=(*comparison.limits, *known.limits))
