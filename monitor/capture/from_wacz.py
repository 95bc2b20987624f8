"""A WACZ file → the captures of its pages, read where they stand: nothing is unpacked to disk."""

from __future__ import annotations

import io
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from lzma import LZMAError
from typing import BinaryIO, NamedTuple, cast
from zipfile import BadZipFile, ZipFile

from monitor.capture.addresses import bare
from monitor.capture.found import Fault, Found
from monitor.capture.from_warc import captures_of
from monitor.capture.opening import opening
from monitor.capture.warc_records import Part
from monitor.errors import InputError

_WARC_SUFFIXES = (".warc", ".warc.gz")
_PAGES = ("pages/pages.jsonl", "pages/extraPages.jsonl")
_MOST_OF_PAGES = 64 * 1024**2  # bytes of a list of pages, in which a page takes a few hundred
_MOST_PAGES = 200_000  # lines of one; the largest crawls that are handed over as one file list some ten thousand
_REMEDY = "check that it is whole, and what it is"


def captures_in(path: str, *, url: str | None = None, every_status: bool = False) -> Found:
    """The captures in the WACZ file at `path`, as `from_warc` gives them of the WARC files in it, revisits across them.

    With `url` those of this address; without, those of the pages that the file lists, and of all addresses where it
    lists none: what else was crawled are the pages' pictures and scripts. Raises InputError where there is no WACZ
    file, or none that can be read.
    """
    with _unzipped(path) as archive:
        names = Counter(name for name in archive.namelist() if name.lower().endswith(_WARC_SUFFIXES))
        if not names:
            raise InputError(f"{path} is no WACZ file: it holds no WARC file", _REMEDY)
        pages = _pages_of(archive) if url is None else _Pages(frozenset([bare(url)]))
        parts = [Part(f"{path}/{name}", _Member(path, name)) for name in sorted(names)]
        found = captures_of(parts, urls=pages.urls or None, every_status=every_status)
        return found._replace(captures=chain(_faults(path, names, pages), found.captures))


def _faults(path: str, names: Counter[str], pages: _Pages) -> Iterator[Fault]:
    for name, many in sorted(names.items()):
        if many > 1:
            yield Fault(f"{path}/{name}", f"is in the archive {many} times, and the last one alone is read")
    for name in pages.cut:
        yield Fault(f"{path}/{name}", "is too long for a list of pages, and what its end lists is left out")


@contextmanager
def _unzipped(path: str) -> Iterator[ZipFile]:
    """Whatever is wrong with the archive itself, or with a member of it, in one line."""
    try:
        with opening(path), ZipFile(path) as archive:
            yield archive
    except (BadZipFile, NotImplementedError, zlib.error, LZMAError, EOFError) as error:
        raise InputError(f"{path} is no WACZ file, or a damaged one ({error})", _REMEDY) from error
    except RuntimeError as error:  # what the zipfile module raises where a member is encrypted
        raise InputError(f"{path} is encrypted", "unlock it, and import that") from error


class _Member:
    """Opens a file inside the archive, in an archive of its own, so that each may be closed by itself."""

    __slots__ = ("name", "path")

    def __init__(self, path: str, name: str) -> None:
        self.path, self.name = path, name

    def __call__(self) -> BinaryIO:
        with ZipFile(self.path) as archive:  # the file beneath stays open as long as its member
            return cast(BinaryIO, archive.open(self.name))


class _Pages(NamedTuple):
    """The bare addresses of the pages that a crawl was about, none where nothing says; which lists were too long."""

    urls: frozenset[str]
    cut: tuple[str, ...] = ()


def _pages_of(archive: ZipFile) -> _Pages:
    urls: set[str] = set()
    cut = []
    for name in _PAGES:
        if name in archive.namelist():
            with archive.open(name) as file:
                lines = io.BytesIO(file.read(_MOST_OF_PAGES))
                urls.update(_urls(islice(lines, _MOST_PAGES)))
                if lines.read(1) or file.read(1):
                    cut.append(name)
    return _Pages(frozenset(urls), tuple(cut))


def _urls(lines: Iterable[bytes]) -> Iterator[str]:
    for line in lines:
        try:
            page = json.loads(line)
        except (ValueError, RecursionError):  # a line that was cut, or is none
            continue
        if isinstance(page, dict) and isinstance(page.get("url"), str):
            yield bare(page["url"])
