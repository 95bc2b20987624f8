"""Pages changed on purpose: `python -m benchmarks.mutations FOLDER… [--seed N] [--rounds N] [--misses]`.

What changes nothing must bring no finding; what is done to one item must bring just that one. Each round is told by its
page, mutation, seed and number, and is the same again with the same seed. Pages that are held aside are measured with
--aside alone.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from random import Random
from typing import NamedTuple

from benchmarks import deeds, neutral, timing
from benchmarks.markup import serialised
from benchmarks.placing import Place, Source, places
from benchmarks.real_pages import Page, pages
from monitor.compare import compare
from monitor.errors import MonitorError
from monitor.model.change import Change, Side
from monitor.model.comparison import Comparison
from monitor.model.reading import Reading
from monitor.model.snapshot import Snapshot
from monitor.read import read
from monitor.read.decode import decode

ENCODED = "encoded otherwise"
AS_IT_CAME = "as it came"  # the bytes of the capture, before a parser mended them


class Ground(NamedTuple):
    """A page to be changed: its snapshot as a parser writes it, its reading, and where its items stand."""

    name: str
    raw: Snapshot
    snapshot: Snapshot
    source: Source
    reading: Reading
    found: list[Place]


class Round(NamedTuple):
    """One mutation: the page after it, and the kinds and title of the one finding it must bring, None for none."""

    after: Snapshot
    kinds: frozenset[str] | None = None
    title: str = ""


def main(arguments: Sequence[str] | None = None) -> int:
    """The status to end with: 1 where a round went wrong."""
    asked = _parser().parse_args(arguments)
    tallies: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    misses: list[str] = []
    for page in pages(asked.folders, asked.captures):
        if page.is_aside != asked.aside or asked.only not in page.name:
            continue
        ground = prepared(page)
        names = [name for name in mutations(ground) if asked.mutation in name] if ground else []
        for mutation, number in product(names, range(asked.rounds)):
            if ground:
                _play(ground, mutation, (asked.seed, number), tallies, misses, asked.save)
    print(f"## Pages changed on purpose\n\n{timing.setting('selectolax', 'rapidfuzz')}; seed {asked.seed}\n")
    print(_table(tallies, by_page=asked.by_page))
    if asked.misses:
        print("\n### Wrong\n", *(f"- {line}" for line in misses), sep="\n")
    return 1 if misses else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutations", description=__doc__)
    parser.add_argument("folders", nargs="+", metavar="FOLDER", help="captures, series of captures, WARC files")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=10, help="rounds for each page and mutation")
    parser.add_argument("--captures", type=int, default=3, help="how many captures of each folder")
    parser.add_argument("--aside", action="store_true", help="measure the pages that are held aside, and only these")
    parser.add_argument("--only", metavar="NAME", default="", help="the pages whose names contain NAME")
    parser.add_argument("--mutation", metavar="NAME", default="", help="the mutations whose names contain NAME")
    parser.add_argument("--by-page", action="store_true", help="a row for each page, not for each folder")
    parser.add_argument("--misses", action="store_true", help="list each round that went wrong with what was told")
    parser.add_argument("--save", metavar="FOLDER", help="write both sides of each round that went wrong there")
    return parser


def prepared(page: Page) -> Ground | None:
    """A page ready to be changed; None where it cannot be read."""
    snapshot = page.snapshot
    try:
        decoded = decode(snapshot.body, snapshot.media_type)
        text = serialised(decoded.text) if decoded.is_html else decoded.text
        kind = "text/html" if decoded.is_html else (snapshot.media_type or "text/plain").partition(";")[0]
        snapshot = snapshot._replace(body=text.encode(), media_type=f"{kind}; charset=utf-8")
        reading = read(snapshot)
    except MonitorError:
        return None
    source = Source(text, is_html=decoded.is_html, url=snapshot.url)
    found = deeds.candidates(reading, places(source, reading)) if not reading.suspicions else []
    return Ground(page.name, page.snapshot, snapshot, source, reading, found)


def mutations(ground: Ground) -> list[str]:
    """The names of what can be done to a page."""
    changes = neutral.FOR_HTML if ground.source.is_html else neutral.FOR_TEXT
    return [AS_IT_CAME, *changes, ENCODED, *(deeds.DEEDS if ground.found else ())]


def play(ground: Ground, mutation: str, random: Random) -> Round | None:
    """One round; None where this page has nothing to change so."""
    if mutation == AS_IT_CAME:
        return Round(ground.raw)
    if mutation == ENCODED:
        found = neutral.encoded_otherwise(ground.source, ground.found, random)
        kind = (ground.snapshot.media_type or "").partition(";")[0]
        return found and Round(ground.snapshot._replace(body=found[0], media_type=f"{kind}; charset={found[1]}"))
    if mutation in deeds.DEEDS:
        deed = deeds.DEEDS[mutation](ground.source, ground.reading, random.choice(ground.found), random)
        return deed and Round(ground.snapshot._replace(body=deed.text.encode()), deed.kinds, deed.title)
    text = neutral.FOR_HTML[mutation](ground.source, ground.found, random)
    return None if text is None else Round(ground.snapshot._replace(body=text.encode()))


def faults(found: Comparison, played: Round) -> Iterator[str]:
    """What a comparison tells too much, or not at all."""
    findings = [change for change in found.changes if change.is_finding]
    right = [
        change for change in findings if played.kinds and change.kind.value in played.kinds and _names(change, played)
    ]
    if played.kinds and not right:
        yield f"missing {' or '.join(sorted(played.kinds))} {played.title!r}"
    yield from (f"too much {each.kind.value} {each.subject!r}" for each in findings if each not in right[:1])
    yield from (f"check {check.check} {check.subject!r}: {check.reason}" for check in found.checks if check.is_finding)


def _names(change: Change, played: Round) -> bool:
    """Whether a change is about the item that something was done to."""
    return any(played.title in text for text in (change.subject, *(side.text for side in _sides(change))))


def _sides(change: Change) -> list[Side]:
    return [side for side in (change.before, change.after) if side]


def _play(
    ground: Ground,
    mutation: str,
    number: tuple[int, int],
    tallies: dict[tuple[str, str], Counter[str]],
    misses: list[str],
    folder: str | None,
) -> None:
    name = f"{ground.name}, {mutation}, seed {number[0]}, round {number[1]}"
    tally = tallies[ground.name, mutation]
    played = play(ground, mutation, Random(name))
    if not played or played.after.body == ground.snapshot.body:
        return
    try:
        wrong = list(faults(compare(ground.reading, read(played.after)), played))
    except Exception as error:  # noqa: BLE001 - a crash is a result of the measurement
        wrong = [f"crash: {type(error).__name__}: {error}"]
    tally["rounds"] += 1
    tally["wrong"] += bool(wrong)
    if wrong:
        misses.append(f"{name}: {'; '.join(wrong[:6])}{f'; and {len(wrong) - 6} more' * (len(wrong) > 6)}")
        if folder:
            _save(folder, name, ground, played)


def _save(folder: str, name: str, ground: Ground, played: Round) -> None:
    place = os.path.join(folder, name.replace("/", "_").replace(", ", "-").replace(" ", "-"))
    os.makedirs(place, exist_ok=True)
    suffix = ".html" if ground.source.is_html else os.path.splitext(ground.name)[1] or ".txt"
    moment = f".{ground.snapshot.captured_at:%Y-%m-%dT%H%M%SZ}" if ground.snapshot.captured_at else ""
    for side, snapshot in (("before", ground.snapshot), ("after", played.after)):
        with open(os.path.join(place, f"{side}{moment}{suffix}"), "wb") as file:
            file.write(snapshot.body)


def _table(tallies: dict[tuple[str, str], Counter[str]], *, by_page: bool) -> str:
    """A row for each page or folder, a column for each mutation: rounds that went right / rounds."""
    names = list(dict.fromkeys(mutation for _, mutation in tallies))
    rows: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for (page, mutation), tally in tallies.items():
        for row in (page if by_page else page.partition("/")[0], "all"):
            for column in (mutation, "all"):
                rows[row][column].update(tally)
    rows["all"] = rows.pop("all", defaultdict(Counter))
    return timing.table(
        ("page", *names, "all"),
        [(row, *(_share(cells[name]) for name in (*names, "all"))) for row, cells in rows.items()],
    )


def _share(tally: Counter[str]) -> str:
    return f"{tally['rounds'] - tally['wrong']}/{tally['rounds']}" if tally["rounds"] else ""


if __name__ == "__main__":
    sys.exit(main())
