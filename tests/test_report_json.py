"""Claims about the JSON: what the contract and the schema promise, and every text verbatim."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from monitor.model.change import ChangeKind as Kind, Side
from monitor.report import SCHEMAS, render, schema
from tests import samples
from tests.replacing import replace

KEYS = ["schema", "page", "before", "after", "elapsed_days", "verdict", "summary", "counts", "changes", "checks"]


@pytest.mark.parametrize("name", ["seed-like", "edited", "suspect"])
def test_json_is_as_it_was_when_somebody_read_it(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"json/{name}.json", render(samples.SAMPLES[name](), "json"))


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema(json.loads(schema(name)))


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_every_comparison_is_valid_by_the_schema(name: str) -> None:
    _validate(_loaded(name))


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_its_typed_keys(kind: Kind) -> None:
    value = "3" if kind.value.startswith("field.") else 3
    side = Side(text="A text", title="A title", date="2020-05-01", label="A label", value=value, unit="day")
    change = samples.change(kind, "A title", before=side, after=side, spans=samples.spans("[-a-]{+b+}"))
    told = json.loads(render(samples.compared(change), "json"))
    _validate(told)
    for key in ("before", "after"):
        bare = json.loads(json.dumps(told))
        side_keys = set(bare["changes"][0][key])
        bare["changes"][0][key] = {"text": "A text"}
        if side_keys != {"text"}:
            with pytest.raises(ValidationError):
                _validate(bare)


def test_keys_stand_in_the_order_of_the_contract() -> None:
    told = _loaded("edited")
    assert list(told)[: len(KEYS)] == KEYS
    assert list(told["before"]) == [
        "source", "captured_at", "page_date", "snapshot_day", "sha256", "bytes", "media_type",
    ]  # fmt: skip
    change = told["changes"][0]
    assert list(change) == ["kind", "significance", "subject", "before", "after", "reason", "edits"]
    assert list(told["checks"][2]) == ["check", "subject", "verdict", "standing", "expected", "found", "reason"]


def test_group_spans_edits_and_place_stand_only_where_there_are_such() -> None:
    for change in _loaded("seed-like")["changes"]:
        assert not {"group", "spans", "edits", "place"} & set(change)
    assert _loaded("mass")["changes"][0]["group"] == "relinked-1"


def test_every_text_has_its_spans() -> None:
    changes = [change for change in _loaded("edited")["changes"] if change["kind"].startswith("text.")]
    assert changes
    assert [change["spans"][0]["op"] for change in changes] == ["equal", "insert"]


def test_page_text_is_verbatim_and_yet_harmless_on_a_terminal() -> None:
    text = render(samples.hostile(), "json")
    assert json.loads(text)["changes"][0]["subject"] == samples.HOSTILE
    assert re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text) is None


def test_half_a_character_does_not_stop_it() -> None:
    change = samples.change(Kind.ITEM_ADDED, "half \ud83d of one")
    text = render(samples.compared(change), "json")
    assert json.loads(text.encode())["changes"][0]["subject"] == "half \ud83d of one"


def test_captures_are_dated_in_utc() -> None:
    told = _loaded("sameday")
    assert told["before"]["captured_at"] == "2020-07-04T05:25:00+00:00"
    assert told["before"]["page_date"] == "2020-07-04"


def test_limits_of_the_readings_are_in_it() -> None:
    before = replace(samples.JULY, limits=("Nested 80,000 deep, so read flat.",))
    told = json.loads(render(samples.compared(before=before), "json"))
    assert any("read flat" in limit for limit in told["limits"])


def _loaded(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(render(samples.SAMPLES[name](), "json"))
    return told


def _validate(told: object) -> None:
    Draft202012Validator(json.loads(schema("comparison"))).validate(told)
