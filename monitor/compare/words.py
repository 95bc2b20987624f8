"""Two texts → the words that were deleted and inserted between them, in a form that reads well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from monitor.compare.fold import fold, split_unspaced
from monitor.compare.order import out_of_order
from monitor.model.blanks import collapse
from monitor.model.change import Span

EQUAL, INSERT, DELETE = "equal", "insert", "delete"

# The table of an alignment has one bit a pair of words: 4,000 by 100,000 words take 50 MB. A larger one is parted at
# words that each side has once.
_LARGEST_TABLE = 400_000_000
# A short equal stretch between two larger edits reads as an accident, not as something kept.
_INCIDENTAL = 2
_INCIDENTAL_SHARE = 3

_Op = tuple[str, int, int, int, int]


def spans(before: str, after: str) -> tuple[Span, ...]:
    """The equal, deleted and inserted stretches, blanks included; what only folding makes equal as `after` has it."""
    left, right = before.split(), after.split()
    start = _common(zip(left, right, strict=False))
    longest = min(len(left), len(right)) - start
    # the first word of the equal end stays within: the blank before it may stand on one side only
    end = max(0, min(longest, _common(zip(reversed(left), reversed(right), strict=False))) - 1)
    head, tail = " ".join(left[:start]), "".join(f" {word}" for word in left[len(left) - end :])
    inner = _inner(left[start : len(left) - end], right[start : len(right) - end], is_first=not start)
    return _merged((Span(op=EQUAL, text=head), *inner, Span(op=EQUAL, text=tail)))


def _inner(before: Sequence[str], after: Sequence[str], *, is_first: bool) -> list[Span]:
    """The marks of what is left of two texts, given as words, between their equal ends."""
    left, right = _tokens(before, is_first=is_first), _tokens(after, is_first=is_first)
    ours, theirs = _folded(left), _folded(right)
    found: list[Span] = []
    for op, i1, i2, j1, j2 in _readable(_opcodes(ours, theirs)):
        pieces = _kept if op == EQUAL else _replaced
        found += pieces(left[i1:i2], right[j1:j2])
    return found


def _folded(tokens: Sequence[_Token]) -> list[str]:
    """The words as they are compared; in ASCII nothing is folded but dashes and quotes."""
    return [
        text if text.isascii() and (text.isalnum() or not ("-" in text or '"' in text or "`" in text)) else fold(text)
        for _, text in tokens
    ]


def shared(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """The numbers of the words that two rows of words have in common, in the order of both."""
    kept = (code for code in _opcodes(before, after) if code[0] == EQUAL)
    return [pair for _, i1, i2, j1, j2 in kept for pair in zip(range(i1, i2), range(j1, j2), strict=True)]


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


# The blank before a word, or before a sign of a script without blanks between words, and the word or sign.
_Token = tuple[str, str]


def _tokens(words: Sequence[str], *, is_first: bool) -> list[_Token]:
    """A blank goes before each word but a text's first."""
    found: list[_Token] = []
    for word in words:
        if word.isascii():
            found.append((" ", word))
        else:
            first, *rest = split_unspaced(word)
            found.append((" ", first))
            found += [("", part) for part in rest]
    if is_first and found:
        found[0] = ("", found[0][1])
    return found


def _kept(left: Sequence[_Token], right: Sequence[_Token]) -> Iterator[Span]:
    """Tokens of both sides, and between them the blanks that one side lacks."""
    kept: list[str] = []
    for (blank, _), (other_blank, text) in zip(left, right, strict=True):
        if blank == other_blank:
            kept += (blank, text)
            continue
        if kept:
            yield Span(op=EQUAL, text="".join(kept))
        yield Span(op=DELETE if blank else INSERT, text=" ")
        kept = [text]
    if kept:
        yield Span(op=EQUAL, text="".join(kept))


def _replaced(left: Sequence[_Token], right: Sequence[_Token]) -> Iterator[Span]:
    """Tokens that made way for others; a blank before both belongs to neither."""
    before, after = ("".join(chain.from_iterable(side)) for side in (left, right))
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
    yield from _shifted(_middle(before[start:stop_before], after[start:stop_after]), start, start)
    if end:
        yield EQUAL, stop_before, len(before), stop_after, len(after)


def _shifted(codes: Iterable[_Op], before: int, after: int) -> Iterator[_Op]:
    return ((op, i1 + before, i2 + before, j1 + after, j2 + after) for op, i1, i2, j1, j2 in codes)


def _common(pairs: Iterable[tuple[str, str]]) -> int:
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count


def _middle(before: Sequence[str], after: Sequence[str]) -> Iterator[_Op]:
    if not before and not after:
        return
    if min(len(before), len(after)) <= 1 or set(before).isdisjoint(after):
        yield "replace", 0, len(before), 0, len(after)
    elif len(before) * len(after) > _LARGEST_TABLE:
        yield from _parted(before, after)
    else:
        from rapidfuzz.distance import Indel  # noqa: PLC0415  20 ms that only an edit is worth

        for code in Indel.opcodes(before, after):
            op = EQUAL if code.tag == "equal" else "replace"
            yield op, code.src_start, code.src_end, code.dest_start, code.dest_end


def _parted(before: Sequence[str], after: Sequence[str]) -> Iterator[_Op]:
    """Two long texts, part by part between the words that each has once and both in one order."""
    anchors = _anchors(before, after)
    if not anchors:
        yield "replace", 0, len(before), 0, len(after)
        return
    i = j = 0
    for at, there in (*anchors, (len(before), len(after))):
        yield from _shifted(_opcodes(before[i:at], after[j:there]), i, j)
        if at < len(before):
            yield EQUAL, at, at + 1, there, there + 1
        i, j = at + 1, there + 1


def _anchors(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    ours, theirs = _once(before), _once(after)
    pairs = [(i, theirs[word]) for word, i in ours.items() if word in theirs]
    strayed = out_of_order([j for _, j in pairs])
    return [pair for at, pair in enumerate(pairs) if at not in strayed]


def _once(words: Sequence[str]) -> dict[str, int]:
    """Where each word stands that stands but once, in the order of the text."""
    counts = Counter(words)
    return {word: at for at, word in enumerate(words) if counts[word] == 1}


def _readable(codes: Iterable[_Op]) -> list[_Op]:
    """Neighbours of one kind made one, edits with the incidental words between them."""
    merged: list[_Op] = []
    for code in codes:
        if merged and (merged[-1][0] == EQUAL) == (code[0] == EQUAL):
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
    return one[0], one[1], other[2], one[3], other[4]
