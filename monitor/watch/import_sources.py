"""What an import is given → the captures in it: files, folders, web archives' files, a git history, a web archive."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from monitor.capture.from_folder import captures_in
from monitor.errors import InputError
from monitor.model.page import ID_RULE, is_page_id
from monitor.model.snapshot import Snapshot
from monitor.watch.import_captures import TOLD_BY, Imported, as_note, import_files, import_snapshots

if TYPE_CHECKING:
    from monitor.capture.found import Fault, Found
    from monitor.watch.project import Project

_MOST_NAMED = 5


class Sources(NamedTuple):
    """Where to look: `paths` of files and folders, `git` as REPO:PATH, `memento` an address that an archive holds.

    `archive` is the address below which that archive replays captures; None for the Internet Archive.
    """

    paths: Sequence[str] = ()
    git: str | None = None
    memento: str | None = None
    archive: str | None = None


class Import(NamedTuple):
    """What becomes of each capture, as it is put in; `expected` is about how many there are."""

    results: Iterator[Imported]
    expected: int


def import_sources(
    sources: Sources, page: str, project: Project, *, at: datetime | None = None, url: str | None = None
) -> Import:
    """Put all that the sources hold into the project's store as captures of the page.

    `at` is the time of the one file there is; `url` the address that they are captures of, without it the config's.
    Raises InputError where a source cannot be used at all, before anything is put in.
    """
    if not is_page_id(page):
        raise InputError(f"{page!r} is no page id", ID_RULE)
    configured = project.page(page)
    url = url or (configured.url if configured else None)
    if url is not None and not url.isprintable():
        raise InputError(f"{url!r} is no address", "give it as a browser shows it, without control characters")
    files, archives, faults = _sorted(sources.paths)
    if at is not None and len(files) != 1:
        raise InputError(f"--at is the time of one capture, and {len(files)} files are given", "import them one by one")
    found = [*(_in_archive(path, url) for path in archives), *_elsewhere(sources, page, project)]
    results = chain(
        (Imported(fault, fault=fault) for fault in faults),
        import_files(project.store, page, files, at=at, url=url),
        *(import_snapshots(project.store, page, _told(each.found), batch=each.batch) for each in found),
    )
    return Import(results, len(files) + sum(each.found.expected for each in found))


class _Source(NamedTuple):
    found: Found
    batch: int = 50


def _sorted(paths: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """The files that are captures, those that hold captures, and what was passed over."""
    every: list[str] = []
    faults: list[str] = []
    for path in paths:
        if os.path.isdir(path):
            walked = captures_in(path)
            every += walked.paths
            faults += walked.faults
        else:
            every.append(path)
    archives = [path for path in every if _is_archive(path)]
    return [path for path in every if not _is_archive(path)], archives, faults


def _is_archive(path: str) -> bool:
    return path.lower().endswith((".warc", ".warc.gz", ".arc", ".arc.gz", ".wacz"))


def _in_archive(path: str, url: str | None) -> _Source:
    """The captures in a WARC or WACZ. Raises InputError where it holds several pages and none is named."""
    from monitor.capture import from_wacz, from_warc  # noqa: PLC0415  most imports are of files

    look = from_wacz.captures_in if path.lower().endswith(".wacz") else from_warc.captures_in
    if url is None:
        _check_alone(path, look(path))
    return _Source(look(path, url=url))


def _check_alone(path: str, found: Found) -> None:
    from monitor.capture.addresses import bare  # noqa: PLC0415  most imports are of files

    urls = {bare(each.url): each.url for each in found.captures if isinstance(each, Snapshot) and each.url}
    if len(urls) > 1:
        named = ", ".join(sorted(urls.values())[:_MOST_NAMED])
        more = f" and {len(urls) - _MOST_NAMED} more" if len(urls) > _MOST_NAMED else ""
        raise InputError(f"{path} holds captures of {len(urls)} addresses: {named}{more}", "name the page's with --url")


def _elsewhere(sources: Sources, page: str, project: Project) -> Iterator[_Source]:
    if sources.git is not None:
        from monitor.capture.from_git import captures_in as in_git  # noqa: PLC0415  only this import asks git

        yield _Source(in_git(sources.git))
    if sources.memento is not None:
        from monitor.capture import from_memento as web  # noqa: PLC0415  only this import asks the web

        archive = web.archive_at(sources.archive) if sources.archive else web.INTERNET_ARCHIVE
        known = {each.at for each in project.store.captures(page)}
        yield _Source(web.captures_of(sources.memento, archive=archive, known=known), batch=1)


def _told(found: Found) -> Iterator[Snapshot | Imported]:
    """The captures with what told their time, those without a time and the faults as faults."""
    for each in found.captures:
        if not isinstance(each, Snapshot):
            yield _fault(each)
        elif each.captured_at is None:
            yield Imported(each.source, fault=f"{each.source} does not say when it was captured")
        else:
            source = as_note(each.source)
            notes = (*each.notes, ("imported-from", os.path.basename(source)), (TOLD_BY, _TOLD))
            yield each._replace(source=source, notes=notes)


_TOLD = "the archive it came from"


def _fault(fault: Fault) -> Imported:
    return Imported(fault.where, fault=f"{fault} (not imported)")
