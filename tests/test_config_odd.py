"""Whatever stands in place of any value of config.yaml, it is taken, or refused in lines that a person can read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from monitor.config import _checked
from monitor.config.document import document_of
from monitor.errors import ConfigError

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = (ROOT / "config.yaml").read_text("utf-8")
WHOLE = re.sub(r"^( {4})?# (?=( *)(?:- )?[a-z_]+:)", r"\1", EXAMPLE, flags=re.MULTILINE)
ODD: tuple[object, ...] = (
    None, [], {}, [[]], [None], {"a": "b"}, [{"a": None}], "", " ", "\n", "\0", "é", "\ud7ff", "٣", "１２h", "9" * 400, "-1", "1e5",
    "x" * 3000, "*/0", "* * * * *", "http://[", "https://a:b@c", "[::1", ":", "1:2:3", "0.0000001 MB", "$", "${", "@", "%s", "{}",
)  # fmt: skip


def _places(value: object) -> Iterator[tuple[Any, Any]]:
    """Every mapping or list inside, with each of its keys or indices."""
    for key, each in list(value.items()) if isinstance(value, dict) else list(enumerate(cast("list[object]", value))):
        yield value, key
        if isinstance(each, dict | list):
            yield from _places(each)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd)[:20])
def test_no_odd_value_is_more_than_a_line(odd: object) -> None:
    document = document_of(WHOLE)
    told: list[str] = []
    for inside, key in list(_places(document)):
        kept, inside[key] = inside[key], odd
        try:
            _checked(document, "config.yaml")
        except ConfigError as error:
            told += error.problems
        inside[key] = kept
    assert told
    assert [each for each in told if len(each) >= 400 or "\n" in each] == []
