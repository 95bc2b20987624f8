"""Data of a known kind → its reading, by the adapter of that kind. The imports of each stand on its way alone."""

from __future__ import annotations

from monitor.errors import InputError
from monitor.model.reading import Reading, Suspicion
from monitor.model.snapshot import Snapshot
from monitor.read.decode import Decoded
from monitor.read.formats.kinds import FEED, GENERIC_TYPES, JSON, SITEMAP, TABLE, Kind

MEDIA_TYPES = {FEED: "application/rss+xml", SITEMAP: "application/xml", JSON: "application/json", TABLE: "text/csv"}

_CUT_EARLY = "The file breaks off before its first element is whole."


def read_data(kind: Kind, decoded: Decoded, snapshot: Snapshot) -> Reading | None:
    """The reading of data of that kind; None where it turns out to be a text after all.

    Raises InputError where it is declared to be such data and cannot be read as such.
    """
    declared = (snapshot.media_type or "").partition(";")[0].strip().lower()
    bare = Reading(
        source=snapshot.source,
        sha256=snapshot.sha256,
        size=len(snapshot.body),
        media_type=MEDIA_TYPES.get(kind.name, "application/xml") if declared in GENERIC_TYPES else declared,
        captured_at=snapshot.captured_at,
        limits=decoded.limits,
    )
    if kind.name == JSON:
        return _read_json(kind, decoded.text, bare, snapshot)
    if kind.name == TABLE:
        from monitor.read.formats.tables import read_table  # noqa: PLC0415  only tables need it

        return read_table(decoded.text, bare, snapshot.media_type or "")
    return _read_xml(kind, decoded.text, bare, snapshot)


def _read_json(kind: Kind, text: str, bare: Reading, snapshot: Snapshot) -> Reading | None:
    from monitor.read.formats.json_text import Broken, parse_json  # noqa: PLC0415  only JSON needs it

    found = parse_json(text)
    if isinstance(found, Broken):
        if kind.is_declared:
            raise InputError(f"{snapshot.source} is broken JSON ({found.why})", "capture it again")
        return None
    from monitor.read.formats.documents import read_document  # noqa: PLC0415  only JSON needs it
    from monitor.read.formats.json_feeds import is_json_feed, read_json_feed  # noqa: PLC0415  only JSON needs it

    bare = bare._replace(suspicions=found.suspicions, limits=(*bare.limits, *found.limits))
    if is_json_feed(found.value):
        return read_json_feed(found.value, bare, snapshot.url)
    return read_document(found.value, bare)


def _read_xml(kind: Kind, text: str, bare: Reading, snapshot: Snapshot) -> Reading | None:
    from monitor.read.formats.xml_tree import parse_xml  # noqa: PLC0415  only XML needs it

    found = parse_xml(text)
    if found is None and "</" not in text and "/>" not in text:
        return bare._replace(suspicions=(Suspicion(sign="truncated", reason=_CUT_EARLY),))
    if found is None:
        raise InputError(f"{snapshot.source} is broken XML without any element", "capture it again")
    bare = bare._replace(suspicions=found.suspicions, limits=(*bare.limits, *found.limits))
    if kind.name == FEED:
        from monitor.read.formats.feeds import is_feed, read_feed  # noqa: PLC0415  only feeds need it

        if is_feed(found.root):
            return read_feed(found.root, bare, snapshot.url)
    if kind.name == SITEMAP:
        from monitor.read.formats.sitemaps import read_sitemap  # noqa: PLC0415  only sitemaps need it

        return read_sitemap(found.root, bare)
    from monitor.read.formats.documents import as_values, read_document  # noqa: PLC0415  only other XML needs it

    return read_document(as_values(found.root), bare)
