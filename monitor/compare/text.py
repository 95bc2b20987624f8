"""Two sides → what became of the rest of the page, section by section, and of its furniture.

Never tells what another kind tells: a paragraph that the other side shows as a title, a teaser, a counter or a part
of the lead is passed over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from monitor.compare.fold import fold, is_composed
from monitor.compare.headings import first_words, headings, lone_headings, partner_sections
from monitor.compare.numbering import Numbering, differ_in_notes, is_renumbered, notes_of
from monitor.compare.order import out_of_order
from monitor.compare.paragraphs import Alignment, align
from monitor.compare.reasons import limits as said, text as reasons
from monitor.compare.reasons.survivors import look_alike
from monitor.compare.sides import Sides
from monitor.compare.words import DELETE, INSERT, spans
from monitor.model.blanks import collapse
from monitor.model.change import Change, ChangeKind as Kind, Side, Significance, Span
from monitor.model.reading import Reading, Section

# Folding takes no half of a text without combining and invisible signs: what is longer than so many times another is
# not folded to be that.
_MOST_FOLDED = 2
FURNITURE = "furniture"  # the place of a change in navigation, banners, footers


class _Texts(NamedTuple):
    """Both sides' paragraphs in one row each; `homes` is the section's number for each, `named` its heading.

    `partner` gives for the sections of `before` those of `after`.
    """

    sides: Sides
    rows: tuple[list[str], list[str]]
    homes: tuple[list[int], list[int]]
    named: tuple[list[str | None], list[str | None]]
    partner: dict[int, int]
    is_furniture: bool = False


class Rows(NamedTuple):
    """The paragraphs of both sides' sections, the section of each (the same number where it is one), and who is who."""

    before: Sequence[str]
    after: Sequence[str]
    homes: tuple[Sequence[int], Sequence[int]]
    found: Alignment


def text(sides: Sides) -> tuple[list[Change], list[str]]:
    """The changes in the order of the page, and the limits."""
    partner = partner_sections(sides.before.sections, sides.after.sections)
    found = _aligned(_rows(sides, partner), sides)
    pieces = _aligned(_furniture(sides), sides)
    changes = [*headings(sides, partner), *found[0], *pieces[0]]
    return changes, [*found[1], *pieces[1]]


def rows_of(sides: Sides) -> Rows:
    """Paragraph by paragraph what both sides say in their sections, for who asks which of them is which."""
    texts = _rows(sides, partner_sections(sides.before.sections, sides.after.sections))
    homes = _homes_there(texts), texts.homes[1]
    return Rows(before=texts.rows[0], after=texts.rows[1], homes=homes, found=align(*texts.rows, homes))


def _rows(sides: Sides, partner: dict[int, int]) -> _Texts:
    sections = sides.before.sections, sides.after.sections
    return _Texts(
        sides=sides,
        rows=(_paragraphs(sections[0]), _paragraphs(sections[1])),
        homes=(_homes(sections[0]), _homes(sections[1])),
        named=([each.heading for each in sections[0]], [each.heading for each in sections[1]]),
        partner=partner,
    )


def _furniture(sides: Sides) -> _Texts:
    rows = list(sides.before.furniture), list(sides.after.furniture)
    homes = [0] * len(rows[0]), [0] * len(rows[1])
    return _Texts(sides=sides, rows=rows, homes=homes, named=([None], [None]), partner={0: 0}, is_furniture=True)


def _paragraphs(sections: Sequence[Section]) -> list[str]:
    return [paragraph for each in sections for paragraph in each.paragraphs]


def _homes(sections: Sequence[Section]) -> list[int]:
    return [number for number, each in enumerate(sections) for _ in each.paragraphs]


def _homes_there(texts: _Texts) -> list[int]:
    """For each paragraph of before its section's number in after; a negative one where it has none there."""
    return [texts.partner.get(home, -1 - home) for home in texts.homes[0]]


def _aligned(texts: _Texts, sides: Sides) -> tuple[list[Change], list[str]]:
    if texts.rows[0] == texts.rows[1] and texts.homes[0] == texts.homes[1]:
        is_same = texts.is_furniture or sides.before.sections == sides.after.sections
        return ([] if is_same else list(_lone_headings(texts, Alignment((), (), (), ())))), []
    ours = _homes_there(texts)
    found = align(texts.rows[0], texts.rows[1], (ours, texts.homes[1]))
    changes = [*_touched(texts, found), *_regrouped(texts, found), *_moved(texts, found, ours)]
    if not sides.after.suspicions:
        changes += _one_sided(texts, found.gone, is_after=False)
    if not sides.before.suspicions:
        changes += _one_sided(texts, found.new, is_after=True)
    if not texts.is_furniture:
        changes += _lone_headings(texts, found)
    limits = [said.too_much_text(len(found.gone) + len(found.new))] if found.is_cut else []
    return changes, limits


def _touched(texts: _Texts, found: Alignment) -> Iterator[Change]:
    if not found.touched:
        return
    told = [frozenset(map(fold, _own(reading))) for reading in (texts.sides.before, texts.sides.after)]
    numberings = Numbering(texts.rows[0]), Numbering(texts.rows[1])
    notes = notes_of(texts.rows[0]), notes_of(texts.rows[1])
    for i, j in found.touched:
        before, after = texts.rows[0][i], texts.rows[1][j]
        if fold(before) in told[0] and fold(after) in told[1]:
            continue
        change = _edited(texts, (i, j), (before, after))
        if is_renumbered(before, after, numberings):
            change = change._replace(significance=Significance.ROUTINE, reason=reasons.renumbered())
        elif differ_in_notes(before, after, notes):
            change = change._replace(significance=Significance.ROUTINE, reason=reasons.notes_renumbered())
        yield change


def _edited(texts: _Texts, at: tuple[int, int], said: tuple[str, str]) -> Change:
    marks = spans(*said)
    deleted, inserted = (sum(len(each.text.split()) for each in marks if each.op == op) for op in (DELETE, INSERT))
    shown = reasons.edited(deleted, inserted)
    reason = look_alike(*said) or shown
    return _change(Kind.TEXT_EDITED, texts, at, reason, said, marks)._replace(shown=(shown,))


def _regrouped(texts: _Texts, found: Alignment) -> Iterator[Change]:
    """A paragraph that was split, or several that were made one: moved where no word was touched."""
    for ours, theirs in found.regrouped:
        before, after = " ".join(texts.rows[0][i] for i in ours), " ".join(texts.rows[1][j] for j in theirs)
        at = ours[0], theirs[0]
        if fold(before) == fold(after):
            yield _change(Kind.TEXT_MOVED, texts, at, reasons.regrouped(len(ours), len(theirs)), (before, after))
        else:
            yield _edited(texts, at, (before, after))


def _moved(texts: _Texts, found: Alignment, ours: Sequence[int]) -> Iterator[Change]:
    """What stands in another section, or in its own at another place.

    What stands where it stood, under a heading that came in above it or went, is told by the heading.
    """
    at_home: dict[int, list[tuple[int, int]]] = {}
    strayed = out_of_order([j for _, j in found.same])
    partnered = set(texts.partner.values())
    for number, (i, j) in enumerate(found.same):
        if ours[i] == texts.homes[1][j]:
            at_home.setdefault(ours[i], []).append((i, j))
        elif number in strayed or (ours[i] >= 0 and texts.homes[1][j] in partnered):
            names = texts.named[0][texts.homes[0][i]], texts.named[1][texts.homes[1][j]]
            yield _change(Kind.TEXT_MOVED, texts, (i, j), reasons.moved_between(*names), _said(texts, i, j))
    for pairs in at_home.values():
        for index in sorted(out_of_order([j for _, j in pairs])):
            yield _change(Kind.TEXT_MOVED, texts, pairs[index], reasons.moved_within(), _said(texts, *pairs[index]))


def _said(texts: _Texts, i: int, j: int) -> tuple[str, str]:
    return texts.rows[0][i], texts.rows[1][j]


def _one_sided(texts: _Texts, numbers: Sequence[int], *, is_after: bool) -> Iterator[Change]:
    """A change for each run of neighbouring paragraphs of one section."""
    side = int(is_after)
    folded = {number: fold(texts.rows[side][number]) for number in numbers}
    told = _told_of(texts, folded.values(), is_after=is_after)
    values = _values_of(texts.sides.before if is_after else texts.sides.after)
    kept = [number for number, text in folded.items() if not _is_told(text, told, values)]
    lone = _unpartnered(texts, is_after=is_after)
    for run in _runs(kept, texts.homes[side]):
        home = texts.homes[side][run[0]]
        is_section = home in lone and _is_first(run[0], texts.homes[side])
        because = reasons.came if is_after else reasons.went
        above = [*_heads(home, lone, texts.homes[side]), home] if is_section else []
        called = filter(None, (texts.named[side][each] for each in above))
        words = " ".join([*called, *(texts.rows[side][number] for number in run)])
        yield _change(
            Kind.TEXT_ADDED if is_after else Kind.TEXT_REMOVED,
            texts,
            (None, run[0]) if is_after else (run[0], None),
            because(len(run), texts.sides, is_section=is_section),
            (None, words) if is_after else (words, None),
        )


def _values_of(reading: Reading) -> list[str]:
    """What the fields say, label and value: the other side may show both in lines of their own."""
    return [f" {fold(f'{field.label}: {field.value}')} " for field in reading.fields]


def _is_told(text: str, told: frozenset[str], values: Sequence[str]) -> bool:
    return text in told or any(f" {text} " in value for value in values)


def _lone_headings(texts: _Texts, found: Alignment) -> Iterator[Change]:
    """Headings that came or went without the text below them."""
    sides = texts.sides
    for is_after, numbers, doubted in ((False, found.gone, sides.after), (True, found.new, sides.before)):
        lone = _unpartnered(texts, is_after=is_after)
        if lone and not doubted.suspicions:
            homes = texts.homes[is_after]
            names = [texts.named[is_after][number] or "" for number in lone]
            told = _told_of(texts, names, is_after=is_after).union(map(fold, texts.rows[1 - is_after]))
            told_with = {homes[number] for number in numbers if _is_first(number, homes)}
            lone -= told_with.union(*(_heads(home, lone, homes) for home in told_with & lone))
            yield from lone_headings(sides, lone, told, is_after=is_after)


def _unpartnered(texts: _Texts, *, is_after: bool) -> set[int]:
    """The sections of one side that the other has not."""
    if texts.is_furniture:
        return set()
    matched = set(texts.partner.values()) if is_after else set(texts.partner)
    return set(range(len(texts.named[is_after]))) - matched


def _heads(home: int, lone: Collection[int], homes: Sequence[int]) -> list[int]:
    """The sections right above one that are nothing but their headings, and as new or as gone as it."""
    first = home
    while first - 1 in lone and first - 1 not in homes:
        first -= 1
    return list(range(first, home))


def _is_first(number: int, homes: Sequence[int]) -> bool:
    """Whether a paragraph is the first of its section."""
    return number == 0 or homes[number - 1] != homes[number]


def _told_of(texts: _Texts, asked: Collection[str], *, is_after: bool) -> frozenset[str]:
    """What the other side tells elsewhere, folded, as far as any of the texts in question may be that."""
    if not asked:
        return frozenset()
    told = _told(texts.sides.before if is_after else texts.sides.after, texts.is_furniture)
    longest = _MOST_FOLDED * max(map(len, asked))
    return frozenset(fold(part) for part in told if len(part) <= longest or not is_composed(part))


def _runs(numbers: Sequence[int], homes: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for number in numbers:
        if run and (number != run[-1] + 1 or homes[number] != homes[run[-1]]):
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _own(reading: Reading) -> list[str]:
    """What a page says in a paragraph of its own and again as its title, as a counter or in its header."""
    parts = [reading.title or "", (reading.title or "").upper()]
    parts += [part for counter in reading.counters for part in (counter.text, counter.label)]
    parts += [f"{field.label}: {field.value}" for field in reading.fields]
    return list(filter(None, parts))


def _told(reading: Reading, is_furniture: bool) -> list[str]:
    """All that a reading tells as something else than a paragraph of its sections (or of its furniture)."""
    items = [item for each in reading.lists for item in each.items]
    parts = [part for item in items for part in (item.title, item.teaser)]
    if reading.lead:
        parts += [reading.lead.title, *reading.lead.paragraphs]
    parts += [each.more.text for each in reading.lists if each.more]
    parts += [each.heading for each in reading.lists]
    parts += [each.heading for each in reading.sections]
    parts += [p for each in reading.sections for p in each.paragraphs] if is_furniture else list(reading.furniture)
    return [*_own(reading), *filter(None, parts)]


def _change(
    kind: Kind,
    texts: _Texts,
    at: tuple[int | None, int | None],
    reason: str,
    said: tuple[str | None, str | None],
    marks: tuple[Span, ...] = (),
) -> Change:
    names = [
        "" if number is None else texts.named[side][texts.homes[side][number]] or "" for side, number in enumerate(at)
    ]
    first = [first_words(each) for each in said]
    sides = texts.sides
    return Change(
        kind=kind,
        significance=Significance.ROUTINE if texts.is_furniture else kind.significance,
        subject=sides.called(*names) or sides.called(*first),
        reason=reasons.in_furniture(reason) if texts.is_furniture else reason,
        before=None if said[0] is None else Side(text=collapse(said[0])),
        after=None if said[1] is None else Side(text=collapse(said[1])),
        spans=marks,
        place=FURNITURE if texts.is_furniture else sides.called(*names) or None,
    )
