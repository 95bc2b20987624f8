"""Overviews of invented pages: few, many, none, all of them out of sight, and one whose texts try to act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from monitor.model.overview import Activity, Kept, Overview, PageState, State, Told

NOW = datetime(2026, 11, 28, 7, 5, tzinfo=UTC)
LENGTH = 30
_TOWNS = ("Westhaven", "Northport", "Eastbrook", "Southmere", "Millford", "Ashby", "Kingsley", "Overton")
_OFFICES = ("Port Authority", "Town Council", "Planning Office", "School Board", "Water Works")
GONE = (
    "Two notices to mariners were taken down although the list still reaches back past them; one of them had been "
    "retitled the day before."
)
MINUTES = "Three minutes of the council were published; the agenda of 3 December was touched."
SHRUNKEN = "The capture of 28 November may be no honest one: it is a page of 2 KB that says “Access denied”."


def ago(hours: float) -> datetime:
    return NOW.replace(minute=0) - timedelta(hours=hours)


def told(
    page: str, hours: float, summary: str = "", alerts: int = 0, news: int = 0, *, is_suspect: bool = False
) -> Told:
    at = ago(hours)
    return Told(at, f"{page}/{at:%Y-%m-%dT%H%M%SZ}.html", summary, alerts, news, is_suspect)


def days(**marked: Activity) -> tuple[tuple[int, Activity], ...]:
    """Captured four times on each of the days, but for those that are given by their places: d3=Activity(…)."""
    given = {int(place[1:]): day for place, day in marked.items()}
    return tuple((place, given.get(place, Activity(captures=4))) for place in range(LENGTH))


def overview(*pages: PageState) -> Overview:
    order = tuple(State)
    first = NOW.date() - timedelta(days=LENGTH - 1)
    return Overview(NOW, tuple(sorted(pages, key=lambda page: order.index(page.state))), first, LENGTH, 7)


def alert(page: str = "westhaven-port", title: str = "Port Authority of Westhaven") -> PageState:
    return PageState(
        page, State.ALERT, title, f"https://{page}.example/news", since=ago(1), last_at=ago(1), changed_at=ago(1),
        next_at=ago(-5), captures=412, summary=GONE,
        told=(told(page, 1, GONE, 2, 1), told(page, 25, "One was retitled.", 1), told(page, 49, "Two came.", 0, 2)),
        reports=31,
        days=days(d29=Activity(2, 0, 2, 1), d28=Activity(4, 0, 1), d27=Activity(4, 0, 0, 2), d20=Activity(4, 0, 0, 1),
                  d11=Activity(4, 0, 0, 3), d12=Activity(4, 0, 0, 1)),
    )  # fmt: skip


def news(page: str = "northport-council", title: str = "Town Council of Northport") -> PageState:
    return PageState(
        page, State.NEWS, title, f"https://{page}.example/", since=ago(3), last_at=ago(1), changed_at=ago(3),
        next_at=ago(-1), captures=1240, summary=MINUTES,
        told=(told(page, 3, MINUTES, 0, 4), told(page, 75, "One came.", 0, 1)),
        reports=2, days=days(d29=Activity(7, 0, 0, 4), d26=Activity(24, 0, 0, 1), d5=Activity(24, 0, 0, 2)),
    )  # fmt: skip


def quiet(page: str = "ashby-water", title: str = "Water Works of Ashby") -> PageState:
    return PageState(
        page, State.EXPECTED, title, f"https://{page}.example/", last_at=ago(2), changed_at=ago(24 * 19),
        next_at=ago(-4), captures=980, summary="The telephone number of the office was changed.",
        told=(told(page, 24 * 19, "The telephone number of the office was changed.", 1),), reports=1,
        days=days(d10=Activity(4, 0, 1)),
    )  # fmt: skip


def failing(page: str = "eastbrook-school", title: str = "School Board of Eastbrook", attempts: int = 12) -> PageState:
    blind = {f"d{place}": Activity(is_failing=True) for place in (27, 28, 29)}
    return PageState(
        page, State.FAILING, title, f"https://{page}.example/", since=ago(51), last_at=ago(57), changed_at=ago(24 * 9),
        next_at=ago(-1), captures=311, attempts=attempts, reason=f"{page}.example does not answer within 30 seconds",
        summary="One letter came.", told=(told(page, 24 * 9, "One letter came.", 0, 1),), reports=1,
        days=days(d20=Activity(4, 0, 0, 1), **blind),
    )  # fmt: skip


def suspect(page: str = "southmere-planning", title: str = "Planning Office of Southmere") -> PageState:
    return PageState(
        page, State.SUSPECT, title, f"https://{page}.example/", since=ago(7), last_at=ago(1), changed_at=ago(24 * 4),
        next_at=ago(-5), captures=88, summary=SHRUNKEN,
        told=(told(page, 7, SHRUNKEN, is_suspect=True), told(page, 24 * 4, "Two plans came.", 0, 2)), reports=2,
        days=days(d29=Activity(2, 2), d25=Activity(4, 0, 0, 2)),
    )  # fmt: skip


def waiting(page: str = "kingsley-council") -> PageState:
    return PageState(page, State.WAITING, url=f"https://{page}.example/", next_at=ago(-1))


def few() -> Overview:
    return overview(alert(), news(), quiet())


def many(count: int = 40) -> Overview:
    """Most of them quiet, some of each other state."""
    named = [
        (f"{town}-{office.split()[0]}-{number // 40}".lower().removesuffix("-0"), f"{office} of {town}")
        for number, (town, office) in enumerate(
            (_TOWNS[at % 8], _OFFICES[at // 8 % 5]) for at in range(count)
        )
    ]  # fmt: skip
    kinds: list[Callable[[str, str], PageState]] = [failing, suspect, alert, alert, news, news, news, news, news]
    pages = [(kinds[at] if at < len(kinds) else quiet)(*name) for at, name in enumerate(named)]
    return overview(*pages, waiting())


def kept() -> Overview:
    """Digests of most days of the last weeks, and of some before."""
    days = [NOW.date() - timedelta(days=back) for back in (*range(20), 22, 23, 31, 45, 400)]
    return many()._replace(digests=tuple(Kept(day, f"digests/{day}.html") for day in days))


def none() -> Overview:
    return overview()


def blind() -> Overview:
    return overview(
        failing(attempts=1),
        failing("ashby-water", "Water Works of Ashby"),
        failing("northport-council", "Town Council"),
    )


def calm() -> Overview:
    return overview(quiet(), quiet("northport-council", "Town Council of Northport"))


HOSTILE = (
    "</style></svg><script>alert(1)</script>", "\u202eevil\u202c \x1b[31m\x07", "{{ 7*7 }}{% raw %}",
    "'\"><img src=x onerror=alert(1)>",
    "خطاب الميناء", "a" * 400,
)  # fmt: skip


def hostile() -> Overview:
    """Titles, reasons, summaries and addresses that try to act."""
    pages = []
    for number, text in enumerate(HOSTILE):
        id_ = f"page-{number}"
        pages += [
            failing(id_, text)._replace(reason=text, url=f"javascript:{text}"),
            alert(f"{id_}-a", text)._replace(summary=text, url=f"https://x.example/{text}"),
            quiet(f"{id_}-q", text)._replace(told=(Told(NOW, f"javascript:{text}", text),), summary=text),
        ]
    return overview(*pages)


OVERVIEWS: dict[str, Callable[[], Overview]] = {
    "few": few, "many": many, "kept": kept, "none": none, "blind": blind, "calm": calm, "hostile": hostile,
}  # fmt: skip
