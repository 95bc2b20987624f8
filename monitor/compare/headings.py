"""Sections × sections → which corresponds to which, and what became of their headings. Their text is not its part."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from monitor.compare.fold import fold
from monitor.compare.numbering import Numbering, is_renumbered, without_label
from monitor.compare.order import out_of_order
from monitor.compare.partners import SECTION_HEADING, Shelf, count_shared, partners
from monitor.compare.reasons import text as reasons
from monitor.compare.sides import Sides
from monitor.compare.words import spans
from monitor.model.change import Change, ChangeKind as Kind, Side, Significance
from monitor.model.reading import Section

_FIRST_WORDS = 8  # of a paragraph, as its name where no heading gives one


def partner_sections(before: Sequence[Section], after: Sequence[Section]) -> dict[int, int]:
    """For the numbers of `before` those of `after`."""
    if before == after:
        return {number: number for number in range(len(before))}
    ours, theirs = _homes_by_text(before), _homes_by_text(after)
    shared = count_shared([(ours[each], theirs[each]) for each in ours.keys() & theirs.keys()])
    return partners(_shelves(before), _shelves(after), shared, SECTION_HEADING)


def headings(sides: Sides, partner: Mapping[int, int]) -> Iterator[Change]:
    """Headings that read otherwise, and sections that changed places."""
    sections = sides.before.sections, sides.after.sections
    pairs = sorted(partner.items())
    strayed = out_of_order([j for _, j in pairs])
    numberings = _numberings(sections)
    for index, (i, j) in enumerate(pairs):
        one, other = sections[0][i], sections[1][j]
        before, after = one.heading or "", other.heading or ""
        if before and after and fold(before) != fold(after):
            is_shifted = is_renumbered(before, after, numberings)
            reason = reasons.renumbered() if is_shifted else reasons.heading_edited()
            change = _of_section(Kind.TEXT_EDITED, sides, before, after, reason)
            yield change._replace(significance=Significance.ROUTINE) if is_shifted else change
        elif index in strayed:
            yield _of_section(Kind.TEXT_MOVED, sides, *_called(one, other), reasons.section_moved())


def lone_headings(sides: Sides, numbers: Collection[int], told: Collection[str], *, is_after: bool) -> Iterator[Change]:
    """The headings of those sections, of which the other side has the text and not the heading; `told` are the texts
    that the other side has in another part."""
    sections = (sides.after if is_after else sides.before).sections
    for number in sorted(numbers):
        heading = sections[number].heading
        if heading and fold(heading) not in told:
            above = reasons.heading_came if is_after else reasons.heading_went
            kind = Kind.TEXT_ADDED if is_after else Kind.TEXT_REMOVED
            yield Change(
                kind=kind,
                significance=kind.significance,
                subject=heading,
                reason=above(sides, has_text=bool(sections[number].paragraphs)),
                before=None if is_after else Side(text=heading),
                after=Side(text=heading) if is_after else None,
                place=heading,
            )


def first_words(text: str | None) -> str:
    """What a paragraph is called where no heading names it."""
    words = (text or "").split(None, _FIRST_WORDS)
    return " ".join(words[:_FIRST_WORDS]) + ("…" if len(words) > _FIRST_WORDS else "")


def _numberings(sections: tuple[Sequence[Section], Sequence[Section]]) -> tuple[Numbering, Numbering]:
    before, after = (Numbering([each.heading for each in side if each.heading]) for side in sections)
    return before, after


def _shelves(sections: Sequence[Section]) -> list[Shelf]:
    return [Shelf(size=len(each.paragraphs), heading=without_label(each.heading or "")) for each in sections]


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


def _called(one: Section, other: Section) -> tuple[str, str]:
    before, after = (each.heading or first_words(" ".join(each.paragraphs[:1])) for each in (one, other))
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
