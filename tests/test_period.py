"""The words of a period and the moments that they mean."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.errors import InputError
from monitor.store.folder import Store
from monitor.watch.period import begin_of, end_of, yesterday
from monitor.watch.project import Project
from tests.stored import put

BERLIN = "Europe/Berlin"
NOW = datetime(2020, 7, 4, 23, 30, tzinfo=UTC)  # in Berlin it is the 5th


@pytest.fixture
def project(tmp_path: Path) -> Project:
    put(Store(str(tmp_path / "snapshots")), "boats", "ships")
    return Project(str(tmp_path / "config.yaml"))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "begin", "end"),
    [
        ("today", "2020-07-04T22:00", "2020-07-05T22:00"),
        ("yesterday", "2020-07-03T22:00", "2020-07-04T22:00"),
        ("2020-07-04", "2020-07-03T22:00", "2020-07-04T22:00"),
        ("2020-01-31", "2020-01-30T23:00", "2020-01-31T23:00"),
        ("2020-03-29", "2020-03-28T23:00", "2020-03-29T22:00"),  # the day that has 23 hours
        ("2020-07-04T12:00", "2020-07-04T10:00", "2020-07-04T10:00"),
        ("2020-07-04T12:00Z", "2020-07-04T12:00", "2020-07-04T12:00"),
        ("2020-07-04T12:00+05:30", "2020-07-04T06:30", "2020-07-04T06:30"),
        ("harbour@2020-07-04", "2020-07-04T12:00:01", "2020-07-04T12:00:01"),
        ("harbour@latest", "2020-07-05T12:00:01", "2020-07-05T12:00:01"),
    ],
)
def test_words_mean_a_moment_in_the_readers_zone(project: Project, words: str, begin: str, end: str) -> None:
    assert begin_of(words, project, BERLIN, NOW) == _moment(begin)
    assert end_of(words, project, BERLIN, NOW) == _moment(end)


def test_yesterday_is_the_readers(project: Project) -> None:
    assert yesterday("UTC", NOW) == _moment("2020-07-03T00:00")
    assert yesterday(BERLIN, NOW) == begin_of("yesterday", project, BERLIN, NOW)


@pytest.mark.parametrize(
    "words",
    ["", "soon", "2020-13-01", "2020-07-041", "9999-12-31", "0001-01-01", "0001-01-01T00:00+14:00", "@", "@2020-07-04",
     "harbour@2019-01-01", "harbour@soon", "nowhere@latest", "\x1b[31m", "a" * 10_000, "2020-07-04T12:00+99:00"],
)  # fmt: skip
def test_what_names_no_time_is_refused_in_one_line(project: Project, words: str) -> None:
    for moment in (begin_of, end_of):
        with pytest.raises(InputError) as refused:
            moment(words, project, BERLIN, NOW)
        assert len(str(refused.value)) < 400
