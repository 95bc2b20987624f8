"""Claims about `monitor read`: every noun of a reading is shown, and the JSON is what its schema promises."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from jsonschema import Draft202012Validator

from monitor.model.reading import (
    Clock,
    Counter,
    Field,
    Figure,
    Item,
    ItemList,
    Lead,
    Link,
    Reading,
    Section,
    Stamp,
    Suspicion,
    When,
)  # fmt: skip
from monitor.report import READING_RENDERERS, render_reading, schema
from monitor.report.columns import columns_of
from tests import samples
from tests.replacing import replace

FULL = Reading(
    source="pages/consulate.html",
    sha256="0" * 64,
    size=12345,
    media_type="text/html",
    language="en",
    title="Consulate General",
    page_date=When(text="4 July 2020", year=2020, month=7, day=4),
    stamps=(
        Stamp(
            label="as on",
            when=When(text="27 April 2020, 08:00 GMT+5:30", year=2020, month=4, day=27, clock="08:00", utc_offset=330),
        ),
        Stamp(label="updated", when=When(text="2 hours ago", ago=7200)),
    ),
    clocks=(Clock(place="Moscow", time="08:25", zone="Europe/Moscow"), Clock(place="Atlantis", time="07:25")),
    fields=(Field(label="Consular queries", value="+44 (0) 203 668 7474", target="tel:+442036687474"),),
    counters=(
        Counter(label="passed", text="853 days have passed", value=853, unit="day", direction="up"),
        Counter(label="left", text="2 months left", value=2, unit="month", direction="down"),
    ),
    figures=(Figure(label="Active cases", value=19868, text="19,868"),),
    lead=Lead(
        title="Interview",
        date=When(text="10 February 2020", year=2020, month=2, day=10),
        paragraphs=("The first paragraph.", "The second.", "The third."),
    ),
    lists=(
        ItemList(
            heading="Press releases",
            items=(
                Item(
                    title="A release",
                    date=When(text="25.06", month=6, day=25),
                    url="https://example.org/1",
                    teaser="A teaser.",
                    values=(("section", "Politics"),),
                    figures=(Figure(label="views", value=7, text="7"),),
                ),
                Item(title="Undated"),
            ),
            more=Link(text="all messages", url="https://example.org/all"),
        ),
    ),
    sections=(Section(heading="Visas", paragraphs=("Bring two photographs.", "Book ahead.")),),
    furniture=("Home", "Contacts"),
    suspicions=(Suspicion(sign="truncated", reason="the list breaks off in the middle"),),
    limits=("The page is nested 80,000 deep; it was read flat.",),
)


@pytest.mark.parametrize("format", READING_RENDERERS)
def test_reading_is_as_it_was_when_somebody_read_it(format: str, golden: Callable[[str, str], None]) -> None:
    golden(f"reading/{format}.{'json' if format == 'json' else 'txt'}", render_reading(FULL, format))


@pytest.mark.parametrize("format", READING_RENDERERS)
def test_every_noun_is_shown(format: str) -> None:
    said = " ".join(render_reading(FULL, format).split())
    for text in (
        "Consulate General", "4 July 2020" if format != "json" else "2020-07-04", "27 April 2020", "Moscow", "08:25",
        "Consular queries", "853", "19,868", "Interview", "The first paragraph.", "Press releases", "A release",
        "Undated", "all messages", "Visas", "Bring two photographs.", "Contacts", "breaks off", "read flat",
    ):  # fmt: skip
        assert text in said


@pytest.mark.parametrize("reading", [FULL, samples.JULY, replace(samples.JULY, page_date=None)])
def test_json_is_valid_by_the_schema(reading: Reading) -> None:
    told = json.loads(render_reading(reading, "json"))
    Draft202012Validator(json.loads(schema("reading"))).validate(told)


def test_keys_stand_in_the_order_of_the_contract() -> None:
    told = json.loads(render_reading(FULL, "json"))
    assert list(told)[:13] == [
        "schema", "source", "title", "page_date", "stamps", "clocks", "fields", "counters", "figures", "lead", "lists",
        "sections", "furniture",
    ]  # fmt: skip
    assert list(told["lists"][0]["items"][0])[:5] == ["date", "title", "url", "teaser", "figures"]


def test_dates_are_as_precise_as_the_page_and_no_more() -> None:
    told = json.loads(render_reading(FULL, "json"))
    assert told["stamps"][0]["at"] == "2020-04-27T08:00+05:30"
    assert told["stamps"][1]["at"] == "2020-07-04"
    assert told["lists"][0]["items"][0]["date"] == "2020-06-25"
    assert told["counters"][0]["origin"] == "2018-03-04"
    assert re.fullmatch(r"2020-\d\d-\d\d/2020-\d\d-\d\d", told["counters"][1]["origin"])


@pytest.mark.parametrize("format", ["text", "terminal"])
@pytest.mark.parametrize("width", [40, 60, 100])
def test_no_line_is_wider_than_asked(format: str, width: int) -> None:
    text = render_reading(FULL, format, width=width)
    assert [line for line in text.splitlines() if columns_of(line) > width] == []


@pytest.mark.parametrize("format", ["text", "terminal"])
def test_nothing_of_a_page_acts(format: str) -> None:
    hostile = replace(
        FULL,
        title=samples.HOSTILE,
        source=samples.HOSTILE,
        fields=(Field(label=samples.HOSTILE, value=samples.HOSTILE),),
        furniture=(samples.HOSTILE,),
    )
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", render_reading(hostile, format))


@pytest.mark.parametrize("format", ["text", "terminal"])
def test_a_long_list_is_cut_with_the_number_left_out(format: str) -> None:
    long = replace(FULL, lists=(ItemList(items=tuple(Item(title=f"Item {index}") for index in range(1000))),))
    text = render_reading(long, format)
    assert "951 more: --format json lists all" in text
    assert text.count("\n") < 120
