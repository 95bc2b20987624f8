"""What became of whole lists."""

from __future__ import annotations

from monitor.compare import compare
from monitor.model.change import Significance
from monitor.model.reading import Link
from tests.compare_builders import AUGUST, dated, item, kinds, listed, only, reading, story

THREE = dated("20.06.2020 Parade", "15.06.2020 Talks", "10.06.2020 Article")
OTHER = dated("25.06.2020 Harvest", "17.06.2020 Fishing", "01.06.2020 Forestry")
LATER = dated("25.07.2020 Harvest", "17.07.2020 Fishing", "16.07.2020 Forestry")


def test_list_that_kept_none_though_it_reaches_past_them_is_replaced_and_an_alert() -> None:
    found = compare(reading(THREE), reading(OTHER, day=AUGUST))
    change = only(found, "list.replaced")
    assert change.significance is Significance.ALERT
    assert change.reason == (
        "none of its three items is left; three others stand in their place; "
        "the list of 3 August reaches back to 1 June, past three of those gone"
    )
    assert kinds(found).count("item.withdrawn") == 3


def test_list_that_time_turned_over_is_replaced_and_routine() -> None:
    found = compare(reading(THREE), reading(LATER, day=AUGUST))
    assert only(found, "list.replaced").significance is Significance.ROUTINE
    assert kinds(found).count("item.aged_off") == kinds(found).count("item.published") == 3


def test_two_items_replaced_are_no_replaced_list() -> None:
    found = compare(reading(THREE[:2]), reading(OTHER[:2], day=AUGUST))
    assert "list.replaced" not in kinds(found)


def test_list_that_kept_one_is_not_replaced() -> None:
    found = compare(reading(THREE), reading([*LATER[:2], THREE[0]], day=AUGUST))
    assert "list.replaced" not in kinds(found)


def test_list_without_a_partner_has_vanished_and_its_items_are_not_told_one_by_one() -> None:
    links = listed(item("Visas"), item("Passports"), heading="Services")
    found = compare(reading(THREE, lists=[links]), reading(THREE))
    change = only(found, "list.vanished")
    assert (change.subject, change.significance) == ("Services", Significance.ALERT)
    assert kinds(found) == ["list.vanished"]


def test_first_list_has_appeared() -> None:
    found = compare(reading(), reading(THREE))
    assert kinds(found) == ["list.appeared"]
    assert only(found, "list.appeared").significance is Significance.NOTABLE


def test_vanished_list_whose_item_stands_elsewhere_tells_that_one_as_moved() -> None:
    box = listed(item("Visas"), item("Passports"), item("Notary"), heading="Services")
    found = compare(reading(THREE, lists=[box]), reading([*THREE, item("Visas")]))
    assert kinds(found) == ["item.moved", "list.vanished"]


def test_list_split_in_two_has_moved_items_and_nothing_vanished() -> None:
    whole = [item(name) for name in ("Alpha", "Bravo", "Charlie", "Delta", "Echo")]
    after = reading(lists=[listed(*whole[:3], heading="First"), listed(*whole[3:], heading="Second")])
    found = compare(reading(whole), after)
    assert story(found) == {"Delta": "moved", "Echo": "moved"}
    assert "list.vanished" not in kinds(found)


def test_renamed_list_keeps_its_items_and_its_heading_is_edited() -> None:
    found = compare(
        reading(lists=[listed(*THREE, heading="News")]), reading(lists=[listed(*THREE, heading="Newsroom")])
    )
    change = only(found, "text.edited")
    assert (change.before and change.before.text, change.after and change.after.text) == ("News", "Newsroom")
    assert kinds(found) == ["text.edited"]


def test_lists_that_changed_places_keep_their_partners() -> None:
    news, box = listed(*THREE, heading="News"), listed(item("Visas"), item("Passports"), heading="Services")
    assert kinds(compare(reading(lists=[news, box]), reading(lists=[box, news]))) == []


def test_lists_of_other_headings_with_nothing_in_common_are_one_gone_and_one_come() -> None:
    before = reading(lists=[listed(item("Visas"), item("Passports"), heading="Services")])
    after = reading(lists=[listed(item("Jobs"), item("Tenders"), heading="Offers")])
    assert kinds(compare(before, after)) == ["list.appeared", "list.vanished"]


def test_closing_link_that_reads_otherwise_is_told() -> None:
    from monitor.model.reading import ItemList

    before = ItemList(items=tuple(THREE), more=Link(text="all messages"))
    after = ItemList(items=tuple(THREE), more=Link(text="older messages"))
    assert kinds(compare(reading(lists=[before]), reading(lists=[after]))) == ["text.edited"]


def test_replaced_list_seen_in_reverse_is_routine() -> None:
    found = compare(reading(OTHER, day=AUGUST), reading(THREE))
    assert only(found, "list.replaced").significance is Significance.ROUTINE


def test_order_is_not_doubted_where_a_new_date_tells_why_two_neighbours_stand_wrong() -> None:
    before = dated("20.06.2020 Talks in Minsk", "15.06.2020 Letter of the minister", "10.06.2020 Press review")
    after = dated("20.06.2020 Talks in Minsk", "08.06.2020 Letter of the minister", "10.06.2020 Press review")
    found = compare(reading(before), reading(after, day=AUGUST))
    assert "item.redated" in kinds(found)
    assert [each for each in found.checks if each.check == "order"] == []
