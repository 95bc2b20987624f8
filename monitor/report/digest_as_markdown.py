"""Digest → Markdown for tickets, wikis and chats. Page text is escaped: it can neither format nor link anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from monitor.model.digest import Digest
from monitor.report.as_markdown import LEGEND, bullets, code, escaped, group_blocks
from monitor.report.digest_outline import FULL, PageTold, Part, outline, report_link
from monitor.report.wording import digests

_LONGEST_NAME = 120


def render(digest: Digest, *, link_base: str | None = None, **_: object) -> str:
    """The digest in GitHub's Markdown, closed by a line end."""
    told = outline(digest)
    blocks = [f"# {escaped(told.title)}", escaped(told.when), bullets([line.text for line in told.opening])]
    if told.undelivered:
        blocks += [f"## {digests.UNDELIVERED}", bullets(list(told.undelivered))]
    for part in told.parts:
        blocks += _part(part, link_base)
    blocks += [escaped(sentence) for sentence in told.closing]
    if told.command:
        blocks.append(f"{told.again}: {code(told.command)}")
    text = "\n\n".join(blocks)
    return f"{text}\n\n{LEGEND}\n" if re.search(r"\*\*|~~", text) else f"{text}\n"


def _part(part: Part, link_base: str | None) -> Iterator[str]:
    yield f"## {part.title}{f' ({part.total:,})' if part.total > 1 else ''}"
    for page in part.pages:
        if not page.is_brief:
            yield from _page(page, link_base)
    if brief := [page for page in part.pages if page.is_brief]:
        yield "\n".join(f"- {escaped(page.name, _LONGEST_NAME)}: {escaped(page.brief)}" for page in brief)
    if part.left:
        yield f"… and {part.left:,} more"


def _page(page: PageTold, link_base: str | None) -> Iterator[str]:
    yield f"### {escaped(page.name, _LONGEST_NAME)}"
    sentences = [*page.unseen, *([f"Happened {page.when}."] if page.when else [])]
    if sentences:
        yield "\n".join(escaped(sentence) for sentence in sentences)
    for group in (*page.alerts, *page.news):
        yield from group_blocks(group, level=4, most=FULL.entries)
    if page.unseen_before:
        yield "\n".join(escaped(sentence) for sentence in page.unseen_before)
    if page.left:
        yield escaped(page.left)
    yield from _where(page, link_base)


def _where(page: PageTold, link_base: str | None) -> Iterator[str]:
    found = [(when, link) for when, file in page.reports if (link := report_link(link_base, file))]
    if found:
        links = (f"[{escaped(when)}](<{quote(link, safe='%:/')}>)" for when, link in found)
        yield f"Reports: {' · '.join(links)}"
    elif page.command:
        yield f"All of it: {code(page.command)}"
