"""A list that one capture shows as a list and the other, one link shorter, as a menu is no list that came or went."""

from __future__ import annotations

import pytest

from monitor.compare import compare
from monitor.compare.revival import revived
from monitor.model.reading import Field, Item, ItemList, Reading, Section

TITLES = ("Order no 98", "Order no 29", "Order no 76", "Order no 28", "Order no 14", "Order: Dredger to be let")
ITEMS = tuple(Item(title=title, url=f"https://port.example.org/{n}") for n, title in enumerate(TITLES))
BODY = Section(
    heading=None, paragraphs=("The quay is open again. Lorries may use it by day, and by night with a permit.",)
)
MENU = ("Port of Sandvik", "Visitors", "Tides")


def reading(*, lists: tuple[ItemList, ...] = (), more: tuple[str, ...] = (), **parts: object) -> Reading:
    sections = (BODY, *([Section(heading="Orders", paragraphs=())] if not lists else []))
    plain = Reading(source="page", sha256="", size=0, media_type="text/html", title="Port of Sandvik")
    return plain._replace(lists=lists, sections=sections, furniture=(*MENU, *more))._replace(**parts)  # type: ignore[arg-type]


AS_LIST = reading(lists=(ItemList(items=ITEMS, heading="Orders"),))
SHORTER = reading(more=TITLES[1:5], fields=(Field(label="Order", value="Dredger to be let"),))


def told(before: Reading, after: Reading) -> list[tuple[str, str]]:
    return [(change.kind.value, change.subject) for change in compare(before, after).changes]


def test_one_link_less_is_one_item_removed() -> None:
    assert told(AS_LIST, SHORTER) == [("item.removed", "Order no 98")]


def test_one_link_more_is_one_item_added() -> None:
    assert told(SHORTER, AS_LIST) == [("item.added", "Order no 98")]


def test_a_link_amid_those_of_the_menu_that_was_a_list_is_an_item_added() -> None:
    longer = reading(more=(*TITLES[:2], "Order no 3", *TITLES[2:]))
    assert told(AS_LIST, longer) == [("item.added", "Order no 3")]
    assert told(longer, AS_LIST) == [("item.removed", "Order no 3")]


def test_a_name_that_entries_of_other_lists_bear_too_does_not_keep_a_list_from_its_entries() -> None:
    orders = tuple(Item(title=title) for title in (*TITLES, "Order", "Order", "Order", "Order", "Order", "Order"))
    other = ItemList(items=tuple(Item(title=title) for title in ("Order", "Tide table", "Chart")), heading="Papers")
    as_list = reading(lists=(ItemList(items=orders, heading="Orders"), other))
    as_menu = reading(lists=(other,), more=tuple(item.title for item in orders[1:]))
    assert told(as_list, as_menu) == [("item.removed", "Order no 98")]


def test_a_list_whose_entries_are_gone_has_vanished() -> None:
    assert "list.vanished" in [kind for kind, _ in told(AS_LIST, reading(more=TITLES[:2]))]


def test_a_list_that_only_a_menu_on_both_sides_repeats_has_vanished() -> None:
    before = AS_LIST._replace(furniture=(*MENU, *TITLES))
    assert "list.vanished" in [kind for kind, _ in told(before, reading(more=TITLES))]


@pytest.mark.parametrize("sides", [(AS_LIST, AS_LIST), (SHORTER, SHORTER)], ids=["list", "menu"])
def test_what_reads_alike_is_left_alone(sides: tuple[Reading, Reading]) -> None:
    assert revived(*sides) == sides
