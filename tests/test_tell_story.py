"""Claims about the story of a page in a store: captures that cannot be read, or were taken out, are told as unseen."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.report import STORY_RENDERERS, render_story
from monitor.store.folder import Store
from monitor.watch.project import Project
from monitor.watch.tell_story import Told, tell_story
from tests.stored import NOON, notices, put


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Six captures a day apart, one notice more each day; the third is no text."""
    store = Store(str(tmp_path / "snapshots"))
    names = "ABCDEFGHIJ"
    bodies = [notices(*[names[at] for at in range(day + 3, -1, -1)]) for day in range(6)]
    bodies[2] = "\0\1\2\3" * 64
    put(store, *bodies)
    return store


def _told(store: Store) -> Told:
    return tell_story(Project(f"{store.folder}/none.yaml", store.folder), "harbour")


def _without_blanks(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\\", "").replace('<bdi dir="auto">', ""))


def test_a_capture_that_cannot_be_read_is_in_the_story_with_its_fault(store: Store) -> None:
    told = _told(store)
    (untold,) = told.story.untold
    assert untold.capture.at == NOON + timedelta(days=2)
    assert told.faults == (untold.fault,)
    assert [(gap.before, gap.after) for gap in told.story.gaps] == [(1, 2)]


def test_a_capture_that_is_missing_is_in_the_story_with_its_fault(store: Store) -> None:
    Path(store.path(store.captures("harbour")[3].file)).unlink()
    faults = [untold.fault or "" for untold in _told(store).story.untold]
    assert [re.search("missing|binary", fault) is not None for fault in faults] == [True, True]
    assert [(gap.before, gap.after) for gap in _told(store).story.gaps] == [(1, 2)]


def test_a_capture_that_was_taken_out_and_put_back_by_hand_is_told_once(store: Store) -> None:
    capture = store.captures("harbour")[3]
    content = Path(store.path(capture.file)).read_bytes()
    with store.writing() as writer:
        writer.prune(store.entry(capture), NOON + timedelta(days=9))
    Path(store.path(capture.file)).write_bytes(content)
    assert [each.taken_out for each in _told(store).story.untold] == [None, None]


def test_captures_that_were_taken_out_are_in_the_story_with_the_day(store: Store) -> None:
    with store.writing() as writer:
        for capture in store.captures("harbour")[3:5]:
            writer.prune(store.entry(capture), NOON + timedelta(days=9))
    story = _told(store).story
    assert [each.taken_out for each in story.untold] == [None, *[NOON + timedelta(days=9)] * 2]
    assert [(gap.before, gap.after, gap.length.days) for gap in story.gaps] == [(1, 2, 4)]


def test_a_capture_that_was_put_in_again_is_not_missing(store: Store) -> None:
    capture = store.captures("harbour")[4]
    body = store.load(capture).body
    with store.writing() as writer:
        writer.prune(store.entry(capture), NOON + timedelta(days=9))
    put(store, body.decode(), first=4)
    assert len(_told(store).story.moments) == 5
    assert [each.fault is None for each in _told(store).story.untold] == [False]


@pytest.mark.parametrize("format", [each for each in STORY_RENDERERS if each != "json"])
def test_every_format_tells_what_cannot_be_told(store: Store, format: str) -> None:
    with store.writing() as writer:
        for capture in store.captures("harbour")[3:5]:
            writer.prune(store.entry(capture), NOON + timedelta(days=9))
    said = _without_blanks(render_story(_told(store).story, format, width=1000))
    assert "the capture of 6 July 2020, 12:00 UTC cannot be read: " in said
    assert "two captures between 7 and 8 July 2020 were taken out of the store on 13 July 2020" in said
    between = "between 5 and 9 July 2020, four days"
    assert f"{between}: no capture but one that cannot be read and two taken out of the store" in said
    assert "One capture cannot be read and two were taken out of the store." in said


def test_json_lists_what_cannot_be_told(store: Store) -> None:
    (untold,) = json.loads(render_story(_told(store).story, "json"))["untold"]
    assert untold["reference"] == "harbour@2020-07-06T12:00:00Z"
    assert "binary" in untold["fault"]
    assert untold["taken_out_at"] is None
