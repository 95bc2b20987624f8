"""Story → one HTML file that needs nothing else: no script, no request, light and dark, for print and for phones.

What is said is decided by the outline; here it is laid out for the template, which decides nothing. Page text is
escaped by Jinja2, made neutral before, and isolated in its own direction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from monitor.model.story import ItemStory, Story
from monitor.report import story_charts, timeline
from monitor.report.detail import shortened
from monitor.report.layout import TONES, document, sheets
from monitor.report.neutral import language_tag, safe_url
from monitor.report.story_as_text import kept
from monitor.report.story_outline import Chapter, Group, Line, command, link_to, outline
from monitor.report.story_rows import Counted, Row, Subject
from monitor.report.wording import dates, spells, stories
from monitor.report.wording.kinds import WORDS

MOST = 100  # of one sort: the file stays a few hundred KB and opens at once on a phone
MOST_LINES = 12  # of one thing
_IN_SIGHT = 20  # rows of what only came and went; the others are folded away


def render(story: Story, *, most: int | None = None, link_base: str | None = None, **_: object) -> str:
    """The report as a complete HTML document; of long rows the first `most`."""
    view = _View(story, MOST if most is None else most, link_base)
    return document("story.html", sheets("report.css", "story.css"), view.page())


class _View:
    """What the template lays out of one story."""

    def __init__(self, story: Story, most: int, link_base: str | None) -> None:
        self._story = story
        self._most = most
        self._base = link_base
        self._states = timeline.states(story)
        self._found = Counter(event.after for event in story.events if event.change.is_finding)

    def page(self) -> Mapping[str, object]:
        told, story = outline(self._story), self._story
        return {
            "title": told.name,
            "page": told.page,
            "url": safe_url(story.page.url),
            "when": told.when,
            "opening": told.opening,
            "language": language_tag(story.language),
            "strip": self._strip() if story.moments else None,
            "chapters": [self._chapter(chapter) for chapter in told.chapters],
            "counters": [self._counter(each, number) for number, each in enumerate(told.counters[: self._most])],
            "rows": [self._row(row) for row in told.rows[: self._most]],
            "standing": told.standing,
            "rows_left": max(0, len(told.rows) - self._most),
            "in_sight": _IN_SIGHT,
            "shares": [(share, TONES[share.sign], self._width(share.times, share.of)) for share in told.shares],
            "dealt_with": told.dealt_with[: self._most],
            "dealt_with_left": max(0, len(told.dealt_with) - self._most),
            "unseen": told.unseen[: self._most],
            "unseen_left": max(0, len(told.unseen) - self._most),
            "limits": told.limits,
            "captures": [self._capture(at) for at in range(len(story.moments))][-self._most :][::-1],
            "captures_left": max(0, len(story.moments) - self._most),
            "line": timeline.WIDTH,
        }

    def _strip(self) -> Mapping[str, object]:
        story, drawn = self._story, timeline.strip(self._story, self._states)
        days = [spells.day_of(story.moments[at]) for at in (0, -1)]
        counts = [(state, stories.STATES[state], f"{count:,}") for state, count in drawn.counts]
        return {
            "drawn": drawn,
            "counts": counts,
            "first": dates.day(days[0]),
            "last": dates.day(days[1]),
            "lengths": [spells.length(story, gap.gap) for gap in drawn.gaps],
            "days": [(each, dates.day_beside(each.day, days[1])) for each in drawn.days],
            "caption": ", ".join(f"{count} {name}" for _, name, count in counts),
            "gaps": f"{len(drawn.gaps):,}" if drawn.gaps else "",
        }

    def _chapter(self, chapter: Chapter) -> Mapping[str, object]:
        return {
            "id": chapter.title.lower(),
            "title": chapter.title.capitalize(),
            "groups": [self._group(group) for group in chapter.groups[: self._most]],
            "left": max(0, len(chapter.groups) - self._most),
        }

    def _group(self, group: Group) -> Mapping[str, object]:
        first, left, last = kept(group.lines, self._most, MOST_LINES)
        is_one = len(group.subjects) == 1 and not group.label
        return {
            "sign": group.sign,
            "tone": TONES[group.sign],
            "head": self._subject(group.subjects[0]) if is_one else None,
            "life": group.life,
            "is_figures": bool(group.label),
            "label": group.label or stories.items(len(group.subjects)),
            "subjects": [] if is_one else [self._subject(each) for each in group.subjects[: self._most]],
            "subjects_left": max(0, len(group.subjects) - self._most),
            "first": [self._line(line) for line in first],
            "left": left,
            "last": [self._line(line) for line in last],
        }

    def _subject(self, subject: Subject) -> Mapping[str, object]:
        return {"subject": subject, "bar": self._bar(subject.item) if subject.item else None}

    def _bar(self, item: ItemStory) -> timeline.Bar:
        """Marked where something happened to it that is no matter of course."""
        tones = {
            event.after: TONES[WORDS[event.change.kind].sign] for event in item.events if not stories.is_ordinary(event)
        }
        return timeline.bar(item, self._story, tones)

    def _line(self, line: Line) -> Mapping[str, object]:
        return {
            "line": line,
            "tone": TONES[line.sign],
            "details": [detail._replace(spans=shortened(detail.spans)) for detail in line.details],
            "command": command(line.before, line.after),
            "captures": [(each.reference, link_to(each, self._base)) for each in (line.before, line.after)],
        }

    def _counter(self, counted: Counted, number: int) -> Mapping[str, object]:
        return {"told": counted, "chart": story_charts.chart(counted.story, self._story), "number": number + 1}

    def _row(self, row: Row) -> Mapping[str, object]:
        return {"row": row, "tone": TONES[row.sign], **self._subject(row.subject)}

    def _capture(self, at: int) -> Mapping[str, object]:
        capture = self._story.moments[at].capture
        return {
            "reference": capture.reference,
            "link": link_to(capture, self._base),
            "state": self._states[at],
            "brought": stories.brought(self._story.moments[at], self._found[at]),
        }

    @staticmethod
    def _width(times: int, of: int) -> float:
        return round(100 * times / max(1, of), 1)
