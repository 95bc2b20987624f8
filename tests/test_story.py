"""Claims about stories: items and counters are followed through all captures, and only what compare told is told."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from monitor.compare import compare
from monitor.compare.pauses import gaps_in, pace_of
from monitor.compare.story import story
from monitor.model.change import ChangeKind as Kind
from monitor.model.comparison import Verdict
from monitor.model.reading import Field, Item, ItemList, Suspicion
from monitor.model.schedule import Schedule
from monitor.model.story import Run
from tests import stories
from tests.compare_builders import article, days, item
from tests.stories import LETTER, deeds, news, on, the, told, with_letter

# -- items


def test_an_item_is_followed_through_edits_withdrawal_and_return() -> None:
    letter = the(stories.letter(), LETTER.title)
    assert deeds(letter.events) == ["backdated 0-1", "edited 2-3", "edited 3-4", "withdrawn 4-5", "returned 6-7"]
    assert letter.runs == (Run(1, 4), Run(7, 8))
    assert (letter.first, letter.last, letter.is_there) == (1, 8, True)


def test_a_retitled_item_stays_one_item_with_all_its_titles() -> None:
    letter = the(stories.renamed(), LETTER.title)
    assert [(titled.since, titled.title) for titled in letter.titles] == [
        (0, LETTER.title),
        (1, "Harbour master's note on night dredging"),
        (3, "Note on dredging by night"),
    ]
    assert letter.title == "Note on dredging by night"
    assert letter.runs == (Run(0, 3),)


def test_an_item_pushed_off_the_end_was_last_seen_before_that() -> None:
    found = told(on(day, news(day)) for day in range(3))
    oldest = the(found, "Notice to mariners no. 89")
    assert (oldest.first, oldest.last, oldest.is_there) == (0, 0, False)
    assert deeds(oldest.events, routine=True) == ["aged_off 0-1"]


def test_an_item_that_aged_off_and_comes_back_is_the_same_item() -> None:
    again = told([on(0, news(0)), on(1, news(1)), on(2, [*news(2), *news(0)[-1:]])])
    assert the(again, "Notice to mariners no. 89").runs == (Run(0, 0), Run(2, 2))


def test_an_item_between_lead_and_list_is_one_item_that_moved() -> None:
    lead = article("Port dues rise in July", "They rise by a tenth.", dated="2020-05-31", url="https://a.example/dues")
    entry = item("Port dues rise in July", "2020-05-31", "https://a.example/dues")
    found = told([on(0, news(0), lead=lead), on(1, [*news(1, 2), entry, *news(-1, 9)])])
    dues = the(found, "Port dues rise in July")
    assert dues.runs == (Run(0, 1),)
    assert deeds(dues.events, routine=True) == ["moved 0-1"]


def test_what_only_ever_was_the_lead_is_no_item() -> None:
    texts = {"Dredging begins": "Barges come in May.", "Fog": "None saw it.", "Ferry fares": "Children ride free."}
    leads = [article(title, text) for title, text in texts.items()]
    found = told(on(day, news(day), lead=lead) for day, lead in enumerate(leads))
    assert not any(each.title in texts for each in found.items)
    assert [(part.noun, deeds(part.events)) for part in found.parts if part.noun == "lead"] == [
        ("lead", ["replaced 0-1", "replaced 1-2"])
    ]


def test_items_of_one_title_without_an_address_are_followed_each_by_itself() -> None:
    twice = [item("Update", "2020-05-30"), item("Update", "2020-05-29")]
    found = told(on(day, [*twice, *news(-5, 3)]) for day in range(3))
    assert [each.runs for each in found.items if each.title == "Update"] == [(Run(0, 2),), (Run(0, 2),)]


def test_items_of_a_list_that_vanishes_are_there_no_more() -> None:
    box = ItemList(
        items=tuple(item(f"Tender {number} for works", f"2020-04-0{number}") for number in (4, 3, 2)), heading="Tenders"
    )
    found = told([on(0, news(0), lists=[box]), on(1, news(1)), on(2, news(2))])
    assert [each.is_there for each in found.items if each.title.startswith("Tender")] == [False] * 3
    assert ("list", "Tenders", ["vanished 0-1"]) in [(each.noun, each.name, deeds(each.events)) for each in found.parts]


# -- counters and other parts


def test_a_counter_that_stands_still_and_catches_up() -> None:
    found = stories.stalled()
    grounding, strike = found.counters
    assert deeds(grounding.events) == ["stalled 2-3", "stalled 3-4", "drifted 4-5"]
    assert [count.value for count in grounding.counts] == [400, 401, 402, 402, 402, 405, 406]
    assert deeds(strike.events) == []
    assert {str(count.origin) for count in strike.counts} == {"2020-03-03"}


def test_a_reworded_counter_stays_one_counter() -> None:
    labels = ["since the last grave incident", "since the last grave incident", "since the last grave accident"]
    found = told(on(day, news(day), counters=(days(400 + day, label),)) for day, label in enumerate(labels))
    (counter,) = found.counters
    assert deeds(counter.events) == ["reworded 1-2"]
    assert counter.label == "since the last grave accident"


def test_a_counter_that_was_away_is_the_same_counter() -> None:
    found = told(on(day, news(day), counters=(days(400 + day),) if day != 1 else ()) for day in range(3))
    (counter,) = found.counters
    assert [count.at for count in counter.counts] == [0, 2]
    assert deeds(counter.events) == ["removed 0-1", "added 1-2"]


def test_the_changes_of_one_field_are_told_together() -> None:
    numbers = ["020 7946 0100", "020 7946 0199", "020 7946 0100"]
    found = told(on(day, news(day), fields=(Field("Pilots", each),)) for day, each in enumerate(numbers))
    (pilots,) = (part for part in found.parts if part.noun == "field")
    assert (pilots.name, deeds(pilots.events)) == ("Pilots", ["changed 0-1", "changed 1-2"])


def test_two_fields_of_one_name_are_two_fields() -> None:
    mails = [["press@westhaven.example", "office@westhaven.example"], ["office@westhaven.example"], []]
    found = told(
        on(day, news(day), fields=tuple(Field("Email", each) for each in said)) for day, said in enumerate(mails)
    )
    parts = [(part.name, deeds(part.events)) for part in found.parts if part.noun == "field"]
    assert parts == [("Email", ["removed 0-1"]), ("Email", ["removed 1-2"])]


def test_a_field_that_went_and_came_with_another_value_is_one_field() -> None:
    mails = ["press@westhaven.example", None, "office@westhaven.example"]
    found = told(on(day, news(day), fields=(Field("Email", each),) if each else ()) for day, each in enumerate(mails))
    (part,) = (part for part in found.parts if part.noun == "field")
    assert deeds(part.events) == ["removed 0-1", "added 1-2"]


# -- captures


def test_suspect_captures_are_compared_with_nothing() -> None:
    found = stories.suspect()
    assert [moment.is_suspect for moment in found.moments] == [False, False, False, True, True, False]
    assert found.suspect_runs == (Run(3, 4),)
    assert {event.before for event in found.events if event.after == 5} == {2}
    assert not any({3, 4} & {event.before, event.after} for event in found.events)
    assert all(each.last not in (3, 4) for each in found.items)
    assert found.comparisons == 3


def test_a_capture_that_shows_only_beside_the_next_that_it_breaks_off_is_suspect() -> None:
    texts = [f"Paragraph {number} on the fairway, which is dredged each spring and autumn." for number in range(9)]
    whole = [("Fairway", texts)]
    cut = [("Fairway", [*texts[:4], "Paragraph 4 on the fair"])]
    sections = [whole, cut, whole]
    captures = [
        on(day, [], sections=each, tail=each[0][1][-1]) for day, each in enumerate(sections)
    ]  # fmt: skip
    captures = [(capture, read._replace(size=len(repr(read.sections)))) for capture, read in captures]
    assert [moment.is_suspect for moment in told(captures).moments] == [False, True, False]
    assert [moment.is_suspect for moment in told(captures[1:]).moments] == [True, False]


def test_rules_that_fit_no_capture_are_a_limit_and_hide_nothing() -> None:
    unmatched = (Suspicion("unmatched", "“.news li” matches nothing.", ".news li"),)
    captures = [(each, read._replace(suspicions=unmatched)) for each, read in (on(0, news(0)), on(1, news(1)))]
    found = told(captures)
    assert [moment.is_suspect for moment in found.moments] == [False, False]
    assert "fit none of the captures" in found.limits[0]
    assert the(found, "Notice to mariners no. 101").first == 1


def test_captures_in_which_the_rules_no_longer_fit_are_suspect() -> None:
    unmatched = (Suspicion("unmatched", "“.news li” matches nothing.", ".news li"),)
    captures = [on(day, news(day)) for day in range(4)]
    captures[2:] = [(each, read._replace(suspicions=unmatched)) for each, read in captures[2:]]
    assert told(captures).suspect_runs == (Run(2, 3),)


def test_two_pages_under_one_name_are_told_as_a_limit() -> None:
    other = [item(f"Recipe for soup {number}", "2020-05-01", f"https://b.example/{number}") for number in range(9)]
    elsewhere = on(1, other)
    elsewhere = (elsewhere[0], elsewhere[1]._replace(title="Soups of the season"))
    assert "1 June 2020 and 2 June 2020 have next to nothing in common" in told([on(0, news(0)), elsewhere]).limits[0]


def test_a_story_of_suspect_captures_only_is_told_as_such() -> None:
    found = told(on(day, news(day), suspect="an error page") for day in range(3))
    assert found.suspect_runs == (Run(0, 2),)
    assert (found.items, found.events, found.comparisons) == ((), (), 0)


def test_no_capture_makes_an_empty_story() -> None:
    found = told([])
    assert (found.moments, found.items, found.gaps, found.pace) == ((), (), (), None)


def test_a_page_unchanged_fifty_times_has_no_event() -> None:
    found = stories.unchanged()
    assert [moment.verdict for moment in found.moments] == [None] + [Verdict.IDENTICAL] * 50
    assert found.events == ()
    assert {each.runs for each in found.items} == {(Run(0, 50),)}


def test_equal_bytes_whose_counter_had_to_move_are_compared_all_the_same() -> None:
    same = on(0, news(0), counters=(days(400),))[1]
    moments = [datetime(2020, 6, day, 6, tzinfo=UTC) for day in (1, 5, 9)]
    found = told(stories.captured(moment, same._replace(page_date=None)) for moment in moments)
    assert deeds(found.counters[0].events) == ["stalled 0-1", "stalled 1-2"]


# -- gaps


def test_a_month_without_a_capture_of_a_daily_page_is_a_gap() -> None:
    found = stories.gap()
    assert [(gap.before, gap.after, gap.length.days) for gap in found.gaps] == [(9, 10, 31)]
    assert found.pace == timedelta(days=1)


def test_a_pause_every_night_is_no_gap() -> None:
    times = [datetime(2020, 6, day, hour, tzinfo=UTC) for day in range(1, 11) for hour in range(8, 17)]
    assert gaps_in(times) == ()
    assert pace_of(times) == timedelta(hours=1)


def test_captures_at_random_times_have_hardly_a_gap() -> None:
    chance = random.Random(5)
    found, count = 0, 0
    for _ in range(50):
        times = [datetime(2020, 6, 1, tzinfo=UTC)]
        for _ in range(60):
            times.append(times[-1] + timedelta(hours=chance.expovariate(1 / 24)))
        found, count = found + len(gaps_in(times)), count + len(times) - 1
    assert found < count / 100


def test_one_missed_capture_is_no_gap_and_two_are() -> None:
    start = datetime(2020, 6, 1, tzinfo=UTC)
    for missed, count in ((1, 0), (2, 1)):
        times = [start + timedelta(days=day) for day in range(12) if not 5 <= day < 5 + missed]
        assert len(gaps_in(times)) == count


def test_a_gap_runs_between_good_captures_over_a_suspect_one() -> None:
    captures = [on(day, news(day)) for day in (*range(6), 27, 28)]
    captures.insert(6, on(7, [], suspect="The page says little: an error message, not the page"))
    assert [(gap.before, gap.after, gap.length.days) for gap in told(captures).gaps] == [(5, 7, 22)]


def test_a_minute_amid_seconds_is_no_gap_of_a_page_that_is_due_every_six_hours() -> None:
    """Somebody tried `monitor check` a few times in a row."""
    start = datetime(2020, 6, 1, tzinfo=UTC)
    times = [start + timedelta(seconds=seconds) for seconds in (0, 5, 10, 15, 20, 80)]
    assert len(gaps_in(times)) == 1
    assert gaps_in(times, schedule=Schedule(every=6 * 3600)) == ()
    assert len(gaps_in([*times, times[-1] + timedelta(hours=16)], schedule=Schedule(every=6 * 3600))) == 1


def test_three_captures_show_no_pace_to_hold_a_gap_against() -> None:
    assert gaps_in([datetime(2020, 6, day, tzinfo=UTC) for day in (1, 2, 30)]) == ()


# -- properties

_STEPS = st.lists(
    st.tuples(
        st.sets(st.integers(0, 7), max_size=4),  # notices that are missing that day
        st.sampled_from([None, LETTER, LETTER._replace(title="Letter on dredging, corrected by the harbour master")]),
        st.integers(400, 403),
        st.booleans(),
    ),
    min_size=1,
    max_size=7,
)


def _captures(steps: list[tuple[set[int], Item | None, int, bool]]) -> list[stories.Told]:
    captures = []
    for day, (missing, letter, count, is_suspect) in enumerate(steps):
        items = [each for at, each in enumerate(news(day, 8)) if at not in missing]
        items += [letter] if letter else []
        suspect = "it breaks off" if is_suspect and day else None
        captures.append(on(day, items, counters=(days(count + day),), suspect=suspect))
    return captures


@given(_STEPS)
@settings(max_examples=60)
def test_the_story_tells_exactly_what_the_comparisons_tell(
    steps: list[tuple[set[int], Item | None, int, bool]],
) -> None:
    captures = _captures(steps)
    good = [(at, read) for at, (_, read) in enumerate(captures) if not read.suspicions]
    expected: Counter[tuple[int, int, object]] = Counter()
    for number in range(1, len(good)):
        (before, one), (after, other) = good[number - 1 : number + 1]
        history = [read for _, read in good[: number - 1]]
        comparison = compare(one, other)
        if history and comparison.verdict is Verdict.CHANGED:
            comparison = compare(one, other, history=history)
        expected.update((before, after, (change.kind, change.subject, change.reason)) for change in comparison.changes)
    found = told(captures)
    assert expected == Counter(
        (event.before, event.after, (event.change.kind, event.change.subject, event.change.reason))
        for event in found.events
    )


@given(_STEPS)
@settings(max_examples=40)
def test_every_item_is_first_seen_before_it_is_last_seen_and_shown_in_between(
    steps: list[tuple[set[int], Item | None, int, bool]],
) -> None:
    captures = _captures(steps)
    found = told(captures)
    for each in found.items:
        assert 0 <= each.first <= each.last < len(found.moments)
        assert all(run.first <= run.last for run in each.runs)
        assert all(one.last < other.first for one, other in zip(each.runs, each.runs[1:], strict=False))
        titles = {titled.title for titled in each.titles}
        for end in (each.first, each.last):
            assert titles & {entry.title for shown in captures[end][1].lists for entry in shown.items}
    for at, (_, read) in enumerate(captures):
        shown = sum(any(run.first <= at <= run.last for run in each.runs) for each in found.items)
        assert read.suspicions or shown == sum(len(each.items) for each in read.lists)


@given(_STEPS, st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_the_order_in_which_captures_are_given_does_not_matter(
    steps: list[tuple[set[int], Item | None, int, bool]], chance: random.Random
) -> None:
    captures = _captures(steps)
    shuffled = list(captures)
    chance.shuffle(shuffled)
    assert told(shuffled) == told(captures)


def test_frequencies_count_comparisons_and_changes() -> None:
    found = told(on(2 * day, news(2 * day)) for day in range(4))
    published = next(each for each in found.frequencies if each.kind == Kind.ITEM_PUBLISHED.value)
    assert (published.comparisons, published.changes) == (3, 6)


@pytest.mark.parametrize("name", stories.STORIES)
def test_telling_twice_gives_the_same(name: str) -> None:
    assert stories.STORIES[name]() == stories.STORIES[name]()


def test_a_hundred_captures_back_is_how_far_a_story_learns() -> None:
    """What was withdrawn longer ago than that is new again to the comparison, and the same item to the story."""
    present = [True, *(False for _ in range(103)), True]
    captures = [with_letter(0, LETTER if there else None) for there in present]
    moved = [
        stories.captured(datetime(2020, 6, 1, 6, tzinfo=UTC) + timedelta(hours=at), read)
        for at, (_, read) in enumerate(captures)
    ]
    letter = the(story(stories.PAGE, moved), LETTER.title)
    assert deeds(letter.events)[0] == "withdrawn 0-1"
    assert len(letter.runs) == 2
