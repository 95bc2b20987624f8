"""The ledger: one line a capture, append-only, each tied to the line before it by that line's SHA-256.

Whoever knows the hash of a line knows that no line before it was changed since. A line is JSON in a fixed order of
keys, in ASCII, ended by a line feed.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from monitor.errors import StoreError
from monitor.model.entry import Entry, Kind
from monitor.model.page import is_page_id
from monitor.store import names

NAME = "ledger.jsonl"
FIRST_BEFORE = "0" * 64
_BLOCK = 4096
_LONGEST = 4096  # bytes; a line of ours has some 400
_MOST_LINES = 2**53  # a number that every reader of JSON holds exactly
_HEXADECIMAL = frozenset("0123456789abcdef")


class Line(NamedTuple):
    """A line as it stands, without its line feed: the entry in it, or None where it is none."""

    number: int
    text: bytes
    entry: Entry | None

    @property
    def hash(self) -> str:
        return hash_of(self.text)


def hash_of(line: bytes) -> str:
    """The SHA-256 of a line without its line feed."""
    return hashlib.sha256(line).hexdigest()


def line_of(entry: Entry) -> bytes:
    """The line that records an entry, without its line feed."""
    return json.dumps(entry._asdict(), separators=(",", ":")).encode()


def lines(path: str, begin: int = 0) -> Iterator[Line]:
    """All whole lines, the first first; none where there is no ledger. What follows the last line feed is left out.

    `begin` is the byte to begin at, where a line must; `number` counts from there.
    """
    try:
        with open(path, "rb") as file:
            file.seek(begin)
            for number, line in enumerate(file, start=1):
                if line.endswith(b"\n"):
                    yield Line(number, line[:-1], _entry(line))
    except FileNotFoundError:
        return


def last(path: str) -> Line | None:
    """The last whole line, read from the end; its `number` is its entry's. Raises StoreError where it is no entry."""
    text = line_before(path, size(path))
    if text is None:
        return None
    entry = _entry(text)
    if entry is None:
        raise StoreError(f"the last line of {path} is no entry of a ledger", "monitor verify says what else is wrong")
    return Line(entry.seq, text, entry)


def tail(path: str, most: int) -> list[Entry]:
    """The entries of the last whole lines, the oldest of them first; lines that are none are left out."""
    found: list[Entry] = []
    try:
        with open(path, "rb") as file:
            end = _after_line_feed(file.fileno(), file.seek(0, os.SEEK_END))
            while end and len(found) < most:
                begin = _after_line_feed(file.fileno(), end - 1)
                entry = _entry(os.pread(file.fileno(), end - 1 - begin, begin))
                found[:0] = [entry] if entry else []
                end = begin
    except FileNotFoundError:
        pass
    return found


def size(path: str) -> int:
    """The bytes that its whole lines take; 0 where there is no ledger."""
    try:
        with open(path, "rb") as file:
            return _after_line_feed(file.fileno(), file.seek(0, os.SEEK_END))
    except FileNotFoundError:
        return 0


def line_before(path: str, place: int) -> bytes | None:
    """The line that ends at that byte, without its line feed; None where none does."""
    try:
        with open(path, "rb") as file:
            if not 0 < place == _after_line_feed(file.fileno(), place):
                return None
            begin = _after_line_feed(file.fileno(), place - 1)
            return os.pread(file.fileno(), place - 1 - begin, begin)
    except FileNotFoundError:
        return None


def find(path: str, file: str) -> Entry | None:
    """The newest entry on a file of the store, found without reading the ledger line by line."""
    wanted = f'"file":{json.dumps(file)},'.encode()
    try:
        with open(path, "rb") as ledger, mmap.mmap(ledger.fileno(), 0, access=mmap.ACCESS_READ) as content:
            at = content.rfind(wanted)
            if at < 0:
                return None
            end = content.find(b"\n", at)
            return _entry(content[content.rfind(b"\n", 0, at) + 1 : end]) if end >= 0 else None
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        _check_empty(path, error)
        return None


def live_files(path: str, page: str) -> set[str]:
    """The files of a page's captures that were not taken out, told from the text of the ledger: a second for a
    million lines."""
    pattern = files_in(re.escape(json.dumps(page).encode()))
    there: set[str] = set()
    try:
        with open(path, "rb") as ledger, mmap.mmap(ledger.fileno(), 0, access=mmap.ACCESS_READ) as content:
            for kind, file in pattern.findall(content):
                (there.discard if kind == b"pruned" else there.add)(file.decode("ascii", "replace"))
    except FileNotFoundError:
        pass
    except (OSError, ValueError) as error:
        _check_empty(path, error)
    return there


def files_in(page: bytes = b'"[^"]*"') -> re.Pattern[bytes]:
    """The kind and the file in each line's text; `page` is a pattern for the page's id in it, by default any."""
    return re.compile(rb'"kind":"([a-z]+)","page":%s,"file":"([^"\\]*)"' % page)


def live(path: str) -> dict[str, Entry]:
    """The newest entry on each file of the store that was not taken out."""
    entries = {line.entry.file: line.entry for line in lines(path) if line.entry}
    return {file: entry for file, entry in entries.items() if entry.kind is not Kind.PRUNED}


def of_page(path: str, page: str) -> dict[str, Entry]:
    """The entries of a page's captures that were not taken out, by their files; only its own lines are read."""
    return {file: entry for file, entry in _newest(path, page).items() if entry.kind is not Kind.PRUNED}


def stones(path: str, page: str) -> dict[str, Entry]:
    """The tombstones of a page's captures that were taken out and not put in again, by their files."""
    return {file: entry for file, entry in _newest(path, page).items() if entry.kind is Kind.PRUNED}


def _newest(path: str, page: str) -> dict[str, Entry]:
    """The newest entry on each file of a page, found without parsing the lines of others."""
    wanted, newest = f'"page":{json.dumps(page)},'.encode(), dict[str, Entry]()
    try:
        with open(path, "rb") as ledger, mmap.mmap(ledger.fileno(), 0, access=mmap.ACCESS_READ) as content:
            at = content.find(wanted)
            while at >= 0 and (end := content.find(b"\n", at)) >= 0:
                entry = _entry(content[content.rfind(b"\n", 0, at) + 1 : end])
                if entry:
                    newest[entry.file] = entry
                at = content.find(wanted, end)
    except FileNotFoundError:
        pass
    except (OSError, ValueError) as error:
        _check_empty(path, error)
    return newest


def backwards(path: str, page: str) -> Iterator[Entry]:
    """What was put in of a page, the last first; what was taken out since is among it, the tombstones are not."""
    wanted = f'"page":{json.dumps(page)},'.encode()
    try:
        with open(path, "rb") as ledger, mmap.mmap(ledger.fileno(), 0, access=mmap.ACCESS_READ) as content:
            begin = content.rfind(b"\n") + 1
            while (at := content.rfind(wanted, 0, begin)) >= 0:
                begin, end = content.rfind(b"\n", 0, at) + 1, content.find(b"\n", at)
                entry = _entry(content[begin:end])
                if entry and entry.page == page and entry.kind is not Kind.PRUNED:
                    yield entry
    except FileNotFoundError:
        pass
    except (OSError, ValueError) as error:
        _check_empty(path, error)


def _check_empty(path: str, error: Exception) -> None:
    """An empty ledger cannot be mapped, and has nothing. Raises StoreError where it is no file that can be read."""
    if isinstance(error, OSError) or not os.path.isfile(path):
        raise StoreError(f"{path} cannot be read", "it should be the ledger, a file of lines") from error


def append(path: str, line: bytes) -> None:
    """Put a line, or several, at the end and sync; on any error the ledger is as it was. Raises OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    try:
        size = os.fstat(descriptor).st_size
        try:
            _write(descriptor, line + b"\n")
            os.fsync(descriptor)
        except BaseException:
            os.ftruncate(descriptor, size)
            raise
    finally:
        os.close(descriptor)


def is_torn(path: str) -> bool:
    """Whether it ends in the middle of a line."""
    try:
        with open(path, "rb") as file:
            size = file.seek(0, os.SEEK_END)
            return _after_line_feed(file.fileno(), size) != size
    except FileNotFoundError:
        return False


def mend_end(path: str) -> None:
    """Complete a last line that lacks its line feed alone, and cut off one that was not written to its end."""
    try:
        with open(path, "r+b") as file:
            size = file.seek(0, os.SEEK_END)
            whole = _after_line_feed(file.fileno(), size)
            if whole == size:
                return
            entry = _entry(os.pread(file.fileno(), min(size - whole, _LONGEST + 1), whole))
            before = line_before(path, whole)
            if entry and entry.before == (hash_of(before) if before is not None else FIRST_BEFORE):
                file.write(b"\n")
                file.flush()
            else:
                file.truncate(whole)
            os.fsync(file.fileno())
    except FileNotFoundError:
        return


def _write(descriptor: int, content: bytes) -> None:
    while content:
        content = content[os.write(descriptor, content) :]


def _entry(line: bytes) -> Entry | None:
    """The entry in a line that is one to the letter: what means the same in other words was not written here."""
    line = line.removesuffix(b"\n")
    if len(line) > _LONGEST:
        return None
    try:
        found = json.loads(line)
        entry = Entry(**{**found, "kind": Kind(found["kind"])})
        is_own = _is_sound(entry) and line_of(entry) == line
    except (ValueError, TypeError, KeyError, RecursionError, AttributeError):
        return None
    return entry if is_own else None


def _is_sound(entry: Entry) -> bool:
    """Whether each value can be what it is called; the file is one of the page's, so that no line leads elsewhere."""
    page, _, name = entry.file.partition("/")
    capture = names.capture_of(page, name) if is_page_id(page) and page == entry.page else None
    at = datetime.fromisoformat(entry.time)
    hashes = (entry.payload, entry.sha256, entry.before)
    return (
        capture is not None
        and (entry.kind is Kind.PRUNED or at.replace(microsecond=0) == capture.at)
        and type(entry.seq) is int
        and 0 < entry.seq < _MOST_LINES
        and all(len(each) == len(FIRST_BEFORE) and set(each) <= _HEXADECIMAL for each in hashes)
    )


def _after_line_feed(descriptor: int, end: int) -> int:
    """The place behind the last line feed before `end`, looked for from there backwards; 0 where there is none."""
    while end:
        begin = max(0, end - _BLOCK)
        at = os.pread(descriptor, end - begin, begin).rfind(b"\n")
        if at >= 0:
            return begin + at + 1
        end = begin
    return 0
