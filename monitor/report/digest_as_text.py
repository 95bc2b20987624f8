"""Digest → plain text for mails, tickets and pipes: what matters in three lines, then pages by gravity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.model.digest import Digest
from monitor.report.as_text import group_lines
from monitor.report.columns import cut, wrap
from monitor.report.detail import LEGEND
from monitor.report.digest_outline import FULL, DigestOutline, PageTold, Part, Room, outline, report_link
from monitor.report.wording import digests

_INSET = 2
_LONGEST_TEXT = 4  # lines of a sentence


def render(digest: Digest, *, width: int, link_base: str | None = None, **_: object) -> str:
    """The digest, its lines at most `width` columns wide but for addresses, closed by a line end."""
    return told(outline(digest), width, link_base)


def told(
    digest: DigestOutline, width: int, link_base: str | None = None, room: Room = FULL, notices: Sequence[str] = ()
) -> str:
    """The same of an outline: of each kind the entries that there is room for, at the end the notices as they are."""
    lines = [*wrap(digest.title, width), *wrap(digest.when, width), ""]
    for line in digest.opening:
        lines += wrap(line.text, width)
    lines += _undelivered(digest, width)
    for part in digest.parts:
        lines += _part(part, width, link_base, room)
    lines += _closing(digest, width, notices)
    text = "\n".join(lines)
    return f"{text}\n\n{LEGEND}\n" if "{+" in text or "[-" in text else f"{text}\n"


def _part(part: Part, width: int, link_base: str | None, room: Room) -> Iterator[str]:
    count = f" ({part.total:,})" if part.total > 1 else ""
    yield from ("", f"{part.title.upper()}{count}")
    for page in part.pages:
        if page.is_brief:
            yield cut(f"{part.sign} {page.name}: {page.brief}", width)
        else:
            yield from ("", *_page(page, part.sign, width, link_base, room))
    if part.left:
        yield f"… and {part.left:,} more"


def _undelivered(digest: DigestOutline, width: int) -> Iterator[str]:
    if digest.undelivered:
        yield from ("", digests.UNDELIVERED.upper())
    for said in digest.undelivered:
        first, *rest = wrap(said, width - _INSET)
        yield from (f"! {first}", *(f"{' ' * _INSET}{line}" for line in rest))


def _page(page: PageTold, sign: str, width: int, link_base: str | None, room: Room) -> Iterator[str]:
    id_ = f" ({page.id})" if page.id != page.name else ""
    yield cut(f"{sign} {page.name}{id_}", width)
    inset = " " * _INSET
    if page.url:
        yield f"{inset}{page.url}"
    for sentence in (*page.unseen, *((f"Happened {page.when}.",) if page.when else ())):
        yield from (inset + line for line in wrap(sentence, width - _INSET, most=_LONGEST_TEXT))
    for group in (*page.alerts, *page.news):
        yield from (inset + line for line in group_lines(group, width - _INSET, room.entries))
    for sentence in filter(None, (*page.unseen_before, page.left)):
        yield from (inset + line for line in wrap(sentence, width - _INSET, most=_LONGEST_TEXT))
    yield from (inset + line for line in _where(page, link_base))


def _where(page: PageTold, link_base: str | None) -> Iterator[str]:
    """Where all of it is found: the newest reports, else the command that shows them."""
    newest = page.reports[0][1] if page.reports else None
    if link := report_link(link_base, newest):
        yield f"Report: {link}"
    elif page.command:
        yield f"All of it: {page.command}"


def _closing(digest: DigestOutline, width: int, notices: Sequence[str]) -> Iterator[str]:
    for sentence in digest.closing:
        yield from ("", *wrap(sentence, width))
    for notice in notices:
        yield from ("", notice)
    if digest.command:
        yield from ("", *wrap(f"{digest.again}: {digest.command}", width))
