"""What a list that is in no date order any more is told by, and one that is in the other."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given, strategies as st

from monitor.compare import compare
from monitor.compare.order import dearest_run
from monitor.model.comparison import Check, CheckVerdict, Comparison, Verdict
from monitor.model.reading import Figure, Item
from tests.compare_builders import dated, item, kinds, only, reading

NEWS = dated("04.07.2020 Tides", "02.07.2020 Wells", "30.06.2020 Mills", "20.06.2020 Kilns")


def order_check(found: Comparison) -> Check:
    return next(each for each in found.checks if each.check == "order")


def test_the_entry_put_in_below_is_out_of_order_and_not_the_old_one_beside_it() -> None:
    put_in = [*NEWS[:3], item("Ferries", "2020-07-03"), NEWS[3]]
    told = order_check(compare(reading(NEWS), reading(put_in, suspect="It breaks off.")))
    assert told.found == "1 out of order"
    assert "“Ferries” stands out of it" in told.reason


def test_of_two_new_entries_the_one_dated_far_from_the_rest_is_out_of_order() -> None:
    after = [item("Strike", "2020-07-06"), item("Clearing", "2020-12-05"), *NEWS]
    assert "“Clearing” stands out of it" in order_check(compare(reading(NEWS), reading(after))).reason


def test_list_sorted_the_other_way_round_is_routine_and_says_so() -> None:
    found = compare(reading(NEWS), reading(NEWS[::-1]))
    told = order_check(found)
    assert (told.verdict, told.expected, told.found) == (CheckVerdict.CONSISTENT, "newest first", "oldest first")
    assert found.verdict is Verdict.ROUTINE
    assert set(kinds(found)) == {"item.moved"}


def test_moved_entry_whose_views_grow_is_moved() -> None:
    def viewed(title: str, views: int) -> Item:
        return item(title, figures=(Figure(label="views", value=views, text=str(views)),))

    titles = ["Tides", "Wells", "Mills", "Kilns"]
    before = [viewed(title, 10) for title in titles]
    found = compare(reading(before), reading([viewed(title, 12) for title in ["Kilns", *titles[:3]]]))
    change = only(found, "item.moved")
    assert (change.subject, [edit.part for edit in change.edits]) == ("Kilns", ["views"])


def test_entry_dated_weeks_after_its_capture_is_dated_ahead() -> None:
    hearing = item("Hearing", "2020-08-10")
    assert only(compare(reading(NEWS), reading([hearing, *NEWS])), "item.published").reason == (
        "dated 10 August; dated ahead: five weeks after the later snapshot"
    )


def test_entry_of_the_morrow_is_not_dated_ahead() -> None:
    found = compare(reading(NEWS), reading([item("Hearing", "2020-07-05"), *NEWS]))
    assert "ahead" not in only(found, "item.published").reason


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 2)), max_size=8))
def test_the_dearest_run_never_falls_and_no_other_is_worth_more(rows: list[tuple[int, int]]) -> None:
    values, worth = [value for value, _ in rows], [(1, extra) for _, extra in rows]

    def total(kept: tuple[int, ...]) -> tuple[int, int]:
        return len(kept), sum(worth[index][1] for index in kept)

    kept = tuple(sorted(dearest_run(values, worth)))
    assert all(values[one] <= values[other] for one, other in pairwise(kept))
    runs = (run for size in range(len(rows) + 1) for run in combinations(range(len(rows)), size))
    rising = [run for run in runs if all(values[one] <= values[other] for one, other in pairwise(run))]
    assert total(kept) == max(map(total, rising))
