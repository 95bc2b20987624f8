"""Story → what is told of it in rows: counters, items that came and went, how often what changed, what was not seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from monitor.model.change import ChangeKind as Kind
from monitor.model.english import listed
from monitor.model.story import CounterStory, Event, Gap, ItemStory, Run, Story, Untold
from monitor.report.neutral import neutral, safe_url
from monitor.report.wording import dates, spells, stories
from monitor.report.wording.deeds import stood
from monitor.report.wording.kinds import CAME, GONE, KINDS, SAME, TOUCHED, WORDS
from monitor.report.wording.quotes import quoted
from monitor.report.wording.stories import Thread


class Subject(NamedTuple):
    """What it happened to. `dated` is an item's date, `life` when it was there, `item` None for what is no item."""

    name: str
    life: str
    dated: str = ""
    url: str | None = None
    item: ItemStory | None = None


class Row(NamedTuple):
    """An item that came or went: by when it came, when it was last seen and how it ended; nothing of what stays."""

    subject: Subject
    sign: str
    came: str
    last: str
    end: str


class Counted(NamedTuple):
    """A counter in words: its sentence, how far it came, and what was out of step."""

    story: CounterStory
    label: str
    moved: str
    odd: str


class Share(NamedTuple):
    """How often a kind of change was told: in `times` of `of` comparisons, `changes` altogether.

    Of a kind with findings these are counted, as in the rest of the report, and `routine` are the others.
    """

    sign: str
    label: str
    times: int
    of: int
    changes: int
    routine: int = 0

    @property
    def remark(self) -> str:
        """What the bar does not show: 5 changes, 3 more routine."""
        changes = [f"{self.changes:,} changes"] if self.changes != self.times else []
        return ", ".join([*changes, *([f"{self.routine:,} more routine"] if self.routine else [])])


def of_item(item: ItemStory, story: Story) -> Subject:
    """An item in words."""
    return Subject(
        name=neutral(item.title),
        life=stories.life(item, story),
        dated=dates.from_iso(item.date) if item.date else "",
        url=safe_url(item.url),
        item=item,
    )


def counters(story: Story) -> Iterator[Counted]:
    """Each counter, in the order of the page."""
    for counter in story.counters:
        yield Counted(
            counter, dates.capital(stories.name_of(counter, story)), stories.counted(counter, story), stood(counter)
        )


def rows(story: Story) -> Iterator[Row]:
    """The items that came or went while captures were taken, whatever else happened to them, the newest first."""
    for item in sorted(story.items, key=lambda each: -each.first):
        if not _stands(item, story):
            sign, end = _end(item)
            before = "before" if item.first == story.first_good else "by"
            came = f"{before} {spells.captured(story, item.first)}"
            last = "" if item.is_there else spells.captured(story, item.last)
            yield Row(of_item(item, story), sign, came, last, end)


def standing(story: Story) -> str:
    """How many items did neither, in a sentence; nothing where no capture was compared with another."""
    there = [item for item in story.items if _stands(item, story)]
    if not there or not story.comparisons:
        return ""
    told = sum(not is_ordinary(item) for item in there)
    also = f", {dates.number(told)} of them told above" if told else ""
    return f"{dates.counted(len(there), 'item')} stood from the first capture to the last{also}"


def _stands(item: ItemStory, story: Story) -> bool:
    return item.is_there and len(item.runs) == 1 and item.first == story.first_good


def is_ordinary(thread: Thread) -> bool:
    """Whether nothing happened to it but what happens in lists, and what time makes."""
    return all(stories.is_ordinary(event) for event in thread.events)


def _end(item: ItemStory) -> tuple[str, str]:
    if item.is_there:
        return (TOUCHED, "gone and back") if len(item.runs) > 1 else (CAME, "")
    if any(event.change.kind is Kind.ITEM_AGED_OFF for event in item.events):
        return SAME, "aged off"
    return GONE, "gone"


def shares(story: Story) -> Iterator[Share]:
    """Each kind of change, the most frequent first."""
    steps: dict[Kind, list[Event]] = {}
    for event in story.events:
        steps.setdefault(event.change.kind, []).append(event)
    told = [_share(kind, events, story.comparisons) for kind, events in steps.items()]
    yield from sorted(told, key=lambda share: (-share.times, -share.changes, share.label))


def _share(kind: Kind, events: Sequence[Event], of: int) -> Share:
    found = [event for event in events if event.change.is_finding] or events
    times = len({event.after for event in found})
    return Share(WORDS[kind].sign, WORDS[kind].label, times, of, len(found), len(events) - len(found))


def dealt_with(story: Story) -> Iterator[str]:
    """What somebody noted on findings, in sentences."""
    for each in story.dealt_with:
        kind = WORDS[KINDS[each.kind]].label if each.kind in KINDS else each.kind
        what = f"{dates.day(each.capture.at.date())}, {kind}: {quoted(neutral(each.subject))}"
        yield f"{what}: {neutral(each.note)} (noted on {dates.day(each.at.date())})"


def unseen(story: Story) -> Iterator[str]:
    """The gaps, then the suspect captures and those that are untold, in sentences."""
    for gap in story.gaps:
        yield f"{spells.between(story, gap.before, gap.after)}, {spells.length(story, gap)}: {_shown_in(gap, story)}"
    for run in story.suspect_runs:
        yield _suspect(run, story)
    for each in story.untold:
        if each.fault:
            yield f"the capture of {dates.moment(each.capture.at)} cannot be read: {neutral(each.fault).rstrip('.')}"
    yield from _taken_out(story)


def _shown_in(gap: Gap, story: Story) -> str:
    """What there is of captures in a gap, none of which shows the page."""
    ends = story.moments[gap.before].capture.at, story.moments[gap.after].capture.at
    inside = [each for each in story.untold if ends[0] < each.capture.at < ends[1]]
    pruned = sum(each.taken_out is not None for each in inside)
    suspect = gap.after - gap.before - 1
    counts = {"that cannot be read": len(inside) - pruned, "taken out of the store": pruned}
    said = ["a suspect one" if suspect == 1 else f"{dates.number(suspect)} suspect ones"] if suspect else []
    said += [f"{dates.number(count)} {what}" for what, count in counts.items() if count]
    return f"no capture but {listed(said)}" if said else "no capture"


def _taken_out(story: Story) -> Iterator[str]:
    """Captures that were taken out, those of one day together."""
    by_day: dict[date, list[Untold]] = {}
    for each in story.untold:
        if each.taken_out:
            by_day.setdefault(each.taken_out.date(), []).append(each)
    for day, gone in by_day.items():
        first, last = (gone[at].capture.at.date() for at in (0, -1))
        span = f"of {dates.day(first)}" if first == last else f"between {dates.both(first, last)}"
        captures = f"{dates.counted(len(gone), 'capture')} {span} {dates.was(len(gone))}"
        yield f"{captures} taken out of the store on {dates.day(day)}"


def _suspect(run: Run, story: Story) -> str:
    reasons = dict.fromkeys(
        neutral(reason).strip().rstrip(".")
        for moment in story.moments[run.first : run.last + 1]
        for reason in moment.doubts
    )
    count = run.last - run.first + 1
    captures = "the capture" if count == 1 else dates.counted(count, "capture")
    return f"suspect and left out, {captures} of {spells.stretch(story, run)}: {'; '.join(reasons)}"
