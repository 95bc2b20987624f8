"""The JSON Schema of config.yaml lets through what the program takes, and says what each key is."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from monitor.config import parse
from monitor.config.entries import all_entries
from monitor.config.schema import schema_text
from tests.test_config_watching import PAGE

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCKS = [
    block
    for document in DOCUMENTS
    for block in re.findall(r"^```yaml\n(.*?)^```$", document.read_text("utf-8"), re.MULTILINE | re.DOTALL)
]
EXAMPLE = (ROOT / "config.yaml").read_text("utf-8")
WHOLE = re.sub(r"^( {4})?# (?=( *)(?:- )?[a-z_]+:)", r"\1", EXAMPLE, flags=re.MULTILINE)


@cache
def validator() -> Draft202012Validator:
    schema = json.loads(schema_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def seen(text: str) -> object:
    """The text as an editor reads it, by YAML 1.2: numbers and booleans are such, dates are texts."""
    return _without_dates(YAML(typ="safe").load(text))


def _without_dates(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_dates(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_without_dates(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def complaints(text: str) -> list[str]:
    return [each.message for each in validator().iter_errors(seen(text))]


@pytest.mark.parametrize("text", [*BLOCKS, EXAMPLE, WHOLE])
def test_every_config_of_the_documents_is_let_through(text: str) -> None:
    assert parse(text).pages
    assert complaints(text) == []


@pytest.mark.parametrize(
    "line",
    [
        "documents: true", "documents: yes", "documents: on", "told_after: 3", 'told_after: "3"', "title: 2020", "title: no",
        "at: 07:00", 'at: ["07:00"]', "every: never", "every: 1h 30m", "keep: {days: 30}", "browser: true", "browser: no",
        "browser: {width: 800}", "request: {most_bytes: 20 MB}", "lists: article", "lead: {select: h1}", "tags:", "expect:",
        "expect: {counters: {label: a, origin: 2018-03-04, inclusive: false}, fields: {label: Room, value: 12}}",
        "cron: 0 9 * * mon-fri", "lag: 3d", "request: {headers: {name: X-Number, value: 5}}",
    ],
)  # fmt: skip
def test_what_the_program_takes_is_let_through_as_an_editor_sees_it(line: str) -> None:
    text = f"{PAGE}    {line}\n"
    assert parse(text).pages
    assert complaints(text) == []


@pytest.mark.parametrize(
    "line",
    [
        "titel: x", "every: 6 hours", "every: 6", "at: 7am", "cron: 0 9 * *", "documents: maybe", "told_after: 0",
        "browser: {wait: x}", "request: {robots: no}", "request: {most_bytes: 20}", "request: {login: {user: a, password: b}}",
        "expect: {counters: {label: a, origin: 4.3.2018}}", "keep: {days: 30, then: all}", "tags: {a: b}",
    ],
)  # fmt: skip
def test_what_the_program_refuses_for_its_looks_is_marked_in_the_editor_too(line: str) -> None:
    text = f"{PAGE}    {line}\n"
    with pytest.raises(Exception, match=r"config\.yaml"):
        parse(text)
    assert complaints(text)


def test_each_key_is_described_in_a_line() -> None:
    schema: dict[str, Any] = json.loads(schema_text())
    entries = [schema, *schema["$defs"].values()]
    assert len(entries) == len(set(all_entries()))
    for entry in entries:
        assert entry["additionalProperties"] is False
        for key, told in entry["properties"].items():
            assert 5 < len(told["description"]) < 100, key
            assert "title" not in told


def test_the_command_prints_it() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "monitor", "config", "schema"],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert (done.stdout, done.stderr) == (schema_text(), "")
    assert json.loads(done.stdout)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
