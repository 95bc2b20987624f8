"""Pairs of captures read by the rules in `config.yaml` of their folder; else as the cases of `test_cases`."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor import compare, read
from monitor.capture.from_file import load
from monitor.config import load as load_config
from monitor.model.change import ChangeKind
from monitor.model.comparison import Comparison
from monitor.model.reading import Reading
from monitor.read.explain import explain
from tests.test_cases import captures, expected_of, faults, mirror

CASES = sorted((Path(__file__).parent / "cases_by_rule").iterdir())


def sides(folder: Path) -> tuple[Reading, Reading]:
    [page] = load_config(str(folder / "config.yaml")).pages
    [before], [after] = captures(folder, "before."), captures(folder, "after.")
    one, other = (read(load(str(path))._replace(url=page.url), page.rules) for path in (before, after))
    return one, other


def compared(folder: Path) -> Comparison:
    return compare(*sides(folder))


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_case_is_told_as_expected(folder: Path) -> None:
    found = compared(folder)
    told = "\n".join(faults(expected_of(folder), found))
    assert not told, f"{(folder / 'why.md').read_text(encoding='utf-8').strip()}\n{told}"


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_swapping_the_sides_mirrors_the_kinds(folder: Path) -> None:
    before, after = sides(folder)
    forth = mirror(compare(before, after).changes, is_swapped=False)
    back = mirror(compare(after, before).changes, is_swapped=True)
    assert forth == back, f"only forth: {dict(forth - back)}\nonly back: {dict(back - forth)}"


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_capture_against_itself_says_nothing(folder: Path) -> None:
    for each in sides(folder):
        found = compare(each, each)
        assert [change for change in found.changes if change.kind is not ChangeKind.CAPTURE_SUSPECT] == []


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_an_explained_reading_is_the_reading(folder: Path) -> None:
    [page] = load_config(str(folder / "config.yaml")).pages
    for path in (*captures(folder, "before."), *captures(folder, "after.")):
        snapshot = load(str(path))
        assert explain(snapshot, page.rules).reading == read(snapshot, page.rules)
