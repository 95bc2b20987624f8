"""Claims about captures that are hardly versions of one page: it is said, and only where next to nothing is shared."""

from __future__ import annotations

from monitor import compare
from monitor.model.reading import Field, Item, ItemList, Reading, Section, Suspicion
from tests.replacing import replace

MINISTRY = Reading(
    source="ministry.html",
    sha256="1" * 64,
    size=1000,
    media_type="text/html",
    title="Ministry of Fisheries",
    fields=(Field(label="Telephone", value="55 12 90"),),
    lists=(ItemList(items=tuple(Item(title=each) for each in ("Cod quota set", "Nets inspected", "Harbour open"))),),
)
BAKERY = Reading(
    source="bakery.html",
    sha256="2" * 64,
    size=1000,
    media_type="text/html",
    title="Grandmother's bread",
    sections=(
        Section(
            heading="Our oven",
            paragraphs=("It burns beech.", "Rye takes nine hours.", "Rolls leave at six each morning."),
        ),
    ),
)


def test_captures_with_nothing_in_common_are_said_to_be_perhaps_of_two_pages() -> None:
    found = compare(MINISTRY, BAKERY)
    assert found.are_strangers
    assert any("almost nothing in common" in limit for limit in found.limits)


def test_a_page_that_replaced_its_whole_list_is_still_the_page_of_its_title() -> None:
    replaced = replace(BAKERY, title=MINISTRY.title)
    assert not compare(MINISTRY, replaced).are_strangers


def test_a_field_in_common_makes_two_captures_kin() -> None:
    assert not compare(MINISTRY, replace(BAKERY, fields=MINISTRY.fields)).are_strangers


def test_a_text_rewritten_in_most_of_its_words_is_kin() -> None:
    edited = tuple(f"{each[:-1]}, as ever." for each in BAKERY.sections[0].paragraphs)
    rewritten = replace(BAKERY, title="Bread", sections=(Section(heading="Oven", paragraphs=edited),))
    assert not compare(BAKERY, rewritten).are_strangers


def test_an_error_page_tells_its_own_story() -> None:
    doubt = Suspicion(sign="error", reason="An error message.")
    assert not compare(MINISTRY, replace(BAKERY, suspicions=(doubt,))).are_strangers


def test_little_text_is_too_little_to_tell() -> None:
    one, other = (replace(MINISTRY, title=each, lists=(), fields=()) for each in ("One", "Two"))
    assert not compare(one, other).are_strangers
