"""A thread of a story → the clause that tells what happened to it, with its days: “Letter” was taken off the list …"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from monitor.model.change import ChangeKind as Kind, Significance
from monitor.model.english import listed
from monitor.model.story import CounterStory, Event, PartStory, Story
from monitor.report.wording import dates, spells
from monitor.report.wording.kinds import WORDS
from monitor.report.wording.quotes import quoted
from monitor.report.wording.stories import Thread, in_sentence, is_ordinary

_MOST = 5  # deeds of one thread
_MOST_OF_A_COUNT = 3  # the ups and downs of a counter: of more their number is told
_MOST_QUOTED = 60

# fmt: off
DEEDS: dict[Kind, str] = {
    Kind.ITEM_PUBLISHED: "was published", Kind.ITEM_BACKDATED: "turned up under an earlier date",
    Kind.ITEM_BACKFILLED: "came in from further back", Kind.ITEM_ADDED: "was added", Kind.ITEM_RETURNED: "was back",
    Kind.ITEM_WITHDRAWN: "was taken off the list", Kind.ITEM_REMOVED: "was removed", Kind.ITEM_RETITLED: "was retitled",
    Kind.ITEM_REDATED: "was given another date", Kind.ITEM_RELINKED: "was given another address",
    Kind.ITEM_EDITED: "was edited", Kind.LIST_REPLACED: "was replaced as a whole",
    Kind.LIST_VANISHED: "went as a whole", Kind.LEAD_EDITED: "was edited", Kind.FIELD_CHANGED: "changed",
    Kind.FIELD_ADDED: "came", Kind.FIELD_REMOVED: "went", Kind.DATE_REVERSED: "went back",
    Kind.STAMP_REVERSED: "went back", Kind.COUNTER_STALLED: "stood still",
    Kind.COUNTER_DRIFTED: "moved by a wrong amount", Kind.COUNTER_RESET: "went the wrong way",
    Kind.COUNTER_REWORDED: "was worded otherwise", Kind.COUNTER_REMOVED: "went", Kind.COUNTER_ADDED: "came",
    Kind.LIST_APPEARED: "came as a whole", Kind.LEAD_REPLACED: "was replaced", Kind.LEAD_APPEARED: "came",
    Kind.LEAD_VANISHED: "went", Kind.TITLE_CHANGED: "changed", Kind.DATE_STALLED: "stood still",
    Kind.STAMP_ADDED: "came", Kind.STAMP_REMOVED: "went", Kind.CLOCK_ADDED: "came", Kind.CLOCK_REMOVED: "went",
    Kind.FIGURE_CHANGED: "changed", Kind.FIGURE_ADDED: "came", Kind.FIGURE_REMOVED: "went",
    Kind.TEXT_EDITED: "was edited", Kind.TEXT_ADDED: "came", Kind.TEXT_REMOVED: "went",
}
# fmt: on


def deed(kind: Kind) -> str:
    """What a kind does to a thing, in the past: was retitled."""
    return DEEDS.get(kind, WORDS[kind].label)


def times(count: int) -> str:
    """Once, twice, three times."""
    return {1: "once", 2: "twice"}.get(count, f"{dates.number(count)} times")


def deeds(alike: Sequence[Thread], story: Story) -> str:
    """What happened to one thread, or to several alike: “Letter” was retitled between 3 and 4 July 2020."""
    thread = alike[0]
    told = [event for event in thread.events if event.change.is_finding]
    if isinstance(thread, CounterStory):
        return f"{in_sentence(thread, story)} {', then '.join(_counted(thread, told, story))}"
    first = next(event for event in told if event.change.significance is Significance.ALERT)
    told = [event for event in told if event is first or not is_ordinary(event)]
    said = _each_kind_once(thread, told, story)
    name = in_sentence(thread, story)
    if len(alike) > 1:
        name += f" and {dates.number(len(alike) - 1)} more"
        said = [each.replace("was ", "were ", 1) for each in said]
    return f"{name} {listed(said)}"


def _each_kind_once(thread: Thread, told: Sequence[Event], story: Story) -> list[str]:
    """Each kind of deed, the first one with both its days, later ones with the day by which they were done."""
    counts = Counter(event.change.kind for event in told)
    said = []
    for number, kind in enumerate(counts):
        event = next(event for event in told if event.change.kind is kind)
        done = f"{deed(kind)}{_sides(thread, event, counts)}"
        if counts[kind] > 1:
            done += f" {times(counts[kind])}{'' if number else ', first'}"
        said.append(f"{done} {spells.between(story, event.before, event.after)}" if number == 0 else done)
        if number and counts[kind] == 1:
            said[-1] += f" by {spells.captured_beside(story, event.after, told[0].after)}"
    more = [f"{dates.number(len(said) - _MOST)} more"] if len(said) > _MOST else []
    return [*said[:_MOST], *more]


def _sides(thread: Thread, event: Event, counts: Counter[Kind]) -> str:
    """What a field said and says, where that is told of it alone."""
    change = event.change
    is_one_change = change.kind is Kind.FIELD_CHANGED and len(counts) == counts[change.kind] == 1
    if isinstance(thread, PartStory) and is_one_change and change.before and change.after:
        was, now = (str(side.value or side.text) for side in (change.before, change.after))
        return f" from {quoted(was, _MOST_QUOTED)} to {quoted(now, _MOST_QUOTED)}"
    return ""


# -- counters


def stood(counter: CounterStory) -> str:
    """What was out of step: stood still twice, went the wrong way once; nothing where all went as it should."""
    odd = Counter(event.change.kind for event in counter.events if event.change.is_finding)
    return listed([f"{deed(kind)} {times(count)}" for kind, count in odd.items()])


def _counted(counter: CounterStory, told: Sequence[Event], story: Story) -> Iterator[str]:
    """Stood at 412 from 13 March to 8 April 2025; fell from 412 to 1 by 10 April."""
    runs = list(_runs(told, story))
    if len(runs) > _MOST_OF_A_COUNT:
        first, last = (spells.day_of(story.moments[at]) for at in (told[0].before, told[-1].after))
        yield f"was out of step {times(len(told))} from {dates.from_to(first, last)}"
        return
    values = {each.at: each.value for each in counter.counts}
    for number, run in enumerate(runs):
        yield _run(run, values, story, is_later=number > 0, since=told[0].after)


def _runs(told: Sequence[Event], story: Story) -> Iterator[list[Event]]:
    """Events one by one, but those of a counter that went on standing still together."""
    run: list[Event] = []
    for event in told:
        goes_on = run and run[-1].change.kind is event.change.kind is Kind.COUNTER_STALLED
        if run and not (goes_on and _stood_since(event, story) <= run[-1].after):
            yield run
            run = []
        run = [*run, event]
    if run:
        yield run


def _stood_since(event: Event, story: Story) -> int:
    """The number of the capture since which a counter has stood that is found to stand still."""
    since = event.change.since
    found = (at for at, each in enumerate(story.moments) if since and each.capture.at == since)
    return next(found, event.before)


def _run(run: Sequence[Event], values: dict[int, int], story: Story, *, is_later: bool, since: int) -> str:
    first, last = run[0], run[-1]
    was, now = values.get(first.before), values.get(last.after)
    kind = first.change.kind
    if kind is Kind.COUNTER_STALLED and now is not None:
        ends = (spells.day_of(story.moments[at]) for at in (_stood_since(first, story), last.after))
        return f"stood at {now:,} from {dates.from_to(*ends)}"
    done = deed(kind)
    if was is not None and now is not None and kind is Kind.COUNTER_RESET:
        done = f"{'fell' if now < was else 'rose'}{'' if is_later else f' from {was:,}'} to {now:,}"
    elif was is not None and now is not None and kind is Kind.COUNTER_DRIFTED:
        done += f", from {was:,} to {now:,},"
    if is_later:
        return f"{done} by {spells.captured_beside(story, last.after, since)}"
    return f"{done} {spells.between(story, first.before, last.after)}"
