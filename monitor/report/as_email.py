"""Comparison → a complete mail, text and HTML, for any mail programme. Sends nothing and names no reader.

RFC 5322 wants a sender: until somebody sends it, that is this program on no machine in particular. Tables and inline
styles only: a programme may drop `<style>`, so every mark is also a sign in the words, the same as in the text part.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from monitor.model.change import Span
from monitor.model.comparison import Comparison
from monitor.model.envelope import Envelope
from monitor.report import as_text
from monitor.report.columns import cut
from monitor.report.detail import (
    LEGEND,
    SEE_ALL,
    details,
    has_marks,
    head_of,
    headline,
    is_plain,
    marked,
    shortened,
    shown_of,
    titled,
)
from monitor.report.layout import TONES
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
from monitor.report.neutral import neutral
from monitor.report.outline import Entry, Group, Outline, outline
from monitor.report.tally import tally
from monitor.report.wording import sides
from monitor.report.wording.subjects import in_a_line

if TYPE_CHECKING:
    from datetime import datetime

SENDER = "monitor <monitor@localhost>"
TEXT_WIDTH = 78  # RFC 5322's recommended longest line
# Entries shown of each kind: the most for which the mail is not too large. Below none reasons are left out too.
_ROOMS = (10, 5, 2, 1, 0, -1)
_MOST_GROUPS = 60
_MOST_LIMITS = 20
_LONGEST_SUBJECT = 120  # letters; mail programmes show 40 to 90, telephones fewer
_LONGEST_NAME = 60
_LONGEST_OPENING = 2_000  # columns of four sentences
_NO_ROOM = "What there is no room for here: "


def render(
    comparison: Comparison,
    *,
    now: datetime | None = None,
    envelope: Envelope | None = None,
    report: str | None = None,
    **_: object,
) -> str:
    """The mail as ASCII with CRLF line ends: encoded, a complete .eml. Without an envelope it names no reader.

    Its date is `now` (aware), and so is its own name; without it, or an envelope that says so, it has neither. It leads
    to the address of the whole `report`, where there is one.
    """
    text = _text(comparison, envelope, report)
    html = _html(comparison, envelope or Envelope(SENDER), report)
    digest = hashlib.sha256((text + html).encode(errors="replace")).hexdigest()[:32]
    facts = envelope or Envelope(SENDER, date=now, message_id=_name(now, digest))
    return mail(facts, subject(comparison), Parts(text, html, digest))


def _name(now: datetime | None, digest: str) -> str | None:
    return f"<{now:%Y%m%d%H%M%S}.{digest}@localhost>" if now else None


def subject(comparison: Comparison) -> str:
    """What the page is called, then what changed, the gravest first: News: one item withdrawn, two published."""
    order = ", in reverse order of time" if comparison.is_reversed else ""
    head = f"{cut(sides.page_name(comparison), _LONGEST_NAME)}{order}: "
    said = f"{head}{in_a_line(comparison, _LONGEST_SUBJECT - len(head))}"
    return cut(" ".join(neutral(said).split()), _LONGEST_SUBJECT)


def _text(comparison: Comparison, envelope: Envelope | None, report: str | None) -> str:
    whole = as_text.render(comparison, width=TEXT_WIDTH, report=report)
    said = text_part(whole, LARGEST_TEXT, f"{_NO_ROOM}{f'The whole report: {report}' if report else SEE_ALL}")
    return "\n".join([said, *(f"{line}\n" for line in unsubscribing(envelope))]) if envelope else said


def _html(comparison: Comparison, facts: Envelope, report: str | None) -> str:
    """The HTML part, with as many entries of each kind as there is room for."""
    told = outline(comparison)
    for room in _ROOMS:
        page = html_part("mail.html", _view(comparison, told, room, facts, report))
        if len(page.encode()) <= LARGEST:
            return page
    return html_part("mail.html", _bare(_view(comparison, told, _ROOMS[-1], facts, report)))


def _bare(view: Mapping[str, Any]) -> Mapping[str, object]:
    """What matters, whatever a page writes: its name, when, the opening, the counts."""
    texts = {"title": bare_name(view["title"]), "when": bare_name(view["when"]), "opening": bare_text(view["opening"])}
    limits = [f"{_NO_ROOM}{view['see_all']}."]
    return {**view, **texts, "parts": [], "expected": [], "limits": limits, "legend": ""}


def _view(
    comparison: Comparison, told: Outline, room: int, facts: Envelope, report: str | None
) -> Mapping[str, object]:
    named = [(title.capitalize(), groups) for title, groups in titled(told)]
    return {
        "title": name_of(sides.page_name(comparison)),
        "is_titled": sides.is_titled(comparison),
        "when": " · ".join([*sides.names_below(comparison), sides.both_days(comparison), sides.elapsed(comparison)]),
        "opening": sentence_of(told.opening, _LONGEST_OPENING),
        "tally": [(count, TONES[count.sign]) for count in tally(told)],
        "parts": [
            (title, [_group(group, room) for group in groups[:_MOST_GROUPS]]) for title, groups in named if groups
        ],
        "expected": [sentence_of(phrase) for phrase in told.expected[:_MOST_LIMITS]],
        "limits": [sentence_of(limit) for limit in told.limits[:_MOST_LIMITS]],
        "legend": f"{LEGEND}." if has_marks(group for _, groups in named for group in groups) else "",
        "see_all": "the whole report has them" if report else SEE_ALL,
        "report": link_of(report),
        "address": link_of(comparison.page_url),
        "unsubscribe": link_of(facts.unsubscribe),
    }


def _group(group: Group, room: int) -> Mapping[str, object]:
    shown = shown_of(group)[: max(room, 0)]
    return {
        "head": head_of(group),
        "sign": group.sign,
        "tone": TONES[group.sign],
        "reason": sentence_of(group.reason) if room >= 0 else "",
        "entries": [_entry(entry) for entry in shown],
        "left": f"{len(group.entries) - len(shown):,}" if len(group.entries) > len(shown) else "",
    }


def _entry(entry: Entry) -> Mapping[str, object]:
    side = entry.change and (entry.change.after or entry.change.before)
    return {
        "dated": entry.dated,
        "words": _marked(headline(entry)),
        "url": link_of(side.url) if side else None,
        "details": [(name_of(detail.label), _marked(detail.spans)) for detail in details(entry)],
        "remark": sentence_of(entry.remark),
    }


def _marked(spans: Sequence[Span]) -> list[tuple[str, str]]:
    """The words with what was done to them; an untouched text is cut, an edit keeps all its marks."""
    if is_plain(spans):
        return [("equal", sentence_of(" ".join(span.text for span in spans)))]
    return [(span.op, marked([span])) for span in shortened(spans)]
