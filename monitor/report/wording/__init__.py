"""Every sentence a person reads in a report: singular and plural, dates as a person writes them, the kinds' names.

kinds     the names, signs and sentences of the kinds, in the order of telling
told      findings of one kind in one sentence
counts    what a counter is called, and which way it went
passages  edited passages and figures inside a sentence
paragraph the opening of a report
sentence  the summary of a report
subjects  the same in the room of a mail's subject
doubts    which captures may not be the page, and why
in_order  the comparison as time went, where its sides are in reverse
expected  what went as it should
around    routine changes that somebody may have made
answers   what an item's own address answered
sides     the two snapshots: names, dates, the time between
stories   what the things of a story are called, and its sentences beside charts and lists
deeds     what happened to one thing of a story, with its days
story_paragraph  the opening of a story
digests   the headings and sentences of a digest
upshots   what its upshots are called, and their course
not_seen  which of its pages nobody saw
closing   what stands at its end
overviews how all pages stand
blind     that a page cannot be captured, that it can again, that captures were missed
spells    captures and the time between them, in a story
dates     dates, days and numbers in an English sentence
wall, local  times on a reader's clock: of a digest, of a comparison
quotes    page text inside a sentence
"""

from __future__ import annotations

__all__ = ["clause", "opening", "summary", "way_in", "way_out"]

from monitor.report.wording.doubts import way_in, way_out
from monitor.report.wording.paragraph import opening
from monitor.report.wording.sentence import clause, summary
