"""Upshots → what they are called, their course through the period, and many of them in a few words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from monitor.model.change import Change, ChangeKind as Kind, Span
from monitor.model.digest import Course, Turn, Upshot
from monitor.model.english import listed
from monitor.report.neutral import neutral
from monitor.report.wording import dates
from monitor.report.wording.kinds import CHECKS, KINDS, ODD, RAISED_BY, TOUCHED, WORDS
from monitor.report.wording.quotes import quoted
from monitor.report.wording.sentence import briefs
from monitor.report.wording.wall import Wall

FORM = "form.changed"
_CHECK = "check."
_NEW_FORM = "another form of the page"
_MOST_STEPS = 4  # of one thing; of more the first ones and the last
_MOST_PARTS = 4  # of a line that one reads at a glance
_LONGEST_STEP = 50
_EDITED = ".edited"  # the end of the kinds that touch a text, and so change neither a title nor a value
_MOST_WORDS = 2  # places in a text that one step changed
_LONGEST_WORDS = 30
_COURSES = {
    Course.CAME_AND_WENT: "came and went",
    Course.WENT_AND_CAME_BACK: "went and came back",
    Course.CHANGED_BACK: "changed, and changed back",
}
_BRIEFS = {
    Course.CAME_AND_WENT: "that came and went",
    Course.WENT_AND_CAME_BACK: "that went and came back",
    Course.CHANGED_BACK: "changed and changed back",
}


def change_of(upshot: Upshot) -> Change | None:
    """The upshot as one change from the period's beginning to its end; None for a check and a new form."""
    kind = KINDS.get(upshot.kind)
    if kind is None:
        return None
    return Change(
        kind=kind,
        significance=upshot.significance,
        subject=upshot.subject,
        reason=upshot.reason,
        shown=upshot.shown,
        before=upshot.before,
        after=upshot.after,
        spans=upshot.spans,
        edits=upshot.edits,
        place=upshot.place,
    )


def alone(turn: Turn) -> Upshot:
    """One turn by itself, as if there were no other."""
    return Upshot(
        turn.kind, turn.significance, turn.subject, turn.reason, (turn,),
        before=turn.before, after=turn.after, spans=turn.spans, edits=turn.edits, place=turn.place, shown=turn.shown,
    )  # fmt: skip


def label(upshot: Upshot) -> str:
    """What stands at the head of such upshots."""
    return _COURSES.get(upshot.course) or kind_called(upshot.kind)


def kind_called(kind: str) -> str:
    """Withdrawn; clocks disagree; another form of the page."""
    if kind == FORM:
        return _NEW_FORM
    if kind.startswith(_CHECK):
        name = kind.removeprefix(_CHECK)
        return CHECKS.get(name, neutral(name))
    return WORDS[KINDS[kind]].label if kind in KINDS else neutral(kind)


def sign(upshot: Upshot) -> str:
    """The sign of its kind; of what is as it was before, that of what was touched."""
    if upshot.kind == FORM or upshot.course is not Course.LASTING:
        return TOUCHED
    return WORDS[KINDS[upshot.kind]].sign if upshot.kind in KINDS else ODD


def in_brief(upshots: Sequence[Upshot], most: int = _MOST_PARTS) -> str:
    """Two items withdrawn, one counter standing still and one that came and went."""
    parts = list(_briefs(upshots))
    if len(parts) > most:
        more = len(parts) - most
        parts = [*parts[:most], f"{dates.number(more)} more {'kind' if more == 1 else 'kinds'} of change"]
    return listed(parts)


def _briefs(upshots: Sequence[Upshot]) -> Iterator[str]:
    found: dict[Kind, list[Change]] = {}
    for upshot in upshots:
        if upshot.course is Course.LASTING and (change := change_of(upshot)):
            found.setdefault(change.kind, []).extend([change] * (1 + upshot.similar))
    in_order = {kind: found[kind] for kind in WORDS if kind in found}
    yield from briefs(in_order, sum(upshot.kind.startswith(_CHECK) for upshot in upshots))
    forms = sum(upshot.kind == FORM for upshot in upshots)
    if forms:
        yield "another form of the page" if forms == 1 else f"other forms of {dates.number(forms)} pages"
    for course, words in _BRIEFS.items():
        if count := sum(1 + each.similar for each in upshots if each.course is course and each.kind in KINDS):
            yield f"{dates.number(count)} {words}"


def remarks(upshot: Upshot, wall: Wall) -> Iterator[str]:
    """What the marks do not say: the course with its steps, things alike, the rule that raised it, an earlier note."""
    if steps := _course(upshot, wall):
        yield steps
    if upshot.similar:
        yield f"the same with {dates.counted(upshot.similar, 'more')}".removesuffix("s")
    if upshot.raised_by:
        yield f"{RAISED_BY}{neutral(upshot.raised_by)}"
    if upshot.note:
        yield f"noted on {wall.day(upshot.note.at)}: {quoted(upshot.note.text)}"


def _course(upshot: Upshot, wall: Wall) -> str:
    turns = upshot.turns
    if len(turns) == 1 and upshot.course is Course.LASTING:
        return ""
    kinds = {turn.kind for turn in turns}
    said = {(_says(turn), _changed_words(turn)) for turn in turns}
    if len(kinds) == 1 and len(said) == 1 and len(turns) > 1:
        times = dates.counted(len(turns), "time")
        return f"{kind_called(turns[0].kind)} {times}, {wall.from_to(turns[0].at, turns[-1].at)}"
    course = upshot.course
    last = _step(turns[-1], wall, is_shown=course is Course.LASTING, is_back=course is Course.CHANGED_BACK)
    if len(turns) <= _MOST_STEPS:
        return ", ".join([*(_step(turn, wall) for turn in turns[:-1]), last])
    first = [_step(turn, wall) for turn in turns[: _MOST_STEPS - 1]]
    left = dates.counted(len(turns) - _MOST_STEPS, "more step")
    return ", ".join([*first, left, last])


def _step(turn: Turn, wall: Wall, *, is_shown: bool = False, is_back: bool = False) -> str:
    """Retitled “Port closed” 27 November, 06:00; text edited (“must” → “should”) 28 November, 18:44.

    `is_shown`: what it says then, the marks show. `is_back`: it says again what it said at first, so that no mark does.
    """
    if changed := _changed_words(turn):
        return f"{kind_called(turn.kind)} ({changed}) {wall.moment(turn.at)}"
    words = _says(turn) if turn.before and not is_shown else ""
    done = "back to" if is_back and words else kind_called(turn.kind)
    return f"{done}{f' {quoted(words, _LONGEST_STEP)}' if words else ''} {wall.moment(turn.at)}"


def _says(turn: Turn) -> str:
    """What the turn changed, as it was after it."""
    after = turn.after
    if after is None:
        return ""
    if turn.kind == Kind.ITEM_REDATED.value:
        return dates.from_iso(after.date or "")
    return (after.title if turn.kind.startswith("item.") else after.text) or ""


def _changed_words(turn: Turn) -> str:
    """“open” → “closed”, without “always” and three more: of a text, which is too long to be said whole."""
    if not turn.kind.endswith(_EDITED):
        return ""
    marks = turn.spans or next((edit.spans for edit in turn.edits if edit.spans), ())
    changed = list(_replaced(marks))
    told = [_in_words(was, now) for was, now in changed[:_MOST_WORDS]]
    return listed(
        [*told, *([f"{dates.number(len(changed) - _MOST_WORDS)} more"] if len(changed) > _MOST_WORDS else [])]
    )


def _replaced(marks: Sequence[Span]) -> Iterator[tuple[str, str]]:
    """The words that went and those that came in their place, one of them empty where there are none."""
    for is_same, run in groupby(marks, key=lambda span: span.op == "equal" and bool(span.text.strip())):
        if not is_same:
            some = list(run)
            was, now = (
                "".join(span.text for span in some if span.op != other).strip() for other in ("insert", "delete")
            )
            yield was, now


def _in_words(was: str, now: str) -> str:
    if was and now:
        return f"{quoted(was, _LONGEST_WORDS)} → {quoted(now, _LONGEST_WORDS)}"
    return f"with {quoted(now, _LONGEST_WORDS)}" if now else f"without {quoted(was, _LONGEST_WORDS)}"
