"""Two texts → the words that were deleted and inserted between them, in a form that reads well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from monitor.compare.fold import collapse, fold, split_unspaced
from monitor.model.change import Span

EQUAL, INSERT, DELETE = "equal", "insert", "delete"

# The table of an alignment has one bit a pair of words: 4,000 by 100,000 words take 50 MB. Beyond, the whole differing
# middle is shown as replaced.
_LARGEST_TABLE = 400_000_000
# A short equal stretch between two larger edits reads as an accident, not as something kept.
_INCIDENTAL = 2
_INCIDENTAL_SHARE = 3

_Op = tuple[str, int, int, int, int]


def spans(before: str, after: str) -> tuple[Span, ...]:
    """The equal, deleted and inserted stretches, blanks included; what only folding makes equal as `after` has it."""
    left, right = _tokens(before), _tokens(after)
    ours, theirs = [fold(token.text) for token in left], [fold(token.text) for token in right]
    found: list[Span] = []
    for op, i1, i2, j1, j2 in _readable(_opcodes(ours, theirs)):
        pieces = _kept if op == EQUAL else _replaced
        found += pieces(left[i1:i2], right[j1:j2])
    return _merged(found)


def whole(op: str, text: str) -> tuple[Span, ...]:
    """A text that came or went as a whole."""
    return (Span(op=op, text=collapse(text)),) if text.strip() else ()


def joined(passages: Iterable[Sequence[Span]]) -> tuple[Span, ...]:
    """The marks of several texts as those of one, in which a blank parts them on each side that has both."""
    found: list[Span] = []
    for marks in passages:
        stands = [_stands(found, other) and _stands(marks, other) for other in (INSERT, DELETE)]
        blank = EQUAL if all(stands) else DELETE if stands[0] else INSERT
        found += [Span(op=blank, text=" ")] * any(stands)
        found += marks
    return _merged(found)


def said(marks: Iterable[Span], without: str) -> str:
    """The text that the marks are about, as it was (without what was inserted) or is (without what was deleted)."""
    return "".join(span.text for span in marks if span.op != without)


class _Token(NamedTuple):
    """A word, or a sign of a script without blanks between words, and the blank before it."""

    blank: str
    text: str


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    for word in text.split():
        blank = " " if found else ""
        parts = [word] if word.isascii() else split_unspaced(word)
        found += [_Token(blank if at == 0 else "", part) for at, part in enumerate(parts)]
    return found


def _kept(left: Sequence[_Token], right: Sequence[_Token]) -> Iterator[Span]:
    """Tokens of both sides, and between them the blanks that one side lacks."""
    for one, other in zip(left, right, strict=True):
        if one.blank != other.blank:
            yield Span(op=DELETE if one.blank else INSERT, text=" ")
            yield Span(op=EQUAL, text=other.text)
        else:
            yield Span(op=EQUAL, text=other.blank + other.text)


def _replaced(left: Sequence[_Token], right: Sequence[_Token]) -> Iterator[Span]:
    """Tokens that made way for others; a blank before both belongs to neither."""
    before, after = ("".join(token.blank + token.text for token in side) for side in (left, right))
    if before.startswith(" ") and after.startswith(" "):
        yield Span(op=EQUAL, text=" ")
        before, after = before[1:], after[1:]
    yield Span(op=DELETE, text=before)
    yield Span(op=INSERT, text=after)


def _merged(marks: Iterable[Span]) -> tuple[Span, ...]:
    """Neighbours of one kind made one, what was deleted before what was inserted in its place."""
    found: list[Span] = []
    edit = dict.fromkeys((DELETE, INSERT), "")
    for span in (*marks, Span(op=EQUAL, text="")):
        if span.op != EQUAL:
            edit[span.op] += span.text
            continue
        if not span.text and found and not any(edit.values()):
            continue
        found += [Span(op=op, text=text) for op, text in edit.items() if text]
        edit = dict.fromkeys(edit, "")
        if found and found[-1].op == EQUAL:
            found[-1] = Span(op=EQUAL, text=found[-1].text + span.text)
        elif span.text:
            found.append(span)
    return tuple(found)


def _stands(marks: Iterable[Span], without: str) -> bool:
    return any(span.op != without for span in marks)


def _opcodes(before: Sequence[str], after: Sequence[str]) -> Iterator[_Op]:
    """Operations in order, covering both sides: equal, or anything else."""
    start = _common(zip(before, after, strict=False))
    longest = min(len(before), len(after)) - start
    end = min(longest, _common(zip(reversed(before), reversed(after), strict=False)))
    stop_before, stop_after = len(before) - end, len(after) - end
    if start:
        yield EQUAL, 0, start, 0, start
    yield from _middle(before[start:stop_before], after[start:stop_after], start)
    if end:
        yield EQUAL, stop_before, len(before), stop_after, len(after)


def _common(pairs: Iterable[tuple[str, str]]) -> int:
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count


def _middle(before: Sequence[str], after: Sequence[str], offset: int) -> Iterator[_Op]:
    if not before and not after:
        return
    small = min(len(before), len(after)) <= 1
    if small or len(before) * len(after) > _LARGEST_TABLE or set(before).isdisjoint(after):
        yield "replace", offset, offset + len(before), offset, offset + len(after)
        return
    from rapidfuzz.distance import Indel  # noqa: PLC0415  20 ms that only an edit is worth

    for code in Indel.opcodes(before, after):
        op = EQUAL if code.tag == "equal" else "replace"
        yield (
            op,
            code.src_start + offset,
            code.src_end + offset,
            code.dest_start + offset,
            code.dest_end + offset,
        )


def _readable(codes: Iterable[_Op]) -> list[_Op]:
    """Neighbouring edits made one, with the incidental words between them."""
    merged: list[_Op] = []
    for code in codes:
        if merged and merged[-1][0] != EQUAL and code[0] != EQUAL:
            merged[-1] = _join(merged[-1], code)
        elif len(merged) > 1 and code[0] != EQUAL and _is_incidental(merged[-2], merged[-1], code):
            kept = merged.pop()
            merged[-1] = _join(_join(merged[-1], kept), code)
        else:
            merged.append(code)
    return merged


def _is_incidental(left: _Op, kept: _Op, right: _Op) -> bool:
    words = kept[2] - kept[1]
    return words <= _INCIDENTAL and min(_size(left), _size(right)) >= _INCIDENTAL_SHARE * words


def _size(code: _Op) -> int:
    return max(code[2] - code[1], code[4] - code[3])


def _join(one: _Op, other: _Op) -> _Op:
    return "replace", one[1], other[2], one[3], other[4]
