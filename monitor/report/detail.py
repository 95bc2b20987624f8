"""Group and entry of an outline → what the formats show of them: which entries, a headline, labelled lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from monitor.model.change import Change, ChangeKind as Kind, Edit, Span
from monitor.report.columns import cut
from monitor.report.edits import edits, part_called
from monitor.report.neutral import neutral
from monitor.report.outline import Entry, Group, Outline
from monitor.report.wording import dates

MOST_ENTRIES = 10  # a group up to this stands in full: a page's list has ten entries more often than any other number
FIRST_ENTRIES = 8
_MOST_ASIDES = 3  # lines of menus and footer: beside the news, not in its way
SEE_ALL = "--format json lists all"
LEGEND = "[-words-] are gone, {+words+} are new"
_MARKS = {"insert": ("{+", "+}"), "delete": ("[-", "-]")}
_CONTEXT = 7  # words kept on each side of an edit: enough to find the place again
_MOST_WORDS = 30  # kept at each end of what came or went: a paragraph's first and last sentence
_WORD = 40  # letters of a long word; a text without blanks is cut as if it had such
_MOST_SPANS = 25  # a dozen edits of one text
_SAID_BY_THE_HEAD = (Kind.DATE_STALLED, Kind.DATE_REVERSED, Kind.TITLE_CHANGED, Kind.LEAD_REPLACED)
_WHOLE_TEXTS = (Kind.TEXT_ADDED, Kind.TEXT_REMOVED, Kind.LIST_APPEARED, Kind.LIST_VANISHED)
_OWN_HEADLINES = ("item.", "title.", "text.", "counter.")  # kinds whose edited text is what they are about
_LABELLED = ("field", "figure", "stamp", "clock")
_LONGEST_LABEL = 56  # columns of a label, so that a line has room for what it says
_FEWEST_CELLS = 2
_SHORT = 60  # characters of both sides together that read well on one line


class Detail(NamedTuple):
    """A line with a label ("was", "now", "teaser", "expected" …), or with none where it is what the entry is about."""

    label: str
    spans: tuple[Span, ...]


def head_of(group: Group) -> str:
    """What the group is called, with how many there are of more than one."""
    count = f" ({len(group.entries):,})" if len(group.entries) > 1 else ""
    return f"{group.label}{' alike' if group.is_mass else ''}{count}"


def titled(told: Outline) -> tuple[tuple[str, tuple[Group, ...]], ...]:
    """The groups under their titles, gravest first."""
    return (
        ("ALERT", told.alerts), ("NEWS", told.news), ("AS BEFORE", told.standing), ("MENUS AND FOOTER", told.aside),
    )  # fmt: skip


def shown_of(group: Group) -> Sequence[Entry]:
    """The entries a short format shows: all of a few, the first of many, two of a mass that changed alike."""
    if group.is_mass or group.is_aside:
        return group.entries[: 2 if group.is_mass else _MOST_ASIDES]
    return group.entries if len(group.entries) <= MOST_ENTRIES else group.entries[:FIRST_ENTRIES]


def bundles(entries: Sequence[Entry]) -> list[tuple[str | None, list[Entry]]]:
    """The entries by what their reasons add to the group's, which stands above several and below one.

    What a reason adds to the marks of a text is not told: the marks say it.
    """
    found: dict[str | None, list[Entry]] = {}
    for entry in entries:
        is_text = entry.change is not None and entry.change.kind.value.startswith("text.")
        found.setdefault(None if is_text else entry.remark, []).append(entry)
    return list(found.items())


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
    if side is None or (change.before and change.after) or not is_labelled(change):
        return None
    return neutral(side.text)


def is_whole_text(entry: Entry) -> bool:
    """Whether the entry is a text that came or went, and so is told by that text."""
    return entry.change is not None and entry.change.kind in _WHOLE_TEXTS


def is_labelled(change: Change) -> bool:
    """Whether what changed is a value under a label."""
    return change.kind.value.partition(".")[0] in _LABELLED


def details(entry: Entry) -> tuple[Detail, ...]:
    """The touched parts that the headline does not show, or a row's other cells, then a check's two sides."""
    return (*_touched(entry), *_row(entry), *_checked(entry))


# Thai and Lao, Khmer, the signs and letters of Chinese and Japanese, and the full-width marks between them.
_DENSE = (("\u0e00", "\u0eff"), ("\u1780", "\u17ff"), ("\u3000", "\u30ff"), ("\u3400", "\u9fff"), ("\uff00", "\uffef"))


def plain(text: str) -> tuple[Span, ...]:
    """A text without marks."""
    return (Span(op="equal", text=text),)


def is_plain(spans: Sequence[Span]) -> bool:
    """Whether nothing in it came or went."""
    return all(span.op == "equal" for span in spans)


def marked(spans: Sequence[Span]) -> str:
    """The words with signs around those that went and those that came."""
    return strung(spans, [enclosed(span) for span in spans])


def enclosed(span: Span) -> str:
    """A stretch within its marks; a blank parts them from a sign of its own that would read as theirs: {+1,400+ +}."""
    first, last = _MARKS.get(span.op, ("", ""))
    before = " " if first and span.text.startswith(first[-1]) else ""
    return f"{first}{before}{span.text}{' ' if last and span.text.endswith(last[0]) else ''}{last}"


def strung(spans: Sequence[Span], shown: Sequence[str]) -> str:
    """The stretches as they are shown, a blank between two words and none between two signs that no blanks part."""
    parts = list(shown[:1])
    for before, after, text in zip(spans, spans[1:], shown[1:], strict=False):
        parts.append(f"{blank_between(before.text, after.text)}{text}")
    return "".join(parts)


def blank_between(before: str, after: str) -> str:
    """Nothing where a script meets that puts no blanks between words: Thai, Lao, Khmer, Japanese, Chinese."""
    return "" if _is_dense(before[-1:]) and _is_dense(after[:1]) else " "


def _is_dense(sign: str) -> bool:
    return any(first <= sign <= last for first, last in _DENSE)


def has_marks(groups: Iterable[Group]) -> bool:
    """Whether in what a short format shows of them anything is marked as come or gone."""
    return any(
        not is_plain(spans)
        for group in groups
        for entry in shown_of(group)
        for spans in (headline(entry), *(each.spans for each in details(entry)))
    )


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


def fitted(spans: Sequence[Span], longest: int) -> tuple[Span, ...]:
    """The edits shortened, all marks kept; a text without edits cut to so many columns."""
    return shortened(spans) if not is_plain(spans) else plain(cut(" ".join(span.text for span in spans), longest))


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
        name = "" if edit.part in ("text", "title", "value") else f"{part_called(edit.part)} "
        if edit.spans:
            yield from () if edit == shown else (Detail(name.strip(), edit.spans),)
        elif edit.before and edit.after and len(edit.before) + len(edit.after) <= _SHORT:
            yield Detail(name.strip(), plain(f"{edit.before} → {edit.after}{difference(entry.change)}"))
        else:
            yield Detail(f"{name}was", plain(edit.before or "–"))
            yield Detail(f"{name}now", plain(edit.after or "–"))


def _row(entry: Entry) -> Iterator[Detail]:
    """The other cells of a row that came or went; a single value beside an entry of news is none."""
    change = entry.change
    if change is None or (change.before and change.after) or not change.kind.value.startswith("item."):
        return
    side = change.after or change.before
    if side and len(side.values) >= _FEWEST_CELLS:
        yield Detail("", plain(neutral(" · ".join(f"{label} {value}" for label, value in side.values))))


def difference(change: Change | None) -> str:
    """How much more or less a figure is, in brackets; nothing for other kinds."""
    if change is None or change.kind is not Kind.FIGURE_CHANGED:
        return ""
    old, new = (side.value if side else None for side in (change.before, change.after))
    if not isinstance(old, int | float) or not isinstance(new, int | float):
        return ""
    by = f"{abs(new - old):,}" if isinstance(new - old, int) else f"{abs(new - old):,.6g}"
    return f" ({'+' if new > old else '−'}{by})"


def _checked(entry: Entry) -> Iterator[Detail]:
    if entry.check and (entry.check.expected or entry.check.found):
        yield Detail("expected", plain(neutral(dates.from_iso(entry.check.expected or "–"))))
        if entry.check.check not in ("counter", "field") or not entry.change:  # there the change tells what was found
            yield Detail("found", plain(neutral(dates.from_iso(entry.check.found or "–"))))
