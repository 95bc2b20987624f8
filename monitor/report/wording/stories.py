"""Story → its first paragraph and the sentences beside its charts: what one would say to a colleague at the door."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from monitor.model.change import Change, ChangeKind as Kind, Significance
from monitor.model.comparison import Verdict
from monitor.model.story import CounterStory, Event, ItemStory, Moment, PartStory, Story
from monitor.report.neutral import neutral
from monitor.report.wording import dates, spells
from monitor.report.wording.kinds import WORDS
from monitor.report.wording.quotes import quoted
from monitor.report.wording.sentence import briefs

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
_MOST_NAMED = 2  # threads told one by one at the door; of more the kinds are counted
_MOST_DEEDS = 5  # of one thread
_MOST_QUOTED = 60

# fmt: off
_DEEDS: dict[Kind, str] = {
    Kind.ITEM_PUBLISHED: "was published", Kind.ITEM_BACKDATED: "turned up under an earlier date",
    Kind.ITEM_BACKFILLED: "came in from further back", Kind.ITEM_ADDED: "was added", Kind.ITEM_RETURNED: "came back",
    Kind.ITEM_WITHDRAWN: "was taken off the list", Kind.ITEM_REMOVED: "was removed", Kind.ITEM_RETITLED: "was retitled",
    Kind.ITEM_REDATED: "was given another date", Kind.ITEM_RELINKED: "was given another address",
    Kind.ITEM_EDITED: "was edited", Kind.LIST_REPLACED: "was replaced as a whole",
    Kind.LIST_VANISHED: "went as a whole", Kind.LEAD_EDITED: "was edited", Kind.FIELD_CHANGED: "changed",
    Kind.FIELD_ADDED: "came", Kind.FIELD_REMOVED: "went", Kind.DATE_REVERSED: "went back",
    Kind.STAMP_REVERSED: "went back", Kind.COUNTER_STALLED: "stood still",
    Kind.COUNTER_DRIFTED: "moved by a wrong amount", Kind.COUNTER_RESET: "went the wrong way",
    Kind.COUNTER_REWORDED: "was worded otherwise", Kind.COUNTER_REMOVED: "went", Kind.COUNTER_ADDED: "came",
}
_NOUNS = {"title": "the page's title", "date": "the page's own date", "lead": "the lead", "text": "the text",
          "list": "the list"}
_LABELLED = {"field": "the field", "stamp": "the stated date", "clock": "the clock for", "figure": "the figure for"}
_ORIGINS = {"up": "counting from", "down": "counting down to"}
# fmt: on


def opening(story: Story) -> str:
    """Two to six sentences: how much was captured, what stands out, what else, what could not be seen."""
    if not story.moments:
        return "There is no capture of this page."
    body = [*_scope(story), *_outstanding(story), *_besides(story), *_ordinary(story), *_unseen(story)]
    return " ".join(map(dates.closed, body))


def page_name(story: Story) -> str:
    """What the page is called: its title, else its id."""
    return neutral(story.title or story.page.id)


def when(story: Story) -> str:
    """12 captures · 4 July to 3 August 2020 · about one a day"""
    count = len(story.moments)
    parts = [f"{count:,} capture{'' if count == 1 else 's'}"]
    if story.moments:
        first, last = (spells.day_of(story.moments[at]) for at in (0, -1))
        parts.append(dates.day(first) if first == last else dates.from_to(first, last))
    return " · ".join([*parts, *([spells.pace(story.pace)] if story.pace is not None else ())])


def name_of(thread: Thread) -> str:
    """What a person calls a thread, neutral."""
    if isinstance(thread, ItemStory):
        return neutral(thread.title)
    if isinstance(thread, CounterStory):
        return f"{thread.unit}s {quoted(thread.label)}"
    name = neutral(thread.name or "")
    if thread.noun in ("text", "list"):
        return f"{_NOUNS[thread.noun]} under {quoted(name)}" if name else _NOUNS[thread.noun]
    return name or _NOUNS.get(thread.noun, thread.noun)


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
        return f"first seen {day}"
    if item.is_there:
        return f"first seen {day}, in the last capture"
    return f"in {'the first' if item.first == good[0] else 'one'} capture only, {day}"


def counted(counter: CounterStory, story: Story) -> str:
    """853 → 883 in 30 days, counting from 4 March 2018."""
    first, last = counter.counts[0], counter.counts[-1]
    days = (spells.day_of(story.moments[last.at]) - spells.day_of(story.moments[first.at])).days
    moved = f"{first.value:,} → {last.value:,} in {dates.days(days)}" if days else f"{last.value:,}"
    origins = [each.origin for each in counter.counts if each.origin]
    if not origins:
        return moved
    start, end = (dates.day(origins[at]) for at in (0, -1))
    between = " at both ends, other days between" if len(set(origins)) > 1 else ""
    also = between if start == end else f" at first, at last {_ORIGINS[counter.direction].rpartition(' ')[2]} {end}"
    return f"{moved}, {_ORIGINS[counter.direction]} {start}{also}"


def stood(counter: CounterStory) -> str:
    """What was out of step: stood still twice, went the wrong way once; nothing where all went as it should."""
    odd = Counter(event.change.kind for event in counter.events if event.change.is_finding)
    return dates.listed([f"{_DEEDS.get(kind, WORDS[kind].label)} {_times(count)}" for kind, count in odd.items()])


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
        return f"{findings:,} finding{'' if findings == 1 else 's'}" if findings else "a check that does not hold"
    return "nothing new" if moment.verdict is Verdict.IDENTICAL else "only what time changes"


def left_out(count: int) -> str:
    """What stands in place of the rest of a long row."""
    return f"… {count:,} more: --format json lists all"


# -- the paragraph


def _scope(story: Story) -> Iterator[str]:
    compared = story.comparisons
    count = dates.counted(len(story.moments), "capture")
    first, last = (spells.day_of(story.moments[at]) for at in (0, -1))
    span = f"on {dates.day(first)}" if first == last else f"from {dates.from_to(first, last)}"
    if not compared:
        yield f"{count} {span}, and none to compare with another"
        return
    changed = sum(moment.verdict is Verdict.CHANGED for moment in story.moments)
    pace = f", {spells.pace(story.pace)}" if story.pace is not None and compared > 1 else ""
    if not changed:
        is_moved = any(moment.verdict is Verdict.ROUTINE for moment in story.moments)
        yield f"{count} {span}{pace}: nothing it says changed{' but what time changes' if is_moved else ''}"
    else:
        said = "all but the first bring" if changed == compared > 1 else f"{dates.number(changed)} of them bring"
        yield f"{count} {span}{pace}; {said if changed > 1 else 'one of them brings'} something new"


def _outstanding(story: Story) -> Iterator[str]:
    """The threads with an alert: each told where they are few, else their kinds counted."""
    threads = threads_of(story, Significance.ALERT)
    if not threads:
        return
    if len(threads) <= _MOST_NAMED:
        yield from (_deeds(thread, story) for thread in threads)
        return
    told = dates.listed(briefs(_by_kind(threads, Significance.ALERT), 0))
    yield f"what stands out: {told}"
    if back := sum(_came_back(thread) for thread in threads):
        yield f"{dates.number(back)} of what was taken down came back later"


def _besides(story: Story) -> Iterator[str]:
    threads = threads_of(story)
    found = _by_kind(threads, Significance.NOTABLE)
    found = {kind: changes for kind, changes in found.items() if kind not in (*ARRIVALS, Kind.ITEM_RETURNED)}
    if found:
        yield f"besides: {dates.listed(briefs(found, 0))}"


def _ordinary(story: Story) -> Iterator[str]:
    kinds = Counter(event.change.kind for event in story.events)
    came, aged = sum(kinds[kind] for kind in ARRIVALS), kinds[Kind.ITEM_AGED_OFF]
    said = [f"{dates.counted(came, 'item')} came"] if came else []
    said += [f"{dates.number(aged) if came else dates.counted(aged, 'item')} went off the end"] if aged else []
    if said:
        yield f"as lists do, {dates.listed(said)}"


def _unseen(story: Story) -> Iterator[str]:
    if story.gaps:
        longest = max(story.gaps, key=lambda gap: gap.length)
        spell = spells.between(story, longest.before, longest.after)
        more = f", the longest of {dates.counted(len(story.gaps), 'gap')}" if len(story.gaps) > 1 else ""
        yield f"there is no capture {spell}, {spells.length(story, longest)}{more}: what came and went there is unknown"
    if suspect := sum(moment.is_suspect for moment in story.moments):
        are = "is suspect and has" if suspect == 1 else "are suspect and have"
        yield f"{dates.counted(suspect, 'capture')} {are} no part in this"


def threads_of(story: Story, significance: Significance | None = None) -> list[Thread]:
    """All threads in the order of the page, or those of one significance."""
    threads: list[Thread] = [*story.parts, *story.counters, *story.items]
    return [each for each in threads if significance in (None, each.significance)]


def _by_kind(threads: Sequence[Thread], significance: Significance) -> dict[Kind, list[Change]]:
    """The changes of that significance, in the order of telling kinds; of one thing one of each kind, but all texts."""
    found: dict[Kind, list[Change]] = {kind: [] for kind in WORDS}
    for thread in threads:
        grave = [event.change for event in thread.events if event.change.significance is significance]
        is_text = isinstance(thread, PartStory) and thread.noun == "text"
        for change in grave if is_text else {change.kind: change for change in grave}.values():
            found[change.kind].append(change)
    return {kind: changes for kind, changes in found.items() if changes}


def _deeds(thread: Thread, story: Story) -> str:
    """What happened to one thread: “Letter” was retitled between 3 and 4 July 2020, was removed and came back."""
    events = [event for event in thread.events if event.change.is_finding]
    first = next(event for event in events if event.change.significance is Significance.ALERT)
    told = [event for event in events if event is first or not is_ordinary(event)]
    deeds = Counter(_DEEDS.get(event.change.kind, WORDS[event.change.kind].label) for event in told)
    said = [deed if times == 1 else f"{deed} {_times(times)}" for deed, times in deeds.items()]
    since = "first " if said[0] not in deeds else ""
    said[0] += f"{', ' if since else ' '}{since}{spells.between(story, told[0].before, told[0].after)}"
    name = _in_sentence(thread)
    more = [f"{dates.number(len(said) - _MOST_DEEDS)} more"] if len(said) > _MOST_DEEDS else []
    return f"{name} {dates.listed([*said[:_MOST_DEEDS], *more])}"


def _in_sentence(thread: Thread) -> str:
    """The name of a thread amid words of ours."""
    if isinstance(thread, ItemStory):
        return quoted(thread.title, _MOST_QUOTED)
    if isinstance(thread, PartStory) and thread.noun in _LABELLED and thread.name:
        return f"{_LABELLED[thread.noun]} {quoted(thread.name, _MOST_QUOTED)}"
    return f"the count of {name_of(thread)}" if isinstance(thread, CounterStory) else name_of(thread)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{dates.number(count)} times")


def _came_back(thread: Thread) -> bool:
    return any(event.change.kind is Kind.ITEM_RETURNED for event in thread.events)
