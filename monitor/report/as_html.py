"""Comparison → one HTML file that needs nothing else: no script, no request, light and dark, for print and for phones.

What is said is decided by the outline; here it is laid out for the template, which decides nothing. Page text is
escaped by Jinja2, made neutral before, and isolated in its own direction.
"""

from __future__ import annotations

from collections.abc import Mapping

from monitor.model.comparison import Comparison
from monitor.model.reading import Reading
from monitor.report.cards import anchor, card, claim
from monitor.report.charts import HEIGHT, WIDTH, charts
from monitor.report.columns import clipped
from monitor.report.detail import titled
from monitor.report.layout import TONES, document, sheets
from monitor.report.neutral import language_tag, neutral, safe_url
from monitor.report.outline import Outline, outline
from monitor.report.tally import Count, tally
from monitor.report.wording import dates, sides, summary

MOST_CHECKS = 60
_WHICH = ("Earlier", "Later")
_SHORT_HASH = 16  # digits that tell one file of a page from another


def render(comparison: Comparison, *, index: str | None = None, siblings: str | None = None, **_: object) -> str:
    """The report as a complete HTML document.

    `index` is where all pages are told of, as seen from it, `siblings` where all reports of this page are listed.
    """
    return document("report.html", sheets("report.css"), {"index": index, "siblings": siblings, **_view(comparison)})


def _view(comparison: Comparison) -> dict[str, object]:
    """What the template lays out. A check that a chart shows is not told again."""
    told, drawn = outline(comparison), charts(comparison)
    checks = [check for check in told.checks if not any(chart.check is check for chart in drawn)]
    return {
        "title": sides.page_name(comparison),
        "is_titled": sides.is_titled(comparison),
        "names": sides.names_below(comparison),
        "address": safe_url(comparison.page_url),
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
        "checks": [claim(check) for check in checks[:MOST_CHECKS]],
        "checks_left": max(0, len(checks) - MOST_CHECKS),
        "snapshots": tuple(map(_snapshot, (comparison.before, comparison.after), sides.days_of(comparison), _WHICH)),
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
    return [
        {
            "id": title.lower().replace(" ", "-"),
            "title": title.capitalize(),
            "groups": [card(group, comparison) for group in groups],
        }
        for title, groups in titled(told)
        if groups
    ]


def _snapshot(reading: Reading, day: str, which: str) -> Mapping[str, object]:
    return {
        "which": which,
        "day": day,
        "name": sides.name_of(reading),
        "source": neutral(clipped(reading.source)),
        "url": safe_url(reading.source),
        "captured": dates.moment(reading.captured_at) if reading.captured_at else "unknown",
        "size": f"{reading.size:,} bytes",
        "media_type": neutral(clipped(reading.media_type)),
        "sha256": reading.sha256,
        "short_hash": reading.sha256[:_SHORT_HASH],
    }
