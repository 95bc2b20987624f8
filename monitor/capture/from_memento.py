"""What a web archive holds of an address → its captures, as the archive got them and without its toolbar.

Asks the archive's CDX server, or where there is none its TimeMap (RFC 7089), and then for one capture after the other.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlencode

import httpx

from monitor.capture.addresses import bare
from monitor.capture.archive_client import PAUSE, Answer, ArchiveClient, UnansweredError
from monitor.capture.found import Fault, Found
from monitor.capture.timemaps import Memento, TimeMap, captured_address, http_date, in_cdx, in_link_format, raw_address
from monitor.codings import decoded
from monitor.errors import InputError
from monitor.model.snapshot import Exchange, Snapshot

_MOST_BYTES = 64 * 1024**2  # of one capture, and of a list of them; no page comes near it
_MOST_LISTS = 100  # a TimeMap may be continued in others
_MOST_FAILURES = 3  # in a row; then the archive has trouble of its own, and is left alone
_ORIGINAL = b"x-archive-orig-"
_LEFT_AS_THEY_WERE = {b"content-type", b"content-encoding", b"location"}  # which pywb does not rename
_UNTRUE = {b"transfer-encoding"}  # of the body as it is kept
_INTERNET_ARCHIVE = "https://web.archive.org/web/"
_INTERNET_ARCHIVE_CDX = "https://web.archive.org/cdx/search/cdx"


class Archive(NamedTuple):
    """Where an archive replays captures ("https://web.archive.org/web/"), and where its CDX server is."""

    replay: str
    cdx: str


def archive_at(replay: str) -> Archive:
    """The archive that replays captures below this address: the Internet Archive, or one that runs pywb or its like."""
    base = replay.rstrip("/") + "/"
    return Archive(base, _INTERNET_ARCHIVE_CDX if bare(base) == bare(_INTERNET_ARCHIVE) else f"{base}cdx")


INTERNET_ARCHIVE = archive_at(_INTERNET_ARCHIVE)


def captures_of(
    url: str,
    *,
    archive: Archive = INTERNET_ARCHIVE,
    known: Container[datetime] = (),
    every_status: bool = False,
    pause: float = PAUSE,
    sleep: Callable[[float], None] = time.sleep,
) -> Found:
    """The captures that the archive holds of `url`, oldest first, each at the time the archive says (UTC).

    Those taken at a `known` time are not asked for. Redirections and errors are left out unless `every_status`. Where
    the archive tells the original's header lines, they stand in the exchange's head again. Notes: `memento` (the
    address in the archive), `fault`. A capture that the archive does not give is a fault; after three in a row, or
    where the archive wants to be left alone, the last fault says so and nothing more comes. Raises InputError where the
    archive cannot be asked or has nothing.
    """
    client = ArchiveClient(pause=pause, sleep=sleep)
    with closing(client):
        mementos = _listed(client, url, archive)
    wanted = [each for each in mementos if each.at not in known and (every_status or each.status in {None, 200})]
    return Found(_captured(client, archive, wanted, known, every_status=every_status), len(wanted))


# -- the list


def _listed(client: ArchiveClient, url: str, archive: Archive) -> list[Memento]:
    """The mementos in the order of their times, one for each."""
    try:
        mementos = _indexed(client, url, archive) or _mapped(client, url, archive)
    except UnansweredError as error:
        raise InputError(
            f"{archive.replay} cannot be asked about {url}: {error}", "check both, or try later"
        ) from error
    if not mementos:
        raise InputError(f"{archive.replay} has no capture of {url}", "check the address, or ask another archive")
    by_time = {memento.at: memento for memento in mementos}
    return [by_time[at] for at in sorted(by_time)]


def _indexed(client: ArchiveClient, url: str, archive: Archive) -> Sequence[Memento]:
    answer = client.get(f"{archive.cdx}?{urlencode({'url': url})}", most=_MOST_BYTES)
    return in_cdx(_text(answer)).mementos if answer.status == 200 else ()


def _mapped(client: ArchiveClient, url: str, archive: Archive) -> Sequence[Memento]:
    mementos: list[Memento] = []
    waiting, seen = [f"{archive.replay}timemap/link/{url}"], set[str]()
    while waiting and len(seen) < _MOST_LISTS:
        address = waiting.pop()
        if address in seen or not _is_in(archive, address):
            continue
        seen.add(address)
        answer = client.get(address, most=_MOST_BYTES)
        timemap = in_link_format(_text(answer), url) if answer.status == 200 else TimeMap(())
        mementos += timemap.mementos
        waiting += timemap.further
    return mementos


def _text(answer: Answer) -> str:
    return decoded(answer.body, answer.header("Content-Encoding"), most=_MOST_BYTES).body.decode("utf-8", "replace")


def _is_in(archive: Archive, address: str) -> bool:
    """Whether an address that the archive gave is one of its own: nobody else is asked."""
    return bare(address).partition("/")[0] == bare(archive.replay).partition("/")[0]


# -- the captures


def _captured(
    client: ArchiveClient,
    archive: Archive,
    mementos: Sequence[Memento],
    known: Container[datetime],
    *,
    every_status: bool,
) -> Iterator[Snapshot | Fault]:
    failures, given = 0, set[datetime]()
    with closing(client):
        for memento in mementos:
            address = raw_address(memento, archive.replay)
            try:
                find = _asked(client, archive, memento, address)
                failures = 0
            except UnansweredError as error:
                find = Fault(address, str(error))
                failures = _MOST_FAILURES if error.is_final else failures + 1
            if isinstance(find, Fault):
                yield find
            elif (every_status or find.status == 200) and find.at not in known and find.at not in given:
                given.add(find.at)
                yield find.snapshot
            if failures == _MOST_FAILURES:
                yield Fault(
                    archive.replay, "is left alone from here on; import again later, which brings the rest only"
                )
                return


class _Replayed(NamedTuple):
    at: datetime
    status: int
    snapshot: Snapshot


def _asked(client: ArchiveClient, archive: Archive, memento: Memento, address: str) -> _Replayed | Fault:
    if not _is_in(archive, address):
        return Fault(address, "is in another archive")
    answer = client.get(address, most=_MOST_BYTES)
    if not answer.is_memento:
        return Fault(address, f"the archive does not give it (status {answer.status})")
    url = captured_address(answer.url) or memento.url
    if bare(url) != bare(memento.url):
        return Fault(address, f"the archive gives a capture of {url} instead")
    at = http_date(answer.header("Memento-Datetime")) or memento.at
    page = decoded(answer.body, answer.header("Content-Encoding"), most=_MOST_BYTES)
    exchange = _exchange(url, answer, page.body)
    snapshot = Snapshot(
        source=address,
        body=page.body,
        captured_at=at,
        media_type=(exchange and exchange.header("Content-Type")) or answer.header("Content-Type"),
        url=url,
        exchanges=(exchange,) if exchange else (),
        notes=(("memento", address), *((("fault", page.fault),) if page.fault else ())),
    )
    return _Replayed(at, answer.status, snapshot)


def _exchange(url: str, answer: Answer, page: bytes) -> Exchange | None:
    """What the page's own server had said, as far as the archive tells it; None where it tells nothing."""
    told = [(key[len(_ORIGINAL) :], value) for key, value in answer.headers if key.lower().startswith(_ORIGINAL)]
    if not told:
        return None
    names = {key.lower() for key, _ in told}
    told += [(key, value) for key, value in answer.headers if key.lower() in _LEFT_AS_THEY_WERE - names]
    is_as_coded = answer.header(_ORIGINAL.decode() + "Content-Encoding") in {None, answer.header("Content-Encoding")}
    untrue = _UNTRUE if is_as_coded else _UNTRUE | {b"content-encoding"}
    lines = [(b"X-Crawler-" if key.lower() in untrue else b"") + key + b": " + value for key, value in told]
    start = f"HTTP/1.1 {answer.status} {httpx.codes.get_reason_phrase(answer.status)}".encode()
    return Exchange(url, b"\r\n".join([start, *lines, b"", b""]), answer.body if is_as_coded else page)
