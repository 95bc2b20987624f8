"""JSON or JSON Lines as text → its value. What breaks off is read as far as it goes; other broken text is not."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from monitor.model.reading import Suspicion
from monitor.read.formats.markup import plain

# A text that ends so close behind the fault breaks off there; elsewhere it is a fault of what wrote it.
_AT_END = 8
_LONGEST_END = 60
# Programs put these before JSON so that no page can run it.
_GUARDS = (")]}',", ")]}'", "for(;;);", "while(1);")


class Value(NamedTuple):
    """`value` is of dicts, lists, strings, numbers that JSON can write, bools and None."""

    value: object
    suspicions: tuple[Suspicion, ...] = ()
    limits: tuple[str, ...] = ()


class Broken(NamedTuple):
    """`why` says what is wrong with it and where."""

    why: str


def parse_json(text: str) -> Value | Broken:
    """The value of a JSON text, or the list of the values of its lines; Broken where it is neither."""
    text = text.lstrip("\ufeff")
    for guard in _GUARDS:
        text = text.removeprefix(guard)
    repeated: set[str] = set()
    try:
        return Value(value=_loads(text, repeated), limits=_of_repeated(repeated))
    except json.JSONDecodeError as error:
        return _lines(text, error) or _broken_off(text, error) or Broken(_why(error))
    except (ValueError, RecursionError) as error:
        is_deep = isinstance(error, RecursionError)
        return Broken("it nests its values too deep" if is_deep else "a number in it has too many digits")


def _loads(text: str, repeated: set[str] | None = None) -> object:
    """The value; keys that stand twice in one object join the `repeated`."""
    if repeated is None:
        return json.loads(text, parse_float=_number, parse_constant=str)

    def made(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            repeated.update(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        return found

    return json.loads(text, parse_float=_number, parse_constant=str, object_pairs_hook=made)


def _of_repeated(keys: set[str]) -> tuple[str, ...]:
    if not keys:
        return ()
    more = f" and {len(keys) - 1} more" if len(keys) > 1 else ""
    return (f"The key “{_shown(min(keys))}”{more} stands more than once in one object: its last value was read.",)


def _shown(key: str) -> str:
    return plain(key)[:_LONGEST_END]


def _number(text: str) -> float | str:
    """A number that is beyond all floats stays what was written: infinity is no JSON."""
    number = float(text)
    return number if math.isfinite(number) else text


def _why(error: json.JSONDecodeError) -> str:
    return f"{error.msg.rstrip(':').lower()} at line {error.lineno}, column {error.colno}"


def _lines(text: str, error: json.JSONDecodeError) -> Value | None:
    """The values of the lines, where the first of them is one by itself; lines that are none are counted."""
    lines = [line for line in text.split("\n") if line.strip(" \t\x1e")]
    if error.msg != "Extra data" or len(lines) < 2:
        return None
    values, bad = [], []
    for number, line in enumerate(lines):
        try:
            values.append(_loads(line.strip(" \t\x1e")))
        except (ValueError, RecursionError):
            bad.append(number)
    if not all(isinstance(each, (dict, list)) for each in values) or 2 * len(bad) > len(lines):
        return None
    if bad == [len(lines) - 1] and not text.endswith("\n"):
        return Value(value=values, suspicions=(_suspicion(lines[-1]),))
    lost = "One line is" if len(bad) == 1 else f"{len(bad)} lines are"
    return Value(value=values, limits=(f"{lost} no JSON and left out.",) if bad else ())


def _broken_off(text: str, error: json.JSONDecodeError) -> Value | None:
    """What can be read of a text that ends too early: all values that are whole, and what holds them closed."""
    bare = text.rstrip()
    is_at_end = error.pos >= len(bare) - _AT_END or error.msg.startswith("Unterminated string")
    cut = _last_whole(bare) if is_at_end else None
    if cut is None:
        return None
    try:
        return Value(value=_loads(cut), suspicions=(_suspicion(bare),))
    except (ValueError, RecursionError):
        return None


def _suspicion(text: str) -> Suspicion:
    said = " ".join(text.split())[-_LONGEST_END:]
    return Suspicion(sign="truncated", reason=f"The file breaks off after “{said}”: its brackets are never closed.")


def _last_whole(text: str) -> str | None:
    """The text up to the end of a value, its brackets closed: of the last whole one in the outermost open array.

    What is whole of a record that is not would look like a record somebody had touched.
    """
    stack: list[str] = []
    ends: dict[int, int] = {}
    for token in _marks().finditer(text):
        mark = token[0]
        if mark in "{[":
            stack.append("}" if mark == "{" else "]")
            ends.pop(len(stack), None)
        elif mark in "}]":
            if not stack or stack.pop() != mark:
                return None
            ends[len(stack)] = token.end()
        elif mark == ",":
            ends[len(stack)] = token.start()
    depths = [depth for depth in range(1, len(stack) + 1) if depth in ends]
    depth = next((depth for depth in depths if stack[depth - 1] == "]"), depths[-1] if depths else 0)
    return text[: ends[depth]] + "".join(reversed(stack[:depth])) if depth else None


@cache
def _marks() -> re.Pattern[str]:
    """Strings, whole or not, and the marks between values."""
    return re.compile(r'"(?:[^"\\]|\\.|\\\Z)*(?:"|\Z)|[\[\]{},]', re.DOTALL)
