"""Story → Markdown for tickets, wikis and chats. Page text is escaped: it can neither format nor link anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.model.story import Story
from monitor.report.as_markdown import LEGEND, bullets, escaped, marked_words, table
from monitor.report.detail import Detail, is_plain, shortened
from monitor.report.story_as_text import kept, last_seen
from monitor.report.story_outline import Group, Line, Outline, link_to, outline
from monitor.report.story_rows import Row, Share, Subject
from monitor.report.wording.stories import SEE_STEP, left_out

MOST = 50  # of one sort: a ticket stays readable, and under the length that trackers accept
_SIGNS = {"+": "\\+", "~": "\\~"}


def render(story: Story, *, most: int | None = None, link_base: str | None = None, **_: object) -> str:
    """The report in GitHub's Markdown, closed by a line end; of long rows the first `most`."""
    told, room = outline(story), MOST if most is None else most
    blocks = [f"# {escaped(told.name)}", escaped(f"{told.page} · {told.when}"), escaped(told.opening, 10**6)]
    for title, groups in told.chapters:
        blocks.append(f"## {title.capitalize()}")
        blocks += [block for group in groups[:room] for block in _group(group, link_base, room)]
        blocks += _left(len(groups) - room)
    blocks += _rest(told, room)
    blocks += [SEE_STEP] if told.chapters else []
    shown = (detail for _, groups in told.chapters for group in groups for detail in _details(group, room))
    if any(not is_plain(detail.spans) for detail in shown):
        blocks.append(LEGEND)
    return "\n\n".join(blocks) + "\n"


def _rest(told: Outline, most: int) -> Iterator[str]:
    """Counters, items that came and went, how often what changed, and what was not seen."""
    if told.counters:
        rows = [(escaped(each.label), escaped(each.moved), escaped(each.odd or "–")) for each in told.counters[:most]]
        yield from ("## Counters", table(("counter", "moved", "out of step"), rows))
    if told.rows:
        yield "## Items that came and went"
        yield table(("came", "last seen", "title", "dated"), [_row(row) for row in told.rows[:most]])
        yield from _left(len(told.rows) - most)
    if told.standing:
        yield escaped(f"{told.standing}.")
    if told.shares:
        yield "## How often what changed"
        yield table(("kind", "comparisons", "changes"), [_share(share) for share in told.shares])
    for title, sentences in (("Dealt with", told.dealt_with), ("Not seen", told.unseen), ("Limits", told.limits)):
        if sentences:
            yield from (f"## {title}", bullets(sentences[:most]), *_left(len(sentences) - most))


def _group(group: Group, base: str | None, most: int) -> Iterator[str]:
    """Whom it is about, then what happened to them."""
    sign = _SIGNS.get(group.sign, group.sign)
    head = group.label or f"{len(group.subjects):,} items"
    if len(group.subjects) == 1 and not group.label:
        subject = group.subjects[0]
        yield f"### {sign} {escaped(subject.name)}"
        if about := " · ".join(filter(None, (subject.dated, subject.life))):
            yield escaped(about)
    else:
        yield f"### {sign} {escaped(head)}"
        yield from (escaped(group.life),) if group.life else ()
        yield "\n".join(f"- {_named(subject)}" for subject in group.subjects[:most])
        yield from _left(len(group.subjects) - most)
    first, left, last = kept(group.lines, most)
    lines = [*(_line(each, base) for each in first), *([f"- {left_out(left)}"] if left else [])]
    lines += [_line(each, base) for each in last]
    if lines:
        yield "\n".join(lines)


def _named(subject: Subject) -> str:
    about = f" ({escaped(subject.life)})" if subject.life else ""
    dated = f"{escaped(subject.dated)} – " if subject.dated else ""
    return f"{dated}{escaped(subject.name)}{about}"


def _line(line: Line, base: str | None) -> str:
    """What happened, when and why, on one line; under it what was touched, and the two captures."""
    told = ", ".join(filter(None, (escaped(line.when), escaped(line.remark))))
    lines = [f"- **{escaped(line.label)}** {told}"]
    for detail in line.details:
        label = f"{escaped(detail.label)}: " if detail.label else ""
        lines.append(f"  - {label}{marked_words(shortened(detail.spans))}")
    lines.append(
        "  - " + " → ".join(_linked(each.reference, link_to(each, base)) for each in (line.before, line.after))
    )
    return "\n".join(lines)


def _linked(reference: str, link: str | None) -> str:
    return f"[`{reference}`](<{link}>)" if link else f"`{reference}`"


def _details(group: Group, most: int) -> Iterator[Detail]:
    first, _, last = kept(group.lines, most)
    yield from (detail for line in (*first, *last) for detail in line.details)


def _row(row: Row) -> Sequence[str]:
    return row.came, last_seen(row), escaped(row.subject.name), escaped(row.subject.dated)


def _share(share: Share) -> Sequence[str]:
    return escaped(share.label), f"{share.times:,} of {share.of:,}", f"{share.changes:,}{_routine(share)}"


def _routine(share: Share) -> str:
    return f", {share.routine:,} more routine" if share.routine else ""


def _left(count: int) -> list[str]:
    return [left_out(count)] if count > 0 else []
