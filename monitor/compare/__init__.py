"""Reading × Reading → Comparison: what changed, each change named for what it means, and why it is called so. Pure.

survey      which article, which list is which
fates       what became of the items on one side only
survivors   what was done to the items on both
lists, lead, text, header, fields, counters, figures   the rest of the page
undecided, ahead   what missing times and parts leave open; stated dates that lie after their captures
clocks, sequence   the checks of what the page claims
expectations   the checks of what config.yaml expects of it
earlier, past, hindsight   what the page's history says: habits, slots, rotation, recall
standstill   since when a counter has stood, by older captures
against_history   whether a capture lacks what the page always had
form, footing   which captures are the page's own, and when it has another form
visits      what links say of the visit, and not of where they lead
revival     lists that only one of the two shows as such
kinship     whether the two are captures of one page at all
story, following, threads, counts, pauses   many captures: each compared with the one before, things followed through
net   findings of many comparisons: what they come to for each thing
wanted   what a reader wants to hear of them
reasons     every sentence
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from monitor.compare.byrule import read_alike, with_dead_rules
from monitor.compare.clocks import clock_checks, date_checks
from monitor.compare.counters import counters, standing_of
from monitor.compare.fields import fields
from monitor.compare.figures import figures
from monitor.compare.header import clocks, page_date, stamps, title
from monitor.compare.items import items
from monitor.compare.kinship import are_strangers
from monitor.compare.lead import lead
from monitor.compare.past import Past
from monitor.compare.reasons import limits as said
from monitor.compare.remnant import doubtful, is_foreign, remnant
from monitor.compare.revival import revived
from monitor.compare.sequence import order_checks
from monitor.compare.sides import Sides, sides_of
from monitor.compare.standing_date import with_standing_date
from monitor.compare.survey import Survey, survey
from monitor.compare.text import text
from monitor.compare.undecided import undecided
from monitor.compare.visits import without_visits
from monitor.compare.wholeness import ends_alike, with_doubts
from monitor.model.change import Change, ChangeKind as Kind, Side
from monitor.model.comparison import Check, Comparison
from monitor.model.reading import Reading

if TYPE_CHECKING:
    from monitor.compare.articles import Article
    from monitor.compare.earlier import Earlier
    from monitor.model.expectation import Expectations

__all__ = ["Followed", "Others", "compare", "followed"]


class Others(NamedTuple):
    """Other readings of the page, in any order.

    What can be learnt from a page's past is learnt from the `history`. `long_before` are single ones from before it,
    where it does not reach back so far: they tell since when a counter has stood, and nothing else. `alone` is what
    the two came to without any of these, where somebody has compared them: who is who in them is not asked again.
    """

    history: Sequence[Reading] = ()
    long_before: Sequence[Reading] = ()
    alone: Followed | None = None


_NO_OTHERS = Others()


class Followed(NamedTuple):
    """A comparison and who is who in it.

    `articles` has for each change the article of an item that it is about, the one of before where both sides show it;
    None for what is no item. `survey` is None where one of the two shows another page than its own.
    """

    comparison: Comparison
    survey: Survey | None = None
    articles: tuple[Article | None, ...] = ()


def compare(
    before: Reading,
    after: Reading,
    *,
    history: Sequence[Reading] = (),
    page: str | None = None,
    new_form: str | None = None,
    expect: Expectations | None = None,
) -> Comparison:
    """All that differs between two readings of a page, in the page's order, and the checks of what `after` claims.

    `history` are other readings of the page, in any order; those earlier than `before` tell what comes back from what
    is new, how late the page puts things up, what changes at nearly every capture and so is routine, and whether
    `after` lacks what all of them had. `new_form` says that `after` is the page for all that may be doubted of it.
    `expect` is what the page ought to say.
    """
    others = Others(history)
    return followed(before, after, others=others, page=page, new_form=new_form, expect=expect).comparison


def followed(
    before: Reading,
    after: Reading,
    *,
    others: Others = _NO_OTHERS,
    page: str | None = None,
    new_form: str | None = None,
    expect: Expectations | None = None,
) -> Followed:
    """The same comparison, with what it takes to follow an item on into the next one."""
    both, is_undoubted = without_visits(*with_standing_date(before, after)), new_form is not None
    before, after, known = _with_past(*both, others.history, is_undoubted=is_undoubted)
    past = Past((*known.readings, before) if known else (before,))
    sides = sides_of(*revived(*map(remnant, read_alike(before, after))), past.lag)
    if is_foreign(before) or is_foreign(after):
        return Followed(_of_another_page(before, after, sides, page))
    found = _surveyed(sides, others.alone.survey if others.alone else None)
    counter_changes, counter_checks = _counted(sides, past.readings, others.long_before)
    changes, about, order, told_limits = _told(sides, found, past, counter_changes)
    dropped = doubtful(changes, before, after)
    before, after = with_dead_rules(before, after)
    suspect = tuple(_suspect(sides, before, after))
    left = (change for at, change in enumerate(changes) if at not in dropped)
    said_of, expected = _expected(tuple(left), before, after, expect)
    changes = (*suspect, *said_of)
    checks = (*counter_checks, *clock_checks(sides), *date_checks(sides), *order, *expected)
    limits = (*told_limits, *undecided(sides, counter_checks), *(known.limits if known else ()))
    comparison = Comparison(
        before=before,
        after=after,
        elapsed_days=sides.elapsed_days,
        changes=changes,
        checks=checks,
        limits=tuple(dict.fromkeys(limits)),
        is_equal=not changes and _say_the_same(before, after),
        are_strangers=are_strangers(before, after),
        page=page,
        history=known.summary if known else None,
        set_aside=len(dropped),
        new_form=new_form,
    )
    articles = (*(None for _ in suspect), *(each for at, each in enumerate(about) if at not in dropped))
    return Followed(comparison, found, articles)


def _surveyed(sides: Sides, known: Survey | None) -> Survey:
    """The survey; the one that is known where it is of the same two, but for what is doubted of them and for the lag:
    they do not enter it."""
    if known and _undoubted_sides(known.sides) == _undoubted_sides(sides):
        return known._replace(sides=sides)
    return survey(sides)


def _undoubted_sides(sides: Sides) -> Sides:
    before, after = _undoubted(sides.before, sides.after)
    return sides._replace(before=before, after=after, lag=0)


class _Told(NamedTuple):
    """The changes in the page's order, which article each is about, the checks of the lists' order, and limits."""

    changes: Sequence[Change]
    about: tuple[Article | None, ...]
    order: tuple[Check, ...]
    limits: tuple[str, ...]


def _told(sides: Sides, found: Survey, past: Past, of_counters: Sequence[Change]) -> _Told:
    item_changes, item_limits = items(found, past)
    text_changes, text_limits = text(sides)
    of_items = [change for _, change in item_changes]
    above = _above_lists(sides, of_counters, found)
    changes = _in_hindsight((*above, *of_items, *text_changes), sides, past.readings)
    about = (*(None for _ in above), *(article for article, _ in item_changes), *(None for _ in text_changes))
    return _Told(changes, about, tuple(order_checks(found, of_items)), (*item_limits, *text_limits))


def _counted(
    sides: Sides, older: Sequence[Reading], long_before: Sequence[Reading]
) -> tuple[list[Change], list[Check]]:
    """What became of the counters; `older` is the history and the earlier side, oldest first."""
    *history, before = older
    standing = standing_of(sides_of(history[-1], before) if history else None)
    if long_before:
        history = list(_earlier((*long_before, *history), before, sides.after).readings)
    return counters(sides, standing, history)


def _above_lists(sides: Sides, of_counters: Sequence[Change], found: Survey) -> tuple[Change, ...]:
    """What changed above the page's lists, in the page's order."""
    return (
        *title(sides),
        *page_date(sides),
        *stamps(sides),
        *clocks(sides),
        *fields(sides),
        *of_counters,
        *figures(sides),
        *lead(found),
    )


def _say_the_same(before: Reading, after: Reading) -> bool:
    from monitor.compare.equality import say_the_same  # noqa: PLC0415  asked only where nothing changed

    return say_the_same(before, after)


def _earlier(history: Sequence[Reading], before: Reading, after: Reading) -> Earlier:
    from monitor.compare.earlier import earlier  # noqa: PLC0415  most comparisons are given no history

    return earlier(history, before, after)


def _expected(
    changes: tuple[Change, ...], before: Reading, after: Reading, expect: Expectations | None
) -> tuple[tuple[Change, ...], tuple[Check, ...]]:
    """The changes with what was expected, and a check for each expectation."""
    if expect is None:
        return changes, ()
    from monitor.compare import expectations  # noqa: PLC0415  of few pages anything is expected

    checks = tuple(expectations.expectation_checks(before, after, expect))
    return tuple(expectations.with_expected(changes, before, after, expect)), checks


def _with_past(
    before: Reading, after: Reading, history: Sequence[Reading], *, is_undoubted: bool
) -> tuple[Reading, Reading, Earlier | None]:
    """The two with all that is doubted of them, beside each other and the page's history, and that history."""
    before, after = _undoubted(before, after) if is_undoubted else _doubted(before, after, history)
    known = _earlier(history, before, after) if history else None
    if known and known.readings and not is_undoubted:
        after = _beside((*known.readings, before), after)
    return before, after, known


def _doubted(before: Reading, after: Reading, history: Sequence[Reading]) -> tuple[Reading, Reading]:
    """The two with what is doubted of them beside each other; what ends as the one before it did was not cut off."""
    earlier, later = with_doubts(before, after)
    return before if history and ends_alike(before, history[-1]) else earlier, later


def _undoubted(*readings: Reading) -> Iterator[Reading]:
    return (reading._replace(suspicions=()) for reading in readings)


def _beside(older: Sequence[Reading], after: Reading) -> Reading:
    """The later reading, with what is doubted of it beside all good ones before it."""
    if older[-1].suspicions:
        return after
    from monitor.compare.against_history import doubts_of  # noqa: PLC0415  most comparisons are given no history

    return after._replace(suspicions=(*doubts_of(after, older), *after.suspicions))


def _in_hindsight(changes: Sequence[Change], sides: Sides, older: Sequence[Reading]) -> Sequence[Change]:
    """The changes, with what readings older than the two say of them."""
    if not older[1:]:
        return changes
    from monitor.compare.hindsight import hindsight  # noqa: PLC0415  most comparisons are given no history

    return hindsight(changes, sides, older)


def _of_another_page(before: Reading, after: Reading, sides: Sides, page: str | None) -> Comparison:
    """Nothing but the suspicion: what an error message or a check of the visitor says is not the page's."""
    return Comparison(
        before=before,
        after=after,
        elapsed_days=sides.elapsed_days,
        changes=tuple(_suspect(sides, before, after)),
        limits=tuple(
            said.another_page(sides, is_after=is_after)
            for is_after, reading in ((False, before), (True, after))
            if is_foreign(reading)
        ),
        is_foreign=True,
        page=page,
    )


def _suspect(sides: Sides, before: Reading, after: Reading) -> Iterator[Change]:
    """One change for each capture that may not be whole."""
    for is_after, reading in ((False, before), (True, after)):
        if not reading.suspicions:
            continue
        subject = said.suspect_subject(sides, is_after=is_after)
        side = Side(text=subject)
        yield Change(
            kind=Kind.CAPTURE_SUSPECT,
            significance=Kind.CAPTURE_SUSPECT.significance,
            subject=subject,
            reason=said.doubts([each.reason for each in reading.suspicions]),
            before=None if is_after else side,
            after=side if is_after else None,
        )
