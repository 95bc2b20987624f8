"""Text → the form in which two texts are compared, and what tells look-alike letters apart. Never shown to anybody.

Folding is Unicode NFC, white space collapsed, quotes, dashes and ellipses made one, soft hyphens and zero-width
characters dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from monitor.model.blanks import collapse

_QUOTES = '"`´‘’‚‛“”„‟«»‹›′″＂＇「」『』'
_DASHES = "‐‑‒–—―−﹘﹣－"
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"

# Letters of two alphabets that print alike, after the "confusables" of Unicode Technical Standard 39: those pairs
# only that no reader can tell apart in common typefaces.
_CYRILLIC = "АВЕЅІЈКМНОРСТУХаеорсухіјѕԁԛԝһ"
_CYRILLIC_LATIN = "ABESIJKMHOPCTYXaeopcyxijsdqwh"
_GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρυι"
_GREEK_LATIN = "ABEZHIKMNOPTYXovpui"

_UNSPACED = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_SIGN_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u17b4-\u17d3\u3099\u309a"

_ALPHABETS = (
    ("Cyrillic", "\u0400", "\u052f"),
    ("Greek", "\u0370", "\u03ff"),
    ("Latin", "A", "\u024f"),
)
# Texts up to this length are remembered folded: a few thousand of them are a few megabytes.
LONGEST_REMEMBERED = 2_000
_SAMPLE = 4_000  # letters that decide which alphabet a text is written in


def fold(text: str) -> str:
    """What is compared in the place of `text`: equal where a reader sees no other words, signs or letters."""
    return _remembered(text) if len(text) <= LONGEST_REMEMBERED else _folded(text)


@lru_cache(maxsize=4096)
def _remembered(text: str) -> str:
    """Both sides of a comparison say most texts alike, and several steps ask for the same one."""
    return _folded(text)


def _folded(text: str) -> str:
    if not text.isascii():
        text = _compose(_sign().sub(_plain_sign, text.replace("’", "'").replace("\u2013", "-")))
    elif '"' in text or "`" in text:
        text = text.replace('"', "'").replace("`", "'")
    text = collapse(text)
    return _with_plain_dashes(text) if "-" in text else text


def _with_plain_dashes(text: str) -> str:
    """A collapsed text with one dash for each run of them and the blanks around it.

    A pattern that may begin with a blank is tried at every letter; these are not.
    """
    while "--" in text:
        text = text.replace("--", "-")
    return text.replace(" - ", "-").replace("- ", "-").replace(" -", "-")


def _plain_sign(found: re.Match[str]) -> str:
    return _signs().get(ord(found[0])) or ""


def is_composed(text: str) -> bool:
    """Whether there is nothing in a text that folding composes or, beside blanks and dashes, leaves out."""
    if text.isascii():
        return True
    from unicodedata import is_normalized  # noqa: PLC0415  a megabyte that plain ASCII does not need

    return text.isprintable() and is_normalized("NFC", text)


def skeleton(text: str) -> str:
    """The words of a text without case, punctuation and alphabet: what two writings of one title share."""
    return _skeleton(text) if len(text) <= LONGEST_REMEMBERED else _stripped(fold(text))


@lru_cache(maxsize=4096)
def _skeleton(text: str) -> str:
    return _of_folded(fold(text))


def _of_folded(text: str) -> str:
    return _bones(text) if len(text) <= LONGEST_REMEMBERED else _stripped(text)


@lru_cache(maxsize=4096)
def _bones(text: str) -> str:
    return _stripped(text)


def _stripped(text: str) -> str:
    if text.isascii():  # a third of the time
        return " ".join(text.lower().translate(_blanks()).split())
    if _strange().search(text):
        text = text.translate(_look_alikes())
    return " ".join(_word().findall(text.casefold()))


def words(text: str) -> list[str]:
    """The words of a text as `skeleton` has them; scripts without blanks between words in pairs of signs."""
    return words_of_folded(fold(text))


def words_of_folded(text: str) -> list[str]:
    """The same of a text that is folded already."""
    bones = _of_folded(text)
    if bones.isascii() or not _unspaced().search(bones):
        return bones.split()
    return [part for word in bones.split() for part in _split_unspaced(word)]


def split_unspaced(word: str) -> list[str]:
    """The signs of a script without blanks between words one by one, with their marks; all else in one piece."""
    return _unspaced_signs().findall(word) if _unspaced().search(word) else [word]


def stray_letters(text: str) -> list[tuple[str, str, str]]:
    """Words written with a look-alike of another alphabet, as (word, letter, the letter's alphabet)."""
    if text.isascii() or not _strange().search(text):
        return []
    home = _alphabet_of_text(text)
    found = ((word, _stray_in(word, home)) for word in dict.fromkeys(_mixed().findall(text)))
    return [(word, letter, str(alphabet_of(letter))) for word, letter in found if letter]


def alphabet_of(letter: str) -> str | None:
    for name, first, last in _ALPHABETS:
        if first <= letter <= last and letter.isalpha():
            return name
    return None


def _stray_in(word: str, home: str) -> str | None:
    """The first letter of `word` that only looks as if it belonged: all its strangers must have a look-alike."""
    strangers = [letter for letter in word if letter.isalpha() and alphabet_of(letter) != home]
    passing = _look_alikes().values() if home != "Latin" else _CYRILLIC + _GREEK
    if not strangers or not all(each in passing for each in strangers):
        return None
    is_mixed = 2 * len(strangers) < sum(letter.isalpha() for letter in word)
    # "9М729" in a Latin text has but one letter, the Cyrillic one; "5G" in a Cyrillic text is how one writes it
    is_code = home == "Latin" and any(letter.isdigit() for letter in word)
    return strangers[0] if is_mixed or is_code else None


def _alphabet_of_text(text: str) -> str:
    counts = dict.fromkeys((name for name, _, _ in _ALPHABETS), 0)
    for letter, count in Counter(text[:_SAMPLE]).items():
        name = alphabet_of(letter)
        if name:
            counts[name] += count
    return max(counts, key=lambda name: counts[name])


def _split_unspaced(word: str) -> list[str]:
    if not _unspaced().search(word) or len(word) < 3:
        return [word]
    return [word[at : at + 2] for at in range(len(word) - 1)]


def _compose(text: str) -> str:
    from unicodedata import is_normalized, normalize  # noqa: PLC0415  a megabyte that plain ASCII does not need

    return text if is_normalized("NFC", text) else normalize("NFC", text)


@cache
def _signs() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys(map(ord, _QUOTES), "'")
    table.update(dict.fromkeys(map(ord, _DASHES), "-"))
    table.update(dict.fromkeys(map(ord, _UNSEEN)))
    table[ord("…")] = "..."
    return table


@cache
def _sign() -> re.Pattern[str]:
    return re.compile("[" + "".join(map(re.escape, map(chr, _signs()))) + "]")


@cache
def _look_alikes() -> dict[int, str]:
    letters = zip(_CYRILLIC + _GREEK, _CYRILLIC_LATIN + _GREEK_LATIN, strict=True)
    return {ord(stranger): letter for stranger, letter in letters}


@cache
def _strange() -> re.Pattern[str]:
    """A letter of an alphabet that has look-alikes of Latin letters."""
    return re.compile("[\u0370-\u052f]")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"\w+")


@cache
def _blanks() -> dict[int, str]:
    """A blank for each sign of ASCII that is in no word."""
    return {code: " " for code in range(128) if not _word().fullmatch(chr(code))}


@cache
def _mixed() -> re.Pattern[str]:
    return re.compile(r"\w*(?:[A-Za-z\d][\u0370-\u052f]|[\u0370-\u052f][A-Za-z\d])\w*")


@cache
def _unspaced() -> re.Pattern[str]:
    """Scripts that leave no blanks between words: Thai, Lao, Khmer, Japanese, Chinese."""
    return re.compile(f"[{_UNSPACED}]")


@cache
def _unspaced_signs() -> re.Pattern[str]:
    return re.compile(f"[{_UNSPACED}][{_SIGN_MARKS}]*|[^{_UNSPACED}]+")
