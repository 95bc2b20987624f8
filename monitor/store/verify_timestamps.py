"""The time stamps of a store → what each proves of the ledger, and what is wrong with it. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from monitor.store import ledger, timestamps, tokens
from monitor.store.folder import Store
from monitor.store.verify import Fault, Sign


class TimeStamp(NamedTuple):
    """A line of the ledger that an authority signed, and what it said. `file` is the answer's name in the store."""

    file: str
    line: int
    said: tokens.Token


def verify_timestamps(store: Store, roots: tokens.Roots) -> Iterator[TimeStamp | Fault]:
    """Every answer, checked against its line. What cannot be read here and says so in its name is left out."""
    answers = timestamps.answers_in(store.folder)
    lines = _texts(store, {each.line for each in answers})
    for answer in answers:
        if answer.is_readable:
            yield _checked(answer, store, lines, roots)
    yield from _extra(timestamps.names_in(store.folder))


def _checked(
    answer: timestamps.Answer, store: Store, lines: Mapping[int, bytes], roots: tokens.Roots
) -> TimeStamp | Fault:
    if answer.line not in lines:
        return Fault(Sign.TAMPERED, answer.file, f"the ledger has no line {answer.line}")
    try:
        said = tokens.check(timestamps.read(store.folder, answer), lines[answer.line], roots)
    except tokens.BadTokenError as error:
        return Fault(Sign.TAMPERED, answer.file, f"{error}; it should prove line {answer.line} of the ledger")
    return TimeStamp(answer.file, answer.line, said)


def _texts(store: Store, wanted: set[int]) -> dict[int, bytes]:
    return {line.number: line.text for line in ledger.lines(store.ledger) if line.number in wanted}


def _extra(names: Sequence[str]) -> Iterator[Fault]:
    for name in names:
        if not timestamps.is_answer(name):
            yield Fault(Sign.EXTRA, f"{timestamps.FOLDER}/{name}", "by its name it is no answer of an authority")
