"""Two readings → the same two, where a date that one takes for today's stands on the other as a line of the page.

A date in the text that was a day old when the first capture was made, and is older at the second, was never the page's
calendar. One in the banner is: it was renewed late, and is the page date on both sides.
"""

from __future__ import annotations

from monitor.model.reading import Reading, Section


def with_standing_date(before: Reading, after: Reading) -> tuple[Reading, Reading]:
    """Both readings; the page date of one is a paragraph again where the other states none and has it as one.

    Where one has a page date and the other a date of another day in its banner, that is its page date.
    """
    return _late(_freed(before, after), after), _late(_freed(after, before), before)


def _late(reading: Reading, other: Reading) -> Reading:
    shown = reading.standing_date
    if shown is None or reading.page_date is not None or other.page_date is None:
        return reading
    if shown.text not in reading.furniture or shown.text in other.furniture:
        return reading
    at = reading.furniture.index(shown.text)
    return reading._replace(page_date=shown, furniture=reading.furniture[:at] + reading.furniture[at + 1 :])


def _freed(reading: Reading, other: Reading) -> Reading:
    if reading.page_date is None or other.page_date is not None:
        return reading
    text = reading.page_date.text
    home = next((each for each in other.sections if text in each.paragraphs), None)
    if home is None or any(text in each.paragraphs for each in reading.sections):
        return reading
    return reading._replace(page_date=None, sections=_with(reading.sections, text, home))


def _with(sections: tuple[Section, ...], text: str, home: Section) -> tuple[Section, ...]:
    """The sections with the text where it stands in its home: in the one of that heading, behind the same neighbour."""
    at = next((at for at, each in enumerate(sections) if each.heading == home.heading), None)
    if at is None:
        return (Section(heading=home.heading, paragraphs=(text,)), *sections)
    rows = sections[at].paragraphs
    above = home.paragraphs[: home.paragraphs.index(text)]
    place = rows.index(above[-1]) + 1 if above and above[-1] in rows else min(len(above), len(rows))
    freed = sections[at]._replace(paragraphs=(*rows[:place], text, *rows[place:]))
    return (*sections[:at], freed, *sections[at + 1 :])
