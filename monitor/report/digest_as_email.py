"""Digest → a complete mail, text and HTML of equal meaning, for any mail programme. Sends nothing.

What mail programmes drop decides the form: Gmail the whole `<style>` where it likes, Outlook all that Word does not
know. So it is tables, with every rule inline, widths as attributes, and each mark a sign or a line too; what stays in
`<style>` is for the dark and for phones. What would make the HTML part too large goes into an attachment.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

from monitor.model.envelope import Envelope
from monitor.report import digest_as_text
from monitor.report.as_email import SENDER, TEXT_WIDTH
from monitor.report.columns import cut
from monitor.report.detail import details, fitted, head_of, headline
from monitor.report.digest_outline import DigestOutline, PageTold, Part, Room, outline
from monitor.report.layout import LINE_TONES, STATE_TONES, TONES
from monitor.report.mail_headers import unsubscribing
from monitor.report.mail_layout import LARGEST, html_part
from monitor.report.mail_message import Parts, mail
from monitor.report.neutral import safe_url
from monitor.report.outline import Entry, Group
from monitor.report.wording import digests

if TYPE_CHECKING:
    from monitor.model.digest import Digest

_ROOMS = (
    Room(40, 12, 60), Room(30, 6, 60), Room(20, 4, 60), Room(12, 3, 60), Room(6, 2, 40), Room(2, 1, 20), Room(0, 0, 20),
)  # fmt: skip
"""The most first; the first for which the HTML part is not too large is taken."""
_ATTACHED = "What this mail had no room for is in the attached text."
_LONGEST_TEXT = 300
_LONGEST_SENTENCE = 700
_LONGEST_NAME = 120
_LONGEST_URL = 900
_UNCUT = Room(pages=5_000, entries=200, lines=20_000)  # of the attachment


def render(digest: Digest, *, envelope: Envelope | None = None, link_base: str | None = None, **_: object) -> str:
    """The mail as ASCII with CRLF line ends: encoded, a complete .eml. Without an envelope it names no reader."""
    facts = envelope or Envelope(SENDER)
    told, room, html = _fitting(digest, facts, link_base)
    notices = [*([_ATTACHED] if told.is_cut else []), *unsubscribing(facts)]
    text = digest_as_text.told(told, TEXT_WIDTH, link_base, room, notices)
    key = hashlib.sha256((text + html).encode(errors="replace")).hexdigest()[:32]
    attached = _attached(digest, link_base) if told.is_cut else None
    return mail(facts, digests.subject(digest), Parts(text, html, key, attached))


def _fitting(digest: Digest, facts: Envelope, link_base: str | None) -> tuple[DigestOutline, Room, str]:
    """The outline with the most in it for which the HTML part is small enough, its room, and that part."""
    for room in _ROOMS:
        told = outline(digest, room)
        html = _html(told, room, facts, link_base)
        if len(html.encode()) <= LARGEST:
            break
    return told, room, html


def _attached(digest: Digest, link_base: str | None) -> tuple[str, str]:
    """All that the digest holds, as text: of attachments the one that no gateway holds back."""
    day = digests.wall_of(digest).local(digests.last_moment(digest))
    whole = digest_as_text.told(outline(digest, _UNCUT), TEXT_WIDTH, link_base, _UNCUT)
    return f"digest-{day:%Y-%m-%d}.txt", whole


def _html(told: DigestOutline, room: Room, facts: Envelope, link_base: str | None) -> str:
    view = {
        "title": told.title,
        "when": told.when,
        "preview": " ".join(line.text for line in told.opening),
        "opening": [(line, LINE_TONES[line.sign]) for line in told.opening],
        "undelivered_title": digests.UNDELIVERED,
        "undelivered": [cut(each, _LONGEST_SENTENCE) for each in told.undelivered],
        "parts": [_part(part, room, link_base) for part in told.parts],
        "closing": [*told.closing, *([_ATTACHED] if told.is_cut else [])],
        "again": told.again,
        "command": told.command,
        "unsubscribe": safe_url(facts.unsubscribe),
    }
    return html_part("digest_mail.html", view)


def _part(part: Part, room: Room, link_base: str | None) -> Mapping[str, object]:
    tone = STATE_TONES[part.state]
    return {
        "title": part.title,
        "sign": part.sign,
        "tone": tone,
        "count": part.total,
        "left": part.left,
        "pages": [_page(page, room, link_base) for page in part.pages],
    }


def _page(page: PageTold, room: Room, link_base: str | None) -> Mapping[str, object]:
    links = [(f"{link_base}{quote(file)}", when) for when, file in page.reports] if link_base else []
    return {
        "name": cut(page.name, _LONGEST_NAME),
        "url": page.url,
        "href": links[0][0] if links else page.url,
        "language": page.language,
        "is_brief": page.is_brief,
        "brief": cut(page.brief, _LONGEST_TEXT),
        "notes": [cut(each, _LONGEST_TEXT) for each in _notes(page)],
        "groups": [_group(group, room) for group in (*page.alerts, *page.news)],
        "before": [cut(each, _LONGEST_SENTENCE) for each in page.unseen_before],
        "left": cut(page.left, _LONGEST_TEXT),
        "reports": links,
        "command": page.command,
    }


def _notes(page: PageTold) -> Iterator[str]:
    yield from page.unseen
    if page.when:
        yield f"Happened {page.when}."


def _group(group: Group, room: Room) -> Mapping[str, object]:
    shown = group.entries[: room.entries]
    return {
        "head": head_of(group),
        "sign": group.sign,
        "tone": TONES[group.sign],
        "reason": cut(group.reason or "", _LONGEST_TEXT),
        "entries": [_entry(entry) for entry in shown],
        "left": f"{len(group.entries) - len(shown):,}" if len(group.entries) > len(shown) else "",
    }


def _entry(entry: Entry) -> Mapping[str, object]:
    side = entry.change and (entry.change.after or entry.change.before)
    return {
        "dated": entry.dated,
        "words": fitted(headline(entry), _LONGEST_TEXT),
        "url": _short_url(side.url) if side else None,
        "details": [(cut(label, _LONGEST_NAME), fitted(spans, _LONGEST_TEXT)) for label, spans in details(entry)],
        "remarks": [cut(each, _LONGEST_TEXT) for each in (entry.remark, entry.beside) if each],
    }


def _short_url(url: str | None) -> str | None:
    return safe_url(url) if url and len(url) <= _LONGEST_URL else None
