"""Comparison → one HTML file that needs nothing else: no script, no request, light and dark, for print and for phones.

What is said is decided by the outline; here it is laid out for the template, which decides nothing. Page text is
escaped by Jinja2, made neutral before, and isolated in its own direction.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from jinja2 import Environment, FunctionLoader, StrictUndefined

from monitor.model.change import Change, Edit, Side, Span
from monitor.model.comparison import Check, CheckVerdict, Comparison
from monitor.model.reading import Reading
from monitor.report.charts import HEIGHT, WIDTH, charts
from monitor.report.detail import Detail, headline, plain
from monitor.report.edits import edits
from monitor.report.neutral import language_tag, neutral, safe_url
from monitor.report.outline import Entry, Group, Outline, outline
from monitor.report.tally import Count, tally
from monitor.report.wording import dates, sides, summary

MOST_ENTRIES = 100  # of one kind: with both sides of each, a kind stays near 100 KB and opens at once on a phone
MOST_CHECKS = 60
_MOST_OPEN = 5  # edits and checks are opened where they are few: their marks are what one came to read
_BOTH = "what each side says"  # where the group's head has already said what it is about
_LONGEST_HEADLINE = 400  # characters of a paragraph that stands as its own headline
_LONGEST_TEXT = 2_000  # characters of a text told in full; what is longer is told to be cut
_VERDICTS = {
    CheckVerdict.CONSISTENT: ("=", "holds", "same"),
    CheckVerdict.INCONSISTENT: ("!", "does not hold", "odd"),
    CheckVerdict.UNDECIDED: ("?", "undecided", "open"),
}
TONES = {"+": "came", "✕": "gone", "~": "touched", "!": "odd", "=": "same"}


class Panel(NamedTuple):
    """One side of an entry: the snapshot's day and labelled rows of words."""

    day: str
    rows: tuple[Detail, ...]
    url: str | None


def render(comparison: Comparison, **_: object) -> str:
    """The report as a complete HTML document."""
    style = environment().get_template("report.css").render()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    template = environment().get_template("report.html")
    return template.render(style=style, style_hash=f"sha256-{digest}", **_view(comparison))


@cache
def environment() -> Environment:
    """The templates of the package; whatever comes into them is escaped, whatever is missing is an error."""
    folder = files("monitor.report").joinpath("templates")
    return Environment(
        loader=FunctionLoader(lambda name: folder.joinpath(name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _view(comparison: Comparison) -> dict[str, object]:
    """What the template lays out. A check that a chart shows is not told again."""
    told, drawn = outline(comparison), charts(comparison)
    checks = [check for check in comparison.checks if not any(chart.check is check for chart in drawn)]
    return {
        "title": sides.page_name(comparison),
        "summary": summary(comparison),
        "opening": _opening(told, comparison),
        "both_days": sides.both_days(comparison),
        "elapsed": sides.elapsed(comparison),
        "language": language_tag(comparison.after.language),
        "strip": [_tile(count, told) for count in tally(told)],
        "parts": _parts(told, comparison),
        "expected": told.expected,
        "limits": told.limits,
        "charts": drawn,
        "chart_size": (WIDTH, HEIGHT),
        "checks": [_check(check) for check in checks[:MOST_CHECKS]],
        "checks_left": max(0, len(checks) - MOST_CHECKS),
        "snapshots": (_snapshot(comparison.before, "Earlier"), _snapshot(comparison.after, "Later")),
    }


def _opening(told: Outline, comparison: Comparison) -> tuple[str, str, str]:
    """The paragraph before, in and after the command it may give."""
    command = sides.right_way_round(comparison) if comparison.is_reversed else ""
    before, found, after = told.opening.partition(f"`{command}`")
    return (before, command, after) if found and command else (told.opening, "", "")


def _tile(count: Count, told: Outline) -> Mapping[str, object]:
    to_expected = "expected" if told.expected and count.label == "as expected" and count.number else ""
    return {
        "number": f"{count.number:,}",
        "label": count.label,
        "sign": count.sign,
        "tone": TONES[count.sign],
        "href": anchor(count.group) if count.group else to_expected,
    }


def _parts(told: Outline, comparison: Comparison) -> list[Mapping[str, object]]:
    titled = (("alert", "Alert", told.alerts), ("news", "News", told.news), ("before", "As before", told.standing))
    return [
        {"id": name, "title": title, "groups": [_group(group, comparison) for group in groups]}
        for name, title, groups in titled
        if groups
    ]


def _group(group: Group, comparison: Comparison) -> Mapping[str, object]:
    shown = group.entries[:2] if group.is_mass else group.entries[:MOST_ENTRIES]
    return {
        "id": anchor(group),
        "label": f"{group.label} alike" if group.is_mass else group.label,
        "sign": group.sign,
        "tone": TONES[group.sign],
        "count": len(group.entries),
        "reason": group.reason,
        "entries": [_entry(entry, group, comparison) for entry in shown],
        "left": len(group.entries) - len(shown),
    }


def anchor(group: Group) -> str:
    """A group's name in links: its kind, and for a mass the number it has there."""
    mass = group.entries[0].change.group if group.is_mass and group.entries[0].change else None
    suffix = "-" + hashlib.sha256(mass.encode()).hexdigest()[:8] if mass else ""
    gravity = group.entries[0].change.significance.value if group.entries[0].change else "check"
    return f"{gravity}-{group.kind.replace('.', '-').replace('_', '-')}{suffix}"


def _entry(entry: Entry, group: Group, comparison: Comparison) -> Mapping[str, object]:
    panels = _panels(entry.change, comparison) if entry.change else ()
    has_marks = entry.check is not None or (entry.change is not None and bool(edits(entry.change)))
    return {
        "dated": entry.dated,
        "headline": _limited(headline(entry), _LONGEST_HEADLINE) or plain(_BOTH if len(panels) > 1 else entry.title),
        "is_open": has_marks and len(group.entries) <= _MOST_OPEN,
        "reason": entry.reason,
        "panels": panels,
        "check": _check(entry.check) if entry.check else None,
    }


def _panels(change: Change, comparison: Comparison) -> tuple[Panel, ...]:
    """Both sides, or the one there is."""
    told = edits(change)
    pairs = ((change.before, comparison.before, "insert"), (change.after, comparison.after, "delete"))
    return tuple(
        Panel(sides.day_of(reading), tuple(_rows(side, told, hidden)), safe_url(side.url))
        for side, reading, hidden in pairs
        if side
    )


def _rows(side: Side, told: Sequence[Edit], hidden: str) -> Iterator[Detail]:
    """What one side says: its part of each edit, else its title or text and its teaser."""
    for edit in told:
        words = tuple(span for span in edit.spans if span.op != hidden)
        text = (edit.before if hidden == "insert" else edit.after) or "–"
        yield Detail("" if edit.part == "text" else edit.part, _limited(words or plain(text)))
    if not told:
        yield Detail("", _limited(plain(neutral(side.title or side.text))))
        if side.teaser:
            yield Detail("teaser", _limited(plain(neutral(side.teaser))))


def _limited(spans: Sequence[Span], room: int = _LONGEST_TEXT) -> tuple[Span, ...]:
    """The words up to a length that a browser lays out at once; the cut is told."""
    kept: list[Span] = []
    for span in spans:
        if room <= 0:
            kept.append(Span(op="equal", text="…"))
            break
        kept.append(span if len(span.text) <= room else Span(op=span.op, text=span.text[:room] + "…"))
        room -= len(span.text)
    return tuple(kept)


def _check(check: Check) -> Mapping[str, object]:
    sign, verdict, tone = _VERDICTS[check.verdict]
    return {
        "name": check.check,
        "subject": neutral(check.subject),
        "sign": sign,
        "tone": tone,
        "verdict": f"{verdict}, as before" if check.is_standing else verdict,
        "expected": neutral(check.expected or ""),
        "found": neutral(check.found or ""),
        "reason": neutral(check.reason).strip().rstrip("."),
    }


def _snapshot(reading: Reading, which: str) -> Mapping[str, object]:
    return {
        "which": which,
        "day": sides.day_of(reading),
        "source": neutral(reading.source),
        "url": safe_url(reading.source),
        "captured": dates.moment(reading.captured_at) if reading.captured_at else "unknown",
        "size": f"{reading.size:,} bytes",
        "media_type": neutral(reading.media_type),
        "sha256": reading.sha256,
    }
