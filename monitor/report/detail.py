"""Entry of an outline → what each format shows of it: a headline and labelled lines, word by word. Marks nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monitor.model.change import Change, ChangeKind as Kind, Edit, Span
from monitor.report.columns import cut
from monitor.report.edits import edits
from monitor.report.neutral import neutral
from monitor.report.outline import Entry

_CONTEXT = 7  # words kept on each side of an edit: enough to find the place again
_MOST_WORDS = 30  # kept at each end of what came or went: a paragraph's first and last sentence
_WORD = 40  # letters of a long word; a text without blanks is cut as if it had such
_MOST_SPANS = 25  # a dozen edits of one text
_SAID_BY_THE_HEAD = (Kind.DATE_STALLED, Kind.DATE_REVERSED, Kind.TITLE_CHANGED, Kind.LEAD_REPLACED)
_WHOLE_TEXTS = (Kind.TEXT_ADDED, Kind.TEXT_REMOVED, Kind.LIST_APPEARED, Kind.LIST_VANISHED)
_OWN_HEADLINES = ("item.", "title.", "text.", "counter.reworded")  # kinds whose edited text is what they are about
_LABELLED = ("field.", "figure.", "stamp.", "clock.")
_LONGEST_LABEL = 56  # columns of a label, so that a line has room for what it says
_SHORT = 60  # characters of both sides together that read well on one line


class Detail(NamedTuple):
    """A line with a label ("was", "now", "teaser", "expected" …), or with none where it is what the entry is about."""

    label: str
    spans: tuple[Span, ...]


def headline(entry: Entry) -> tuple[Span, ...]:
    """What the finding is about, with the marks of its title's edit; empty where the group's head says it all."""
    change = entry.change
    if change is None:
        return plain(entry.title)
    if is_whole_text(entry) and (side := change.after or change.before):
        return plain(neutral(side.text))
    if edit := _of_the_title(entry):
        return edit.spans
    if (said := _said(change)) and said != entry.title:
        return plain(f"{cut(entry.title, _LONGEST_LABEL).rstrip(': ')}: {said}")
    if change.kind in _SAID_BY_THE_HEAD or (change.kind is Kind.LIST_REPLACED and not change.place):
        return ()
    return plain(entry.title)


def _said(change: Change) -> str | None:
    """What a label that came or went says beside it."""
    side = change.after or change.before
    if side is None or (change.before and change.after) or not change.kind.value.startswith(_LABELLED):
        return None
    return neutral(side.text if side.value is None else str(side.value))


def is_whole_text(entry: Entry) -> bool:
    """Whether the entry is a text that came or went, and so is told by that text."""
    return entry.change is not None and entry.change.kind in _WHOLE_TEXTS


def details(entry: Entry) -> tuple[Detail, ...]:
    """The touched parts that the headline does not show, then what a check expected and found."""
    return (*_touched(entry), *_checked(entry))


def plain(text: str) -> tuple[Span, ...]:
    """A text without marks."""
    return (Span(op="equal", text=text),)


def is_plain(spans: Sequence[Span]) -> bool:
    """Whether nothing in it came or went."""
    return all(span.op == "equal" for span in spans)


def shortened(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The edits with a few words around each, for a format that has little room; an ellipsis stands for words left out.

    A text without edits comes back as it is.
    """
    if is_plain(spans):
        return tuple(spans)
    kept = spans[:_MOST_SPANS]
    short = [_short(span, is_first=index == 0, is_last=index == len(spans) - 1) for index, span in enumerate(kept)]
    if left := len(spans) - len(kept):
        short.append(Span(op="equal", text=f"… and {left:,} more stretches"))
    return tuple(short)


def _short(span: Span, *, is_first: bool, is_last: bool) -> Span:
    if span.op == "equal":
        return Span(op="equal", text=_middle_cut(span.text, 0 if is_first else _CONTEXT, 0 if is_last else _CONTEXT))
    return Span(op=span.op, text=_middle_cut(span.text, _MOST_WORDS, _MOST_WORDS))


def _middle_cut(text: str, first: int, last: int) -> str:
    if len(text) <= _WORD * (first + last) and text.count(" ") <= first + last:
        return text
    head = " ".join(text[: _WORD * first].split(" ")[:first])
    tail = " ".join(text[len(text) - _WORD * last :].split(" ")[-last:]) if last else ""
    return " ".join(filter(None, (head, "…", tail)))


def _of_the_title(entry: Entry) -> Edit | None:
    """The edit that the headline shows: the one of the title, or of a text that is called by its own words."""
    if entry.change is None or not entry.change.kind.value.startswith(_OWN_HEADLINES):
        return None
    marked = [edit for edit in edits(entry.change) if edit.spans]
    is_called_otherwise = entry.change.kind is Kind.TEXT_EDITED and entry.title == neutral(entry.change.place or "")
    return next(
        (edit for edit in marked if edit.part == "title" or (edit.part == "text" and not is_called_otherwise)), None
    )


def _touched(entry: Entry) -> Iterator[Detail]:
    shown = _of_the_title(entry)
    for edit in edits(entry.change) if entry.change else ():
        name = "" if edit.part in ("text", "title", "value") else f"{edit.part} "
        if edit.spans:
            yield from () if edit == shown else (Detail(name.strip(), edit.spans),)
        elif edit.before and edit.after and len(edit.before) + len(edit.after) <= _SHORT:
            yield Detail(name.strip(), plain(f"{edit.before} → {edit.after}"))
        else:
            yield Detail(f"{name}was", plain(edit.before or "–"))
            yield Detail(f"{name}now", plain(edit.after or "–"))


def _checked(entry: Entry) -> Iterator[Detail]:
    if entry.check and (entry.check.expected or entry.check.found):
        yield Detail("expected", plain(neutral(entry.check.expected or "–")))
        if entry.check.check != "counter" or not entry.change:  # there the change itself tells what was found
            yield Detail("found", plain(neutral(entry.check.found or "–")))
