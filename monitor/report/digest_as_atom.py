"""Digest → an Atom feed (RFC 4287) of its findings: one entry for each comparison, the newest first.

An entry's id comes from the page and the time of its capture alone, and so stays what it is in each later feed. What
XML cannot hold (control characters, halves of pairs) is made visible; markup is text, for readers of feeds run what
they are given.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from xml.etree import ElementTree as ET

from monitor.model.digest import Digest, Turn
from monitor.model.filed import FEED, INDEX
from monitor.report.columns import cut
from monitor.report.digest_outline import Finding, by_comparison, report_link
from monitor.report.neutral import language_tag, neutral, safe_url
from monitor.report.wording import dates, upshots
from monitor.report.wording.wall import Wall, wall_of

NAMESPACE = "http://www.w3.org/2005/Atom"
MOST = 200  # entries: readers of feeds ask often, and keep what they have seen
_MOST_FINDINGS = 40  # of one comparison
_LONGEST_NAME = 200
_LONGEST_TEXT = 600
_SPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "monitor.findings")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def render(digest: Digest, *, link_base: str | None = None, address: str | None = None, **_: object) -> str:
    """The feed, in UTF-8, closed by a line end; entries link to their reports where `link_base` is an address.

    `address` is that of the folder in which the feed lies with an index, `link_base` without it.
    """
    here, base = wall_of(digest), _address(link_base)
    own = _address(address) or base
    findings = by_comparison(digest)[:MOST]
    feed = ET.Element("feed", {"xmlns": NAMESPACE, _LANGUAGE: "en"})
    _text(feed, "title", _feed_title(digest))
    _text(feed, "id", uuid.uuid5(_SPACE, "\n".join(("feed", base or own or "", digest.reader or "", *digest.tags))).urn)
    _text(feed, "updated", _stamp(max((each.at for each in findings), default=digest.until)))
    _text(ET.SubElement(feed, "author"), "name", "monitor")
    _text(feed, "generator", "monitor")
    if own:
        ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": f"{own}{INDEX}"})
        ET.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{own}{FEED}"})
    for finding in findings:
        _entry(feed, finding, here, base)
    ET.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def _feed_title(digest: Digest) -> str:
    """The same every day: a feed is no digest of a day."""
    names = [*digest.tags, *([f"for {digest.reader}"] if digest.reader else [])]
    return f"Findings{': ' if digest.tags else ' ' if names else ''}{', '.join(map(neutral, names))}"


def _address(link_base: str | None) -> str | None:
    """An absolute one; a feed is read from anywhere."""
    url = safe_url(link_base)
    return url if url and url.lower().startswith(("http:", "https:")) else None


def _entry(feed: ET.Element, finding: Finding, here: Wall, base: str | None) -> None:
    page = finding.page
    entry = ET.SubElement(feed, "entry")
    brief = upshots.in_brief([upshots.alone(turn) for turn in finding.turns])
    _text(entry, "title", f"{cut(neutral(page.name), _LONGEST_NAME)}: {brief}")
    _text(entry, "id", uuid.uuid5(_SPACE, f"{page.id}\n{_stamp(finding.at)}").urn)
    _text(entry, "updated", _stamp(finding.at))
    _text(entry, "published", _stamp(finding.at))
    for href, rel in _links(finding, base):
        ET.SubElement(entry, "link", {"rel": rel, "type": "text/html", "href": href})
    for tag in page.tags:
        ET.SubElement(entry, "category", {"term": _clean(cut(neutral(tag), _LONGEST_NAME))})
    content = ET.SubElement(entry, "content", {"type": "xhtml"})
    _content(ET.SubElement(content, "div", {"xmlns": "http://www.w3.org/1999/xhtml"}), finding, here)


def _links(finding: Finding, base: str | None) -> Iterator[tuple[str, str]]:
    """The report is what the entry stands for, the page what it is about; without a report the page is both."""
    url = safe_url(finding.page.url)
    if report := report_link(base, finding.report):
        yield report, "alternate"
        if url:
            yield url, "related"
    elif url:
        yield url, "alternate"


def _content(div: ET.Element, finding: Finding, here: Wall) -> None:
    when = ET.SubElement(div, "p")
    when.text = dates.closed(f"happened {here.between(finding.since, finding.at)}")
    found = ET.SubElement(div, "ul")
    for turn in finding.turns[:_MOST_FINDINGS]:
        _finding(ET.SubElement(found, "li"), turn, language_tag(finding.page.language))
    if (left := len(finding.turns) - _MOST_FINDINGS) > 0:
        ET.SubElement(div, "p").text = f"… {left:,} more"


def _finding(line: ET.Element, turn: Turn, language: str | None) -> None:
    """Withdrawn: the title, in its own direction and language; then why."""
    kind = ET.SubElement(line, "b")
    kind.text = _clean(f"{upshots.kind_called(turn.kind)}: ")
    said = ET.SubElement(line, "bdi", {"dir": "auto", **({"lang": language, _LANGUAGE: language} if language else {})})
    said.text = _clean(cut(neutral(turn.subject), _LONGEST_TEXT))
    if turn.before and turn.after and turn.before.text != turn.after.text:
        for label, text in (("was", turn.before.text), ("now", turn.after.text)):
            row = ET.SubElement(line, "div")
            row.text = f"{label}: "
            side = ET.SubElement(row, "bdi", {"dir": "auto", **({"lang": language} if language else {})})
            side.text = _clean(cut(neutral(text), _LONGEST_TEXT))
    if turn.reason:
        ET.SubElement(line, "div").text = _clean(cut(neutral(turn.reason), _LONGEST_TEXT))


def _text(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = _clean(text)
    return element


def _clean(text: str) -> str:
    """The text in characters that XML 1.0 has."""
    return _no_xml().sub("\ufffd", text)


@cache
def _no_xml() -> re.Pattern[str]:
    return re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
