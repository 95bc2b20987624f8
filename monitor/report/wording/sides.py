"""The two snapshots of a comparison → what a person calls them: names, dates, the time between."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.model.change import Change, Side
from monitor.model.comparison import Comparison
from monitor.model.days import day_in
from monitor.model.reading import Reading
from monitor.report.columns import clipped, cut
from monitor.report.neutral import neutral
from monitor.report.wording import dates

ARROW = " → "
_MINUTES_A_DAY = 24 * 60
_LEAST_HOURS = 2  # what is less is said in minutes
_LONGEST_NAME = 60  # two names, two dates and the days fit into two lines of a mail


def head(comparison: Comparison) -> str:
    """The line above a report: what the page is called, what was compared, of when, how far apart."""
    title = _title(comparison)
    called = [cut(neutral(clipped(title)), _LONGEST_NAME)] if title else []
    return " · ".join([*called, named(comparison), both_days(comparison), elapsed(comparison)])


def page_name(comparison: Comparison) -> str:
    """What the page is called: its title, else its id, else the names of the snapshots."""
    title = _title(comparison)
    return neutral(clipped(title)) if title else named(comparison)


def named(comparison: Comparison) -> str:
    """What was compared: the page's id, without one the names of the snapshots."""
    return neutral(comparison.page) if comparison.page else both_names(comparison)


def names_below(comparison: Comparison) -> list[str]:
    """What was compared, as one part of the line below a title that does not say it already."""
    return [named(comparison)] if _title(comparison) else []


def is_titled(comparison: Comparison) -> bool:
    """Whether the page has a name of its own, and need not be called by its files."""
    return bool(comparison.page or _title(comparison))


def _title(comparison: Comparison) -> str | None:
    """The title in config.yaml, else that which the page gives itself, the later one; an error page's is none of it."""
    if comparison.page_title:
        return comparison.page_title
    after, before = comparison.after, comparison.before
    first, last = (before, after) if comparison.is_foreign and after.suspicions else (after, before)
    return first.title or last.title


def both_names(comparison: Comparison) -> str:
    return _changed(name_of(comparison.before), name_of(comparison.after))


def name_of(reading: Reading) -> str:
    """The last part of where the snapshot came from."""
    if reading.source == "-":
        return "standard input"
    name = neutral(reading.source).rstrip("/\\").replace("\\", "/").rpartition("/")[2]
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME // 2]}…{name[-_LONGEST_NAME // 2 + 1 :]}"


def both_days(comparison: Comparison) -> str:
    """4 July 2020 → 3 August 2020; with the time where both captures are of one day."""
    return _changed(*days_of(comparison))


def days_of(comparison: Comparison) -> tuple[str, str]:
    """The day of each snapshot, with the time where both are of one; of one page date on both the captures' days."""
    before, after = comparison.before, comparison.after
    first, last = before.captured_at, after.captured_at
    if not first or not last or not (before.snapshot_day == after.snapshot_day or _share_a_date(before, after)):
        return day_of(before), day_of(after)
    if comparison.elapsed_days and not _within_a_day(comparison):
        return dates.day(first.date()), dates.day(last.date())
    return dates.moments(first, last)


def _share_a_date(before: Reading, after: Reading) -> bool:
    return before.page_day is not None and before.page_day == after.page_day


def day_of(reading: Reading) -> str:
    """The snapshot day, or what is known instead."""
    if reading.snapshot_day is None:
        return "undated"
    if reading.is_day_from_items:
        return f"undated (newest item {dates.day(reading.snapshot_day)})"
    return dates.day(reading.snapshot_day)


def called(reading: Reading, otherwise: str) -> str:
    """A snapshot within a sentence: the snapshot of 4 July 2020; undated, the earlier or later one."""
    day = None if reading.is_day_from_items else reading.snapshot_day
    return f"the snapshot of {dates.day(day)}" if day else f"the {otherwise} snapshot"


def elapsed(comparison: Comparison) -> str:
    """30 days; 19 minutes or 14 hours where both captures tell the time; the same day, or page date; unknown."""
    days = comparison.elapsed_days
    if days is None:
        return "unknown time between"
    if time := _within_a_day(comparison):
        return f"{dates.of_unit(*time)}{' backwards' if comparison.is_reversed else ''}"
    if days == 0:
        return "same page date" if _are_of_two_days(comparison) else "same day"
    return dates.days(days) if days > 0 else f"{dates.days(-days)} backwards"


def _are_of_two_days(comparison: Comparison) -> bool:
    first, last = comparison.before.captured_at, comparison.after.captured_at
    return bool(first and last and first.date() != last.date())


def between(comparison: Comparison) -> str:
    """The time between in a sentence: seven days, 14 hours; nothing where it is not known or none."""
    if time := _within_a_day(comparison):
        return dates.counted(*time)
    days = abs(comparison.elapsed_days or 0)
    return dates.counted(days, "day") if days else ""


def back(comparison: Comparison) -> str:
    """How much older the second snapshot is, where the sides are in reverse."""
    return between(comparison) or "less than a minute"


def _within_a_day(comparison: Comparison) -> tuple[int, str] | None:
    """Hours or minutes, where both captures tell the time and less than a day lies between them."""
    first, last = comparison.before.captured_at, comparison.after.captured_at
    if not first or not last or comparison.elapsed_days is None:
        return None
    if not (dates.has_time(first) and dates.has_time(last)):
        return None
    minutes = round(abs((last - first).total_seconds()) / 60)
    if not 0 < minutes < _MINUTES_A_DAY:
        return None
    return (minutes, "minute") if minutes < _LEAST_HOURS * 60 else (round(minutes / 60), "hour")


def passed(comparison: Comparison) -> str:
    """The time between as a clause: 30 days have passed."""
    time = between(comparison)
    return f"{time} {'has' if time.startswith('one ') else 'have'} passed" if time else "time has passed"


def later(comparison: Comparison) -> str:
    """How much later the later snapshot is: seven days later."""
    time = between(comparison)
    return f"{time} later" if time else "later on"


def since_it_stood(change: Change, comparison: Comparison) -> Comparison:
    """The comparison, of a counter that stood still for longer as if its earlier side had been captured then."""
    day = comparison.after.snapshot_day
    if change.since is None or day is None:
        return comparison
    elapsed_days = (day - day_in(change.since, comparison.after.zone)).days
    before = comparison.before._replace(captured_at=change.since)
    return comparison._replace(before=before, elapsed_days=elapsed_days)


def in_time(change: Change, comparison: Comparison) -> tuple[Side | None, Side | None]:
    """Both sides of a change, the older snapshot's first."""
    return (change.after, change.before) if comparison.is_reversed else (change.before, change.after)


def limits(comparison: Comparison) -> tuple[str, ...]:
    """When nobody looked, what could not be decided, what could not be read of either snapshot; each sentence once."""
    read = (
        f"{dates.capital(called(reading, which))}: {limit}"
        for reading, which in ((comparison.before, "earlier"), (comparison.after, "later"))
        for limit in reading.limits
        if limit not in comparison.limits
    )
    return tuple(dict.fromkeys((*_gap(comparison), *comparison.limits, *read)))


def _gap(comparison: Comparison) -> Iterator[str]:
    if comparison.gap:
        from monitor.report.wording import blind  # noqa: PLC0415  gaps are rare

        yield blind.gap(comparison, comparison.gap)


def right_way_round(comparison: Comparison) -> str:
    """The command that compares the two in order of time, ready for a POSIX shell."""
    import shlex  # noqa: PLC0415  sides in reverse are rare

    older, newer = (shlex.quote(neutral(each.source)) for each in (comparison.after, comparison.before))
    return f"monitor compare {older} {newer}"


def _changed(before: str, after: str) -> str:
    return before if before == after else f"{before}{ARROW}{after}"
