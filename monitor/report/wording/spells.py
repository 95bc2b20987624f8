"""A story's captures and the time between them → as a person says it: between 3 and 4 July 2020, about one a day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from monitor.model.story import Gap, Moment, Run, Story
from monitor.report.wording import dates

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_ABOUT = 1 / 4  # of the pace: captures of one schedule are minutes off it, those of another twice or half of it
_FEWEST = 2  # intervals that can be alike
_LEAST = 2  # hours or days: what is less is said in the smaller unit


def day_of(moment: Moment) -> date:
    """The snapshot day; without one the capture's, in UTC."""
    return moment.day or moment.capture.at.date()


def captured(story: Story, at: int) -> str:
    """4 July 2020; with the time where another capture is of that day."""
    moment = story.moments[at]
    beside = story.moments[max(0, at - 1) : at] + story.moments[at + 1 : at + 2]
    others = [each.capture.at for each in beside if day_of(each) == day_of(moment)]
    if not others:
        return dates.day(day_of(moment))
    own = dates.moment(moment.capture.at)
    return next((dates.minute_beside(moment.capture.at, each) for each in others if dates.moment(each) == own), own)


def captured_beside(story: Story, at: int, other: int) -> str:
    """The same, without the year where the other capture named before is of that year."""
    year = f" {day_of(story.moments[at]).year:04}"
    is_same = day_of(story.moments[other]).year == day_of(story.moments[at]).year
    return captured(story, at).replace(year, "", 1) if is_same else captured(story, at)


def between(story: Story, before: int, after: int) -> str:
    """Between 3 and 4 July 2020; of captures of one day between their times."""
    first, last = story.moments[before], story.moments[after]
    if day_of(first) != day_of(last):
        return f"between {dates.both(day_of(first), day_of(last))}"
    one, other = first.capture.at, last.capture.at
    if one.date() == other.date():
        return f"on {dates.day(one.date())} between {dates.between_times(one, other)}"
    return f"between {dates.moment(one)} and {dates.moment(other)}"


def stretch(story: Story, run: Run) -> str:
    """From one capture to another: 3 to 5 July 2020; of one capture its day."""
    first, last = story.moments[run.first], story.moments[run.last]
    if run.first == run.last or day_of(first) == day_of(last):
        return captured(story, run.first)
    return dates.from_to(day_of(first), day_of(last))


def pace(story: Story) -> str:
    """About one a day, mostly three days apart; nothing where no one length of time is that of most intervals."""
    intervals = [after.capture.at - before.capture.at for before, after in pairwise(story.moments)]
    if story.pace is None or len(intervals) < _FEWEST:
        return ""
    if sum(_is_about(each, story.pace) for each in intervals) <= len(intervals) / 2:
        return ""
    mean = sum(intervals, timedelta()) / len(intervals)
    return _one_every(story.pace) if _is_about(mean, story.pace) else f"mostly {_apart(story.pace)}"


def _is_about(time: timedelta, pace: timedelta) -> bool:
    return abs(time - pace) <= _ABOUT * pace


def _one_every(time: timedelta) -> str:
    """About one a day, about one every three hours."""
    count, unit = in_units(time)
    if count == 1:
        return f"about one {'an' if unit == 'hour' else 'a'} {unit}"
    return f"about one every {dates.counted(count, unit)}" if count else "within a minute of each other"


def _apart(time: timedelta) -> str:
    """A day apart, three hours apart."""
    count, unit = in_units(time)
    if count == 1:
        return f"{'an' if unit == 'hour' else 'a'} {unit} apart"
    return f"{dates.counted(count, unit)} apart" if count else "within a minute of each other"


def length(story: Story, gap: Gap) -> str:
    """30 days, by the days that the captures are of; 16 hours, two minutes of what is less."""
    days = (day_of(story.moments[gap.after]) - day_of(story.moments[gap.before])).days
    return dates.counted(days, "day") if gap.length >= _LEAST * _DAY else dates.counted(*in_units(gap.length))


def in_units(time: timedelta) -> tuple[int, str]:
    """How many days, hours or minutes a time is, and which of these."""
    if time >= _LEAST * _DAY or round(time / _HOUR) == 24:
        return round(time / _DAY), "day"
    if time >= _LEAST * _HOUR or round(time / timedelta(minutes=1)) == 60:
        return round(time / _HOUR), "hour"
    return round(time / timedelta(minutes=1)), "minute"
