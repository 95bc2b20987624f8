"""A page's source → the same page with one thing done to one item, and what a comparison must find then."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from benchmarks.markup import spliced
from benchmarks.placing import Place, Source, links
from monitor.model.reading import Item, Reading

_FEWEST = 5  # different titles of a list that something is done to: three entries are what shows a list
_LAG = timedelta(days=1)
_LATIN, _CYRILLIC = ("bcdfghklmnprstvz", "aeiou"), ("бвгдзклмнпрстфх", "аеиоу")


class Deed(NamedTuple):
    """The source after it, the kinds that are right for it, and the title that the finding must bear."""

    text: str
    kinds: frozenset[str]
    title: str


Doer = Callable[[Source, Reading, Place, Random], Deed | None]


def retitled(source: Source, _: Reading, place: Place, random: Random) -> Deed | None:
    """One word of the title is another. Without a link only of a long one, which is then still the same item's."""
    long = [n for n, (start, end) in enumerate(place.words) if end - start > 3 and source.text[start:end].isalpha()]
    if not long or (len(place.words) < 5 and not place.item.url):
        return None
    start, end = place.words[random.choice(long)]
    word = _invented(source.text[start:end], random)
    return Deed(spliced(source.text, [(start, end, word)]), frozenset({"item.retitled"}), word)


def redated(source: Source, _: Reading, place: Place, random: Random) -> Deed | None:
    """Another day of the same month."""
    when = place.item.date
    if not when or not when.day or when.is_relative or _is_ambiguous(place.item):
        return None
    day = random.choice([day for day in range(1, 29) if abs(day - when.day) > 1])
    raw = source.text[place.start : place.end]
    if raw.count(when.text) != 1:
        return None
    new = re.sub(rf"(?<!\d)0?{when.day}(?!\d)", lambda match: str(day).zfill(len(match[0])), when.text, count=1)
    raw = raw.replace(when.text, new)
    if when.year and when.month:
        iso = f"{when.year}-{when.month:02}"
        raw = raw.replace(f'datetime="{iso}-{when.day:02}', f'datetime="{iso}-{day:02}')
    text = source.text[: place.start] + raw + source.text[place.end :]
    return Deed(text, frozenset({"item.redated"}), place.item.title)


def _is_ambiguous(item: Item) -> bool:
    """Whether the day cannot be told from the other numbers of the date, or its name stands beside it."""
    when = item.date
    numbers = re.findall(r"\d+", when.text) if when else []
    words = re.findall(r"[^\W\d]{2,}", when.text) if when else []
    return not when or [int(each) for each in numbers].count(when.day or 0) != 1 or len(words) > 1


def deleted(source: Source, reading: Reading, place: Place, random: Random) -> Deed | None:
    """The item is gone. Of a list in date order it was withdrawn where an older item is left."""
    del random
    text = source.text[: place.start] + source.text[place.end :]
    return Deed(text, _fate_of_gone(reading, place), place.item.title)


def inserted(source: Source, reading: Reading, place: Place, random: Random) -> Deed | None:
    """A copy of an item beside it, with another title and link, and with the same date."""
    return _with_copy(source, reading, place, random, None)


def inserted_today(source: Source, reading: Reading, place: Place, random: Random) -> Deed | None:
    """A copy of the first item above it, with another title and link, of the snapshot day."""
    when, today = place.item.date, reading.snapshot_day
    if place.position or not when or not today or not when.is_full or _is_ambiguous(place.item):
        return None
    if (when.year, when.month) != (today.year, today.month) or not when.day:
        return None
    return _with_copy(source, reading, place, random, today)


def _with_copy(source: Source, reading: Reading, place: Place, random: Random, today: date | None) -> Deed | None:
    raw = source.text[place.start : place.end]
    words = [_invented(source.text[start:end], random) for start, end in place.words]
    edits = [
        (start - place.start, end - place.start, word) for (start, end), word in zip(place.words, words, strict=True)
    ]
    edits += _edits_of_teaser(source, place, random)
    raw = _relinked(spliced(raw, edits), place.item, source.url, random)
    when = place.item.date
    if today and when and when.day:
        new = re.sub(
            rf"(?<!\d)0?{when.day}(?!\d)", lambda match: str(today.day).zfill(len(match[0])), when.text, count=1
        )
        stamp = f'datetime="{today:%Y-%m}'
        raw = raw.replace(when.text, new).replace(f"{stamp}-{when.day:02}", f"{stamp}-{today.day:02}")
    at = place.start if today or random.random() < 0.5 else place.end
    text = source.text[:at] + raw + source.text[at:]
    return Deed(text, _fate_of_new(reading, place, today), max(words, key=len))


def _edits_of_teaser(source: Source, place: Place, random: Random) -> list[tuple[int, int, str]]:
    """Half of the copies have a teaser of their own."""
    shown = place.item.date.text if place.item.date else ""
    wanted = set(re.findall(r"[^\W\d]{3,}", place.item.teaser or "")) - set(re.findall(r"\w+", shown))
    if random.random() < 0.5 or not wanted:
        return []
    title = {start for start, _ in place.words}
    return [
        (start - place.start, end - place.start, _invented(source.text[start:end], random))
        for word in sorted(wanted)
        for number in source.index.get(word, ())
        for _, start, end in [source.words[number]]
        if place.start <= start < place.end and start not in title
    ]


def _relinked(raw: str, item: Item, url: str | None, random: Random) -> str:
    """The piece with another address wherever the item's own stands."""

    def other(match: re.Match[str]) -> str:
        href = entities.unescape(match[1])
        if not item.url or links(match[0], url) != [item.url]:
            return match[0]
        stem, slash, last = href.partition("?")[0].rpartition("/")
        name = "".join(random.choice(_LATIN[0]) for _ in range(max(6, min(len(last), 20))))
        return f'href="{stem}{slash}{name}{random.randrange(10**4)}"'

    if item.url and "href=" not in raw:
        return raw.replace(item.url, f"{item.url.rpartition('/')[0]}/{_invented('address', random)}")
    return re.sub(r'\bhref="([^"]*)"', other, raw)


def _invented(word: str, random: Random) -> str:
    """A word of about the same length in the same script and case that no page has; numbers stay."""
    if not word.isalpha():
        return word
    consonants, vowels = _CYRILLIC if re.search("[а-яё]", word.lower()) else _LATIN
    letters = "".join(random.choice((vowels, consonants)[n % 2]) for n in range(max(len(word), 4)))
    return letters.upper() if word.isupper() and len(word) > 1 else letters.title() if word[0].isupper() else letters


def _spans(reading: Reading, place: Place) -> list[tuple[date, date] | None]:
    today = reading.snapshot_day
    return [item.date.span(today) if item.date else None for item in reading.lists[place.list_number].items]


def _is_falling(spans: list[tuple[date, date] | None]) -> bool:
    """Whether all are dated, the newest first."""
    days = [span[0] for span in spans if span]
    return len(days) == len(spans) and days == sorted(days, reverse=True)


def _fate_of_gone(reading: Reading, place: Place) -> frozenset[str]:
    spans = _spans(reading, place)
    span = spans[place.position]
    if not any(spans):
        return frozenset({"item.removed"})
    rest = [each for number, each in enumerate(spans) if number != place.position]
    last = rest[-1]
    if span and last and _is_falling(spans) and spans[0] != last:
        return frozenset({"item.withdrawn" if span[0] > last[0] else "item.removed"})
    return frozenset({"item.withdrawn", "item.removed"})


def _fate_of_new(reading: Reading, place: Place, today: date | None) -> frozenset[str]:
    spans, before = _spans(reading, place), reading.snapshot_day
    span = (today, today) if today else spans[place.position]
    if not span or not before:
        return frozenset({"item.added"})
    if span[1] >= before - _LAG:
        return frozenset({"item.published"})
    last = spans[-1]
    if last and _is_falling(spans) and spans[0] != last:
        return frozenset({"item.backfilled" if span[0] <= last[0] else "item.backdated"})
    return frozenset({"item.backdated", "item.backfilled", "item.added"})


def candidates(reading: Reading, found: list[Place]) -> list[Place]:
    """The places something may be done at: those in lists that stay lists."""
    titles = [{item.title for item in each.items} for each in reading.lists]
    return [place for place in found if len(titles[place.list_number]) >= _FEWEST]


DEEDS: Mapping[str, Doer] = {
    "inserted": inserted,
    "inserted today": inserted_today,
    "deleted": deleted,
    "retitled": retitled,
    "redated": redated,
}
