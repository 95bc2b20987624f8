"""JSON: like objects are items, single values fields, figures and stamps by their path; layout says nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from monitor import compare
from monitor.model.change import Change, ChangeKind as Kind
from monitor.model.comparison import Comparison, Verdict
from monitor.model.reading import Reading
from tests.formats import captured

STATUS: dict[str, Any] = {
    "page": {"id": "p1", "name": "Ferry services", "updated_at": "2024-05-20T08:00:00Z"},
    "status": {"indicator": "none", "description": "All lines run"},
    "components": [
        {"id": "c1", "name": "Northern line", "status": "operational", "position": 1},
        {"id": "c2", "name": "Southern line", "status": "operational", "position": 2},
    ],
    "incidents": [],
    "boats": 7,
    "request_id": "8d7f0a",
}


def document(value: object, day: str = "2024-05-20") -> Reading:
    return captured(json.dumps(value), "application/json", day)


def compared(before: object, after: object) -> Comparison:
    return compare(document(before), document(after, "2024-05-21"))


def findings(before: object, after: object) -> list[tuple[str, str]]:
    return [(each.kind.value, each.subject) for each in compared(before, after).changes if each.is_finding]


def with_(path: str, value: object) -> dict[str, Any]:
    """STATUS with another value at a path."""
    copy: dict[str, Any] = json.loads(json.dumps(STATUS))
    place: Any = copy
    *parents, last = path.split("/")
    for name in parents:
        place = place[int(name) if name.isdigit() else name]
    place[last] = value
    return copy


def test_a_document_is_its_title_fields_figures_stamps_and_lists() -> None:
    reading = document(STATUS)
    assert reading.title == "Ferry services"
    assert {each.label: each.value for each in reading.fields} == {
        "page.id": "p1",
        "status.description": "All lines run",
        "status.indicator": "none",
    }
    assert [(each.label, each.value) for each in reading.figures] == [("boats", 7)]
    assert [each.label for each in reading.stamps] == ["page.updated_at"]
    assert [(each.heading, [item.title for item in each.items]) for each in reading.lists] == [
        ("components", ["Northern line", "Southern line"]),
        ("incidents", []),
    ]


@pytest.mark.parametrize(
    ("path", "value", "kind", "subject"),
    [
        ("status/indicator", "minor", Kind.FIELD_CHANGED, "status.indicator"),
        ("boats", 6, Kind.FIGURE_CHANGED, "boats"),
        ("components/0/status", "degraded", Kind.ITEM_EDITED, "Northern line"),
        ("components/1/name", "Eastern line", Kind.ITEM_RETITLED, "Eastern line"),
        ("page/name", "Boat services", Kind.TITLE_CHANGED, "Boat services"),
    ],
)
def test_one_value_that_changed_is_exactly_that_finding(path: str, value: object, kind: Kind, subject: str) -> None:
    assert findings(STATUS, with_(path, value)) == [(kind.value, subject)]


def test_an_edit_names_the_value_by_its_label() -> None:
    [change] = _told(compared(STATUS, with_("components/0/status", "degraded")))
    assert [(edit.part, edit.before, edit.after) for edit in change.edits] == [("status", "operational", "degraded")]


def _told(found: Comparison) -> list[Change]:
    return [each for each in found.changes if each.is_finding]


def test_a_build_time_and_a_request_s_number_are_routine() -> None:
    moved = {**with_("page/updated_at", "2024-05-21T08:00:00Z"), "request_id": "11aa22"}
    assert compared(STATUS, moved).verdict is Verdict.ROUTINE


def test_a_number_of_seconds_under_a_time_s_name_is_a_stamp() -> None:
    [stamp] = document({"generated": 1716192000, "items": ["One"]}).stamps
    assert (stamp.label, stamp.when.iso(None), stamp.when.clock) == ("generated", "2024-05-20", "08:00:00")


def test_a_count_inside_an_item_is_routine() -> None:
    rows = [{"title": f"Line {name} opens again", "views": 10} for name in ("one", "two", "three")]
    assert compared(rows, [{**rows[0], "views": 99}, *rows[1:]]).verdict is Verdict.ROUTINE


def test_a_first_incident_is_one_finding() -> None:
    assert len(findings(STATUS, with_("incidents", [{"id": "i1", "name": "Fog in the sound"}]))) == 1


def test_strings_in_an_array_are_items() -> None:
    assert findings({"closed": ["Pier", "Lock"]}, {"closed": ["Pier", "Lock", "Bridge"]}) == [
        (Kind.ITEM_ADDED.value, "Bridge")
    ]


def test_a_map_of_like_objects_is_a_list_under_their_names() -> None:
    rates = {name: {"buy": 1.5, "sell": 1.75} for name in ("crown", "florin", "ducat")}
    [only] = document({"rates": rates}).lists
    assert [item.title for item in only.items] == ["crown", "ducat", "florin"]
    assert findings({"rates": rates}, {"rates": {**rates, "ducat": {"buy": 1.5, "sell": 2}}}) == [
        (Kind.ITEM_EDITED.value, "ducat")
    ]


def test_a_large_map_of_single_values_is_a_list() -> None:
    words = {f"key {number}": f"word {number}" for number in range(40)}
    assert findings(words, {**words, "key 7": "another"}) == [(Kind.ITEM_EDITED.value, "key 7")]


def test_rows_without_names_are_a_table() -> None:
    rows = [["Line", "State"], ["North", "open"], ["South", "closed"]]
    [only] = document({"data": rows}).lists
    assert [(item.title, item.values) for item in only.items] == [
        ("North", (("State", "open"),)),
        ("South", (("State", "closed"),)),
    ]


def test_a_long_value_is_a_text_and_its_edit_marked_by_word() -> None:
    text = "The northern line runs every hour from six in the morning to ten at night. " * 3
    [change] = _told(compared({"terms": text}, {"terms": text.replace("ten", "nine", 1)}))
    assert (change.kind, change.place) == (Kind.TEXT_EDITED, "terms")


def test_markup_in_a_value_is_not_shown() -> None:
    assert document({"note": "<p>Low &amp; <b>high</b> tide</p>"}).fields[0].value == "Low & high tide"


def test_wrappers_of_titles_and_records_are_seen_through() -> None:
    rows = [
        {"id": n, "attributes": {"title": {"rendered": f"Notice {n} of many"}}, "author": {"name": "Al"}}
        for n in (1, 2)
    ]
    [only] = document({"data": rows}).lists
    assert [item.title for item in only.items] == ["Notice 1 of many", "Notice 2 of many"]


def test_an_error_message_in_place_of_the_document_is_suspect() -> None:
    [doubt] = document({"error": {"code": 503, "message": "Try again later"}}).suspicions
    assert doubt.sign == "error"
    assert compared(STATUS, {"error": "rate limit exceeded"}).verdict is Verdict.SUSPECT


@pytest.mark.parametrize("value", ["NaN", "1e999", "123456789012345678901234567890", '"\\ud800"', "1.0", "-0"])
def test_odd_numbers_and_letters_are_the_same_as_themselves(value: str) -> None:
    text = f'{{"a": {value}, "rows": [{{"name": "x", "b": {value}}}]}}'
    assert compare(captured(text), captured(f" {text}")).verdict is Verdict.IDENTICAL


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=5),
    max_leaves=25,
)


@given(_values, st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_the_order_of_keys_and_white_space_say_nothing(value: object, chance: Any) -> None:
    one = captured(json.dumps(value), "application/json")
    other = captured(json.dumps(_shuffled(value, chance), indent=3, ensure_ascii=False), "application/json")
    assert compare(one, other).verdict in (Verdict.IDENTICAL, Verdict.SUSPECT)
    assert compare(one, other).changes == compare(one, one).changes


def _shuffled(value: object, chance: Any) -> object:
    if isinstance(value, list):
        return [_shuffled(each, chance) for each in value]
    if not isinstance(value, dict):
        return value
    names = list(value)
    chance.shuffle(names)
    return {name: _shuffled(value[name], chance) for name in names}


def test_a_key_that_stands_twice_is_told() -> None:
    reading = captured('{"price": 5, "unit": "kg", "price": 6}', "application/json")
    assert reading.limits == ("The key “price” stands more than once in one object: its last value was read.",)
