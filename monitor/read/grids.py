"""The rows of a grid of cards → one list: rows that are lists, and the last one, which may be too short for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from monitor.read.records import without_group_headings
from monitor.read.units import Unit

if TYPE_CHECKING:
    from monitor.read.lists import Found

# A grid is cut in rows of so many at most; a wrapper with more titles that is no list is no row either.
WIDEST_ROW = 6


def join_rows(lists: list[Found]) -> list[Found]:
    """The rows of a grid, put together: lists of one role and about one length, one right after the other."""
    if len(lists) == 1:
        return lists
    joined: list[Found] = []
    for rows in _runs_of_rows(lists):
        width = len(rows[0].records)
        is_even = all(abs(len(each.records) - width) <= 1 for each in rows[:-1])
        is_grid = len(rows) > 1 and is_even and len(rows[-1].records) <= width + 1
        if is_grid:
            joined.append(rows[0]._replace(records=tuple(record for each in rows for record in each.records)))
        else:
            joined.extend(rows)
    return joined


def _runs_of_rows(lists: list[Found]) -> Iterator[list[Found]]:
    """Lists no wider than a row and of one role, one right after the other; every other list by itself."""
    run = [lists[0]]
    for found in lists[1:]:
        last = run[-1]
        is_like = last.last == found.first and last.role == found.role and last.is_menu == found.is_menu
        if is_like and is_row(last.records) and is_row(found.records):
            run.append(found)
        else:
            yield run
            run = [found]
    yield run


def is_row(parts: Sequence[object]) -> bool:
    return len(parts) <= WIDEST_ROW


def split_rows(units: list[Unit], parts_of: Mapping[int, list[Unit]]) -> list[Unit]:
    """The units, less each row that seemed one card since one of its titles is longer by far: in place of it its cards.

    `parts_of` are the children of a unit, by its identity.
    """
    if not any(not unit.is_list and 1 < len(parts_of.get(id(unit), ())) <= WIDEST_ROW for unit in units):
        return units
    lists = [parts for unit in units if unit.is_list and is_row(parts := parts_of.get(id(unit), []))]
    rows = set(map(kind_of_parts, lists)) - {("", "")}
    split: list[Unit] = []
    for unit in units:
        parts = parts_of.get(id(unit), [])
        is_split = not unit.is_list and 1 < len(parts) <= WIDEST_ROW and all(part.role for part in parts)
        split.extend(parts if is_split and kind_of_parts(parts) in rows else [unit])
    return split


def kind_of_parts(parts: Sequence[Unit]) -> tuple[str, str]:
    """The role and tag of all of them that have a title; nothing where they differ."""
    kinds = {(part.role, part.tag) for part in without_group_headings([part for part in parts if part.role])}
    return kinds.pop() if len(kinds) == 1 else ("", "")
