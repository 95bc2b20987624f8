"""Failed attempts are counted, told once, and told to be over once, whoever dies in between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.model.failure import Failure
from monitor.report.wording import blind
from monitor.store.catalogue.opened import Catalogue
from monitor.store.folder import Store
from tests.stored import opened, put

NOON = datetime(2020, 7, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A capture of the page, a day before anything fails."""
    store = Store(str(tmp_path / "snapshots"))
    put(store, "boats", first=-1)
    return store


def _fail(catalogue: Catalogue, *hours: int, page: str = "harbour") -> Failure:
    return [catalogue.failed(page, NOON + hour * HOUR, f"no answer ({hour})") for hour in hours][-1]


def test_attempts_that_fail_in_a_row_are_one_failure_with_the_last_reason(store: Store) -> None:
    with opened(store) as catalogue:
        failure = _fail(catalogue, 0, 1, 2)
        assert failure == Failure("harbour", NOON, NOON + 2 * HOUR, 3, "no answer (2)")
        assert catalogue.open_failures() == [failure]


def test_pages_fail_apart(store: Store) -> None:
    with opened(store) as catalogue:
        quay, harbour = _fail(catalogue, 1, page="quay"), _fail(catalogue, 0)
        assert catalogue.open_failures() == [harbour, quay]
        assert catalogue.succeeded("quay", NOON + 2 * HOUR) == quay._replace(over_at=NOON + 2 * HOUR)
        assert catalogue.open_failures() == [harbour]


def test_a_page_that_never_failed_is_not_back(store: Store) -> None:
    with opened(store) as catalogue:
        assert catalogue.succeeded("harbour", NOON) is None


def test_what_was_told_is_remembered_with_its_first_time(store: Store) -> None:
    with opened(store) as catalogue:
        _fail(catalogue, 0, 1)
        catalogue.told("harbour", NOON, NOON + HOUR)
        catalogue.told("harbour", NOON, NOON + 3 * HOUR)
        assert _fail(catalogue, 4).told_at == NOON + HOUR


def test_that_it_is_over_is_given_until_it_was_told_and_never_again(store: Store) -> None:
    with opened(store) as catalogue:
        _fail(catalogue, 0, 1)
        catalogue.told("harbour", NOON, NOON + HOUR)
        over = catalogue.succeeded("harbour", NOON + 2 * HOUR)
        assert over is not None
        assert catalogue.succeeded("harbour", NOON + 3 * HOUR) == over
        catalogue.told("harbour", NOON, NOON + 3 * HOUR)
        assert catalogue.succeeded("harbour", NOON + 4 * HOUR) is None


def test_a_failure_after_one_that_is_over_is_another(store: Store) -> None:
    with opened(store) as catalogue:
        _fail(catalogue, 0, 1)
        catalogue.succeeded("harbour", NOON + 2 * HOUR)
        assert _fail(catalogue, 3).attempts == 1
        newest = catalogue.succeeded("harbour", NOON + 4 * HOUR)
        assert newest is not None
        assert newest.since == NOON + 3 * HOUR
        catalogue.told("harbour", newest.since, NOON + 4 * HOUR)
        assert catalogue.succeeded("harbour", NOON + 5 * HOUR) is None


def test_a_failure_that_begins_in_the_second_of_another_goes_on_with_it(store: Store) -> None:
    with opened(store) as catalogue:
        _fail(catalogue, 0)
        catalogue.succeeded("harbour", NOON)
        assert _fail(catalogue, 0) == Failure("harbour", NOON, NOON, 2, "no answer (0)")


def test_the_failures_between_two_times_are_found(store: Store) -> None:
    with opened(store) as catalogue:
        for begin in (0, 10, 20):
            _fail(catalogue, begin, begin + 1)
            catalogue.succeeded("harbour", NOON + (begin + 2) * HOUR)
        found = catalogue.failures("harbour", NOON + 1 * HOUR, NOON + 10 * HOUR)
        assert [each.since for each in found] == [NOON, NOON + 10 * HOUR]
        assert catalogue.failures("harbour", NOON + 2 * HOUR, NOON + 9 * HOUR) == []


def test_a_catalogue_that_cannot_be_written_counts_one_attempt(store: Store) -> None:
    catalogue = opened(store)
    catalogue.close()
    assert _fail(catalogue, 0, 1) == Failure("harbour", NOON + HOUR, NOON + HOUR, 1, "no answer (1)")
    assert catalogue.succeeded("harbour", NOON) is None


KILLED = """
import os, signal, sys
from datetime import UTC, datetime, timedelta
from monitor.store.catalogue.opened import open_catalogue
from monitor.store.folder import Store

steps = iter(range(int(sys.argv[2]) + 1))
def step(name):
    print(name, flush=True)
    if next(steps) == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

with open_catalogue(Store(sys.argv[1])) as catalogue:
    at = datetime.fromisoformat(sys.argv[3])
    if failure := catalogue.failed("harbour", at, "no answer"):
        step("counted")
        if failure.attempts >= 2 and failure.told_at is None:
            catalogue.told("harbour", failure.since, at)
            step("told")
    catalogue.succeeded("harbour", at + timedelta(minutes=1))
    step("over")
"""


@pytest.mark.parametrize(
    ("steps", "attempts", "is_told", "is_over"), [(0, 2, False, False), (1, 2, True, False), (2, 2, True, True)]
)
def test_what_was_kept_survives_a_kill(
    store: Store, steps: int, attempts: int, *, is_told: bool, is_over: bool
) -> None:
    with opened(store) as catalogue:
        _fail(catalogue, 0)
    command = [sys.executable, "-c", KILLED, store.folder, str(steps), (NOON + HOUR).isoformat()]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=os.environ)
    assert done.returncode == -signal.SIGKILL, done.stderr
    with opened(store) as catalogue:
        (found,) = catalogue.failures("harbour", NOON, NOON + HOUR)
    assert (found.attempts, found.told_at is not None, found.over_at is not None) == (attempts, is_told, is_over)


# -- in words


def test_a_page_that_fails_is_told_with_since_when_and_why() -> None:
    failure = Failure("harbour", NOON, NOON + 2 * HOUR, 3, "harbour.example does not answer within 30 s.")
    assert blind.fails("Harbour office", failure) == (
        "Harbour office cannot be captured since 4 July 2020, 12:00 UTC. Three attempts in a row failed, the last at "
        "14:00 UTC: harbour.example does not answer within 30 s."
    )


def test_one_attempt_is_told_as_one() -> None:
    failure = Failure("harbour", NOON, NOON, 1, "404 Not Found")
    assert blind.fails("harbour", failure) == (
        "harbour could not be captured on 4 July 2020, 12:00 UTC: 404 Not Found."
    )
    assert blind.is_back("harbour", failure, NOON + HOUR) == (
        "harbour can be captured again, after one hour: one attempt failed on 4 July 2020, 12:00 UTC (404 Not Found). "
        "What came and went on it in that time is not known."
    )


def test_a_page_that_is_back_is_told_with_how_long_it_was_not_seen() -> None:
    failure = Failure("harbour", NOON, NOON + 70 * HOUR, 12, "no answer", NOON)
    assert blind.is_back("Harbour office", failure, NOON + 72 * HOUR) == (
        "Harbour office can be captured again, after three days: 12 attempts failed from 4 July, 12:00 UTC, to "
        "7 July 2020, 10:00 UTC (no answer). What came and went on it in that time is not known."
    )


def test_missed_captures_are_told_with_what_makes_up_for_them() -> None:
    assert blind.missed("harbour", 1, NOON - 12 * HOUR, NOON - 12 * HOUR, NOON) == (
        "harbour was not captured when it was due on 4 July 2020, 00:00 UTC; the one of 4 July 2020, 12:00 UTC makes "
        "up for it."
    )
    assert blind.missed("harbour", 5, NOON, NOON + 24 * HOUR) == (
        "harbour was not captured five times when it was due, from 4 July, 12:00 UTC, to 5 July 2020, 12:00 UTC; the "
        "next one will make up for them."
    )


@pytest.mark.parametrize("hostile", ["\x1b[31mred", "a\u202eb", "two\nlines"])
def test_a_reason_cannot_act(hostile: str) -> None:
    told = blind.fails(hostile, Failure("harbour", NOON, NOON, 2, hostile))
    assert not set(told) & set("\x1b\u202e\n")
