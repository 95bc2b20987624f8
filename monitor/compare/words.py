"""Two texts → the words that were deleted and inserted between them, in a form that reads well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from monitor.compare.fold import collapse, fold
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
    """The equal, deleted and inserted stretches; what only folding makes equal is shown as `after` writes it."""
    left, right = before.split(), after.split()
    ours, theirs = [fold(word) for word in left], [fold(word) for word in right]
    found: list[Span] = []
    for op, i1, i2, j1, j2 in _readable(_opcodes(ours, theirs)):
        if op == EQUAL:
            found.append(Span(op=EQUAL, text=" ".join(right[j1:j2])))
            continue
        if i2 > i1:
            found.append(Span(op=DELETE, text=" ".join(left[i1:i2])))
        if j2 > j1:
            found.append(Span(op=INSERT, text=" ".join(right[j1:j2])))
    return tuple(found)


def whole(op: str, text: str) -> tuple[Span, ...]:
    """A text that came or went as a whole."""
    return (Span(op=op, text=collapse(text)),) if text.strip() else ()


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
