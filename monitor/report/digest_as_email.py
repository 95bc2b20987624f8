"""Digest → a complete mail, text and HTML of equal meaning, for any mail programme. Sends nothing.

What mail programmes drop decides the form: Gmail the whole `<style>` where it likes, Outlook all that Word does not
know. So it is tables, with every rule inline, widths as attributes, and each mark a sign or a line too; what stays in
`<style>` is for the dark and for phones. What would make the HTML part too large goes into an attachment.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from monitor.model.change import Span
from monitor.model.envelope import Envelope
from monitor.report import digest_as_text
from monitor.report.as_email import SENDER, TEXT_WIDTH
from monitor.report.detail import details, head_of, headline, is_plain, plain, shortened
from monitor.report.digest_outline import DigestOutline, PageTold, Part, Room, outline, report_link
from monitor.report.layout import LINE_TONES, STATE_TONES, TONES
from monitor.report.mail_headers import unsubscribing
from monitor.report.mail_layout import (
    LARGEST,
    LARGEST_TEXT,
    bare_name,
    bare_text,
    html_part,
    link_of,
    name_of,
    sentence_of,
    text_part,
)
from monitor.report.mail_message import Parts, mail
from monitor.report.outline import Entry, Group
from monitor.report.wording import digests
from monitor.report.wording.wall import wall_of

if TYPE_CHECKING:
    from monitor.model.digest import Digest

_ROOMS = (
    Room(40, 12, 60), Room(30, 6, 60), Room(20, 4, 60), Room(12, 3, 60), Room(6, 2, 40), Room(2, 1, 20), Room(0, 0, 20),
)  # fmt: skip
"""The most first; the first for which the HTML part is not too large is taken."""
_ATTACHED = "What this mail had no room for is in the attached text."
_NO_ROOM = "There is more than a mail may hold; this shows it:"
_LARGEST_ATTACHED = 3_000_000  # bytes: encoded 4 MB, and many servers refuse mails of 10 MB
_LONGEST_SENTENCE = 700
_LONGEST_CLOSING = 1_500
_UNCUT = Room(pages=5_000, entries=200, lines=20_000)  # of the attachment


def render(digest: Digest, *, envelope: Envelope | None = None, link_base: str | None = None, **_: object) -> str:
    """The mail as ASCII with CRLF line ends: encoded, a complete .eml. Without an envelope it names no reader."""
    facts = envelope or Envelope(SENDER)
    told, room, html = _fitting(digest, facts, link_base)
    text = _text(told, room, facts, link_base)
    key = hashlib.sha256((text + html).encode(errors="replace")).hexdigest()[:32]
    attached = _attached(digest, link_base) if told.is_cut else None
    return mail(facts, digests.subject(digest), Parts(text, html, key, attached))


def _fitting(digest: Digest, facts: Envelope, link_base: str | None) -> tuple[DigestOutline, Room, str]:
    """The outline with the most in it for which both parts are small enough, its room, and the HTML part."""
    for room in _ROOMS:
        told = outline(digest, room)
        html = _html(told, room, facts, link_base)
        if len(html.encode()) <= LARGEST and _size(_text(told, room, facts, link_base)) <= LARGEST_TEXT:
            return told, room, html
    told = _bare(told)
    return told, room, _html(told, room, facts, link_base)


def _bare(told: DigestOutline) -> DigestOutline:
    """What matters, whatever pages write: of when it is, and the opening. All else is attached."""
    opening = tuple(line._replace(text=bare_text(line.text)) for line in told.opening)
    nothing = told._replace(undelivered=(), parts=(), closing=(), again="", command="", is_cut=True)
    return nothing._replace(title=bare_name(told.title), when=bare_name(told.when), opening=opening)


def _text(told: DigestOutline, room: Room, facts: Envelope, link_base: str | None) -> str:
    notices = [*([_ATTACHED] if told.is_cut else []), *unsubscribing(facts)]
    return digest_as_text.told(told, TEXT_WIDTH, link_base, room, notices)


def _size(text: str) -> int:
    return len(text.encode(errors="replace"))


def _attached(digest: Digest, link_base: str | None) -> tuple[str, str]:
    """All that the digest holds, as text: of attachments the one that no gateway holds back."""
    day = wall_of(digest).local(digests.last_moment(digest))
    whole = digest_as_text.told(outline(digest, _UNCUT), TEXT_WIDTH, link_base, _UNCUT)
    return f"digest-{day:%Y-%m-%d}.txt", text_part(whole, _LARGEST_ATTACHED, f"{_NO_ROOM} {digest.command}")


def _html(told: DigestOutline, room: Room, facts: Envelope, link_base: str | None) -> str:
    view = {
        "title": told.title,
        "when": told.when,
        "preview": " ".join(line.text for line in told.opening),
        "opening": [(line, LINE_TONES[line.sign]) for line in told.opening],
        "undelivered_title": digests.UNDELIVERED,
        "undelivered": [sentence_of(each, _LONGEST_SENTENCE) for each in told.undelivered],
        "parts": [_part(part, room, link_base) for part in told.parts],
        "closing": _closing(told),
        "again": told.again,
        "command": told.command,
        "unsubscribe": link_of(facts.unsubscribe),
    }
    return html_part("digest_mail.html", view)


def _closing(told: DigestOutline) -> list[str]:
    said = [sentence_of(each, _LONGEST_CLOSING) for each in told.closing]
    return [*said, _ATTACHED] if told.is_cut else said


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
    url = link_of(page.url)
    links = [(link, when) for when, file in page.reports if (link := report_link(link_base, file))]
    return {
        "name": name_of(page.name),
        "url": url,
        "href": links[0][0] if links else url,
        "language": page.language,
        "is_brief": page.is_brief,
        "brief": sentence_of(page.brief),
        "notes": [sentence_of(each) for each in _notes(page)],
        "groups": [_group(group, room, link_base) for group in (*page.alerts, *page.news)],
        "before": [sentence_of(each, _LONGEST_SENTENCE) for each in page.unseen_before],
        "left": sentence_of(page.left),
        "reports": links,
        "command": page.command,
    }


def _notes(page: PageTold) -> Iterator[str]:
    yield from page.unseen
    if page.when:
        yield f"Happened {page.when}."


def _group(group: Group, room: Room, link_base: str | None) -> Mapping[str, object]:
    shown = group.entries[: room.entries]
    return {
        "head": head_of(group),
        "sign": group.sign,
        "tone": TONES[group.sign],
        "reason": sentence_of(group.reason),
        "entries": [_entry(entry, link_base) for entry in shown],
        "left": f"{len(group.entries) - len(shown):,}" if len(group.entries) > len(shown) else "",
    }


def _entry(entry: Entry, link_base: str | None) -> Mapping[str, object]:
    side = entry.change and (entry.change.after or entry.change.before)
    return {
        "dated": entry.dated,
        "words": _fitted(headline(entry)),
        "url": report_link(link_base, entry.report) or (link_of(side.url) if side else None),
        "details": [(name_of(label), _fitted(spans)) for label, spans in details(entry)],
        "remarks": [sentence_of(each) for each in (entry.remark, entry.beside) if each],
    }


def _fitted(spans: Sequence[Span]) -> tuple[Span, ...]:
    """An edit with its marks; of a text without edits as much as of a sentence."""
    return shortened(spans) if not is_plain(spans) else plain(sentence_of(" ".join(span.text for span in spans)))
