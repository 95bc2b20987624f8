"""Two readings → the same, with the lists that one capture shows as a list and the other as loose lines or a menu.

Where few short links stand together, one more or less decides whether they read as a list of entries or as a menu. A
list that is gone as a whole while the other capture shows its entries one by one is not gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from monitor.compare.fold import fold
from monitor.model.reading import Item, ItemList, Reading, Section

_FEWEST = 3  # entries that show a list
_ENOUGH = 0.6  # of a list's entries are shown by the other capture: the share by which a list is told from chance
_ELSEWHERE = 0.5  # of a list's entries in the other's lists: that list is there


def revived(before: Reading, after: Reading) -> tuple[Reading, Reading]:
    """Both readings, each with the lists of the other that it shows in another form."""
    if len(before.lists) == len(after.lists) and all(map(_starts_alike, before.lists, after.lists)):
        return before, after
    return _revived(before, after), _revived(after, before)


def _starts_alike(one: ItemList, other: ItemList) -> bool:
    """Whether two lists share one of their first entries, and so correspond."""
    return not {item.title for item in one.items[:_FEWEST]}.isdisjoint(item.title for item in other.items[:_FEWEST])


def _revived(reading: Reading, other: Reading) -> Reading:
    titles = {item.title for each in reading.lists for item in each.items}
    missing = [(place, each) for place, each in enumerate(other.lists) if _is_missing(each, titles)]
    known = set(map(fold, titles)) if missing else set()
    lost = [(place, each) for place, each in missing if _is_lost(each, known)]
    if not lost:
        return reading
    shown = _texts(reading) - _texts(other)
    for place, each in lost:
        items = tuple(item for item in each.items if fold(item.title) in shown or fold(item.title) in known)
        used = {fold(item.title) for item in items} & shown
        if len(items) >= max(_FEWEST, _ENOUGH * len(each.items)) and len(used) >= _FEWEST:
            items = (*items, *_amid(reading.furniture, used, shown))
            reading = _without(reading, used | {fold(item.title) for item in items}, each.heading)
            lists = (*reading.lists[:place], each._replace(items=items), *reading.lists[place:])
            reading = reading._replace(lists=lists)
    return reading


def _is_missing(each: ItemList, titles: set[str]) -> bool:
    """Whether a list is undated, as a menu might be one, and not all of its titles stand in the other's lists."""
    if len(each.items) < _FEWEST or any(item.date for item in each.items):
        return False
    return any(item.title not in titles for item in each.items)


def _is_lost(each: ItemList, known: set[str]) -> bool:
    """Whether such a list has no counterpart among the other's lists."""
    titles = {fold(item.title) for item in each.items}  # "Press release" twelve times is one name that others bear too
    return len(titles & known) < _ELSEWHERE * len(titles)


def _amid(lines: tuple[str, ...], used: set[str], shown: set[str]) -> Iterator[Item]:
    """The lines of a menu among those that are entries, which the other capture shows nowhere: new entries."""
    places = [at for at, line in enumerate(lines) if fold(line) in used]
    for line in lines[min(places) : max(places)] if places else ():
        if fold(line) in shown and fold(line) not in used:
            yield Item(title=line)


def _texts(reading: Reading) -> set[str]:
    """What the reading shows outside its lists, as lines."""
    fields = (f"{each.label}: {each.value}" for each in reading.fields)
    paragraphs = (paragraph for section in reading.sections for paragraph in section.paragraphs)
    return {fold(text) for text in (*reading.furniture, *paragraphs, *fields)}


def _without(reading: Reading, used: set[str], heading: str | None) -> Reading:
    """The reading less the lines that are entries now, and less their heading where nothing is left under it."""
    sections = [each._replace(paragraphs=_kept(each.paragraphs, used)) for each in reading.sections]
    return reading._replace(
        furniture=_kept(reading.furniture, used),
        fields=tuple(each for each in reading.fields if fold(f"{each.label}: {each.value}") not in used),
        sections=tuple(each for each in sections if not _is_empty(each, heading)),
    )


def _kept(texts: Iterable[str], used: set[str]) -> tuple[str, ...]:
    return tuple(text for text in texts if fold(text) not in used)


def _is_empty(section: Section, heading: str | None) -> bool:
    return not section.paragraphs and heading is not None and fold(section.heading or "") == fold(heading)
