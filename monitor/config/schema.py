"""What may stand in config.yaml → a JSON Schema (2020-12), by which editors complete and check it.

It is made from the entries, so that it cannot fall behind them. It knows less than they do: what keys say together, and
what a text means beyond its looks, `monitor config check` alone tells.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from monitor.config.entries import ConfigEntry

_TITLE = "config.yaml of monitor"


def schema_text() -> str:
    """The schema as JSON, in lines."""
    found = ConfigEntry.model_json_schema(schema_generator=_Plain)
    entries = found.pop("$defs")
    for entry in (found, *entries.values()):
        _plain(entry)
    told = {"$schema": GenerateJsonSchema.schema_dialect, "title": _TITLE, **found, "$defs": entries}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


class _Plain(GenerateJsonSchema):
    """Neither titles, which would repeat the keys, nor defaults, which are the program's values and none of YAML."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002  pydantic names what it hands over
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def _plain(entry: dict[str, Any]) -> None:
    """Without the name of its class; and a key that may be left out may also be there without a value."""
    entry.pop("title", None)
    for key, told in entry["properties"].items():
        if key not in entry.get("required", ()):
            about = told.pop("description")
            forms = told.get("anyOf", [told])
            entry["properties"][key] = {"description": about, "anyOf": [*forms, {"type": "null"}]}
