"""Story → its first paragraph: what one would say to a colleague at the door."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from monitor.model.change import Change, ChangeKind as Kind, Significance
from monitor.model.comparison import Verdict
from monitor.model.english import listed
from monitor.model.story import CounterStory, ItemStory, PartStory, Story
from monitor.report.wording import dates, spells
from monitor.report.wording.deeds import deeds
from monitor.report.wording.kinds import WORDS
from monitor.report.wording.sentence import briefs
from monitor.report.wording.stories import ARRIVALS, Thread, gravest_of, in_sentence, is_ordinary, rank, threads_of

_MOST_NAMED = 2  # told one by one at the door, with their days; of others the kinds are counted


def opening(story: Story) -> str:
    """Two to eight sentences: how much was captured, the gravest of it with its days, what else, what was not seen."""
    if not story.moments:
        cannot = any(each.fault for each in story.untold)
        return "No capture of this page can be read." if cannot else "There is no capture of this page."
    named = _named(story)
    body = [*_scope(story), *(deeds(alike, story) for alike in named), *_besides(story, named)]
    return " ".join(map(dates.closed, [*body, *_ordinary(story), *_unseen(story)]))


def _scope(story: Story) -> Iterator[str]:
    compared = story.comparisons
    count = dates.counted(len(story.moments), "capture")
    first, last = (spells.day_of(story.moments[at]) for at in (0, -1))
    span = f"on {dates.day(first)}" if first == last else f"from {dates.from_to(first, last)}"
    if not compared:
        yield f"{count} {span}, and none to compare with another"
        return
    changed = sum(moment.verdict is Verdict.CHANGED for moment in story.moments)
    pace = spells.pace(story)
    told = f"{count} {span}{f', {pace}' if pace else ''}"
    if not changed:
        is_moved = any(moment.verdict is Verdict.ROUTINE for moment in story.moments)
        yield f"{told}: nothing it says changed{' but what time changes' if is_moved else ''}"
    elif changed == compared > 1:
        good = "all good ones" if story.suspect_runs else "all"
        yield f"{told}; {good} but the first brought something new"
    else:
        yield f"{told}; {dates.number(changed)} of them brought something new"


# -- what stands out


def _named(story: Story) -> list[list[Thread]]:
    """The gravest threads, each with those to which the same happened; of one kind one, where there is another."""
    found: dict[object, list[Thread]] = {}
    for number, thread in enumerate(_by_gravity(story)):
        found.setdefault(_way(thread) or number, []).append(thread)
    groups = list(found.values())
    first = groups[:1]
    other = [alike for alike in groups[1:] if gravest_of(alike[0]).change.kind is not _kind(first[0])]
    return [*first, *(other or groups[1:])[: _MOST_NAMED - 1]]


def _by_gravity(story: Story) -> list[Thread]:
    """The threads with an alert, the gravest first, of one kind in order of time."""
    threads = threads_of(story, Significance.ALERT)
    return sorted(threads, key=lambda thread: (rank(_kind([thread])), gravest_of(thread).after))


def _kind(alike: Sequence[Thread]) -> Kind:
    return gravest_of(alike[0]).change.kind


def _way(thread: Thread) -> object:
    """What an item did in which steps, without what happens to any."""
    if not isinstance(thread, ItemStory):
        return None
    events = [event for event in thread.events if not is_ordinary(event)]
    return tuple((event.change.kind, event.before, event.after) for event in events)


def _besides(story: Story, named: Sequence[Sequence[Thread]]) -> Iterator[str]:
    """The other things, by their kinds: those with an alert, then what was news."""
    told = {id(thread) for alike in named for thread in alike}
    grave = [thread for thread in _by_gravity(story) if id(thread) not in told]
    if grave:
        yield f"also: {listed(briefs(_by_kind(grave, Significance.ALERT), 0))}"
    yield from _came_back(grave, story)
    found = _by_kind(threads_of(story), Significance.NOTABLE)
    found = {kind: changes for kind, changes in found.items() if kind not in (*ARRIVALS, Kind.ITEM_RETURNED)}
    if found:
        yield f"{'of less weight' if named else 'what changed'}: {listed(briefs(found, 0))}"


def _came_back(grave: Sequence[Thread], story: Story) -> Iterator[str]:
    """Of what was taken down and not told by its name."""
    back = [thread for thread in grave if any(event.change.kind is Kind.ITEM_RETURNED for event in thread.events)]
    if len(back) > _MOST_NAMED:
        yield f"{dates.number(len(back))} of what was taken down came back"
    elif back:
        names = listed([in_sentence(thread, story) for thread in back])
        yield f"{names} {'was' if len(back) == 1 else 'were'} taken down and came back"


def _by_kind(threads: Collection[Thread], significance: Significance) -> dict[Kind, list[Change]]:
    """The changes of that significance, in the order of telling kinds.

    Of one item or part one of each kind, but all texts; of a counter the gravest, whatever else it did.
    """
    found: dict[Kind, list[Change]] = {kind: [] for kind in sorted(WORDS, key=rank)}
    for thread in threads:
        grave = [event.change for event in thread.events if event.change.significance is significance]
        if isinstance(thread, CounterStory):
            grave = sorted(grave, key=lambda change: rank(change.kind))[:1]
        is_text = isinstance(thread, PartStory) and thread.noun == "text"
        for change in grave if is_text else {change.kind: change for change in grave}.values():
            found[change.kind].append(change)
    return {kind: changes for kind, changes in found.items() if changes}


# -- what lists do, and what was not seen


def _ordinary(story: Story) -> Iterator[str]:
    kinds = Counter(event.change.kind for event in story.events)
    came, aged = sum(kinds[kind] for kind in ARRIVALS), kinds[Kind.ITEM_AGED_OFF]
    said = [f"{dates.counted(came, 'item')} came"] if came else []
    said += [f"{dates.number(aged) if came else dates.counted(aged, 'item')} went off the end"] if aged else []
    if said:
        yield listed(said)


def _unseen(story: Story) -> Iterator[str]:
    if story.gaps:
        longest = max(story.gaps, key=lambda gap: gap.length)
        spell = spells.between(story, longest.before, longest.after)
        more = f", the longest of {dates.counted(len(story.gaps), 'gap')}" if len(story.gaps) > 1 else ""
        good = "good " if story.suspect_runs or story.untold else ""
        length = spells.length(story, longest)
        yield f"there is no {good}capture {spell}, {length}{more}: what came and went there is unknown"
    if suspect := sum(moment.is_suspect for moment in story.moments):
        are = "is suspect and has" if suspect == 1 else "are suspect and have"
        yield f"{dates.counted(suspect, 'capture')} {are} no part in this"
    yield from _untold(story)


def _untold(story: Story) -> Iterator[str]:
    """One capture cannot be read and two were taken out of the store."""
    faulty = sum(each.fault is not None for each in story.untold)
    gone = len(story.untold) - faulty
    said = [f"{dates.counted(faulty, 'capture')} cannot be read"] if faulty else []
    count = dates.number(gone) if faulty else dates.counted(gone, "capture")
    said += [f"{count} {'was' if gone == 1 else 'were'} taken out of the store"] if gone else []
    if said:
        yield listed(said)
