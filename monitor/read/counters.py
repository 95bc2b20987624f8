"""Stream → counters: sentences with a number that moves with the calendar ("853 days have passed since …").

A number of days inside an argument ("within 30 days of …") is none: the whole block must be such sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from monitor.model.blanks import collapse
from monitor.model.origins import SECONDS
from monitor.model.reading import Counter
from monitor.read.blocks import FURNITURE, MOST_REMEMBERED, Block, Stream, has_digit
from monitor.read.counting_words import UNITS, agreeing_words, direction_of, unit_of
from monitor.read.dates import find_dates
from monitor.read.numbers import integer_of

LONGEST_SENTENCE = 300
# Before the number stand a few words at most: "It has been", "С тех пор прошло".
LONGEST_OPENING = 60
# "140 days" and its "until …" may stand a few lines apart.
FARTHEST_PHRASE = 12
# Days, hours, minutes and seconds, each number and each unit in an element of its own.
MOST_PARTS = 8
# Words that agree with the number stand close to it: "853 days have passed", "have passed 853 days".
CLOSEST_WORDS = 2

_CONDITIONS = (
    "within", "every", "at least", "at most", "up to", "more than", "less than", "fewer than", "if", "unless", "must",
    "may",
    "can", "should", "wenn", "falls", "innerhalb", "mindestens", "dans un délai", "dentro de", "если", "в течение",
    "не менее", "не более",
)  # fmt: skip


class Amount(NamedTuple):
    """A number with its unit, "140 days, 2 hours" in the smallest of its units, and where it stands in the text.

    `word` is the unit as the page writes it.
    """

    start: int
    end: int
    value: int
    unit: str
    word: str


def find_counters(stream: Stream, free: bytearray) -> tuple[Counter, ...]:
    """The counters among the blocks not used yet, in reading order; their blocks are marked as used."""
    counters: list[Counter] = []
    for index in stream.numbered:
        block = stream.blocks[index]
        if not free[index] or block.region == FURNITURE or len(block.text) > 2 * LONGEST_SENTENCE:
            continue
        text, used = _line(stream.blocks, free, index)
        if text.isdecimal():  # a number without its unit
            continue
        found = _in_text(text) or _with_phrase_below(stream.blocks, free, index, text)
        counters.extend(found)
        for each in used if found else ():
            free[each] = 0
    return tuple(dict.fromkeys(counters))


def _line(blocks: list[Block], free: bytearray, index: int) -> tuple[str, list[int]]:
    """A number and its unit that a column ("140       days") or an element parts are one text, as are those that
    follow one another ("90", "days", "4", "hours")."""
    used = [index]
    while used[-1] + 1 < len(blocks) and blocks[index].text.isdigit() and len(used) < MOST_PARTS:
        following = used[-1] + 1
        if not free[following] or not (blocks[following].same_line or _goes_on(blocks, used[-1], following)):
            break
        used.append(following)
    text = " ".join(blocks[each].text for each in used)
    while used[-1] + 1 < len(blocks) and free[used[-1] + 1] and _is_rest_of(text, blocks[used[-1] + 1].text):
        used.append(used[-1] + 1)
        text = f"{text} {blocks[used[-1]].text}"
    return text, used


def _is_rest_of(text: str, below: str) -> bool:
    """Whether "4 hours" is the rest of "90 days" above it: less than one of its unit, which "2160 hours" are not."""
    if not (below[:1].isdigit() and text[:1].isdigit() and _is_only_amount(text) and _is_only_amount(below)):
        return False
    smaller, larger = amounts_in(below)[0], amounts_in(text)[0]
    if smaller.unit not in SECONDS or larger.unit not in SECONDS:
        return False
    return smaller.value * SECONDS[smaller.unit] < SECONDS[larger.unit]


def _goes_on(blocks: list[Block], above: int, index: int) -> bool:
    """Whether a block goes on with the number in the one above: its unit, or behind a unit alone the next number."""
    text = blocks[index].text
    if blocks[above].text.isdigit():
        return not has_digit(text) and len(text) <= LONGEST_SENTENCE and unit_of(text.split(None, 1)[0]) is not None
    unit = unit_of(blocks[index + 1].text) if text.isdigit() and index + 1 < len(blocks) else None
    return unit is not None and unit_of(blocks[above].text) is not None


@lru_cache(maxsize=MOST_REMEMBERED)
def _in_text(text: str) -> tuple[Counter, ...]:
    """The counters of one block: every sentence of it must be one, or it is prose."""
    counters = []
    for sentence in _sentences(text):
        counter = _counter(sentence)
        if counter is None:
            return ()
        counters.append(counter)
    return tuple(counters)


def amounts_in(text: str) -> list[Amount]:
    """The amounts of time a text names, those that belong together ("2 hours and 5 minutes") as one."""
    groups: list[list[Amount]] = []
    for found in _number_and_word().finditer(text):
        unit = None if _is_inside_word(text, found.start()) else unit_of(found[2])
        if unit is None:
            continue
        word_end = found.start(2) + (1 if found[2][0] >= "\u2e80" else len(found[2]))
        amount = Amount(start=found.start(), end=word_end, value=integer_of(found[1]), unit=unit, word=found[2])
        between = text[groups[-1][-1].end : amount.start].strip(" ,&") if groups else None
        if between is not None and between.casefold() in ("", "and", "und", "et", "y", "e", "и", "en", "og", "och"):
            groups[-1].append(amount)
        else:
            groups.append([amount])
    return [_sum(group) for group in groups]


def _is_inside_word(text: str, start: int) -> bool:
    """Whether a letter stands right before the number; in scripts without blanks a word ends there all the same."""
    before = text[start - 1] if start else " "
    return (before.isalpha() or before == "_") and before < "\u2e80"


def _sum(group: list[Amount]) -> Amount:
    start, end = group[0].start, group[-1].end
    units = [each.unit for each in group]
    if len(group) == 1:
        return group[0]
    if set(units) <= {"month", "year"}:
        months = sum(each.value * (12 if each.unit == "year" else 1) for each in group)
        return Amount(start=start, end=end, value=months, unit="month", word=group[0].word)
    if not all(unit in SECONDS for unit in units):
        return group[0]._replace(end=end)
    smallest = min(units, key=UNITS.index)
    seconds = sum(each.value * SECONDS[each.unit] for each in group)
    return Amount(start=start, end=end, value=seconds // SECONDS[smallest], unit=smallest, word=group[0].word)


def _sentences(text: str) -> Iterator[str]:
    """The text cut at its full stops, and before an amount that begins a sentence of its own."""
    for piece in re.split(r"(?<=[.!?])\s+(?=[\w«\"“])", text):
        starts = [amount.start for amount in amounts_in(piece)] if piece[:1].isdecimal() else []
        if len(starts) < 2 or starts[0] > 0:
            yield from filter(None, (piece,))
            continue
        bounds = zip(starts, [*starts[1:], len(piece)], strict=True)
        parts = [piece[start:end].strip() for start, end in bounds]
        yield from filter(None, parts if all(map(direction_of, parts)) else (piece,))


def _counter(sentence: str) -> Counter | None:
    if len(sentence) > LONGEST_SENTENCE:
        return None
    amounts = amounts_in(sentence)
    if not amounts or amounts[0].start > LONGEST_OPENING:
        return _counter_behind(sentence)
    if _is_condition(sentence):
        return None
    direction = direction_of(sentence) or _direction_of_ticking(sentence, amounts[0])
    if direction is None or _is_relative_date(sentence, amounts[0]):
        return None
    return counter_of(sentence, amounts[0], direction)


def _direction_of_ticking(sentence: str, amount: Amount) -> str | None:
    """ "Sale ends in 3 days 4 hours" ticks; "expires in 30 days" may be a rule, and so is no counter."""
    is_fine = len(re.findall(r"\d+", sentence[amount.start : amount.end])) > 1
    return "down" if is_fine and _ends_in().search(sentence[: amount.start]) else None


@cache
def _ends_in() -> re.Pattern[str]:
    return re.compile(r"\b(?:ends|starts|begins|closes|opens|expires|resumes) in:?\s*$", re.IGNORECASE)


def _is_relative_date(sentence: str, amount: Amount) -> bool:
    """ "Updated 5 minutes ago", "Aktualisiert: vor 5 Minuten" are stamps: how long ago, and a word or two before."""
    if len(sentence[amount.end :].split()) > 1:
        return False
    ages = (each.start for each in find_dates(sentence) if each.when.is_relative and each.end >= amount.end)
    farthest = amount.start if sentence[amount.end :].strip() else amount.start - 1
    return any(start <= farthest and len(sentence[:start].split()) <= CLOSEST_WORDS for start in ages)


def _is_condition(sentence: str) -> bool:
    text = f" {sentence.casefold()} "
    return any(f" {word} " in text for word in _CONDITIONS)


def _counter_behind(sentence: str) -> Counter | None:
    """ "Days without an accident: 853", "Day 853 of the war": the unit first, the number after it."""
    first = sentence.split(None, 1)[0].rstrip(":") if sentence else ""
    found = _word_and_number().match(sentence) if unit_of(first) else None
    unit = unit_of(found["unit"]) if found else None
    if found is None or unit is None or _is_condition(sentence):
        return None
    direction = direction_of(sentence)
    if direction is None and (found["words"] or not found["of"]):
        return None
    start, end = found.span("number")
    amount = Amount(start=start, end=end, value=integer_of(found["number"]), unit=unit, word=found["unit"])
    return counter_of(sentence, amount, direction or "up")


def _with_phrase_below(blocks: list[Block], free: bytearray, index: int, text: str) -> Sequence[Counter]:
    """ "140 days" alone on its line, its "until 1 January" a line or some further down; or a phrase right above several
    units."""
    amounts = amounts_in(text) if text[:1].isdecimal() and not text[-1:].isdecimal() else []
    if len(amounts) != 1 or amounts[0].end - amounts[0].start != len(text):
        return []
    above = _phrase_above(blocks, index) if len(re.findall(r"\d+", text)) > 1 else None
    if above is not None:
        sentence = collapse(f"{above} {text}")
        amount = amounts_in(sentence)[0]
        return [counter_of(sentence, amount, direction_of(above) or "down")]
    for below in range(index + 1, min(index + 1 + FARTHEST_PHRASE, len(blocks))):
        phrase = blocks[below].text
        words = " ".join(phrase.split(None, 2)[:2])
        if len(phrase) <= LONGEST_SENTENCE and not amounts_in(phrase) and direction_of(words):
            return [counter_of(collapse(f"{text} {phrase}"), amounts[0], direction_of(words) or "up")]
        is_amount = phrase.isdigit() or blocks[below].same_line or _is_only_amount(phrase)
        if not (free[below] and is_amount):
            return []
    return []


def _phrase_above(blocks: list[Block], index: int) -> str | None:
    """What stands right above days, hours and minutes and says which way they count: "Countdown to the regatta"."""
    above = blocks[index - 1].text if index else ""
    return above if above and len(above) <= LONGEST_OPENING and not has_digit(above) and direction_of(above) else None


def _is_only_amount(text: str) -> bool:
    return not text[-1:].isdecimal() and any(each.end - each.start == len(text) for each in amounts_in(text))


def counter_of(sentence: str, amount: Amount, direction: str) -> Counter:
    """The counter of a sentence in which `amount` stands; its label is the sentence without that."""
    before, after = sentence[: amount.start].split(), sentence[amount.end :].split()
    near = {*range(len(before) - CLOSEST_WORDS, len(before))}
    agreeing = agreeing_words(amount.word)
    words = [word for i, word in enumerate(before) if i not in near or word.casefold() not in agreeing]
    words += [word for i, word in enumerate(after) if i >= CLOSEST_WORDS or word.casefold() not in agreeing]
    label = " ".join(words).strip(" :,–—-") or collapse(sentence)
    return Counter(label=label, text=sentence, value=amount.value, unit=amount.unit, direction=direction)


@cache
def _number_and_word() -> re.Pattern[str]:
    """The vowel signs of Arabic are part of a word."""
    word = r"[^\W\d_](?:[^\W\d_]|[\u064b-\u0652])*"
    return re.compile(rf"(?<![.,\d])(\d{{1,3}}(?:[ ,.\u2009\u202f]\d{{3}})+(?!\d)|\d{{1,9}})\s*({word})")


@cache
def _word_and_number() -> re.Pattern[str]:
    number = r"(?P<number>\d{1,3}(?:[ ,.\u2009\u202f]\d{3})+(?!\d)|\d{1,9})"
    behind = r"(?P<of>\s+(?:of|de|du|des|der|da|do|van|di)\b)?"
    return re.compile(rf"(?P<unit>[^\W\d_]+)(?:(?P<words>\b[^\d.!?]{{2,120}})[:=–—-]|\s+№?)\s*{number}(?!\w){behind}")
