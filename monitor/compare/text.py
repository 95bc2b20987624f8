"""Two sides → what became of the rest of the page, section by section, and of its furniture.

Never tells what another kind tells: a paragraph that the other side shows as a title, a teaser, a counter or a part
of the lead is passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monitor.compare.fold import collapse, fold
from monitor.compare.order import out_of_order
from monitor.compare.paragraphs import Alignment, align
from monitor.compare.partners import SECTION_HEADING, Shelf, count_shared, partners
from monitor.compare.reasons import limits as said, text as reasons
from monitor.compare.reasons.survivors import look_alike
from monitor.compare.sides import Sides
from monitor.compare.words import DELETE, INSERT, spans
from monitor.model.change import Change, ChangeKind as Kind, Side, Significance, Span
from monitor.model.reading import Reading, Section

FURNITURE = "furniture"  # the place of a change in navigation, banners, footers
_FIRST_WORDS = 8  # of a paragraph, as its name where no heading gives one


class _Texts(NamedTuple):
    """Both sides' paragraphs in one row each; `homes` is the section's number for each, `named` its heading."""

    sides: Sides
    rows: tuple[list[str], list[str]]
    homes: tuple[list[int], list[int]]
    named: tuple[list[str | None], list[str | None]]
    is_furniture: bool = False


def text(sides: Sides) -> tuple[list[Change], list[str]]:
    """The changes in the order of the page, and the limits."""
    partner = _partner_sections(sides.before.sections, sides.after.sections)
    found = _aligned(_rows(sides), partner, sides)
    pieces = _aligned(_furniture(sides), {0: 0}, sides)
    changes = [*_sections(sides, partner), *found[0], *pieces[0]]
    return changes, [*found[1], *pieces[1]]


def _partner_sections(before: Sequence[Section], after: Sequence[Section]) -> dict[int, int]:
    if before == after:
        return {number: number for number in range(len(before))}
    ours, theirs = _homes_by_text(before), _homes_by_text(after)
    shared = count_shared([(ours[each], theirs[each]) for each in ours.keys() & theirs.keys()])
    return partners(_shelves(before), _shelves(after), shared, SECTION_HEADING)


def _shelves(sections: Sequence[Section]) -> list[Shelf]:
    return [Shelf(size=len(each.paragraphs), heading=each.heading) for each in sections]


def _homes_by_text(sections: Sequence[Section]) -> dict[str, frozenset[int]]:
    """The section of each paragraph that stands but once."""
    homes: dict[str, frozenset[int]] = {}
    repeated: set[str] = set()
    for number, section in enumerate(sections):
        home = frozenset((number,))
        for paragraph in section.paragraphs:
            if paragraph in homes:
                repeated.add(paragraph)
            homes[paragraph] = home
    return {paragraph: home for paragraph, home in homes.items() if paragraph not in repeated}


def _rows(sides: Sides) -> _Texts:
    sections = sides.before.sections, sides.after.sections
    return _Texts(
        sides=sides,
        rows=(_paragraphs(sections[0]), _paragraphs(sections[1])),
        homes=(_homes(sections[0]), _homes(sections[1])),
        named=([each.heading for each in sections[0]], [each.heading for each in sections[1]]),
    )


def _furniture(sides: Sides) -> _Texts:
    rows = list(sides.before.furniture), list(sides.after.furniture)
    homes = [0] * len(rows[0]), [0] * len(rows[1])
    return _Texts(sides=sides, rows=rows, homes=homes, named=([None], [None]), is_furniture=True)


def _paragraphs(sections: Sequence[Section]) -> list[str]:
    return [paragraph for each in sections for paragraph in each.paragraphs]


def _homes(sections: Sequence[Section]) -> list[int]:
    return [number for number, each in enumerate(sections) for _ in each.paragraphs]


def _aligned(texts: _Texts, partner: dict[int, int], sides: Sides) -> tuple[list[Change], list[str]]:
    if texts.rows[0] == texts.rows[1] and texts.homes[0] == texts.homes[1]:
        return [], []
    ours = [partner.get(home, -1 - home) for home in texts.homes[0]]
    found = align(texts.rows[0], texts.rows[1], (ours, texts.homes[1]))
    changes = [*_touched(texts, found), *_moved(texts, found, ours)]
    if not sides.after.suspicions:
        changes += _one_sided(texts, found.gone, is_after=False)
    if not sides.before.suspicions:
        changes += _one_sided(texts, found.new, is_after=True)
    limits = [said.too_much_text(len(found.gone) + len(found.new))] if found.is_cut else []
    return changes, limits


def _touched(texts: _Texts, found: Alignment) -> Iterator[Change]:
    told = (_own(texts.sides.before), _own(texts.sides.after)) if found.touched else (frozenset(), frozenset())
    for i, j in found.touched:
        before, after = texts.rows[0][i], texts.rows[1][j]
        if fold(before) in told[0] and fold(after) in told[1]:
            continue
        marks = spans(before, after)
        deleted, inserted = (sum(len(each.text.split()) for each in marks if each.op == op) for op in (DELETE, INSERT))
        shown = reasons.edited(deleted, inserted)
        reason = look_alike(before, after) or shown
        yield _change(Kind.TEXT_EDITED, texts, (i, j), reason, (before, after), marks)._replace(shown=(shown,))


def _moved(texts: _Texts, found: Alignment, ours: Sequence[int]) -> Iterator[Change]:
    """What stands in another section, or in its own at another place."""
    at_home: dict[int, list[tuple[int, int]]] = {}
    for i, j in found.same:
        if ours[i] == texts.homes[1][j]:
            at_home.setdefault(ours[i], []).append((i, j))
        else:
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
    other = texts.sides.before if is_after else texts.sides.after
    told = _told(other, texts.is_furniture) if numbers else frozenset[str]()
    kept = [number for number in numbers if fold(texts.rows[side][number]) not in told]
    sizes = Counter(texts.homes[side])
    for run in _runs(kept, texts.homes[side]):
        is_section = len(run) == sizes[texts.homes[side][run[0]]] and not texts.is_furniture
        because = reasons.came if is_after else reasons.went
        heading = texts.named[side][texts.homes[side][run[0]]] if is_section else None
        words = " ".join([*([heading] if heading else []), *(texts.rows[side][number] for number in run)])
        yield _change(
            Kind.TEXT_ADDED if is_after else Kind.TEXT_REMOVED,
            texts,
            (None, run[0]) if is_after else (run[0], None),
            because(len(run), texts.sides, is_section=is_section),
            (None, words) if is_after else (words, None),
        )


def _runs(numbers: Sequence[int], homes: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for number in numbers:
        if run and (number != run[-1] + 1 or homes[number] != homes[run[-1]]):
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _own(reading: Reading) -> frozenset[str]:
    """What a page says in a paragraph of its own and again as its title, as a counter or in its header."""
    parts = [reading.title or ""]
    parts += [part for counter in reading.counters for part in (counter.text, counter.label)]
    parts += [f"{field.label}: {field.value}" for field in reading.fields]
    return frozenset(fold(part) for part in parts if part)


def _told(reading: Reading, is_furniture: bool) -> frozenset[str]:
    """All that a reading tells as something else than a paragraph of its sections (or of its furniture)."""
    items = [item for each in reading.lists for item in each.items]
    parts = [part for item in items for part in (item.title, item.teaser)]
    if reading.lead:
        parts += [reading.lead.title, *reading.lead.paragraphs]
    parts += [each.more.text for each in reading.lists if each.more]
    parts += [each.heading for each in reading.lists]
    parts += [each.heading for each in reading.sections]
    parts += [p for each in reading.sections for p in each.paragraphs] if is_furniture else list(reading.furniture)
    return _own(reading) | frozenset(fold(part) for part in parts if part)


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
    first = [_first_words(each) for each in said]
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


def _first_words(text: str | None) -> str:
    words = (text or "").split(None, _FIRST_WORDS)
    return " ".join(words[:_FIRST_WORDS]) + ("…" if len(words) > _FIRST_WORDS else "")


def _sections(sides: Sides, partner: dict[int, int]) -> Iterator[Change]:
    """Headings that read otherwise, and sections that changed places."""
    pairs = sorted(partner.items())
    strayed = out_of_order([j for _, j in pairs])
    for index, (i, j) in enumerate(pairs):
        one, other = sides.before.sections[i], sides.after.sections[j]
        before, after = one.heading or "", other.heading or ""
        if before and after and fold(before) != fold(after):
            yield _of_section(Kind.TEXT_EDITED, sides, before, after, reasons.heading_edited())
        elif index in strayed:
            yield _of_section(Kind.TEXT_MOVED, sides, *_called(one, other), reasons.section_moved())


def _called(one: Section, other: Section) -> tuple[str, str]:
    before, after = (each.heading or _first_words(" ".join(each.paragraphs[:1])) for each in (one, other))
    return before, after


def _of_section(kind: Kind, sides: Sides, before: str, after: str, reason: str) -> Change:
    return Change(
        kind=kind,
        significance=kind.significance,
        subject=sides.called(before, after),
        reason=reason,
        before=Side(text=before),
        after=Side(text=after),
        spans=spans(before, after) if kind is Kind.TEXT_EDITED else (),
        place=sides.called(before, after),
    )
