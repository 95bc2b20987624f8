"""Digest → one HTML file that needs nothing else: no script, no request, light and dark, for print and for phones.

Page text is escaped by Jinja2, made neutral before, and isolated in its own direction and language.
"""

from __future__ import annotations

from collections.abc import Mapping

from monitor.model.digest import Digest
from monitor.model.filed import INDEX
from monitor.report.columns import cut
from monitor.report.detail import Detail, details, fitted, headline
from monitor.report.digest_outline import FULL, PageTold, Part, outline, report_link
from monitor.report.layout import LINE_TONES, STATE_TONES, TONES, document, sheets
from monitor.report.neutral import safe_url
from monitor.report.outline import Entry, Group
from monitor.report.wording import digests

_LONGEST_NAME = 200
_LONGEST_TEXT = 1_000


def render(digest: Digest, *, link_base: str | None = None, **_: object) -> str:
    """The digest as a complete HTML document; with `link_base` it leads to the reports and to their index."""
    told = outline(digest)
    view = {
        "index": None if link_base is None else f"{link_base}{INDEX}",
        "title": told.title,
        "description": cut(" ".join(line.text for line in told.opening), _LONGEST_TEXT),
        "when": told.when,
        "opening": [(line, LINE_TONES[line.sign]) for line in told.opening],
        "undelivered_title": digests.UNDELIVERED,
        "undelivered": told.undelivered,
        "parts": [_part(part, link_base) for part in told.parts],
        "closing": [cut(line, _LONGEST_TEXT) for line in told.closing],
        "again": told.again,
        "command": told.command,
    }
    return document("digest.html", sheets("report.css", "digest.css"), view)


def _part(part: Part, link_base: str | None) -> Mapping[str, object]:
    pages = [(page, _page(page, link_base)) for page in part.pages]
    return {
        "id": part.state.value,
        "title": part.title,
        "sign": part.sign,
        "tone": STATE_TONES[part.state],
        "count": part.total,
        "left": part.left,
        "pages": [view for page, view in pages if not page.is_brief],
        "briefs": [view for page, view in pages if page.is_brief],
    }


def _page(page: PageTold, link_base: str | None) -> Mapping[str, object]:
    reports = [(link, when) for when, file in page.reports if (link := report_link(link_base, file))]
    return {
        "name": cut(page.name, _LONGEST_NAME),
        "url": page.url,
        "host": cut(page.url.partition("//")[2].partition("/")[0], _LONGEST_NAME) if page.url else "",
        "href": reports[0][0] if reports else page.url,
        "is_foreign": not reports,
        "language": page.language,
        "brief": cut(page.brief, _LONGEST_TEXT),
        "when": page.when,
        "unseen": [cut(sentence, _LONGEST_TEXT) for sentence in page.unseen],
        "unseen_before": [cut(sentence, _LONGEST_TEXT) for sentence in page.unseen_before],
        "groups": [_group(group, link_base) for group in (*page.alerts, *page.news)],
        "reports": reports,
        "left": cut(page.left, _LONGEST_TEXT),
        "command": page.command,
    }


def _group(group: Group, link_base: str | None) -> Mapping[str, object]:
    shown = group.entries[: FULL.entries]
    return {
        "label": group.label,
        "sign": group.sign,
        "tone": TONES[group.sign],
        "count": len(group.entries),
        "reason": cut(group.reason or "", _LONGEST_TEXT),
        "entries": [_entry(entry, link_base) for entry in shown],
        "left": len(group.entries) - len(shown),
    }


def _entry(entry: Entry, link_base: str | None) -> Mapping[str, object]:
    side = entry.change and (entry.change.after or entry.change.before)
    report = report_link(link_base, entry.report)
    return {
        "dated": entry.dated,
        "headline": fitted(headline(entry), _LONGEST_TEXT),
        "href": report or (safe_url(side.url) if side else None),
        "is_foreign": report is None,
        "details": [Detail(cut(label, _LONGEST_NAME), fitted(spans, _LONGEST_TEXT)) for label, spans in details(entry)],
        "remarks": [cut(each, _LONGEST_TEXT) for each in (entry.remark, entry.beside) if each],
    }
