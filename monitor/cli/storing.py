"""The commands on the store: import, list, show, history, export, verify, prune, reindex."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from monitor.cli.inputs import project_of
from monitor.cli.output import complain, link_base_of, say, send, send_bytes, style_of
from monitor.cli.words import DONE, FAILED
from monitor.errors import InputError
from monitor.model.english import plural
from monitor.report import STORY_RENDERERS, render_story
from monitor.report.neutral import escaped, neutral_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.cli.options import Asked
    from monitor.store.verify import Verified
    from monitor.store.verify_timestamps import TimeStamp
    from monitor.watch.import_sources import Import
    from monitor.watch.project import Project


def import_(asked: Asked) -> int:
    """Put captures into the store, a line for each; status 2 where one of them could not be."""
    from monitor.watch.import_sources import Sources, import_sources  # noqa: PLC0415  each command pays for its own way

    sources = Sources(paths=asked.names, git=asked.git, memento=asked.memento, archive=asked.archive)
    if not (sources.paths or sources.git or sources.memento):
        raise InputError("There is nothing to import", "name files or folders, or --git REPO:PATH, or --memento URL")
    if asked.page is None:
        raise InputError("An import needs to know which page the captures show", "name it with --page ID")
    project = project_of(asked, is_config_needed=False)
    return _told(import_sources(sources, asked.page, project, at=_moment(asked.at), url=asked.url), project)


def _told(found: Import, project: Project) -> int:
    """A line for each that is new or refused, and one for all."""
    from monitor.deliver.to_progress import progress  # noqa: PLC0415  most commands are short

    counts = {"new": 0, "known": 0, "failed": 0}
    with progress("importing", found.expected, say) as steps:
        for each in found.results:
            counts["failed" if each.fault else "new" if each.is_new else "known"] += 1
            steps.advance()
            if each.fault:
                complain(each.fault)
            elif each.is_new:
                steps.say(escaped(f"{each.source} → {each.file}"))
                steps.say(escaped(f"    captured {each.at:%Y-%m-%d %H:%M:%S} UTC, by {each.told_by}"))
    say(_summed_up(counts["new"], counts["known"], counts["failed"], project.store.folder))
    return FAILED if counts["failed"] else DONE


def _summed_up(new: int, known: int, failed: int, folder: str) -> str:
    there = f"; {known} {'was' if known == 1 else 'were'} there already" if known else ""
    refused = f"; {failed} could not be taken" if failed else ""
    return f"{new} {plural('capture', new)} put into {folder}{there}{refused}"


def list_(asked: Asked) -> int:
    """Print the pages, or the captures of one with what changed at each."""
    from monitor.watch.list_captures import list_captures, list_pages  # noqa: PLC0415  each command pays for its own way

    if asked.findings and not asked.names:
        raise InputError("--findings tells of one page", "monitor list PAGE --findings")
    project = project_of(asked, is_config_needed=False)
    listed = list_captures(project, asked.names[0], has_findings=asked.findings) if asked.names else list_pages(project)
    for notice in listed.notices:
        complain(notice)
    say(*listed.lines)
    return DONE


def history(asked: Asked) -> int:
    """Print the story of a page over all its captures."""
    from monitor.watch.tell_story import tell_story  # noqa: PLC0415  each command pays for its own way only

    style, width, color = style_of(asked, STORY_RENDERERS)
    project = project_of(asked, is_config_needed=False)
    told = tell_story(project, asked.names[0])
    for line in (*told.notices, *told.faults):
        complain(line)
    most = sys.maxsize if asked.all else None
    link_base = link_base_of(asked.output, project.store.folder)
    send(render_story(told.story, style, width=width, color=color, most=most, link_base=link_base), asked, style)
    return DONE


def reindex(asked: Asked) -> int:
    """Make the index of the catalogue anew; a line for each capture that cannot be read."""
    from monitor.watch.reindex import reindex as make_anew  # noqa: PLC0415  each command pays for its own way only

    project = project_of(asked, is_config_needed=False)
    done = make_anew(project.store, project.config.pages)
    for line in (*done.notices, *done.faults):
        complain(line)
    pages = f"{done.pages} {plural('page', done.pages)}"
    say(f"{done.captures} {plural('capture', done.captures)} of {pages} read and compared anew")
    return DONE


def show(asked: Asked) -> int:
    """Print the bytes of a capture, or the text that they say."""
    from monitor.watch.show_capture import body_of, text_of  # noqa: PLC0415  each command pays for its own way only

    project = project_of(asked, is_config_needed=False)
    if asked.text:
        send(neutral_lines(text_of(asked.names[0], project)), asked, "text")
    else:
        send_bytes(body_of(asked.names[0], project), asked)
    return DONE


def export(asked: Asked) -> int:
    """Write the captures of pages, and what proves them, into a package; or what the catalogue alone remembers."""
    if (asked.wacz is None) == (asked.memory is None):
        raise InputError("An export is of captures or of the memory", "name a file with --wacz FILE or --memory FILE")
    project = project_of(asked, is_config_needed=False)
    return _export_memory(project, asked) if asked.wacz is None else _export_pages(project, asked.names, asked.wacz)


def _export_memory(project: Project, asked: Asked) -> int:
    from monitor.watch.export_memory import export_memory  # noqa: PLC0415  each command pays for its own way only

    if asked.names:
        raise InputError("The memory is exported whole", "leave the pages out")
    rows = export_memory(project, str(asked.memory))
    say(f"{rows} {plural('row', rows)} of the memory → {asked.memory}")
    return DONE


def _export_pages(project: Project, pages: list[str], file: str) -> int:
    from monitor.watch.export_pages import export_pages  # noqa: PLC0415  each command pays for its own way only

    packed = export_pages(project, pages, file, now=datetime.now(UTC))
    captures = f"{packed.captures} {plural('capture', packed.captures)}"
    say(f"{captures} of {packed.pages} {plural('page', packed.pages)} and the whole ledger → {file}")
    say(f"newest line of the ledger: {packed.head}")
    return DONE


def verify(asked: Asked) -> int:
    """Read the whole store again; a line for each fault, and status 2 on any. Then have it signed, if asked."""
    from monitor.watch.verify_store import verify_store  # noqa: PLC0415  each command pays for its own way only

    if asked.authority is not None and not asked.timestamp:
        raise InputError("--authority names who is to sign, and nothing is to be signed", "add --timestamp")
    project = project_of(asked, is_config_needed=False)
    found = verify_store(project, head=asked.head, ca_file=asked.ca_file)
    faults = found.store.faults
    for fault in faults:
        complain(f"{fault.sign.value}: {fault.place}: {fault.reason}", name="")
    if faults:
        complain(f"{len(faults)} {plural('fault', len(faults))} in {project.store.folder}", name="")
        return FAILED
    say(*_verified(found.store))
    for stamp in found.stamps:
        say(_proved(stamp))
    for reason in found.unchecked:
        say(f"not checked: {reason}")
    if asked.timestamp:
        _stamp(asked, project)
    return DONE


def prune(asked: Asked) -> int:
    """Take out what config.yaml does not keep, a line for each capture."""
    from monitor.watch.prune_store import prune_store  # noqa: PLC0415  each command pays for its own way only

    project = project_of(asked)
    count = 0
    for capture in prune_store(project, asked.names, datetime.now(UTC), is_dry=asked.dry_run):
        count += 1
        say(f"{capture.reference} {'would be' if asked.dry_run else 'was'} taken out")
    happened = "would be" if asked.dry_run else "was" if count == 1 else "were"
    say(f"{count} {plural('capture', count)} {happened} taken out")
    return DONE


def _verified(found: Verified) -> Iterator[str]:
    taken = f", {found.pruned} taken out" if found.pruned else ""
    pages = f"{found.pages} {plural('page', found.pages)}"
    yield f"{found.captures} {plural('capture', found.captures)} of {pages}{taken}: all as they were written"
    if found.head:
        yield f"newest line of the ledger: {found.head}"
        yield "Whoever keeps this hash can prove later that nothing before it was changed: monitor verify --head HASH"


def _proved(stamp: TimeStamp) -> str:
    at = stamp.said.at
    when = f"{at.day} {at:%B %Y %H:%M} UTC"
    return f"The ledger up to line {stamp.line} existed on {when}, says {stamp.said.authority} ({stamp.file})"


def _stamp(asked: Asked, project: Project) -> None:
    """Have the newest line signed, unless it is and nobody in particular is named to do so."""
    from monitor.watch.stamp_ledger import is_stamped, stamp_ledger  # noqa: PLC0415  only here

    if asked.authority is None and is_stamped(project):
        say("The newest line has the answer of an authority already")
        return
    stamp = stamp_ledger(project, authority=asked.authority, ca_file=asked.ca_file)
    kept = f"{stamp.file} is kept, and proves nothing until the authority's root certificate is named with --ca-file"
    say(_proved(stamp) if stamp.said.is_trusted else kept)


def _moment(text: str | None) -> datetime | None:
    """The time of --at: ISO 8601, in UTC where it names no offset. Raises InputError."""
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InputError(f"--at {text!r} is no time ({error})", "write one like 2020-07-04T05:25Z") from None
