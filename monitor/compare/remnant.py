"""A capture that breaks off → what of it may be compared, and which of its differences are only of its making.

A capture that shows another page (an error message, a check of the visitor) or none says nothing of this one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TypeVar

from monitor.compare.byrule import of_rules
from monitor.compare.pieces import bare, of_item, rows
from monitor.model.change import Change, ChangeKind as Kind, Side
from monitor.model.doubts import UNMATCHED
from monitor.model.reading import Item, ItemList, Lead, Reading, Section

T = TypeVar("T")

_BROKEN_LETTER = "\ufffd"  # what is left of a letter whose bytes are not all there
_FOREIGN = frozenset(("error", "challenge", "sign-in", "empty", "status"))
_BROKEN = frozenset(("truncated", "shrunken"))
_OF_THE_WHOLE = (Kind.TITLE_CHANGED, Kind.LIST_APPEARED, Kind.LIST_VANISHED, Kind.LIST_REPLACED)


def is_foreign(reading: Reading) -> bool:
    """Whether the capture shows something else than its page."""
    return any(each.sign in _FOREIGN for each in reading.suspicions)


def remnant(reading: Reading) -> Reading:
    """The reading, of a broken capture without the text, entry or value in which it breaks off."""
    if not reading.tail or not any(each.sign in _BROKEN for each in reading.suspicions):
        return reading
    tail = bare(reading.tail.rstrip(_BROKEN_LETTER))
    return reading._replace(
        page_date=None if reading.page_date and _is_end(reading.page_date.text, tail) else reading.page_date,
        stamps=_kept(reading.stamps, [(each.label, each.when.text) for each in reading.stamps], tail),
        clocks=_kept(reading.clocks, [(each.text or each.time,) for each in reading.clocks], tail),
        fields=_kept(reading.fields, [(each.label, each.value) for each in reading.fields], tail),
        counters=_kept(reading.counters, [(each.text,) for each in reading.counters], tail),
        figures=_kept(reading.figures, [(each.label, each.text) for each in reading.figures], tail),
        lead=_lead(reading.lead, tail),
        lists=tuple(each for each in (_list(each, tail) for each in reading.lists) if each.items),
        sections=tuple(_section(each, tail) for each in reading.sections),
        furniture=_shortened(reading.furniture, tail),
    )


def doubtful(changes: Sequence[Change], before: Reading, after: Reading) -> set[int]:
    """The numbers of the changes that a broken capture, or a rule that matches in only one of the two, makes."""
    found = set[int]()
    for is_after, broken, whole in ((False, before, after), (True, after, before)):
        if is_broken(broken):
            said = frozenset(bare(text) for row in rows(whole) for text in row)
            found |= {at for at, change in enumerate(changes) if _is_doubtful(change, said, is_after=is_after)}
    return found | of_rules(changes, before, after)


def is_broken(reading: Reading) -> bool:
    """Whether a doubt about the capture is of its own, not of a rule that does not fit it."""
    return any(each.sign != UNMATCHED for each in reading.suspicions)


def _is_doubtful(change: Change, said: frozenset[str], *, is_after: bool) -> bool:
    """Whether the other capture says the same, read as something else, or only more of it."""
    own, others = (change.after, change.before) if is_after else (change.before, change.after)
    if change.kind in _OF_THE_WHOLE:
        return True
    if own is None or others is not None:
        return bool(change.edits) and all((each.after if is_after else each.before) is None for each in change.edits)
    is_undated_item = change.kind in (Kind.ITEM_ADDED, Kind.ITEM_REMOVED) and own.date is None
    return is_undated_item or any(bare(text) in said for text in _named(own))


def _named(side: Side) -> list[str]:
    if side.label and side.value is not None:
        return [side.text, f"{side.label}: {side.value}"]
    return [text for text in (side.text, side.title) if text]


def _is_end(text: str | None, tail: str) -> bool:
    """Whether the capture ends with this text, or in it."""
    if not text:
        return False
    folded = bare(text)
    if not folded:
        return False
    return text.endswith(_BROKEN_LETTER) or tail.endswith(folded) or (bool(tail) and folded.endswith(tail))


def _kept(things: tuple[T, ...], texts: Sequence[Sequence[str]], tail: str) -> tuple[T, ...]:
    pairs = zip(things, texts, strict=True)
    return tuple(each for each, said in pairs if not any(_is_end(text, tail) for text in (*said, " ".join(said))))


def _shortened(texts: tuple[str, ...], tail: str) -> tuple[str, ...]:
    return texts[:-1] if texts and _is_end(texts[-1], tail) else texts


def _lead(lead: Lead | None, tail: str) -> Lead | None:
    if lead is None or (not lead.paragraphs and _is_end(lead.title, tail)):
        return None
    return Lead(title=lead.title, date=lead.date, url=lead.url, paragraphs=_shortened(lead.paragraphs, tail))


def _list(each: ItemList, tail: str) -> ItemList:
    if each.more and _is_end(each.more.text, tail):
        return each._replace(more=None)
    is_cut = bool(each.items) and _ends_in(each.items[-1], tail)
    return each._replace(items=each.items[:-1]) if is_cut else each


def _ends_in(item: Item, tail: str) -> bool:
    said = of_item(item)
    return any(_is_end(text, tail) for text in chain(said, (" ".join(said),)))


def _section(section: Section, tail: str) -> Section:
    if not section.paragraphs and _is_end(section.heading, tail):
        return Section(heading=None, paragraphs=())
    return Section(heading=section.heading, paragraphs=_shortened(section.paragraphs, tail))
