"""Story → what its things are called, and the sentences beside its charts and lists."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.change import ChangeKind as Kind, Significance
from monitor.model.comparison import Verdict
from monitor.model.english import plural
from monitor.model.story import CounterStory, Event, ItemStory, Moment, PartStory, Story
from monitor.report.columns import clipped
from monitor.report.neutral import neutral
from monitor.report.wording import dates, spells
from monitor.report.wording.counts import count_followed
from monitor.report.wording.kinds import WORDS
from monitor.report.wording.quotes import quoted

Thread = ItemStory | CounterStory | PartStory

STATES = {
    "first": "the first",
    "same": "nothing new",
    "moved": "only what time changes",
    "news": "news",
    "alert": "alert",
    "suspect": "suspect",
}  # what a capture brought, by the tick that stands for it
ARRIVALS = (Kind.ITEM_PUBLISHED, Kind.ITEM_BACKFILLED, Kind.ITEM_ADDED)  # what lists are there for
SEE_STEP = "`monitor compare` with the two captures named shows a step in full."
_MOST_QUOTED = 60

# The gravest first: what was done to the record, then to what it counts, then to how it can be reached.
_FIRST = (
    Kind.ITEM_WITHDRAWN,
    Kind.LIST_REPLACED,
    Kind.LIST_VANISHED,
    Kind.ITEM_BACKDATED,
    Kind.COUNTER_RESET,
    Kind.ITEM_RETITLED,
    Kind.ITEM_REDATED,
    Kind.LEAD_EDITED,
    Kind.COUNTER_DRIFTED,
    Kind.COUNTER_STALLED,
    Kind.COUNTER_REMOVED,
    Kind.COUNTER_REWORDED,
)
_IN_ORDER = tuple(WORDS)
# fmt: off
_NOUNS = {"title": "the page's title", "date": "the page's own date", "lead": "the lead", "text": "the text",
          "list": "the list"}
_LABELLED = {"field": "the field", "stamp": "the stated date", "clock": "the clock for", "figure": "the figure for"}
# fmt: on


def page_name(story: Story) -> str:
    """What the page is called: its title, else its id."""
    return neutral(clipped(story.title or story.page.id))


def when(story: Story) -> str:
    """12 captures · 4 July to 3 August 2020 · about one a day"""
    count = len(story.moments)
    parts = [f"{count:,} {plural('capture', count)}"]
    if story.moments:
        first, last = (spells.day_of(story.moments[at]) for at in (0, -1))
        parts.append(dates.day(first) if first == last else dates.from_to(first, last))
    return " · ".join(filter(None, [*parts, spells.pace(story)]))


def name_of(thread: Thread, story: Story) -> str:
    """What a person calls a thread, neutral; of several parts of one name with what each says."""
    if isinstance(thread, ItemStory):
        return neutral(thread.title)
    if isinstance(thread, CounterStory):
        return count_followed(thread)
    name = neutral(thread.name or "")
    if thread.noun in ("text", "list"):
        return f"{_NOUNS[thread.noun]} under {quoted(name)}" if name else _NOUNS[thread.noun]
    return f"{name or _NOUNS.get(thread.noun, thread.noun)}{_told_apart(thread, story)}"


def in_sentence(thread: Thread, story: Story) -> str:
    """The name of a thread amid words of ours."""
    if isinstance(thread, ItemStory):
        return quoted(thread.title, _MOST_QUOTED)
    if isinstance(thread, PartStory) and thread.noun in _LABELLED and thread.name:
        return f"{_LABELLED[thread.noun]} {quoted(thread.name, _MOST_QUOTED)}{_told_apart(thread, story)}"
    name = name_of(thread, story)
    if isinstance(thread, CounterStory):
        return f"the count {name}" if name.startswith("“") else f"the count of {name}"
    return name


def _told_apart(part: PartStory, story: Story) -> str:
    """What the first of its events shows, where another part of the page has the same name."""
    if sum((each.noun, each.name) == (part.noun, part.name) for each in story.parts) < 2:
        return ""
    side = part.events[0].change.before or part.events[0].change.after
    return f" ({quoted(str(side.value or side.text), _MOST_QUOTED)})" if side else ""


def threads_of(story: Story, significance: Significance | None = None) -> list[Thread]:
    """All threads in the order of the page, or those of one significance."""
    threads: list[Thread] = [*story.parts, *story.counters, *story.items]
    return [each for each in threads if significance in (None, each.significance)]


def rank(kind: Kind) -> int:
    """Where a kind stands among all, the gravest first."""
    return _FIRST.index(kind) if kind in _FIRST else len(_FIRST) + _IN_ORDER.index(kind)


def gravest_of(thread: Thread) -> Event:
    """The first event of its gravest kind among those of its significance; its coming where nothing else happened."""
    events = [event for event in thread.events if event.change.significance is thread.significance]
    return min(events, key=lambda event: (is_ordinary(event), rank(event.change.kind)))


def life(item: ItemStory, story: Story) -> str:
    """First seen 4 July 2020, last seen 3 August 2020, in 12 of 14 captures."""
    good = [at for at, moment in enumerate(story.moments) if not moment.is_suspect]
    seen = sum(any(run.first <= at <= run.last for run in item.runs) for at in good)
    day = spells.captured(story, item.first)
    if item.first == item.last:
        return _seen_once(item, day, good)
    first = f"{'there from the first capture,' if item.first == good[0] else 'first seen'} {day}"
    last = f"{'still there' if item.is_there else 'last seen'} {spells.captured(story, item.last)}"
    return f"{first}, {last}, in {'all' if seen == len(good) else f'{seen:,} of'} {len(good):,} captures"


def _seen_once(item: ItemStory, day: str, good: Sequence[int]) -> str:
    """Of what one capture alone shows."""
    if len(good) == 1:
        return f"in the only good capture, {day}"
    if item.is_there:
        return f"first seen {day}, in the last capture"
    return f"in {'the first' if item.first == good[0] else 'one'} capture only, {day}"


def counted(counter: CounterStory, story: Story) -> str:
    """853 → 883 in 30 days, counting from 4 March 2018."""
    first, last = counter.counts[0], counter.counts[-1]
    days = (spells.day_of(story.moments[last.at]) - spells.day_of(story.moments[first.at])).days
    moved = f"{first.value:,} → {last.value:,} in {dates.counted(days, 'day')}" if days else f"{last.value:,}"
    origins = [each.origin for each in counter.counts if each.origin]
    if not origins:
        return moved
    start, end = (dates.day(origins[at]) for at in (0, -1))
    between = " at both ends, other days between" if len(set(origins)) > 1 else ""
    also = (
        between if start == end else f" at first, at last {dates.COUNTING[counter.direction].rpartition(' ')[2]} {end}"
    )
    return f"{moved}, {dates.COUNTING[counter.direction]} {start}{also}"


def is_ordinary(event: Event) -> bool:
    """Whether such a thing happens to any item of a list, or time makes it."""
    return event.change.kind in ARRIVALS or not event.change.is_finding


def items(count: int) -> str:
    """Ten items."""
    return dates.capital(dates.counted(count, "item"))


def brought(moment: Moment, findings: int) -> str:
    """What a capture brought, in a few words."""
    if moment.is_suspect:
        return f"suspect: {'; '.join(neutral(reason).rstrip('.') for reason in moment.doubts)}"
    if moment.verdict is None:
        return "the first one"
    if moment.verdict is Verdict.CHANGED:
        return f"{findings:,} {plural('finding', findings)}" if findings else "a check that does not hold"
    return "nothing new" if moment.verdict is Verdict.IDENTICAL else "only what time changes"


def left_out(count: int) -> str:
    """What stands in place of the rest of a long row."""
    return f"… {count:,} more: --all lists them"
