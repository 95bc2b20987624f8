"""A finding and a reader → how grave it is for that reader, or that it is not told there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from monitor.model.change import GRAVITY, Change, Side, Significance
from monitor.model.comparison import Check, Comparison
from monitor.model.reader import Choice, Reader

if TYPE_CHECKING:
    from monitor.model.digest import Turn

# Scripts that put no blanks between words; there a word is mentioned wherever its letters stand.
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")


def change_for(reader: Reader, page: str, change: Change) -> Significance | None:
    """How grave a change of the page of that id is for a reader; None where it is not told."""
    return gravity_for(reader, page, change.kind.value, change.significance, texts_of(change))


def check_for(reader: Reader, page: str, check: Check) -> Significance | None:
    """How grave a check of the page that did not hold is for a reader; None where it is not told."""
    texts = [text for text in (check.subject, check.reason, check.expected, check.found) if text]
    return gravity_for(reader, page, f"check.{check.check}", Significance.ALERT, texts)


def gravity_for(
    reader: Reader, page: str, kind: str, significance: Significance, texts: Iterable[str]
) -> Significance | None:
    """The same for any finding; `texts` are those in which words are looked for."""
    if page not in reader.pages:
        return None
    said = "\n".join(texts)
    if any(_is_chosen(each, page, kind, said) for each in reader.raised):
        return Significance.ALERT
    if any(_is_chosen(each, page, kind, said) for each in reader.muted):
        return None
    return significance if is_at_least(significance, reader.lowest) else None


def comparison_for(reader: Reader, page: str, comparison: Comparison) -> Comparison:
    """The comparison as the reader is told it: what is raised is an alert, what is not told there is left out.

    What is routine to everybody stays as it is, muted things apart.
    """
    changes = tuple(each for change in comparison.changes for each in _change_for(reader, page, change))
    checks = tuple(
        each for each in comparison.checks if not each.is_finding or check_for(reader, page, each) is not None
    )
    return comparison._replace(changes=changes, checks=checks)


def _change_for(reader: Reader, page: str, change: Change) -> Iterator[Change]:
    lowest = reader if change.is_finding else reader._replace(lowest=Significance.ROUTINE)
    gravity = change_for(lowest, page, change)
    if gravity is not None:
        is_raised = gravity is not change.significance
        raised_by = raising_rule(reader, page, change.kind.value, texts_of(change)) if is_raised else None
        yield change._replace(significance=gravity, raised_by=raised_by)


def raising_rule(reader: Reader, page: str, kind: str, texts: Iterable[str]) -> str | None:
    """The first rule of the reader that makes such a finding an alert, in words; None where none does."""
    said = "\n".join(texts)
    return next((in_words(each) for each in reader.raised if _is_chosen(each, page, kind, said)), None)


def in_words(choice: Choice) -> str:
    """text.edited on policy that mentions “fee” or “fine*”"""
    kinds = " or ".join(choice.kinds) or "what"
    pages = f" on {' or '.join(choice.pages)}" if choice.pages else ""
    quoted = " or ".join(f"“{word}”" for word in choice.words)
    words = f" {'that mentions' if choice.kinds else 'mentions'} {quoted}" if quoted else ""
    return f"{kinds}{pages}{words}"


def is_at_least(significance: Significance, lowest: Significance) -> bool:
    """Whether it is as grave as that, or graver."""
    return GRAVITY.index(significance) >= GRAVITY.index(lowest)


def texts_of(found: Change | Turn) -> list[str]:
    """What a finding is about, on both sides: in these texts words are looked for."""
    edits = (text for edit in found.edits for text in (edit.before, edit.after))
    said = [found.subject, *_side_texts(found.before), *_side_texts(found.after), *edits]
    return [text for text in said if text]


def _side_texts(side: Side | None) -> list[str | None]:
    return [side.text, side.title, side.teaser] if side else []


def _is_chosen(choice: Choice, page: str, kind: str, said: str) -> bool:
    return (
        (not choice.pages or page in choice.pages)
        and (not choice.kinds or _is_of(kind, choice.kinds))
        and (not choice.words or _mentions(choice.words, said))
    )


def _is_of(kind: str, kinds: Sequence[str]) -> bool:
    return any(kind == each or (each.endswith("*") and kind.startswith(each[:-1])) for each in kinds)


def _mentions(words: Sequence[str], said: str) -> bool:
    folded = _folded(said)
    return any(_pattern(word).search(folded) for word in words)


@cache
def _pattern(word: str) -> re.Pattern[str]:
    bare = _folded(word.rstrip("*"))
    before = "" if _is_unspaced(bare[:1]) else r"(?<!\w)"
    after = "" if word.endswith("*") or _is_unspaced(bare[-1:]) else r"(?!\w)"
    return re.compile(before + re.escape(bare) + after)


def _folded(text: str) -> str:
    """In one case and one form of its letters, white space collapsed."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _is_unspaced(sign: str) -> bool:
    return bool(sign) and unicodedata.name(sign, "").startswith(_UNSPACED)
