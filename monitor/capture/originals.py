"""Records that revisits refer to → their heads and bodies, kept until the revisit comes, on disk if they are many."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import NamedTuple

from monitor.capture.addresses import bare
from monitor.capture.messages import parted
from monitor.capture.warc_records import Record
from monitor.model.snapshot import Exchange

_MOST_IN_MEMORY = 64 * 1024**2  # bytes of bodies; more go to a temporary file

Key = tuple[str, str]


class Original(NamedTuple):
    """What a server once answered: the head, and the body with its content coding."""

    head: bytes
    body: bytes

    @property
    def coding(self) -> str | None:
        """The content coding that is on the body."""
        return Exchange("", self.head, b"").header("Content-Encoding")


class Originals:
    """The originals under the keys that revisits look for, and no others. Closing it forgets them."""

    def __init__(self, wanted: frozenset[Key]) -> None:
        self._wanted = wanted
        self._places: dict[Key, tuple[int, int, int]] = {}
        self._file = SpooledTemporaryFile(max_size=_MOST_IN_MEMORY)  # noqa: SIM115  closed with this object

    def close(self) -> None:
        """Give back what the bodies took."""
        self._file.close()

    def keep(self, record: Record) -> None:
        """Remember a record if a revisit will look for it. Of one address the last record counts."""
        keys = _keys_of(record) & self._wanted
        if not keys:
            return
        head, body, _ = parted(record.block)
        start = self._file.seek(0, 2)
        self._file.write(head + body)
        for key in keys:
            self._places[key] = (start, len(head), len(body))

    def of(self, record: Record) -> Original | None:
        """What a revisit refers to; None where it has not been seen."""
        place = next((self._places[key] for key in keys_wanted(record) if key in self._places), None)
        if place is None:
            return None
        start, head, body = place
        self._file.seek(start)
        return Original(self._file.read(head), self._file.read(body))


def keys_wanted(record: Record) -> list[Key]:
    """What a revisit's original may be found by, the surest first; nothing for another record."""
    if record.kind != "revisit":
        return []
    url = bare(record.field("WARC-Refers-To-Target-URI") or record.url)
    keys = [
        ("id", record.field("WARC-Refers-To")),
        ("time", _joined(url, record.field("WARC-Refers-To-Date"))),
        ("url", url) if is_not_modified(record) else ("digest", record.field("WARC-Payload-Digest")),
    ]
    return [(kind, value) for kind, value in keys if value]


def is_not_modified(record: Record) -> bool:
    """Whether a record says that the server had nothing new to send."""
    profile = record.field("WARC-Profile") or ""
    return record.status == 304 or (record.kind == "revisit" and profile.endswith("server-not-modified"))


def _keys_of(record: Record) -> set[Key]:
    if record.kind != "response" or record.status != 200:
        return set()
    url = bare(record.url)
    keys = [
        ("id", record.id),
        ("time", _joined(url, record.field("WARC-Date"))),
        ("digest", record.field("WARC-Payload-Digest")),
        ("url", url),
    ]
    return {(kind, value) for kind, value in keys if value}


def _joined(url: str, date: str | None) -> str | None:
    return f"{date} {url}" if date else None
