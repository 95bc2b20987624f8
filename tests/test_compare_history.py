"""What a page's own history says of a change: habits that make it routine, what went back, how late the page is."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from monitor.compare import Others, compare, followed
from monitor.compare.habits import FEWEST, noise_of
from monitor.compare.past import Past
from monitor.compare.template import is_usual
from monitor.model.change import Change, Noise, Significance
from monitor.model.comparison import Comparison, Verdict
from monitor.model.reading import Field, Figure, Reading
from tests.compare_builders import JULY, dated, item, kinds, listed, only, reading, story

FIRST = date(2024, 3, 1)
RULE = "Dogs must be kept on a lead in all the parks of the town"
HOURS = "The hall is open from nine to five on every working day of the week"
PROVERBS = (
    "A small leak sinks ships", "Bread never falls but butter down", "Candles burn brightest at both ends",
    "Deep rivers move without noise", "Every cloud hides some silver", "Fortune favours bold gardeners",
    "Great oaks grew from acorns", "Honey catches more flies", "Iron sharpens iron daily",
    "Jugs return once too often", "Kites rise against wind", "Lanterns show others home",
    "Mills grind slowly yet surely", "Nothing ventured means nothing won",
)  # fmt: skip
POOL = tuple(f"Walk {chr(65 + number) * 4} of the valley" for number in range(24))
NEWS = ("20.02.2024 Bridge to be closed", "15.02.2024 School fund raised", "10.02.2024 Market moves", "05.02.2024 Fair")

Page = Callable[[int], Reading]


def days(count: int, page: Page, *, every: int = 1) -> list[Reading]:
    """The page captured `count` times, so many days apart."""
    return [page(number)._replace(sha256=f"{number:064}") for number in range(0, count * every, every)]


def on(number: int, **more: Any) -> Reading:
    """A page of the day with that number."""
    return reading(day=(FIRST + timedelta(days=number)).isoformat(), **more)


def last_pair(series: Sequence[Reading]) -> Comparison:
    """The last two captures of a series, the others being their history."""
    return compare(series[-2], series[-1], history=series[:-2])


def noisy(number: int, rule: str = RULE, **more: Any) -> Reading:
    """A page on which a figure, a field, a line and a proverb change at every capture, and a rule does not."""
    return on(
        number,
        figures=(Figure(label="Visitors", value=1000 + 7 * number, text=f"{1000 + 7 * number}"),),
        fields=(Field(label="Session", value=f"{number * 7919:x}"), Field(label="Desk", value="+44 20 5550 100")),
        sections=[
            ("About", [HOURS, f"Water stands at {200 + number * 3} cm by the bridge at the old mill", rule]),
            ("Thought", [PROVERBS[number % len(PROVERBS)]]),
        ],
        **more,
    )


# -- what changes at nearly every capture


def test_what_changes_at_every_capture_is_routine_and_says_how_often_it_did() -> None:
    found = last_pair(days(12, noisy))
    assert found.verdict is Verdict.ROUTINE
    assert kinds(found) == [
        "date.advanced", "field.changed", "figure.changed", "text.added", "text.edited", "text.removed",
    ]  # fmt: skip
    learnt = [change for change in found.changes if change.noise]
    assert [change.noise for change in learnt] == [Noise(changed=10, of=10)] * 5
    assert all(change.reason.endswith("; changed at 10 of the last 10 captures: routine here") for change in learnt)


def test_without_a_history_the_same_changes_are_findings() -> None:
    series = days(12, noisy)
    found = compare(series[-2], series[-1])
    assert found.verdict is Verdict.CHANGED
    assert [change for change in found.changes if change.noise] == []


@pytest.mark.parametrize(("captures", "is_known"), [(FEWEST + 1, False), (FEWEST + 2, True)])
def test_a_habit_takes_seven_changes_to_show(captures: int, is_known: bool) -> None:
    assert bool(only(last_pair(days(captures, noisy)), "figure.changed").noise) is is_known


def test_a_place_that_changes_at_every_other_capture_is_no_habit() -> None:
    def page(number: int) -> Reading:
        value = number // 2
        return on(number, figures=(Figure(label="Cases", value=value, text=str(value)),))

    assert only(last_pair(days(21, page)), "figure.changed").significance is Significance.NOTABLE


def test_the_rule_of_habits_lets_one_capture_of_ten_pass() -> None:
    assert noise_of([True] * 9 + [False]) == Noise(changed=9, of=10)
    assert noise_of([True] * 8 + [False] * 2) is None
    assert noise_of([True] * 6) is None
    assert noise_of([True] * 20 + [False] * 100) == Noise(changed=20, of=20)


def test_an_edit_of_a_steady_text_among_noise_is_news() -> None:
    series = days(12, noisy)
    series[-1] = noisy(11, rule=RULE.replace("must", "may"))
    found = last_pair(series)
    edit = next(change for change in found.changes if change.kind == "text.edited" and change.is_finding)
    assert edit.before is not None
    assert edit.before.text == RULE
    assert sum(change.is_finding for change in found.changes) == 1


def test_an_edit_of_the_steady_words_of_a_line_that_always_moves_is_news() -> None:
    def page(number: int, word: str = "must") -> Reading:
        return on(number, sections=[("Gate", [f"Ticket {number * 7919:x}: visitors {word} leave by the north gate"])])

    series = days(12, page)
    assert last_pair(series).verdict is Verdict.ROUTINE
    assert only(last_pair([*series[:-1], page(11, "may")]), "text.edited").significance is Significance.NOTABLE


def test_another_text_in_the_place_of_a_line_that_only_ever_ticked_is_news() -> None:
    def page(number: int) -> Reading:
        ticking = f"Water stands at {200 + number * 3} cm by the bridge at the old mill"
        return on(number, sections=[("Town", [HOURS, "Do not drink tap water" if number == 11 else ticking, RULE])])

    assert [change.is_finding for change in last_pair(days(12, page)).changes if "text" in change.kind] == [True, True]


def test_a_much_longer_text_in_the_place_of_proverbs_is_news() -> None:
    series = days(12, noisy)
    warning = "The council warns of a flood and asks all who live by the river to leave their houses before the night"
    texts = [series[-1].sections[0], series[-1].sections[1]._replace(paragraphs=(warning,))]
    found = last_pair([*series[:-1], series[-1]._replace(sections=tuple(texts))])
    assert only(found, "text.added").significance is Significance.NOTABLE


def test_a_text_that_grows_at_every_capture_is_news_each_time() -> None:
    def page(number: int) -> Reading:
        return on(number, sections=[("Changes", [f"{each} {HOURS}" for each in PROVERBS[number::-1]])])

    assert only(last_pair(days(12, page)), "text.added").significance is Significance.NOTABLE


def test_a_figure_that_only_ever_rose_and_falls_is_news() -> None:
    def page(number: int) -> Reading:
        value = 100 + number * 5 if number < 11 else 40
        return on(number, figures=(Figure(label="Signatures", value=value, text=str(value)),))

    change = only(last_pair(days(12, page)), "figure.changed")
    assert change.significance is Significance.NOTABLE
    assert change.reason.endswith("it had only risen before, ten times, and now it has fallen")


def test_two_figures_of_one_label_have_no_place_of_their_own() -> None:
    def page(number: int) -> Reading:
        steady = 5 if number < 11 else 6
        values = (number, steady)
        return on(number, figures=tuple(Figure(label="Total", value=each, text=str(each)) for each in values))

    assert all(change.is_finding for change in last_pair(days(12, page)).changes if change.kind == "figure.changed")


def test_changes_between_captures_far_apart_say_nothing_of_a_change_within_a_day() -> None:
    yearly = days(12, noisy, every=200)
    soon = noisy(11 * 200 + 1)._replace(sha256="f" * 64)
    assert not [change for change in compare(yearly[-1], soon, history=yearly[:-1]).changes if change.noise]
    assert [change for change in last_pair(yearly).changes if change.noise]


def test_counters_titles_and_dates_are_never_routine_by_habit() -> None:
    def page(number: int) -> Reading:
        return on(number, title=PROVERBS[number])

    assert only(last_pair(days(12, page)), "title.changed").significance is Significance.NOTABLE


@given(
    st.lists(st.sampled_from("abcdef"), min_size=8, max_size=20),
    st.sampled_from(["must pay", "may pay", "must not pay", "must always pay"]),
)
def test_only_words_that_moved_before_may_move_by_habit(tokens: list[str], rule: str) -> None:
    texts = [f"Form {token}{number} says you must pay by noon" for number, token in enumerate(tokens)]
    assert is_usual(texts, f"Form z99 says you {rule} by noon") is (rule == "must pay")


# -- what no habit covers


def signed(number: int, value: str | None) -> Reading:
    """A page with a figure or a field of one label, or with none."""
    if value is None:
        return on(number)
    if value.isdigit():
        return on(number, figures=(Figure(label="Level", value=int(value), text=value),))
    return on(number, fields=(Field(label="Level", value=value),))


@pytest.mark.parametrize(
    ("usual", "last", "is_news"),
    [
        (lambda number: str(1000 + number), None, True),
        (lambda number: str(1000 + number), "unknown", True),
        (lambda number: ("low", "guarded")[number % 2], "severe", True),
        (lambda number: ("low", "guarded")[number % 2], "low", False),
        (lambda number: f"{number * 7919:x}", "sold out", True),
        (lambda number: f"Mr Smith {number}", "nobody", True),
        (lambda number: f"{PROVERBS[number].split()[0]} {number}", "The plant has leaked and all must leave", True),
        (lambda number: PROVERBS[number].split()[-1], "umbrellas", False),
        (lambda number: str(1000 + number), "2024", False),
    ],
)
def test_a_value_that_always_moves_covers_no_word_unheard_of(
    usual: Callable[[int], str], last: str | None, is_news: bool
) -> None:
    series = days(12, lambda number: signed(number, usual(number)))
    assert (last_pair([*series[:-1], signed(11, last)]).verdict is Verdict.CHANGED) is is_news


def test_more_words_than_ever_stood_in_a_gap_are_news() -> None:
    def page(number: int, state: str | None = None) -> Reading:
        shown = state or f"{PROVERBS[number].split()[0]} {number}"
        return on(number, sections=[("Line", [f"State of the line today {shown} by the word of the operator"])])

    series = days(12, page)
    assert last_pair(series).verdict is Verdict.ROUTINE
    series[-1] = page(11, "closed after an accident with three dead in the old tunnel")
    assert only(last_pair(series), "text.edited").significance is Significance.NOTABLE


def test_an_item_that_always_stood_in_a_rotating_list_is_missed_in_it() -> None:
    def page(number: int, pinned: tuple[str, ...] = ("Walk of the whole coast in a week",)) -> Reading:
        walks = [item(title, url=f"https://example.org/{title}") for title in (*pinned, *drawn(number))]
        return on(number, lists=[listed(*dated(*NEWS), heading="News"), listed(*walks, heading="You may also like")])

    series = days(12, page)
    series[-1] = page(11, pinned=())
    missed = [change for change in last_pair(series).changes if change.is_finding and change.kind == "item.removed"]
    assert [change.subject for change in missed] == ["Walk of the whole coast in a week"]


def test_a_stranger_to_a_pool_that_had_stopped_growing_is_news() -> None:
    pool = POOL[:8]

    def page(number: int, more: tuple[str, ...] = ()) -> Reading:
        titles = (*more, *random.Random(number).sample(pool, 5))
        walks = [item(title, url=f"https://example.org/{title}") for title in titles]
        return on(number, lists=[listed(*dated(*NEWS), heading="News"), listed(*walks, heading="You may also like")])

    series = days(16, page)
    series[-1] = page(15, more=("Statement on the closing of the ferry",))
    told = [change for change in last_pair(series).changes if change.is_finding and change.kind == "item.added"]
    assert [change.subject for change in told] == ["Statement on the closing of the ferry"]


# -- lists


def boxed(number: int, box: Sequence[str], news: Sequence[str] = NEWS) -> Reading:
    walks = [item(title, url=f"https://example.org/{POOL.index(title)}") for title in box]
    return on(number, lists=[listed(*dated(*news), heading="News"), listed(*walks, heading="You may also like")])


def drawn(number: int) -> list[str]:
    return random.Random(number).sample(POOL, 5)


def test_items_of_a_list_drawn_from_a_pool_come_and_go_by_habit() -> None:
    found = last_pair(days(12, lambda number: boxed(number, drawn(number))))
    assert found.verdict is Verdict.ROUTINE
    assert {change.kind.value for change in found.changes if change.noise} <= {
        "item.added", "item.returned", "item.removed",
    }  # fmt: skip
    assert [change for change in found.changes if change.noise]


def test_an_item_withdrawn_beside_a_rotating_list_is_an_alert() -> None:
    series = days(12, lambda number: boxed(number, drawn(number)))
    series[-1] = boxed(11, drawn(11), news=(NEWS[0], *NEWS[2:]))
    change = only(last_pair(series), "item.withdrawn")
    assert (change.significance, change.noise) == (Significance.ALERT, None)


def test_headlines_that_change_daily_are_news_each_day() -> None:
    def page(number: int) -> Reading:
        shown = [item(f"{PROVERBS[each % 14]} {each}") for each in range(number + 8, number, -1)]
        return on(number, lists=[listed(*shown, heading="Headlines")])

    found = last_pair(days(14, page))
    assert only(found, "item.added").significance is Significance.NOTABLE


@settings(max_examples=40)
@given(st.integers(2, 20), st.integers(0, 3), st.integers(1, 3))
def test_no_history_makes_a_withdrawn_item_routine(captures: int, gone: int, pace: int) -> None:
    """However often items of the list were withdrawn before."""

    def page(number: int) -> Reading:
        left = number // pace % 4
        return on(number, lists=[listed(*dated(*(each for at, each in enumerate(NEWS) if at != left)))])

    history = days(captures, page)
    before = on(captures, lists=[listed(*dated(*NEWS))])
    after = on(captures + 1, lists=[listed(*dated(*(each for at, each in enumerate(NEWS) if at != gone)))])
    alone, known = compare(before, after), compare(before, after, history=history)
    assert [_fact(change) for change in known.changes] == [_fact(change) for change in alone.changes]


def _fact(change: Change) -> tuple[str, str, str]:
    return change.kind.value, change.significance.value, change.subject


# -- what the history is


def test_a_history_of_identical_captures_changes_nothing() -> None:
    before, after = noisy(30), noisy(31, rule=RULE.replace("must", "may"))
    same = [before._replace(page_date=noisy(number).page_date, sha256=str(number)) for number in range(20)]
    alone, known = compare(before, after), compare(before, after, history=same)
    assert known.changes == alone.changes
    assert known.checks == alone.checks


@settings(max_examples=25)
@given(st.randoms(use_true_random=False))
def test_the_order_in_which_a_history_is_given_is_all_one(chance: random.Random) -> None:
    series = days(13, noisy)
    shuffled = [*series[:-2], series[3], series[-2], series[-1]]
    chance.shuffle(shuffled)
    straight = compare(series[-2], series[-1], history=series[:-2])
    mixed = compare(series[-2], series[-1], history=shuffled)
    assert mixed._replace(limits=()) == straight._replace(limits=())


@given(gone=st.integers(0, 3), told=st.integers(1, 11))
@settings(max_examples=25)
def test_who_is_who_is_not_asked_again_and_comes_to_the_same(gone: int, told: int) -> None:
    series = days(12, lambda number: boxed(number, drawn(number)))
    series[-1] = boxed(11, drawn(11), news=(*NEWS[:gone], *NEWS[gone + 1 :]))
    history = series[:-2]
    alone = followed(series[-2], series[-1])
    of_another_pair = followed(series[told - 1], series[told])
    plain = followed(series[-2], series[-1], others=Others(history))
    for known in (alone, of_another_pair):
        again = followed(series[-2], series[-1], others=Others(history, alone=known))
        assert again.comparison == plain.comparison
    again = followed(series[-2], series[-1], others=Others(history, alone=alone))
    assert alone.survey
    assert again.survey
    assert again.survey.matching is alone.survey.matching


def test_captures_that_teach_nothing_are_put_aside_and_told() -> None:
    series = days(12, noisy)
    cut = series[2]._replace(suspicions=reading(suspect="It breaks off.").suspicions)
    other = on(1, title="Tide tables", sections=[(None, ["High water", "Low water", "Neap", "Spring", "Moon"])])
    undated = noisy(0)._replace(page_date=None, sha256="u")
    found = compare(series[-2], series[-1], history=[*series, noisy(40), undated, cut, other])
    assert found.history is not None
    assert found.history.captures == 10
    assert found.limits[-1] == (
        "Of the 16 captures of the history two are the two compared, or copies of them, one is not earlier than the "
        "snapshot of 11 March, one cannot be put in order with the snapshot of 11 March (a date in its name would "
        "do), one may not be whole or may not show the page and one seems to be of another page: put aside."
    )


def test_sides_in_reverse_learn_nothing_and_say_so() -> None:
    series = days(12, noisy)
    found = compare(series[-1], series[-2], history=series[:-2])
    assert found.history is None
    assert "nothing is learnt" in found.limits[-1]


# -- what went back


def _went_back(**states: Any) -> Comparison:
    """A page that said one thing on 1 March, another on the 5th, and the first again on the 9th."""
    (name, (first, second)), *more = states.items()
    pages = [on(day, **{name: said}, **dict(more)) for day, said in ((0, first), (4, second), (8, first))]
    return compare(pages[1], pages[2], history=[pages[0]])


@pytest.mark.parametrize(
    ("states", "kind"),
    [
        ({"title": ("Council of Norwick", "Norwick council")}, "title.changed"),
        ({"fields": ((Field(label="Desk", value="100"),), (Field(label="Desk", value="200"),))}, "field.changed"),
        ({"figures": ((Figure(label="Seats", value=12, text="12"),), (Figure(label="Seats", value=9, text="9"),))},
         "figure.changed"),
        ({"sections": ([("Rules", [RULE, HOURS])], [("Rules", [RULE.replace("must", "may"), HOURS])])}, "text.edited"),
        ({"sections": ([("Rules", [RULE, HOURS])], [("Rules", [HOURS])])}, "text.added"),
        ({"items": ([item("Fair", "01.02.2024", "https://example.org/1"), item("Ball", "20.01.2024")],
                    [item("Fete", "01.02.2024", "https://example.org/1"), item("Ball", "20.01.2024")])},
         "item.retitled"),
        ({"items": (dated("01.02.2024 Fair", "20.01.2024 Ball"), dated("02.02.2024 Fair", "20.01.2024 Ball"))},
         "item.redated"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)  # fmt: skip
def test_what_reads_as_an_older_snapshot_did_says_so(states: dict[str, Any], kind: str) -> None:
    found = _went_back(**states)
    assert only(found, kind).reason.endswith("; as it read on 1 March")
    assert only(found, kind).is_finding


def test_a_figure_that_meets_an_old_value_by_chance_is_not_said_to_have_gone_back() -> None:
    series = [on(number, figures=(Figure(label="Seats", value=value, text=str(value)),))
              for number, value in enumerate((12, 9, 10, 12))]  # fmt: skip
    assert "as it read" not in only(last_pair(series), "figure.changed").reason


# -- how late a page is


def _late(by: int, *, every: int, shown: int = 400) -> list[Reading]:
    """A page that puts up each day's note `by` days after its date, captured every so many days."""
    notes = [f"{FIRST + timedelta(days=number):%d.%m.%Y} Note {number} of the clerk" for number in range(200)]
    return [on(day, items=dated(*notes[: max(0, day - by + 1)][::-1][:shown])) for day in range(by, 190, every)]


@pytest.mark.parametrize(("by", "every", "lag"), [(0, 1, 1), (5, 1, 4), (0, 30, 1), (1, 30, 1), (10, 2, 9)])
def test_the_lag_is_what_the_items_were_late_and_not_what_lay_between_captures(by: int, every: int, lag: int) -> None:
    assert Past(_late(by, every=every)).lag == lag


def test_captures_far_apart_do_not_hide_backdating() -> None:
    history = _late(0, every=30)
    before, last = on(200, items=history[-1].lists[0].items), history[-1].lists[0].items
    slipped = [*last, *dated("20.09.2024 Confession")]
    slipped.sort(key=lambda each: each.date.span(None) if each.date else None, reverse=True)  # type: ignore[arg-type, return-value]
    before = on(220, items=[*dated("05.10.2024 Fair"), *last])
    after = on(221, items=[*dated("05.10.2024 Fair"), *slipped])
    assert story(compare(before, after, history=history)) == {"Confession": "backdated"}


def test_a_list_that_grows_longer_makes_its_page_no_later() -> None:
    short = _late(0, every=1, shown=10)
    longer = _late(0, every=1, shown=60)
    assert Past([*short[:100], *longer[100:]]).lag == 1


def test_prose_rewritten_once_a_month_is_news_each_month_and_a_number_is_not() -> None:
    def page(number: int) -> Reading:
        month = number // 30
        fields = (Field(label="Latest news", value=f"{PROVERBS[month % 14]} and more of the kind"),)
        return on(number, fields=fields, figures=(Figure(label="Visits", value=number * 9, text=str(number * 9)),))

    found = last_pair(days(12, page, every=30))
    assert only(found, "field.changed").significance is Significance.ALERT
    assert only(found, "figure.changed").significance is Significance.ROUTINE


def test_an_item_is_said_to_have_gone_back_only_where_all_that_was_touched_did() -> None:
    def page(day: int, ward: str, teaser: str) -> Reading:
        note = item("Fair", "01.02.2024", "https://example.org/1", teaser=teaser, values=(("Ward", ward),))
        return on(day, items=[note, *dated("20.01.2024 Ball")])

    older, before = (
        page(0, "Mill", "Stalls by the river and music at night"),
        page(4, "Quay", "No stalls and no music at all"),
    )
    back, other = (
        page(8, "Mill", "Stalls by the river and music at night"),
        page(8, "Mill", "Stalls on the hill and a play at night"),
    )
    assert only(compare(before, back, history=[older]), "item.edited").reason.endswith("as it read on 1 March")
    assert "as it read" not in only(compare(before, other, history=[older]), "item.edited").reason


def test_an_older_capture_of_the_same_day_is_called_by_its_time_and_not_by_the_pages_own_day() -> None:
    older = reading(day="2020-07-03", captured="2020-07-04T03:20", title="Tides at Wexholm")
    before = reading(day=JULY, captured="2020-07-04T12:00", title="Tides at Ravensey")
    after = reading(day=JULY, captured="2020-07-04T18:00", title="Tides at Wexholm")
    told = only(compare(before, after, history=[older]), "title.changed")
    assert told.reason.endswith("as it read on 4 July, 03:20 UTC")
