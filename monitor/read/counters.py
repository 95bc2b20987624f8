"""Stream → counters: sentences with a number that moves with the calendar ("853 days have passed since …").

A further language is one line in `_LANGUAGES`. A number of days inside an argument ("within 30 days of …") is none.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from monitor.model.reading import Counter
from monitor.read.blocks import FURNITURE, Block, Stream, collapse

LONGEST_SENTENCE = 300
# Before the number stand a few words at most: "It has been", "С тех пор прошло".
LONGEST_OPENING = 60
# "140 days" and its "until …" may stand a few lines apart.
FARTHEST_PHRASE = 6

UNITS = ("second", "minute", "hour", "day", "week", "month", "year")
SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}


class _Language(NamedTuple):
    """Patterns of one language: the seven units in the order of UNITS, words for "since", for "until", and what
    agrees with the number and so is no part of the label."""

    units: tuple[str, ...]
    up: str
    down: str
    agree: str


# fmt: off
_LANGUAGES = (
    _Language(("seconds?", "minutes?", "hours?", "days?", "weeks?", "months?", "years?"),
              r"since|passed|ago|elapsed|have gone by|without|into|in a row|and counting", r"until|till|to go|left|remain(?:s|ing)?|before|away",
              r"have|has|are|is|were|was"),
    _Language((r"секунд[аы]?", r"минут[аы]?", r"час(?:а|ов)?", r"день|дня|дней|сут(?:ки|ок)", r"недел[яиь]", r"месяц(?:а|ев)?", r"год|года|лет"),
              r"прош(?:ло|ёл|ел|ли|ла)|с момента|со дня|с тех пор|назад|минуло|без", r"до|остал(?:ось|ся|ась|ись)|через",
              r"прош(?:ло|ёл|ел|ли|ла)|минул[оаи]?|остал(?:ось|ся|ась|ись)"),
    _Language((r"Sekunden?", r"Minuten?", r"Stunden?", r"Tag(?:en?)?", r"Wochen?", r"Monat(?:en?)?", r"Jahr(?:en?)?"),
              r"seit|vergangen|vor|her|ohne", r"bis|noch|verbleiben[dt]?|übrig", r"sind|ist|waren|war|verbleiben|verbleibt"),
    _Language((r"secondes?", r"minutes?", r"heures?", r"jours?", r"semaines?", r"mois", r"ans?|années?"),
              r"depuis|écoulée?s?|passée?s?|il y a|sans", r"jusqu['’]?|avant|reste(?:nt)?|d['’]ici", r"ont|a|sont|est|se|s['’]|reste(?:nt)?"),
    _Language((r"segundos?", r"minutos?", r"horas?", r"d[ií]as?", r"semanas?", r"mes(?:es)?", r"años?"),
              r"desde|transcurrid[oa]s?|pasad[oa]s?|pasado|hace|sin", r"hasta|faltan?|quedan?|para", r"han|ha|faltan?|quedan?"),
    _Language((r"secondi?o?", r"minut[oi]", r"or[ae]", r"giorn[oi]", r"settiman[ae]", r"mes[ei]", r"ann[oi]"),
              r"da quando|dal(?:la|l['’])?|passat[io]|trascors[io]|fa|senza", r"fino|mancano|manca|alla?|prima", r"sono|è|mancano|manca"),
    _Language((r"segundos?", r"minutos?", r"horas?", r"dias?", r"semanas?", r"m[êe]s(?:es)?", r"anos?"),
              r"desde|passad[oa]s?|passaram|há|sem", r"até|faltam?|restam?|para", r"passaram|passou|faltam?|restam?"),
    _Language((r"seconden?", r"minu(?:ut|ten)", r"uur|uren", r"dag(?:en)?", r"we(?:ek|ken)", r"maand(?:en)?", r"ja(?:ar|ren)"),
              r"sinds|geleden|verstreken|zonder", r"tot|nog|resterend", r"zijn|is"),
    _Language((r"sekund[ay]?", r"minut[ay]?", r"godzin[ay]?", r"dzie[nń]|dni", r"tydzie[nń]|tygodni[ea]?", r"miesi[ąę]c[ey]?|miesięcy", r"rok|lata|lat"),
              r"od|minęł[oay]|upłynęł[oay]|temu|bez", r"do|pozostał[oay]|został[oay]|za", r"minęł[oay]|minął|pozostał[oay]|został[oay]"),
    _Language((r"секунд[аи]?", r"хвилин[аи]?", r"годин[аи]?", r"день|дні|днів|доба|діб", r"тиж(?:день|ні|нів)", r"місяц(?:ь|і|ів)", r"рік|роки|років"),
              r"минул[оаи]|від|з моменту|тому|без", r"до|залишил(?:ося|ось|ися)", r"минул[оаи]|залишил(?:ося|ось|ися)"),
    _Language((r"saniye", r"dakika", r"saat", r"gün", r"hafta", r"ay", r"yıl"),
              r"geçti|önce|beri|sonra", r"kaldı|kalan|kadar", r""),
    _Language((r"秒", r"分钟?", r"小时", r"天|日", r"周|星期", r"个月", r"年"), r"已|过去|以来|以来已", r"还有|距离?|剩余?|倒计时", r""),
)
# fmt: on

_NOT_A_COUNT = (
    r"(?i)\b(?:within|every|at least|at most|up to|more than|less than|fewer than|over|if|unless|must|may|can|should|"
    r"wenn|falls|innerhalb|mindestens|si|dans un délai|dentro de|если|в течение|не менее|не более)\b"
)


def find_counters(stream: Stream, free: bytearray) -> tuple[Counter, ...]:
    """The counters among the blocks not used yet, in reading order; their blocks are marked as used."""
    counters: list[Counter] = []
    for index, block in enumerate(stream.blocks):
        if not free[index] or block.region == FURNITURE or len(block.text) > 2 * LONGEST_SENTENCE:
            continue
        if not any(map(str.isdigit, block.text)):
            continue
        text, used = _line(stream.blocks, free, index)
        found = _in_text(text) or _with_phrase_below(stream.blocks, free, index, text)
        if found:
            counters.extend(found)
            for each in used:
                free[each] = 0
    return tuple(dict.fromkeys(counters))


def _line(blocks: list[Block], free: bytearray, index: int) -> tuple[str, list[int]]:
    """A number and its unit that a column parts ("140       days") are one text."""
    used = [index]
    while used[-1] + 1 < len(blocks) and blocks[index].text.isdigit():
        following = used[-1] + 1
        if not blocks[following].same_line or not free[following]:
            break
        used.append(following)
    return " ".join(blocks[each].text for each in used), used


def _in_text(text: str) -> list[Counter]:
    """The counters of one block: every sentence of it must be one, or it is prose."""
    if not _may_count(text):
        return []
    counters = []
    for sentence in _sentences(text):
        counter = _counter(sentence)
        if counter is None:
            return []
        counters.append(counter)
    return counters


def _may_count(text: str) -> bool:
    return _amount().search(text) is not None or _amount_behind().search(text) is not None


def _sentences(text: str) -> list[str]:
    """The text cut at its full stops, and before a number with its unit that begins a sentence of its own."""
    pieces = [piece for piece in re.split(r"(?<=[.!?])\s+(?=[\w«\"“])", text) if piece]
    sentences: list[str] = []
    for piece in pieces:
        starts = [found.start() for found in _compound().finditer(piece)]
        if len(starts) < 2 or starts[0] > 0:
            sentences.append(piece)
            continue
        bounds = [*starts, len(piece)]
        parts = [piece[start:end].strip() for start, end in zip(bounds, bounds[1:], strict=False)]
        sentences.extend(parts if all(_direction(part) for part in parts) else [piece])
    return sentences


def _counter(sentence: str) -> Counter | None:
    if len(sentence) > LONGEST_SENTENCE or re.search(_NOT_A_COUNT, sentence):
        return None
    direction = _direction(sentence)
    found = _compound().search(sentence)
    if found is None or found.start() > LONGEST_OPENING:
        return _counter_behind(sentence, direction)
    if direction is None:
        return None
    value, unit = _value(found[0])
    return _made(sentence, found.span(), value, unit, direction)


def _counter_behind(sentence: str, direction: str | None) -> Counter | None:
    """"Days without an accident: 853", "Day 853 of the war": the unit first, the number after it."""
    found = _amount_behind().search(sentence)
    if found is None:
        return None
    unit = _unit_of(found["unit"])
    if unit is None or (direction is None and found["colon"]):
        return None
    return _made(sentence, found.span("number"), int(_digits(found["number"])), unit, direction or "up")


def _with_phrase_below(blocks: list[Block], free: bytearray, index: int, text: str) -> list[Counter]:
    """"140 days" alone on its line, its "until 1 January" a line or some further down."""
    found = _compound().fullmatch(text.strip())
    if found is None:
        return []
    for below in range(index + 1, min(index + 1 + 2 * FARTHEST_PHRASE, len(blocks))):
        phrase = blocks[below].text
        if len(phrase) <= LONGEST_SENTENCE and _opens_with_direction().match(phrase):
            value, unit = _value(found[0])
            sentence = collapse(f"{text} {phrase}")
            direction = _direction(phrase) or "up"
            return [_made(sentence, (0, len(found[0])), value, unit, direction)]
        if not (free[below] and (phrase.isdigit() or _compound().fullmatch(phrase) or blocks[below].same_line)):
            return []
    return []


def _made(sentence: str, span: tuple[int, int], value: int, unit: str, direction: str) -> Counter:
    rest = collapse(sentence[: span[0]] + " " + sentence[span[1] :])
    label = collapse(_agreement().sub(" ", rest, count=2)).strip(" :,–—-") or rest
    return Counter(label=label, text=sentence, value=value, unit=unit, direction=direction)


def _value(text: str) -> tuple[int, str]:
    """The amount in its smallest unit: "140 days, 2 hours" is 3362 hours."""
    amounts = [(int(_digits(each["number"])), _unit_of(each["unit"]) or "day") for each in _amount().finditer(text)]
    smallest = min((unit for _, unit in amounts), key=UNITS.index)
    if len(amounts) == 1 or any(unit not in SECONDS for _, unit in amounts):
        if smallest == "month" and all(unit in ("month", "year") for _, unit in amounts):
            return sum(number * (12 if unit == "year" else 1) for number, unit in amounts), "month"
        return amounts[0]
    seconds = sum(number * SECONDS[unit] for number, unit in amounts)
    return seconds // SECONDS[smallest], smallest


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _direction(sentence: str) -> str | None:
    """"up" or "down", by the first word that says so; "since" decides over a "left" further on."""
    up, down = _up().search(sentence), _down().search(sentence)
    if up and down:
        return "up" if up.start() < down.start() else "down"
    return "up" if up else "down" if down else None


def _unit_of(word: str) -> str | None:
    for unit, pattern in zip(UNITS, _unit_patterns(), strict=True):
        if pattern.fullmatch(word):
            return unit
    return None


@cache
def _unit_patterns() -> tuple[re.Pattern[str], ...]:
    columns = zip(*(language.units for language in _LANGUAGES), strict=True)
    return tuple(re.compile("|".join(column), re.IGNORECASE) for column in columns)


def _unit_word() -> str:
    return "|".join(unit for language in _LANGUAGES for unit in language.units)


_NUMBER = r"(?P<number>\d{1,3}(?:[ ,.\u2009\u202f]\d{3})+(?!\d)|\d+)"
_PLAIN_NUMBER = r"(?:\d{1,3}(?:[ ,.\u2009\u202f]\d{3})+(?!\d)|\d+)"


@cache
def _amount() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,])(?:{_NUMBER})\s*(?P<unit>{_unit_word()})(?!\w)", re.IGNORECASE)


@cache
def _compound() -> re.Pattern[str]:
    one = rf"{_PLAIN_NUMBER}\s*(?:{_unit_word()})(?!\w)"
    return re.compile(rf"(?<![\w.,]){one}(?:\s*(?:,|and|und|et|y|e|и|en|&)?\s*{one})*", re.IGNORECASE)


@cache
def _amount_behind() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:the\s+|number of\s+)?(?P<unit>{_unit_word()})(?:(?P<colon>\b[^\d.!?]{{2,120}}[:=–—-])|\s+№?\s*)\s*{_NUMBER}(?!\w)",
        re.IGNORECASE,
    )


@cache
def _up() -> re.Pattern[str]:
    return re.compile(_words(language.up for language in _LANGUAGES), re.IGNORECASE)


@cache
def _down() -> re.Pattern[str]:
    return re.compile(_words(language.down for language in _LANGUAGES), re.IGNORECASE)


@cache
def _agreement() -> re.Pattern[str]:
    return re.compile(_words(language.agree for language in _LANGUAGES if language.agree), re.IGNORECASE)


@cache
def _opens_with_direction() -> re.Pattern[str]:
    either = "|".join(words for language in _LANGUAGES for words in (language.up, language.down))
    return re.compile(rf"(?:{either})(?!\w)", re.IGNORECASE)


def _words(alternatives: object) -> str:
    return rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)"  # type: ignore[call-overload]
