"""An archive's list of its captures of one address, a TimeMap or an answer of a CDX server → Mementos. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import NamedTuple

_SCHEMES = ("http://", "https://")


class Memento(NamedTuple):
    """A capture that an archive has: when it was taken (UTC), of which address, and its status where the list has it.

    `place` is its own address in the archive, where the list gives one.
    """

    at: datetime
    url: str
    status: int | None = None
    place: str | None = None


class TimeMap(NamedTuple):
    """What one list says: its mementos, and the addresses of the lists that it is continued in."""

    mementos: tuple[Memento, ...]
    further: tuple[str, ...] = ()


def in_link_format(text: str, url: str) -> TimeMap:
    """A TimeMap of RFC 7089, asked for of `url`; what is no memento in it is passed over."""
    mementos, further = [], []
    for address, relations, parameters in _links(text):
        at = http_date(parameters.get("datetime")) or _stamp_in(address)
        if "memento" in relations and at:
            mementos.append(Memento(at, captured_address(address) or url, place=address))
        elif "timemap" in relations and "self" not in relations:
            further.append(address)
    return TimeMap(tuple(mementos), tuple(further))


def in_cdx(text: str) -> TimeMap:
    """The lines of a CDX server: eleven or seven fields with spaces, or CDXJ; other lines are passed over."""
    return TimeMap(tuple(memento for line in text.splitlines() if (memento := _indexed(line))))


def raw_address(memento: Memento, replay: str) -> str:
    """Where the archive gives a memento's bytes as it got them, without a toolbar and with its links untouched."""
    if memento.place is None:
        return f"{replay}{memento.at:%Y%m%d%H%M%S}id_/{memento.url}"
    return _stamp().sub(r"/\1id_/", memento.place, count=1)


def captured_address(address: str) -> str | None:
    """What a memento is of, as its own address ends in most archives; None where it does not."""
    found = _stamp().search(address)
    rest = address[found.end() :] if found else ""
    return rest if rest.startswith(_SCHEMES) else None


def http_date(text: str | None) -> datetime | None:
    """A date as HTTP writes it ("Fri, 01 Mar 2024 12:00:00 GMT"), in UTC; None where it is none."""
    try:
        return parsedate_to_datetime(text).astimezone(UTC) if text else None
    except (ValueError, OverflowError):
        return None


def _links(text: str) -> Iterator[tuple[str, list[str], dict[str, str]]]:
    for link in _link().finditer(text):
        parameters = {name.lower(): value.strip('"') for name, value in _parameter().findall(link["parameters"])}
        yield link["address"].strip(), parameters.get("rel", "").lower().split(), parameters


def _indexed(line: str) -> Memento | None:
    words = line.split(None, 2)
    at = _moment(words[1]) if len(words) == 3 else None
    if at is None:
        return None
    url, status = _json_fields(words[2]) if words[2].startswith("{") else _plain_fields(words[2])
    return Memento(at, url, int(status) if status.isdecimal() else None) if url.startswith(_SCHEMES) else None


def _json_fields(text: str) -> tuple[str, str]:
    try:
        fields = json.loads(text)
    except ValueError:
        return "", ""
    return str(fields.get("url", "")), str(fields.get("status", ""))


def _plain_fields(text: str) -> tuple[str, str]:
    """Address, media type, status, digest and more."""
    fields = text.split()
    return fields[0], fields[2] if len(fields) > 2 else ""


def _stamp_in(address: str) -> datetime | None:
    found = _stamp().search(address)
    return _moment(found[1]) if found else None


def _moment(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC) if len(stamp) == 14 else None
    except ValueError:
        return None


@cache
def _link() -> re.Pattern[str]:
    return re.compile(r'<(?P<address>[^>]*)>(?P<parameters>(?:\s*;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^\s",;]*))*)')


@cache
def _parameter() -> re.Pattern[str]:
    return re.compile(r'([\w*-]+)\s*=\s*("[^"]*"|[^\s",;]*)')


@cache
def _stamp() -> re.Pattern[str]:
    """The moment in a memento's address, and what asks for a form of it: /20240301120000mp_/"""
    return re.compile(r"/([0-9]{14})([a-z]{2}_)?/")
