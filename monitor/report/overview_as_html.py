"""Overview → one HTML file that needs nothing else, to be opened every morning: the gravest page first.

Page text is escaped by Jinja2, made neutral before, and isolated in its own direction. What it links to lies beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from urllib.parse import quote

from monitor.model.english import plural
from monitor.model.filed import INDEX
from monitor.model.overview import Overview, PageState, State, Told
from monitor.report import overview_charts
from monitor.report.layout import STATE_TONES, document, sheets
from monitor.report.neutral import neutral, safe_url
from monitor.report.wording import dates, overviews

_IN_SIGHT = 40  # pages of one state; the others are folded away
_QUIET_IN_SIGHT = 12  # of those on which nothing was found
_MOST_FOLDED = 2  # reports of a page that is folded away: a thousand pages stay under 2 MB
_LEGEND = (("same", "captured"), ("news", "news"), ("alert", "alert"), ("suspect", "suspect"), ("failing", "failed"))
_QUIET = (State.EXPECTED, State.WAITING)


def render(overview: Overview, **_: object) -> str:
    """The overview as a complete HTML document."""
    return _document("overview.html", _view(overview))


def render_reports(page: PageState) -> str:
    """All reports of a page as a complete HTML document that lies among them, the newest first."""
    told = [each for each in (*page.told, *page.earlier) if each.file]
    reports = [
        _report(each, when, (each.file or "").rpartition("/")[2])
        for each, when in zip(told, overviews.reports_in_full(told), strict=True)
    ]
    count = f"{len(reports):,} {plural('report', len(reports))}"
    return _document("reports.html", {"name": overviews.name(page), "count": count, "reports": reports})


def _document(template: str, view: Mapping[str, object]) -> str:
    return document(template, sheets("report.css", "overview.css"), view)


def _view(overview: Overview) -> Mapping[str, object]:
    pages = {state: [page for page in overview.pages if page.state is state] for state in State}
    return {
        "title": overviews.title(overview),
        "when": overviews.when(overview),
        "opening": overviews.opening(overview).partition(overviews.BEGIN),
        "strip": [_tile(state, len(some)) for state, some in pages.items() if some or state is not State.WAITING],
        "parts": [_part(state, some, overview) for state, some in pages.items() if some],
        "legend": [(overview_charts.sample(state), label) for state, label in _LEGEND],
        "has_unreported": any(told.file is None for page in overview.pages for told in page.told),
        "days": overviews.days(overview),
        "width": overview_charts.width(overview),
        "height": overview_charts.HEIGHT,
        "mondays": overview_charts.mondays(overview),
        "length": overview.length,
        "has_digests": bool(overview.digests),
        "calendar": _calendar(overview),
        "older": [(quote(kept.file), dates.day(kept.day)) for kept in overview.digests if kept.day < overview.first],
    }


def _calendar(overview: Overview) -> list[Mapping[str, object]]:
    """The days, with what they brought on all pages and the digests that are kept of them."""
    kept = {each.day: quote(each.file) for each in overview.digests}
    found: list[Mapping[str, object]] = []
    for place, day in enumerate(overviews.together(overview)):
        at = overview.first + timedelta(days=place)
        is_seen = day.captures or day.is_failing
        found.append(
            {
                "href": kept.get(at),
                "number": at.day,
                "month": dates.day(at).split()[1][:3] if place == 0 or at.day == 1 else "",
                "name": f"{dates.day_beside(at, overview.at.date())}: {overviews.day_together(day)}",
                "stroke": overview_charts.sample(overviews.state_of(day)) if is_seen else None,
            }
        )
    return found


def _tile(state: State, count: int) -> Mapping[str, object]:
    tone, sign = STATE_TONES[state], overviews.SIGNS[state]
    return {"id": state.value, "number": f"{count:,}", "is_none": not count, "label": overviews.LABELS[state],
            "sign": sign, "tone": tone}  # fmt: skip


def _part(state: State, pages: Sequence[PageState], overview: Overview) -> Mapping[str, object]:
    most = _QUIET_IN_SIGHT if state in _QUIET else _IN_SIGHT
    return {
        "id": state.value,
        "title": overviews.TITLES[state],
        "sign": overviews.SIGNS[state],
        "tone": STATE_TONES[state],
        "is_quiet": state in _QUIET,
        "in_sight": [_page(page, overview, page.told) for page in pages[:most]],
        "folded": [_page(page, overview, page.told[:_MOST_FOLDED]) for page in pages[most:]],
        "count": f"{len(pages) - most:,}",
    }


def _page(page: PageState, overview: Overview, shown: Sequence[Told]) -> Mapping[str, object]:
    url = safe_url(page.url)
    return {
        "name": overviews.name(page),
        "id": neutral(page.id) if page.title else "",
        "url": url,
        "host": neutral(url.partition("//")[2].partition("/")[0]) if url else "",
        "told": overviews.told_of(page, overview),
        "facts": overviews.facts(page, overview),
        "newest": next((quote(told.file) for told in page.told if told.file), None),
        "reports": [
            _report(told, when, told.file) for told, when in zip(shown, overviews.reports(shown, overview), strict=True)
        ],
        "all_reports": f"{quote(page.id)}/{INDEX}" if page.reports > sum(bool(told.file) for told in shown) else None,
        "count": f"{page.reports:,}",
        "strokes": overview_charts.strokes(page),
        "activity": overviews.activity(page, overview),
    }


def _report(told: Told, when: str, file: str | None) -> Mapping[str, object]:
    """What was found, and its report in that file as seen from the document."""
    state = overviews.sign_of(told)
    return {
        "href": quote(file) if file else None,
        "when": when,
        "told": neutral(told.summary),
        "found": overviews.found(told),
        "sign": overviews.SIGNS[state],
        "tone": STATE_TONES[state],
    }
