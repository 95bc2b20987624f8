"""What became of items that stand on one side only."""

from __future__ import annotations

import pytest

from monitor.compare import compare
from monitor.model.change import Significance
from tests.compare_builders import JULY, dated, fates, item, kinds, listed, only, reading, story

FOUR = ("20.06.2020 Parade", "15.06.2020 Talks", "10.06.2020 Article", "05.06.2020 Appeal")


def test_item_dated_after_the_earlier_snapshot_is_published() -> None:
    assert fates(dated(*FOUR), dated("10.07.2020 Letter", *FOUR)) == {"Letter": "published"}


def test_item_dated_the_day_before_the_earlier_snapshot_is_published_since_pages_are_a_day_late() -> None:
    assert fates(dated(*FOUR), dated("03.07.2020 Letter", *FOUR)) == {"Letter": "published"}


def test_item_dated_two_days_before_the_earlier_snapshot_is_backdated() -> None:
    assert fates(dated(*FOUR), dated("02.07.2020 Letter", *FOUR)) == {"Letter": "backdated"}


def test_backdated_is_an_alert_and_its_reason_names_both_dates() -> None:
    found = compare(reading(dated(*FOUR)), reading(dated("16.06.2020 Letter", *FOUR), day="2020-08-03"))
    change = only(found, "item.backdated")
    assert change.significance is Significance.ALERT
    assert change.reason == "dated 16 June; not in the list of 4 July, which reached back to 5 June"


@pytest.mark.parametrize("day", ["05.06.2020", "04.06.2020"])
def test_item_at_or_beyond_the_earlier_reach_is_backfilled_not_backdated(day: str) -> None:
    assert fates(dated(*FOUR), dated(*FOUR, f"{day} Letter")) == {"Letter": "backfilled"}


def test_item_without_a_date_is_added() -> None:
    assert fates(dated(*FOUR), [*dated(*FOUR), item("Letter")]) == {"Letter": "added"}


def test_item_is_added_where_the_earlier_list_had_no_date_order() -> None:
    jumbled = dated("05.06.2020 A", "20.06.2020 B", "10.06.2020 C", "15.06.2020 D", "02.06.2020 E", "18.06.2020 F")
    assert fates(jumbled, [*jumbled, *dated("12.06.2020 Letter")]) == {"Letter": "added"}


def test_item_taken_from_between_its_neighbours_is_withdrawn() -> None:
    assert fates(dated(*FOUR), dated(FOUR[0], FOUR[2], FOUR[3])) == {"Talks": "withdrawn"}


def test_item_pushed_off_a_full_list_is_aged_off_not_withdrawn() -> None:
    assert fates(dated(*FOUR), dated("10.07.2020 Letter", *FOUR[:3])) == {"Letter": "published", "Appeal": "aged_off"}


def test_last_item_gone_without_a_newcomer_is_removed_and_the_limit_says_why() -> None:
    found = compare(reading(dated(*FOUR)), reading(dated(*FOUR[:3]), day="2020-08-03"))
    assert story(found) == {"Appeal": "removed"}
    assert found.limits == ("The list is cut at three: what went off its end cannot be told from what was taken down.",)


def test_list_that_shrank_by_more_than_came_in_pushed_off_only_as_many_as_came() -> None:
    assert fates(dated(*FOUR), dated("10.07.2020 Letter", *FOUR[:2])) == {
        "Letter": "published",
        "Appeal": "aged_off",
        "Article": "removed",
    }


def test_two_items_of_the_last_day_are_both_at_the_reach() -> None:
    before = dated(*FOUR, "05.06.2020 Note")
    after = dated("10.07.2020 Letter", *FOUR)
    assert fates(before, after) == {"Letter": "published", "Note": "aged_off"}


def test_pinned_item_has_no_part_in_the_reach() -> None:
    pinned = "01.01.2015 Rules of this page"
    before = dated(pinned, *FOUR)
    assert fates(before, dated(pinned, "10.07.2020 Letter", *FOUR[:3])) == {"Letter": "published", "Appeal": "aged_off"}
    assert fates(before, dated(pinned, FOUR[0], *FOUR[2:])) == {"Talks": "withdrawn"}


def test_undated_item_below_all_survivors_is_aged_off_when_as_many_came_in_above() -> None:
    before = [item(name) for name in ("Alpha", "Bravo", "Charlie")]
    assert fates(before, [item("Delta"), *before[:2]]) == {"Delta": "added", "Charlie": "aged_off"}


def test_undated_item_below_all_survivors_is_removed_when_none_came_in_above() -> None:
    before = [item(name) for name in ("Alpha", "Bravo", "Charlie")]
    assert fates(before, before[:2]) == {"Charlie": "removed"}


def test_undated_item_between_survivors_is_removed() -> None:
    before = [item(name) for name in ("Alpha", "Bravo", "Charlie")]
    assert fates(before, [item("Delta"), before[0], before[2]]) == {"Delta": "added", "Bravo": "removed"}


EVENTS = ("10.07.2020 Concert", "20.07.2020 Reading", "10.08.2020 Fair", "20.08.2020 Ball")


def test_coming_event_whose_day_has_passed_is_aged_off_at_the_front() -> None:
    assert fates(dated(*EVENTS), dated(*EVENTS[2:])) == {"Concert": "aged_off", "Reading": "aged_off"}


def test_coming_event_called_off_before_its_day_is_withdrawn() -> None:
    assert fates(dated(*EVENTS), dated(EVENTS[1], EVENTS[3], "30.08.2020 Feast")) == {
        "Concert": "aged_off",
        "Fair": "withdrawn",
        "Feast": "published",
    }


def test_in_an_ascending_log_beyond_means_later() -> None:
    log = ("01.06.2020 One", "02.06.2020 Two", "03.06.2020 Three", "04.06.2020 Four")
    assert fates(dated(*log), dated(log[0], *log[2:])) == {"Two": "withdrawn"}
    assert fates(dated(*log), dated(*log, "05.06.2020 Five")) == {"Five": "backfilled"}


def test_item_dated_by_month_only_is_published_where_the_month_may_mean_so() -> None:
    assert fates(dated(*FOUR), [item("Review", "2020-07"), *dated(*FOUR)]) == {"Review": "published"}


def test_item_that_an_older_snapshot_had_and_that_was_withdrawn_since_is_returned() -> None:
    history = [reading(dated(*FOUR), day="2020-06-25")]
    before = reading(dated(FOUR[0], *FOUR[2:]), day="2020-07-04")
    after = reading(dated(*FOUR), day="2020-08-03")
    found = compare(before, after, history=history)
    assert only(found, "item.returned").reason == (
        "dated 15 June 2020; the snapshot of 25 June 2020 had it and that of 4 July 2020 no longer did"
    )
    assert kinds(compare(before, after)) == ["date.advanced", "item.backdated"]


def test_item_that_had_aged_off_is_backfilled_not_returned() -> None:
    history = [reading(dated(*FOUR), day="2020-06-25")]
    before = reading(dated("01.07.2020 Letter", *FOUR[:3]), day="2020-07-04")
    after = reading(dated("01.07.2020 Letter", *FOUR), day="2020-08-03")
    assert story(compare(before, after, history=history)) == {"Appeal": "backfilled"}


def test_a_page_that_is_late_by_habit_publishes_what_would_else_be_backdated() -> None:
    history = []
    shown: list[str] = []
    for number in range(1, 26):
        shown.insert(0, f"{number:02}.05.2020 Note {chr(64 + number) * 5}")
        history.append(reading(dated(*shown), day=f"2020-05-{number + 5:02}"))
    before = reading(dated(*shown), day="2020-06-01")
    after = reading(dated("28.05.2020 Letter", *shown), day="2020-06-20")
    assert story(compare(before, after, history=history)) == {"Letter": "published"}
    assert story(compare(before, after)) == {"Letter": "backdated"}


def test_sides_in_reverse_say_added_and_removed_and_nothing_graver() -> None:
    older, newer = reading(dated(*FOUR), day=JULY), reading(dated("10.07.2020 Letter", *FOUR[:3]), day="2020-08-03")
    found = compare(newer, older)
    assert found.elapsed_days == -30
    assert story(found) == {"Letter": "removed", "Appeal": "added"}
    assert all(change.significance is not Significance.ALERT for change in found.changes)


def test_what_is_missing_from_a_suspect_capture_is_not_told_as_gone_but_as_a_limit() -> None:
    before = reading(dated(*FOUR), lists=[listed(item("Box"), heading="Links")])
    after = reading(dated(*FOUR[:2]), day="2020-08-03", suspect="The file breaks off in the middle.")
    found = compare(before, after)
    assert kinds(found) == ["capture.suspect", "date.advanced"]
    assert found.verdict.value == "suspect"
    assert "three items missing from it are not told as gone" in found.limits[0]


def test_what_a_suspect_earlier_capture_lacked_is_news_only_where_its_date_says_so() -> None:
    before = reading(dated(*FOUR[:2]), suspect="The file breaks off in the middle.")
    after = reading(dated("10.07.2020 Letter", *FOUR), day="2020-08-03")
    assert story(compare(before, after)) == {"Letter": "published"}


def test_same_article_in_two_lists_counts_once() -> None:
    def page(*items: str, day: str) -> object:
        return reading(dated(*items), day=day, lists=[listed(*dated(*items[:2]), heading="Latest")])

    found = compare(page(*FOUR, day=JULY), page("10.07.2020 Letter", *FOUR, day="2020-08-03"))  # type: ignore[arg-type]
    assert story(found) == {"Letter": "published", "Talks": "moved"}


def test_before_day_unknown_makes_an_undecidable_newcomer_added() -> None:
    found = compare(reading([item("Alpha")], day=None), reading([item("Alpha"), item("Beta", "10.07.2020")], day=None))
    assert story(found) == {"Beta": "added"}


def test_item_newer_than_all_of_its_list_is_published_though_the_only_known_day_is_a_coming_event() -> None:
    events = listed(*dated("10.08.2020 Fair", "12.08.2020 Regatta", "14.08.2020 Concert"), heading="Coming events")
    before = reading(dated(*FOUR), day=None, lists=[events])
    news = compare(before, reading(dated("21.06.2020 Letter", *FOUR), day=None, lists=[events]))
    assert (
        only(news, "item.published").reason == "dated 21 June; after all of the earlier list, which began with 20 June"
    )
    slipped = compare(before, reading(dated(*FOUR, "16.06.2020 Letter"), day=None, lists=[events]))
    assert story(slipped) == {"Letter": "backdated"}
