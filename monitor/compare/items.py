"""Two sides → all that is to tell of their lists and items, and what could not be decided of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from monitor.compare.articles import Article
from monitor.compare.byname import namesakes
from monitor.compare.fates import fates
from monitor.compare.gone import Fate
from monitor.compare.groups import grouped
from monitor.compare.lists import lists
from monitor.compare.past import Past
from monitor.compare.reasons import limits as said, survivors as reasons
from monitor.compare.reasons.phrases import clauses
from monitor.compare.survey import Survey
from monitor.compare.survivors import survivors
from monitor.compare.ticking import ticking
from monitor.model.change import Change, ChangeKind as Kind, Significance
from monitor.model.doubts import UNMATCHED
from monitor.model.reading import Reading


def items(survey: Survey, past: Past) -> tuple[list[tuple[Article | None, Change]], list[str]]:
    """The changes, each with the article it is about, those of whole lists first and with none; and the limits."""
    one_sided = list(fates(survey, past))
    if past.readings[1:]:
        from monitor.compare.rotation import settle  # noqa: PLC0415  most comparisons are given no history

        one_sided = settle(one_sided, survey, past.readings)
    named = namesakes(survey.matching.gone, survey.matching.new, survey.sides)
    one_sided = [each for each in one_sided if each[0] not in named]
    kept = list(_with_the_day(survivors(survey), survey))
    survived = zip((article for article, _ in kept), grouped(kept, survey), strict=True)
    changes = [
        *((None, change) for change in lists(survey)),
        *((article, change) for article, _, change in one_sided),
        *survived,
    ]
    return changes, list(_limits(survey, one_sided))


def _with_the_day(told: Iterable[tuple[Article, Change]], survey: Survey) -> Iterator[tuple[Article, Change]]:
    """The survivors' changes; where a list's one date moved on with the captures, that of its items is routine."""
    matching = survey.matching
    sides = [[*(pair[at] for pair in matching.pairs), *(matching.new if at else matching.gone)] for at in (0, 1)]
    ours, _ = ticking(sides[0], sides[1], survey.sides)
    for article, change in told:
        is_own = change.kind is Kind.ITEM_REDATED and len(change.edits) == 1 and article.first.place in ours
        yield article, _of_the_page(change) if is_own else change


def _of_the_page(change: Change) -> Change:
    reason = clauses(change.reason, reasons.with_the_captures())
    return change._replace(significance=Significance.ROUTINE, reason=reason)


def _limits(survey: Survey, one_sided: Sequence[tuple[Article, Fate, Change]]) -> Iterator[str]:
    undecided = {
        entry.place
        for article, fate, change in one_sided
        if fate.is_undecided and not change.noise
        for entry in article.entries
    }
    for pair in survey.pairs:
        if pair.before in undecided:
            yield said.cut_list(len(pair.kept) + len(pair.new), survey.sides.after.lists[pair.after].heading)
    hidden = len(survey.matching.gone) if _is_doubted(survey.sides.after) else 0
    if hidden:
        yield said.missing_items(hidden, survey.sides, is_after=True)
    told = sum(change.before is None for _, _, change in one_sided)
    unseen = len(survey.matching.new) - told if _is_doubted(survey.sides.before) else 0
    if unseen > 0:
        yield said.missing_items(unseen, survey.sides, is_after=False)


def _is_doubted(reading: Reading) -> bool:
    """Whether it may not be whole; that rules do not fit is told once, for all that they are for."""
    return bool(reading.suspicions) and all(each.sign != UNMATCHED for each in reading.suspicions)
