"""Pages changed on purpose: what changes nothing brings no finding, what is done to one item brings just that one."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from benchmarks import invented, mutations
from benchmarks.deeds import DEEDS
from benchmarks.mutations import Ground
from benchmarks.neutral import FOR_HTML
from benchmarks.real_pages import Page, pages
from monitor import compare, read
from monitor.model.snapshot import Snapshot

SEEDS = Path(__file__).parent.parent / "seeds"


@cache
def ground(number: int) -> Ground:
    """An invented page; the same number gives the same page."""
    snapshot = Snapshot(
        source="page",
        body=invented.page(Random(number)).encode(),
        captured_at=datetime(2024, 5, 17, 9, tzinfo=UTC),
        media_type="text/html",
        url="https://works.example.org/",
    )
    found = mutations.prepared(Page(f"invented {number}", snapshot, is_aside=False))
    assert found
    return found


@cache
def seeds() -> list[Ground]:
    found = [mutations.prepared(page) for page in pages([str(SEEDS)], 2)]
    return [each for each in found if each]


def wrong(page: Ground, mutation: str, number: int) -> list[str]:
    played = mutations.play(page, mutation, Random(number))
    if played is None:
        return []
    return list(mutations.faults(compare(page.reading, read(played.after)), played))


often = settings(max_examples=40, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("mutation", [mutations.AS_IT_CAME, *FOR_HTML, mutations.ENCODED])
@given(number=st.integers(0, 59), chance=st.integers(0, 10**6))
@often
def test_a_page_written_otherwise_brings_no_finding(mutation: str, number: int, chance: int) -> None:
    assert wrong(ground(number), mutation, chance) == []


@pytest.mark.parametrize("deed", DEEDS)
@given(number=st.integers(0, 59), chance=st.integers(0, 10**6))
@often
def test_what_is_done_to_an_item_brings_just_that_finding(deed: str, number: int, chance: int) -> None:
    page = ground(number)
    assert not page.found or wrong(page, deed, chance) == []


@pytest.mark.parametrize("mutation", ["white space", mutations.ENCODED, *DEEDS])
@given(which=st.integers(0, 1), chance=st.integers(0, 10**6))
@settings(often, max_examples=10)
def test_the_same_holds_for_the_text_captures(mutation: str, which: int, chance: int) -> None:
    page = seeds()[which]
    assert len(page.found) > 5
    assert wrong(page, mutation, chance) == []


def test_a_wrong_finding_is_noticed() -> None:
    page = ground(1)
    played = mutations.play(page, "deleted", Random(1))
    assert played
    same = compare(page.reading, page.reading)
    assert [line.partition(" ")[0] for line in mutations.faults(same, played)] == ["missing"]
    neutral = mutations.Round(played.after)
    assert [
        line.partition(" item")[0] for line in mutations.faults(compare(page.reading, read(played.after)), neutral)
    ] == ["too much"]


def test_most_items_of_the_invented_pages_can_be_placed() -> None:
    grounds = [ground(number) for number in range(30)]
    items = sum(len(each.items) for page in grounds for each in page.reading.lists)
    assert sum(len(page.found) for page in grounds) > 0.6 * items
