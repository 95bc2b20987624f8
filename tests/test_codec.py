"""Readings as bytes: whatever a reading holds comes back as it was."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from monitor.model.reading import Figure, Item, ItemList, Lead, Reading, Section
from monitor.store.catalogue.codec import decode, encode
from tests.replacing import replace
from tests.samples import AUGUST, JULY
from tests.test_cases import captures, folders, reading

SEEDS = sorted((Path(__file__).parent.parent / "seeds").iterdir())
SHORT = Reading(source="", sha256="", size=0, media_type="")
PATHS = [*SEEDS, *(path for folder in folders() for side in ("before.", "after.") for path in captures(folder, side))]


def _bare(made: Reading) -> Reading:
    return replace(made, source="", captured_at=None)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_reading_of_a_page_comes_back_as_it_was(path: Path) -> None:
    made = reading(path)
    found = decode(encode(made))
    assert repr(found) == repr(_bare(made))
    assert found == _bare(made)


@settings(max_examples=60)
@given(st.from_type(Reading))
def test_any_reading_comes_back_as_it_was(made: Reading) -> None:
    assert repr(decode(encode(made))) == repr(_bare(made))


def test_half_a_surrogate_pair_comes_back_as_it_was() -> None:
    made = replace(JULY, title="\ud83d", sections=(Section("\udc00", ("\ud800\udc00",)),))
    assert decode(encode(made)).title == "\ud83d"


def test_what_a_capture_alone_is_known_by_is_not_kept() -> None:
    other = replace(JULY, source="elsewhere", captured_at=None)
    assert encode(other) == encode(JULY) != encode(AUGUST)


def test_the_bytes_are_few() -> None:
    """A page of a hundred notices, and the shortest reading there is."""
    figures = (Figure("Open", 1.5, "1,5"), Figure("Closed", 7, "7"))
    long = replace(SHORT, lists=(ItemList((Item("boats", figures=figures),) * 100),), lead=Lead("boats"))
    assert len(encode(long)) < len(repr(long)) / 20
    assert len(encode(SHORT)) < 60
    assert (decode(encode(SHORT)), decode(encode(long))) == (SHORT, long)


@pytest.mark.parametrize(
    "content", [b"", b"boats", encode(JULY)[:-9], *map(zlib.compress, (b"[]", b"[1]", b"{}", b"[", b"1"))]
)
def test_bytes_that_hold_no_reading_are_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="no reading"):
        decode(content)
