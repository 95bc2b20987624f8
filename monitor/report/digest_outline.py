"""Digest → the outline of its renderings: what is told, in which order, under which head. Same for every format.

The opening, then pages by gravity, each with its findings by kind, then what is routine, then what is not told and
where to find it. Of more pages than a format has room for, the gravest are told in full, others by a line each, and the
rest is counted. Every text in an outline is neutral.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote

from monitor.model.change import Change, ChangeKind as Kind, Significance
from monitor.model.digest import Course, Digest, DigestPage, Turn, Upshot
from monitor.model.overview import State
from monitor.report.columns import clipped
from monitor.report.neutral import language_tag, neutral, safe_url
from monitor.report.outline import Entry, Group, grouped
from monitor.report.wording import closing, dates, digests, not_seen, overviews, upshots
from monitor.report.wording.kinds import WORDS
from monitor.report.wording.wall import Wall, wall_of

_LONGEST_COMMAND = 2_000  # letters; what is cut off is no command any more, and a longer one is left out
_MOST_REPORTS = 4  # of a page: the newest ones


class Room(NamedTuple):
    """How much a format has room for: pages in full, entries of each kind on them, pages told by a line."""

    pages: int
    entries: int
    lines: int


FULL = Room(pages=150, entries=30, lines=1500)


class PageTold(NamedTuple):
    """A page of a digest. `is_brief`: told by its name and `brief` alone.

    `brief` says in a clause what there is, `unseen` in sentences that nobody sees it now, `unseen_before` when nobody
    saw it for a time, `when` between which two captures all of it happened. `reports` are the newest of the period,
    each a moment and its file; `left` says what is left out here and `command` shows it.
    """

    id: str
    name: str
    url: str | None
    language: str | None
    state: State
    brief: str
    is_brief: bool = False
    unseen: tuple[str, ...] = ()
    unseen_before: tuple[str, ...] = ()
    when: str = ""
    alerts: tuple[Group, ...] = ()
    news: tuple[Group, ...] = ()
    reports: tuple[tuple[str, str], ...] = ()
    left: str = ""
    command: str = ""


class Part(NamedTuple):
    """The pages that stand alike, under one title; `left` of them are not told at all."""

    state: State
    title: str
    sign: str
    total: int
    pages: tuple[PageTold, ...]
    left: int


class DigestOutline(NamedTuple):
    """A digest before it has a form.

    `undelivered` has some sentences for each message that did not arrive. `closing` are sentences on all pages together
    and on what is not told; `again` says what its `command` makes. `is_cut` is whether the room left something out that
    the digest holds.
    """

    title: str
    when: str
    opening: tuple[digests.Line, ...]
    undelivered: tuple[str, ...]
    parts: tuple[Part, ...]
    closing: tuple[str, ...]
    again: str
    command: str
    is_cut: bool


def outline(digest: Digest, room: Room = FULL) -> DigestOutline:
    """What a rendering of that room tells."""
    parts = tuple(_parts(digest, room))
    return DigestOutline(
        title=digests.title(digest),
        when=digests.when(digest),
        opening=digests.opening(digest),
        undelivered=tuple(digests.undelivered(digest)),
        parts=parts,
        closing=tuple(closing.closing(digest)),
        again=closing.again(digest),
        command=_command(digest.command),
        is_cut=any(_is_cut(part, room) for part in parts),
    )


def report_link(base: str | None, file: str | None) -> str | None:
    """The address of a report by its file in the folder of the reports; `base` is what stands before that in links.

    None where there is no report, or no way to it.
    """
    return None if base is None or file is None else f"{base}{quote(file)}"


def _is_cut(part: Part, room: Room) -> bool:
    return part.left > 0 or any(
        page.is_brief or any(len(group.entries) > room.entries for group in (*page.alerts, *page.news))
        for page in part.pages
    )


def _parts(digest: Digest, room: Room) -> Iterator[Part]:
    """Pages in full as long as there is room, by gravity; then the others by a line each."""
    here, full, lines = wall_of(digest), room.pages, room.lines
    for state in State:
        pages = [page for page in digest.pages if page.state is state]
        if not pages:
            continue
        told = [_page(page, digest, here) for page in pages[:full]]
        told += [_brief(page) for page in pages[full : full + lines]]
        left = len(pages) - len(told)
        full, lines = max(0, full - len(pages)), lines - max(0, len(told) - full)
        title = digests.TITLES[state]
        sign = overviews.SIGNS[state] if state is not State.EXPECTED else "="
        yield Part(state, title, sign, len(pages), tuple(told), left)


def _brief(page: DigestPage) -> PageTold:
    return PageTold(
        id=neutral(page.id),
        name=neutral(clipped(page.name)),
        url=safe_url(page.url),
        language=language_tag(page.language),
        state=page.state,
        brief=dates.closed(digests.page_in_brief(page)),
        is_brief=True,
        command=_command(page.command),
    )


def _command(words: str) -> str:
    return neutral(words) if len(words) <= _LONGEST_COMMAND else ""


def _page(page: DigestPage, digest: Digest, here: Wall) -> PageTold:
    when = digests.span(page.upshots, here)
    groups = list(_groups(page, here, is_timed=not when))
    unseen, before = not_seen.of_page(page, digest)
    return _brief(page)._replace(
        is_brief=False,
        unseen=unseen,
        unseen_before=before,
        when=when,
        alerts=tuple(group for significance, group in groups if significance is Significance.ALERT),
        news=tuple(group for significance, group in groups if significance is not Significance.ALERT),
        reports=tuple(_reports(page, here)),
        left=digests.left_on_page(page),
    )


def _reports(page: DigestPage, here: Wall) -> Iterator[tuple[str, str]]:
    """The newest first, each with its moment; of one day the day is said once. Of other files their names."""
    at = {turn.report: turn.at for upshot in page.upshots for turn in upshot.turns if turn.report}
    shown = list(reversed(page.reports))[:_MOST_REPORTS]
    known = [file for file in shown if file in at]
    times = dict(zip(known, dates.clock_times([here.local(at[file]) for file in known]), strict=True))
    day = ""
    for file in shown:
        if file not in at:
            yield neutral(file.rpartition("/")[2].removesuffix(".html")), file
            continue
        before, day = day, here.day(at[file])
        yield times[file] if day == before else f"{day}, {times[file]}", file


def _groups(page: DigestPage, here: Wall, *, is_timed: bool) -> Iterator[tuple[Significance, Group]]:
    """The upshots by kind and course, the kinds in the order of a report."""
    order = {kind.value: place for place, kind in enumerate(WORDS)}
    found: dict[tuple[bool, int, str, Significance], list[Upshot]] = {}
    for each in page.upshots:
        is_over, rank = each.course is not Course.LASTING, order.get(each.kind, len(order))
        found.setdefault((is_over, rank, upshots.label(each), each.significance), []).append(each)
    for (*_, label, significance), some in sorted(found.items(), key=lambda item: item[0][:2]):
        yield significance, _group(label, some, here, is_timed=is_timed)


def _group(label: str, some: Sequence[Upshot], here: Wall, *, is_timed: bool) -> Group:
    entries = [_entry(each, here, _found(each, here) if is_timed else "") for each in some]
    group = grouped(some[0].kind, label, upshots.sign(some[0]), entries)
    told = zip(group.entries, some, strict=True)
    return group._replace(entries=tuple(_with_remarks(entry, upshot, here) for entry, upshot in told))


def _found(upshot: Upshot, here: Wall) -> str:
    """Between which captures; several turns say so themselves."""
    turn = upshot.turns[-1]
    return here.between(turn.since, turn.at) if len(upshot.turns) == 1 else ""


def _entry(upshot: Upshot, here: Wall, found: str) -> Entry:
    change = upshots.change_of(upshot)
    clauses = "; ".join(filter(None, (neutral(upshot.reason).strip().rstrip("."), found)))
    is_gone = upshot.kind.startswith("item.") and change is not None and change.after is None
    report = upshot.turns[-1].report if is_gone else None
    return Entry(title=_title(upshot), reason=clauses, dated=_dated(change, here), change=change, report=report)


def _title(upshot: Upshot) -> str:
    """A counter's whole sentence, for without its number it is none."""
    side = upshot.before or upshot.after
    return neutral(side.text if side and upshot.kind.startswith("counter.") else upshot.subject)


def _dated(change: Change | None, here: Wall) -> str | None:
    """An item's date in words, without the year where it is this one."""
    side = (change.after or change.before) if change else None
    if change is None or side is None or side.date is None or change.kind is Kind.ITEM_REDATED:
        return None
    said = dates.from_iso(side.date) if change.kind.value.startswith("item.") else None
    return neutral(said).removesuffix(f" {here.today.year:04}") if said else None


def _with_remarks(entry: Entry, upshot: Upshot, here: Wall) -> Entry:
    return entry._replace(beside="; ".join(upshots.remarks(upshot, here)) or None)


class Finding(NamedTuple):
    """What one comparison of a page found: its two captures' times, and its turns with the upshots they belong to."""

    page: DigestPage
    since: datetime
    at: datetime
    turns: tuple[Turn, ...]
    report: str | None


def by_comparison(digest: Digest) -> list[Finding]:
    """The findings of the digest by the comparison that found them, the newest first."""
    found: dict[tuple[str, datetime], list[Turn]] = {}
    pages = {page.id: page for page in digest.pages}
    for page in digest.pages:
        for upshot in page.upshots:
            for turn in upshot.turns:
                found.setdefault((page.id, turn.at), []).append(turn)
    told = [
        Finding(
            pages[id_], turns[0].since, at, tuple(turns), next((turn.report for turn in turns if turn.report), None)
        )
        for (id_, at), turns in found.items()
    ]
    return sorted(told, key=lambda each: (each.at, each.page.id), reverse=True)
