"""Overview → its headings and sentences: how many pages stand how, and how each of them does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from monitor.model.english import listed, plural
from monitor.model.overview import Activity, Overview, PageState, State, Told
from monitor.report.columns import clipped
from monitor.report.neutral import neutral
from monitor.report.wording import blind, dates

TITLES = {
    State.FAILING: "Not seen",
    State.SUSPECT: "Suspect captures",
    State.ALERT: "Alerts",
    State.NEWS: "News",
    State.EXPECTED: "As expected",
    State.WAITING: "Not captured yet",
}
SIGNS = {
    State.FAILING: "✕",
    State.SUSPECT: "?",
    State.ALERT: "!",
    State.NEWS: "+",
    State.EXPECTED: "=",
    State.WAITING: "·",
}
LABELS = {
    State.FAILING: "not seen",
    State.SUSPECT: "suspect",
    State.ALERT: "with alerts",
    State.NEWS: "with news",
    State.EXPECTED: "as expected",
    State.WAITING: "not captured yet",
}
BEGIN = "monitor add https://…"
_CLAUSES = {
    State.FAILING: "cannot be captured",
    State.SUSPECT: "gave a capture that may be no honest one",
    State.ALERT: "brought alerts",
    State.NEWS: "brought news",
}


def title(overview: Overview) -> str:
    """40 watched pages"""
    if not overview.pages:
        return "No watched pages"
    return f"{len(overview.pages):,} watched {plural('page', len(overview.pages))}"


def when(overview: Overview) -> str:
    """As of 28 November 2026, 07:05 UTC; the next capture is due at 07:30."""
    as_of = f"as of {dates.minute(overview.at)}"
    due = [page.next_at for page in overview.pages if page.next_at]
    return f"{as_of} · next capture due {moment(min(due), overview)}" if due else as_of


def opening(overview: Overview) -> str:
    """What one would say of all of them at the door."""
    counts = Counter(page.state for page in overview.pages)
    if not overview.pages:
        return f"No page is watched yet. {BEGIN} looks at one and proposes its entry."
    grave = [state for state in _CLAUSES if counts[state]]
    if not grave:
        return _quiet(counts, overview)
    said = [f"{_number(counts[state], at == 0)} {_CLAUSES[state]}" for at, state in enumerate(grave)]
    lately = f" in the last {dates.counted(overview.recent, 'day')}" if set(grave) & {State.ALERT, State.NEWS} else ""
    return f"{dates.capital(listed(said))}{lately}. {_others(counts)}".rstrip()


def _others(counts: Mapping[State, int]) -> str:
    """The other 31 are as expected. One has not been captured yet."""
    quiet, waiting = counts[State.EXPECTED], counts[State.WAITING]
    said = [f"{dates.number(quiet)} {'is' if quiet == 1 else 'are'} as expected."] if quiet else []
    said += [f"{dates.number(waiting)} {'has' if waiting == 1 else 'have'} not been captured yet."] if waiting else []
    return " ".join(map(dates.capital, said))


def _quiet(counts: Mapping[State, int], overview: Overview) -> str:
    waiting, total = counts[State.WAITING], len(overview.pages)
    if waiting == total:
        return "No capture has been taken yet: monitor check takes the first ones."
    found = f"Nothing was found in the last {dates.counted(overview.recent, 'day')}"
    if not waiting:
        return f"{found}, and every page could be captured."
    return f"{found}; {dates.counted(waiting, 'page')} {'has' if waiting == 1 else 'have'} not been captured yet."


def _number(count: int, is_first: bool) -> str:
    return dates.counted(count, "page") if is_first else dates.number(count)


def name(page: PageState) -> str:
    """What the page is called: its title, else its id."""
    return neutral(clipped(page.title or page.id))


def told_of(page: PageState, overview: Overview) -> str:
    """The sentence beside a page's name."""
    if page.state is State.FAILING:
        return _fails(page, overview)
    if page.state is State.WAITING:
        return "No capture of it has been taken yet."
    if page.state is State.EXPECTED and not page.summary:
        return "Nothing was found on it so far."
    return dates.closed(neutral(page.summary).rstrip("."))


def _fails(page: PageState, overview: Overview) -> str:
    since = moment(page.since, overview) if page.since else "an unknown time"
    if page.attempts == 1:
        return f"The attempt of {since} failed: {blind.reason(page.reason)}."
    attempts = dates.capital(dates.counted(page.attempts, "attempt"))
    return f"{attempts} failed since {since}, the last one: {blind.reason(page.reason)}."


def facts(page: PageState, overview: Overview) -> Iterator[tuple[str, str, str]]:
    """When it was captured, when it changed, when it is due: a label, the time in words, and in ISO 8601."""
    named = (("captured", page.last_at), ("changed", page.changed_at), ("next", page.next_at))
    yield from ((label, _brief(at, overview), at.isoformat(timespec="minutes")) for label, at in named if at)


def reports(told: Sequence[Told], overview: Overview) -> list[str]:
    """28 November, 06:00; with the seconds where two neighbours would read the same."""
    times = dates.clock_times([each.at for each in told])
    return [f"{_day(each.at, overview)}, {time}" for each, time in zip(told, times, strict=True)]


def reports_in_full(told: Sequence[Told]) -> list[str]:
    """The same where nothing beside it tells the year: 28 November 2026, 06:00 UTC."""
    times = dates.clock_times([each.at for each in told])
    return [f"{dates.day(each.at.date())}, {time} UTC" for each, time in zip(told, times, strict=True)]


def found(told: Told) -> str:
    """2 alerts, 1 news item; that it is suspect; nothing where that is not known."""
    if told.is_suspect:
        return "suspect"
    counts = [f"{told.alerts:,} {plural('alert', told.alerts)}"] if told.alerts else []
    counts += [f"{told.news:,} news"] if told.news else []
    return ", ".join(counts)


def sign_of(told: Told) -> State:
    """The state that one finding alone would put its page in."""
    if told.is_suspect:
        return State.SUSPECT
    if told.alerts:
        return State.ALERT
    return State.NEWS if told.news or told.summary else State.EXPECTED


def moment(at: datetime, overview: Overview) -> str:
    """4 November, 06:00; the year where it is another than that of the overview. No "today": it is read later too."""
    return f"{_day(at, overview)}, {at:%H:%M}"


def _day(at: datetime, overview: Overview) -> str:
    return dates.day_beside(at.date(), overview.at.date())


def _brief(at: datetime, overview: Overview) -> str:
    """28 Nov 06:00; of another year 28 Nov 2025."""
    is_of_year = at.year == overview.at.year
    return f"{at.day} {dates.day(at.date()).split()[1][:3]} {f'{at:%H:%M}' if is_of_year else f'{at.year:04}'}"


def activity(page: PageState, overview: Overview) -> str:
    """Captured on 28 of 30 days; alerts on one, news on three, suspect on none: what the picture shows."""
    days = [day for _, day in page.days]
    counts = {
        "alerts": sum(bool(day.alerts) for day in days),
        "news": sum(bool(day.news) and not day.alerts for day in days),
        "suspect captures": sum(bool(day.suspect) for day in days),
        "failed attempts": sum(day.is_failing for day in days),
    }
    said = [f"{what} on {count}" for what, count in counts.items() if count]
    captured = f"captured on {sum(bool(day.captures) for day in days)} of {overview.length} days"
    return ", ".join([captured, *said])


def together(overview: Overview) -> tuple[Activity, ...]:
    """What each day brought on all pages."""
    found = [Activity() for _ in range(overview.length)]
    for place, day in (one for page in overview.pages for one in page.days):
        one = found[place]
        found[place] = Activity(
            one.captures + day.captures,
            one.suspect + day.suspect,
            one.alerts + day.alerts,
            one.news + day.news,
            one.is_failing or day.is_failing,
        )
    return tuple(found)


def day_together(day: Activity) -> str:
    """What a day brought: 2 alerts, 5 news, failed attempts."""
    said = [f"{day.alerts:,} {plural('alert', day.alerts)}"] if day.alerts else []
    said += [f"{day.news:,} news"] if day.news else []
    said += ["suspect captures"] if day.suspect else []
    said += ["failed attempts"] if day.is_failing else []
    return ", ".join(said) or ("nothing found" if day.captures else "no captures")


def days(overview: Overview) -> tuple[str, str]:
    """The first and the last day of the pictures: 30 October, 28 November."""
    last = overview.first + timedelta(days=overview.length - 1)
    return dates.day_beside(overview.first, last), dates.day_beside(last, last)


def state_of(day: Activity) -> str:
    """What a day's mark in the picture stands for, the gravest of what it brought."""
    if day.is_failing and not day.captures:
        return "failing"
    if day.alerts:
        return "alert"
    if day.suspect:
        return "suspect"
    return "news" if day.news else "failing" if day.is_failing else "same"
