"""Story → what is told of it in rows: counters, items that only came and went, how often what changed, gaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from monitor.model.change import ChangeKind as Kind
from monitor.model.story import CounterStory, ItemStory, Run, Story
from monitor.report.neutral import neutral, safe_url
from monitor.report.wording import dates, spells, stories
from monitor.report.wording.kinds import CAME, GONE, SAME, WORDS
from monitor.report.wording.stories import Thread


class Subject(NamedTuple):
    """What it happened to. `dated` is an item's date, `life` when it was there, `item` None for what is no item."""

    name: str
    life: str
    dated: str = ""
    url: str | None = None
    item: ItemStory | None = None


class Row(NamedTuple):
    """An item that only came and went: when it was first and last seen, and how it ended."""

    subject: Subject
    sign: str
    first: str
    last: str
    end: str


class Counted(NamedTuple):
    """A counter in words: its sentence, how far it came, and what was out of step."""

    story: CounterStory
    label: str
    moved: str
    odd: str


class Share(NamedTuple):
    """How often a kind of change was told: in `times` of `of` comparisons, `changes` altogether."""

    sign: str
    label: str
    times: int
    of: int
    changes: int


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
            counter, dates.capital(stories.name_of(counter)), stories.counted(counter, story), stories.stood(counter)
        )


def rows(story: Story) -> Iterator[Row]:
    """The items to which nothing happened but what happens in lists, the newest first."""
    for item in sorted(story.items, key=lambda each: -each.first):
        if is_ordinary(item):
            sign, end = _end(item)
            first, last = (spells.captured(story, at) for at in (item.first, item.last))
            yield Row(of_item(item, story), sign, first, last, end)


def is_ordinary(thread: Thread) -> bool:
    """Whether nothing happened to it but what happens in lists, and what time makes."""
    return all(stories.is_ordinary(event) for event in thread.events)


def _end(item: ItemStory) -> tuple[str, str]:
    if item.is_there:
        return CAME, "still there"
    if any(event.change.kind is Kind.ITEM_AGED_OFF for event in item.events):
        return SAME, "aged off"
    return GONE, "gone"


def shares(story: Story) -> Iterator[Share]:
    """Each kind of change, the most frequent first."""
    for each in story.frequencies:
        words = WORDS[Kind(each.kind)]
        yield Share(words.sign, words.label, each.comparisons, story.comparisons, each.changes)


def unseen(story: Story) -> Iterator[str]:
    """The gaps, then the suspect captures, in sentences."""
    for gap in story.gaps:
        yield f"no capture {spells.between(story, gap.before, gap.after)}: {spells.length(story, gap)}"
    for run in story.suspect_runs:
        yield _suspect(run, story)


def _suspect(run: Run, story: Story) -> str:
    reasons = dict.fromkeys(
        neutral(reason).strip().rstrip(".")
        for moment in story.moments[run.first : run.last + 1]
        for reason in moment.doubts
    )
    count = run.last - run.first + 1
    captures = "the capture" if count == 1 else dates.counted(count, "capture")
    return f"suspect and left out, {captures} of {spells.stretch(story, run)}: {'; '.join(reasons)}"
