"""Two readings → the same two, where a date that one takes for today's stands on the other as a date of the text.

A date that was a day old when the first capture was made, and is older at the second, was never the page's calendar.
"""

from __future__ import annotations

from monitor.model.reading import Reading, Section


def with_standing_date(before: Reading, after: Reading) -> tuple[Reading, Reading]:
    """Both readings; the page date of one is a paragraph again where the other states none and has it as one."""
    return _freed(before, after), _freed(after, before)


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
