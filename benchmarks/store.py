"""The store: bytes a capture, and speed at 100,000 captures: `python -m benchmarks.store [--pages FOLDER]`."""

from __future__ import annotations

import argparse
import contextlib
import gzip
import hashlib
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from benchmarks import pages, timing
from monitor.model.snapshot import Exchange, Snapshot
from monitor.store.folder import Store
from monitor.store.verify import verify

START = datetime(2024, 1, 1, tzinfo=UTC)
VERSIONS = 100
URL = "https://www.harbour.example.org/en/news"
# As long as what servers behind a content delivery network send today, with what differs at each request.
HEAD = (
    "HTTP/1.1 200 OK\r\nDate: {at:%a, %d %b %Y %H:%M:%S} GMT\r\nContent-Type: text/html; charset=utf-8\r\n"
    "Connection: keep-alive\r\nCF-RAY: {ray}-LHR\r\nCF-Cache-Status: DYNAMIC\r\nCache-Control: max-age=300, public\r\n"
    'ETag: W/"{ray}"\r\nLast-Modified: {at:%a, %d %b %Y %H:%M:%S} GMT\r\n'
    "Set-Cookie: __cf_bm={cookie}; path=/; expires={at:%a, %d-%b-%y %H:%M:%S} GMT; domain=.example.org; HttpOnly; "
    "Secure; SameSite=None\r\nStrict-Transport-Security: max-age=31536000; includeSubDomains; preload\r\n"
    "Vary: Accept-Encoding, Cookie\r\nX-Content-Type-Options: nosniff\r\nX-Frame-Options: SAMEORIGIN\r\n"
    "Content-Security-Policy: default-src 'self' https: data: 'unsafe-inline'\r\nServer: cloudflare\r\n\r\n"
)
REQUEST = (
    b"GET /en/news HTTP/1.1\r\nHost: www.harbour.example.org\r\nUser-Agent: monitor\r\nAccept-Encoding: gzip\r\n\r\n"
)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.store", description=__doc__)
    parser.add_argument("--pages", metavar="FOLDER", help="series of dated captures, a folder each")
    parser.add_argument("--captures", type=int, default=100_000, help="of the large store")
    parser.add_argument("--files", type=int, default=10_000, help="to import")
    asked = parser.parse_args(arguments)
    print(f"## Store: bytes a capture, {VERSIONS} versions of a page\n\n{timing.setting('fastwarc')}\n")
    print(_sizes(_page(asked.pages)))
    with tempfile.TemporaryDirectory() as folder:
        print(f"\n## Store: {asked.captures:,} captures of 1,000 pages against ten captures, whole process\n")
        print(_scale(folder, asked.captures))
    with tempfile.TemporaryDirectory() as folder:
        print("\n## Store: verifying, and importing files, CPU and wall\n")
        print(_throughput(folder, asked.files))


# -- sizes


def _page(folder: str | None) -> bytes:
    """A page of 50 to 120 KB: the first in the folder of series, else a made-up one."""
    for place, _, names in sorted(os.walk(folder)) if folder else []:
        for name in sorted(names):
            path = os.path.join(place, name)
            if name.endswith(".html") and 50_000 <= os.path.getsize(path) <= 120_000:
                with open(path, "rb") as file:
                    return file.read()
    return pages.as_html(pages.news(200, edited=False))


def _versions(page: bytes) -> list[bytes]:
    """A word changed in each version, another one each time, as in a page that is edited a little every day."""
    chance = random.Random(4)
    text, versions = page.decode("utf-8", "replace"), []
    for number in range(VERSIONS):
        at = chance.randrange(len(text) // 4, len(text))
        at = text.find(" ", at) % len(text)
        text = f"{text[:at]} {pages.WORDS[number % len(pages.WORDS)]}{text[at:]}"
        versions.append(text.encode())
    return versions


def _sizes(page: bytes) -> str:
    versions = _versions(page)
    with tempfile.TemporaryDirectory() as folder:
        gzipped = statistics.mean(len(gzip.compress(each, 6)) for each in versions)
        rows = [("raw files, body alone", statistics.mean(map(len, versions)))]
        rows.append(("gzip -6, body alone", gzipped))
        rows.append(("git, objects as committed, body alone", _git(os.path.join(folder, "git"), versions)))
        rows.append(("git gc, body alone", _git(os.path.join(folder, "gc"), versions, is_packed=True)))
        rows.append(("SQLite, zlib -6, body alone", _sqlite(os.path.join(folder, "db"), versions)))
        for name, coding in (("plain", ""), ("gzip", "gzip")):
            changed = _stored(os.path.join(folder, name), [_answer(each, n, coding) for n, each in enumerate(versions)])
            rows.append((f"monitor, changed, served {name}: request, heads, body, ledger", changed))
        same = [_answer(versions[0], number, "gzip") for number in range(VERSIONS)]
        rows.append(("monitor, unchanged: request, head, ledger", _stored(os.path.join(folder, "same"), same, skip=1)))
        not_modified = [_answer(versions[0], 0, "gzip"), *(_unchanged(number) for number in range(1, VERSIONS))]
        rows.append(("monitor, answered 304", _stored(os.path.join(folder, "304"), not_modified, skip=1)))
    shown = [(name, f"{size:,.0f}", f"{size - gzipped:+,.0f}") for name, size in rows]
    return timing.table(("layout", "bytes a capture", "against gzip -6"), shown)


def _head(number: int) -> bytes:
    ray = hashlib.sha256(b"%d" % number).hexdigest()
    return HEAD.format(at=START + timedelta(days=number), ray=ray[:16], cookie=ray * 3).encode()


def _answer(body: bytes, number: int, coding: str) -> Snapshot:
    head = _head(number)
    if coding:
        head, body = head[:-2] + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(body, 6, mtime=0)
    return _snapshot(head, body, number)


def _unchanged(number: int) -> Snapshot:
    return _snapshot(_head(number).replace(b"200 OK", b"304 Not Modified"), b"", number)


def _snapshot(head: bytes, body: bytes, number: int) -> Snapshot:
    exchange = Exchange(url=URL, response=head, body=body, request=REQUEST, protocol="HTTP/2", address="192.0.2.1")
    at = START + timedelta(days=number)
    return Snapshot(source=URL, body=b"", captured_at=at, url=URL, exchanges=(exchange,))


def _stored(folder: str, snapshots: Sequence[Snapshot], skip: int = 0) -> float:
    """Bytes a capture, the first `skip` of them left out; a capture's line of the ledger counts."""
    store = Store(folder)
    with store.writing() as writer:
        writer.add_all([("harbour", each) for each in snapshots])
    files = [os.path.getsize(store.path(each.file)) for each in store.captures("harbour")]
    return statistics.mean(files[skip:]) + os.path.getsize(store.ledger) / len(files)


def _git(folder: str, versions: Sequence[bytes], *, is_packed: bool = False) -> float:
    os.makedirs(folder)
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "gc.auto=0")
    subprocess.run(["git", "-C", folder, "init", "-q"], check=True)
    for each in versions:
        with open(os.path.join(folder, "page.html"), "wb") as file:
            file.write(each)
        subprocess.run(["git", "-C", folder, "add", "page.html"], check=True)
        subprocess.run(["git", "-C", folder, *who, "commit", "-qm", "x"], check=True)
    if is_packed:
        subprocess.run(["git", "-C", folder, "gc", "-q"], check=True)
    objects = os.path.join(folder, ".git", "objects")
    return sum(map(os.path.getsize, _files(objects))) / len(versions)


def _sqlite(path: str, versions: Sequence[bytes]) -> float:
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("create table capture (at text primary key, body blob)")
        for number, each in enumerate(versions):
            database.execute("insert into capture values (?, ?)", (str(number), zlib.compress(each, 6)))
        database.commit()
    return os.path.getsize(path) / len(versions)


def _files(folder: str) -> Iterator[str]:
    for place, _, names in os.walk(folder):
        yield from (os.path.join(place, name) for name in names)


# -- speed


def _scale(folder: str, captures: int) -> str:
    large, small = Store(os.path.join(folder, "large")), Store(os.path.join(folder, "small"))
    _fill(large, captures, pages_there=1000)
    _fill(small, 10, pages_there=1)
    rows = []
    for words in (("list", "page0"), ("show", "page0@latest"), ("show", "page0@first")):
        tasks = {
            store.folder: lambda store=store, words=words: _seconds([*words, "--store", store.folder])
            for store in (large, small)
        }
        seconds = timing.interleaved(tasks, 11)
        mine, base = seconds[large.folder], seconds[small.folder]
        row = [f"monitor {' '.join(words)}", *map(timing.milliseconds, map(statistics.median, (mine, base)))]
        rows.append([*row, f"{timing.ratio(mine, base):.2f}"])
    return timing.table(("command", f"{captures:,} captures, ms", "ten, ms", "ratio"), rows)


def _fill(store: Store, captures: int, pages_there: int) -> None:
    for first in range(0, captures, 1000):
        batch = [
            (f"page{n % pages_there}", _tiny(n, n // pages_there)) for n in range(first, min(first + 1000, captures))
        ]
        with store.writing() as writer:
            writer.add_all(batch)


def _tiny(number: int, hours: int) -> Snapshot:
    return Snapshot(source="page.txt", body=b"The harbour, %d" % number, captured_at=START + timedelta(hours=hours))


def _seconds(words: Sequence[str]) -> float:
    run = timing.run([sys.executable, "-m", "monitor", *words])
    if run.status:
        raise RuntimeError(f"monitor {' '.join(words)} ended with {run.status}")
    return run.wall


def _throughput(folder: str, files: int) -> str:
    source = os.path.join(folder, "files")
    os.makedirs(source)
    text = "\n".join(f"{each.day} {each.title}. {each.teaser}" for each in pages.news(60, edited=False))
    for number in range(files):
        at = START + timedelta(hours=number)
        with open(os.path.join(source, f"{at:%Y-%m-%dT%H%M%SZ}.txt"), "w", encoding="utf-8") as file:
            file.write(f"{text}\n{number}\n")
    store = Store(os.path.join(folder, "store"))
    run = timing.run([sys.executable, "-m", "monitor", "import", source, "--page", "harbour", "--store", store.folder])
    again = timing.run(
        [sys.executable, "-m", "monitor", "import", source, "--page", "harbour", "--store", store.folder]
    )
    seconds = timing.interleaved(
        {"read": lambda: timing.cpu_seconds(lambda: _hash(store)), "verify": lambda: _verified(store)}, 3
    )
    rows = [
        (f"import {files:,} files of {len(text) // 1024} KB", f"{run.wall:.1f}", f"{run.cpu:.1f}", _rate(files, run)),
        ("the same again: all are there", f"{again.wall:.1f}", f"{again.cpu:.1f}", _rate(files, again)),
        ("import, syncing alone", f"{_syncing(folder, files):.1f}", "", ""),
    ]
    ratio = timing.ratio(seconds["verify"], seconds["read"])
    cpu = " and ".join(f"{statistics.median(each):.1f} s" for each in (seconds["verify"], seconds["read"]))
    return (
        f"{timing.table(('work', 'wall s', 'CPU s', 'captures a second'), rows)}\n\n"
        f"verify takes {ratio:.1f} times the CPU of hashing and decompressing the same files: {cpu}."
    )


def _rate(files: int, run: timing.Run) -> str:
    return f"{files / run.wall:,.0f}" if run.status == 0 else f"status {run.status}"


def _verified(store: Store) -> float:
    start = time.process_time()
    if verify(store).faults:
        raise RuntimeError("the store does not verify")
    return time.process_time() - start


def _hash(store: Store) -> None:
    for capture in store.captures("harbour"):
        with open(store.path(capture.file), "rb") as file:
            content = file.read()
        hashlib.sha256(content)
        hashlib.sha256(gzip.decompress(content))


def _syncing(folder: str, files: int) -> float:
    """Seconds on the wall to write and sync as many files as an import does, without the rest of its work."""
    start = time.perf_counter()
    for number in range(min(files, 500)):
        descriptor = os.open(os.path.join(folder, "synced"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.write(descriptor, b"x" * 2000)
        os.fsync(descriptor)
        os.close(descriptor)
        del number
    return (time.perf_counter() - start) / min(files, 500) * files


if __name__ == "__main__":
    main()
