"""The same value with some parts replaced, for the named tuples of the model."""

from __future__ import annotations

from typing import Any, TypeVar

_Value = TypeVar("_Value")


def replace(value: _Value, **changes: Any) -> _Value:
    """`value` with `changes`; ValueError for a part it does not have."""
    replaced: _Value = value._replace(**changes)  # type: ignore[attr-defined]
    return replaced
