"""What a period comes to: a thing of a page is told once, whatever happened to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from monitor.compare import Others, followed
from monitor.compare.net import Told, net, net_in_short
from monitor.model.change import Significance
from monitor.model.digest import Course, Note, Turn, Upshot
from monitor.model.reading import Field, Item, Reading
from monitor.watch.in_short import findings_of
from tests.compare_builders import days, item
from tests.stories import LETTER, TEASED, Told as Captured, on, with_letter

NOTED = Note(datetime(2020, 6, 9, tzinfo=UTC), "known, the editor was asked")


def _period(captures: Iterable[Captured], dealt_with: Sequence[int] = ()) -> tuple[Upshot, ...]:
    """The upshots of captures that follow one another; the findings at the places `dealt_with` bear a note."""
    readings = [reading for _, reading in captures]
    told = [
        _told(one, other, history)
        for (one, other), history in zip(pairwise(readings), _histories(readings), strict=True)
    ]
    found = [each for each in told if each.turns]
    numbers = {turn.id: at for at, turn in enumerate(turn for each in found for turn, _ in each.turns)}
    noted = [
        each._replace(
            turns=tuple(
                (turn._replace(note=NOTED if numbers[turn.id] in dealt_with else None), change)
                for turn, change in each.turns
            )
        )
        for each in found
    ]
    rest = followed(found[-1].followed.comparison.after, readings[-1]) if found and found[-1] is not told[-1] else None
    return net(noted, rest)


def _histories(readings: Sequence[Reading]) -> list[Sequence[Reading]]:
    return [readings[:at] for at in range(len(readings) - 1)]


def _told(one: Reading, other: Reading, history: Sequence[Reading]) -> Told:
    found = followed(one, other, others=Others(history))
    assert one.captured_at
    assert other.captured_at
    turns = []
    for finding, change in findings_of(found.comparison, (str(one.captured_at), str(other.captured_at))):
        turn = Turn(
            finding.id, other.captured_at, one.captured_at, finding.kind, Significance(finding.significance),
            finding.subject, finding.reason,
        )  # fmt: skip
        if change:
            turn = turn._replace(
                before=change.before, after=change.after, spans=change.spans, edits=change.edits, group=change.group
            )
        turns.append((turn, change))
    return Told(found, tuple(turns))


def _the(upshots: Iterable[Upshot], words: str) -> Upshot:
    """The one upshot whose subject has these words."""
    found = [each for each in upshots if words in each.subject]
    assert len(found) == 1, [each.subject for each in found]
    return found[0]


def test_without_a_finding_there_is_nothing() -> None:
    assert _period([on(0), on(1)]) == ()
    assert net([]) == ()


def test_an_item_edited_three_times_is_told_once_with_its_turns() -> None:
    texts = [
        TEASED,
        TEASED.replace("closed", "shut"),
        TEASED.replace("closed", "barred"),
        TEASED.replace("closed", "open"),
    ]
    found = _the(
        _period(with_letter(day, LETTER._replace(teaser=text)) for day, text in enumerate(texts)), "night dredging"
    )
    assert [turn.kind for turn in found.turns] == ["item.edited"] * 3
    assert found.course is Course.LASTING
    (edit,) = found.edits
    assert (edit.before, edit.after) == (texts[0], texts[-1])
    assert [(span.op, span.text.strip()) for span in edit.spans if span.op != "equal"] == [
        ("delete", "closed"),
        ("insert", "open"),
    ]


def test_an_item_edited_and_set_back_is_told_as_that() -> None:
    texts = [TEASED, TEASED.replace("closed", "shut"), TEASED]
    found = _the(
        _period(with_letter(day, LETTER._replace(teaser=text)) for day, text in enumerate(texts)), "night dredging"
    )
    assert (found.course, len(found.turns), found.edits) == (Course.CHANGED_BACK, 2, ())


def test_a_retitled_item_that_is_withdrawn_is_one_thing() -> None:
    other = LETTER._replace(title="Harbour master's note on night dredging")
    found = _the(_period(with_letter(day, each) for day, each in enumerate((LETTER, other, None))), "night dredging")
    assert [turn.kind for turn in found.turns] == ["item.retitled", "item.withdrawn"]
    assert (found.kind, found.significance, found.course) == ("item.withdrawn", Significance.ALERT, Course.LASTING)
    assert found.before
    assert found.before.title == LETTER.title
    assert found.after is None


def test_an_item_withdrawn_and_back_went_and_came_back() -> None:
    found = _the(_period(with_letter(day, each) for day, each in enumerate((LETTER, None, LETTER))), "night dredging")
    assert [turn.kind for turn in found.turns] == ["item.withdrawn", "item.returned"]
    assert (found.kind, found.course) == ("item.withdrawn", Course.WENT_AND_CAME_BACK)


def test_an_item_that_came_and_was_withdrawn_came_and_went() -> None:
    found = _the(_period(with_letter(day, each) for day, each in enumerate((None, LETTER, None))), "night dredging")
    assert (found.course, found.before, found.after) == (Course.CAME_AND_WENT, None, None)
    assert found.significance is Significance.ALERT


def test_an_item_that_came_and_went_off_the_end_came_and_went_though_its_going_is_no_finding() -> None:
    upshots = _period([on(0, _list(0)), on(1, _list(1)), on(2, _list(2)), on(9, _list(9))])
    assert _the(upshots, "no. 1").course is Course.CAME_AND_WENT
    assert _the(upshots, "no. 9").course is Course.LASTING


def _list(day: int) -> list[Item]:
    start = datetime(2020, 6, 1, tzinfo=UTC)
    return [
        item(
            f"Notice no. {number}",
            str((start + timedelta(days=number)).date()),
            f"https://westhaven.example/n/{number}",
        )
        for number in range(day, day - 4, -1)
    ]


def test_a_counter_that_stood_still_at_each_of_ten_checks_is_told_once() -> None:
    captures = [on(day, counters=(days(400, "since the last grounding"),)) for day in range(11)]
    (found,) = _period(captures)
    assert (found.kind, len(found.turns), found.course) == ("counter.stalled", 10, Course.LASTING)
    assert found.before
    assert found.after
    assert found.before.value == found.after.value == 400


def test_a_field_changed_twice_says_what_it_was_and_what_it_is() -> None:
    captures = [on(day, fields=(Field("Pilot office", value),)) for day, value in enumerate(("100", "150", "199"))]
    (found,) = _period(captures)
    assert found.before
    assert found.after
    assert (found.before.value, found.after.value, len(found.turns)) == ("100", "199", 2)


def test_paragraphs_of_one_section_are_things_of_their_own() -> None:
    texts = [
        ["Visas take ten days.", "The office is closed on Fridays."],
        ["Visas take twelve days.", "The office is closed on Fridays."],
        ["Visas take twelve weeks.", "The office is shut on Fridays."],
    ]
    captures = [on(day, sections=[("Visits", text)]) for day, text in enumerate(texts)]
    visas, office = _period(captures)
    assert [len(visas.turns), len(office.turns)] == [2, 1]
    assert visas.before
    assert visas.after
    assert (visas.before.text, visas.after.text) == ("Visas take ten days.", "Visas take twelve weeks.")


def test_what_changed_in_one_and_the_same_way_is_told_once() -> None:
    old = [item(f"Notice no. {n}", "2020-05-01", f"https://westhaven.example/n/{n}") for n in range(6)]
    new = [each._replace(url=(each.url or "").replace("westhaven", "easthaven")) for each in old]
    (found,) = _period([on(0, old), on(1, new)])
    assert (found.kind, found.similar, len(found.findings)) == ("item.relinked", 5, 6)
    assert len(set(found.findings)) == 6


def test_the_gravest_come_first() -> None:
    found = _period([with_letter(0, LETTER), with_letter(1, None)])
    assert [each.significance for each in found] == [Significance.ALERT, Significance.NOTABLE]


# -- what somebody has dealt with


def test_what_somebody_has_dealt_with_is_not_told_again() -> None:
    captures = [on(day, counters=(days(400, "since the last grounding"),)) for day in range(3)]
    assert _period(captures, dealt_with=[0, 1]) == ()


def test_what_came_after_it_is_told_with_the_note() -> None:
    captures = [on(day, counters=(days(400, "since the last grounding"),)) for day in range(4)]
    (found,) = _period(captures, dealt_with=[0])
    assert (len(found.turns), found.note) == (2, NOTED)


# -- in short


def _turn(id: str, kind: str, subject: str, day: int, significance: Significance = Significance.ALERT) -> Turn:  # noqa: A002  as in Turn
    at = datetime(2020, 6, 1, tzinfo=UTC) + timedelta(days=day)
    return Turn(id, at, at - timedelta(days=1), kind, significance, subject, "it did")


def test_in_short_things_go_by_what_they_are_called() -> None:
    still = [_turn(f"c{day}", "counter.stalled", "since the strike", day) for day in range(10)]
    gone = [
        _turn("a", "item.withdrawn", "A letter", 1),
        _turn("b", "item.returned", "A letter", 3, Significance.NOTABLE),
    ]
    came = [_turn("d", "item.published", "A note", 1, Significance.NOTABLE), _turn("e", "item.withdrawn", "A note", 2)]
    counter, letter, note = net_in_short([*still, *gone, *came])
    assert (len(counter.turns), counter.course) == (10, Course.LASTING)
    assert (letter.kind, letter.course, letter.findings) == ("item.withdrawn", Course.WENT_AND_CAME_BACK, ("a", "b"))
    assert (note.course, note.significance) == (Course.CAME_AND_WENT, Significance.ALERT)


def test_in_short_checks_of_different_kinds_are_different_things() -> None:
    assert len(net_in_short([_turn("a", "check.order", "the list", 1), _turn("b", "check.date", "the list", 1)])) == 2
