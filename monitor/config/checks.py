"""What several entries of config.yaml say together → what is wrong with that, and what is right but worth a word.

They are asked of the document as it stands, so that they are told beside all that is wrong with each entry alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

from monitor.config.document import Entries, Keys, Location
from monitor.config.reader_checks import folders_of_readers, reader_cautions, reader_clashes
from monitor.model.page import Config, Page
from monitor.model.rules import shortened

_FOLDERS = {"store": Config._field_defaults["store"], "reports": Config._field_defaults["reports"]}


def clashes(document: object) -> Iterator[tuple[Location, str]]:
    """Where entries stand against each other, and what would be right."""
    yield from _alike_ids(document)
    yield from _alike_hosts(document)
    yield from reader_clashes(document)
    if isinstance(document, Keys):
        store, reports = (_folder(document, key, default) for key, default in _FOLDERS.items())
        if store and reports and _is_inside(reports, store):
            what = "the reports would lie among the snapshots; give each a folder of its own"
            yield (("reports",) if "reports" in document else ("store",)), what
        for at, folder in folders_of_readers(document):
            if store and _is_inside(os.path.normpath(folder), store):
                yield at, "what is told would lie among the snapshots; give it a folder of its own"


def _is_inside(folder: str, other: str) -> bool:
    """Whether a folder is the other or lies in it."""
    return f"{folder}{os.sep}".startswith(f"{other}{os.sep}")


def _folder(document: Keys, key: str, default: str) -> str | None:
    found = document.get(key) or default
    return os.path.normpath(found) if isinstance(found, str) else None


def _alike_ids(document: object) -> Iterator[tuple[Location, str]]:
    seen: dict[str, str] = {}
    for at, id_ in _texts(document, "pages", "id"):
        first = seen.get(id_.lower())
        if first is None:
            seen[id_.lower()] = id_
        elif first == id_:
            yield ("pages", at, "id"), "another page has the same id; give each its own"
        else:
            what = f"differs from {shortened(first)!r} by capitals alone, and their folders are one on some systems"
            yield ("pages", at, "id"), f"{what}; give each its own"


def _alike_hosts(document: object) -> Iterator[tuple[Location, str]]:
    seen: set[str] = set()
    for at, host in _texts(document, "hosts", "host"):
        name = host.strip().lower().rstrip(".")
        if name in seen:
            yield ("hosts", at, "host"), "this host has an entry above; write all its keys there"
        seen.add(name)


def _texts(document: object, key: str, inner: str) -> Iterator[tuple[int, str]]:
    """The texts under a key of a list's entries, and which entry has each."""
    entries = document.get(key) if isinstance(document, Keys) else None
    for at, entry in enumerate(entries if isinstance(entries, Entries) else [entries]):
        text = entry.get(inner) if isinstance(entry, Keys) else None
        if isinstance(text, str):
            yield at, text


def cautions(config: Config) -> Iterator[tuple[Location, str]]:
    """What may be meant so, and is worth a word: a password that goes over the network for all to read."""
    for at, page in enumerate(config.pages):
        if _is_read_by_others(page):
            what = "the login, or what is secret in the request, goes there unencrypted"
            yield ("pages", at, "url"), f"{what}; write https:// where the host has it"
    yield from reader_cautions(config)


def _is_read_by_others(page: Page) -> bool:
    parts = urlsplit(page.url or "")
    sent = (*page.request.headers, *page.request.cookies)
    is_secret = page.request.login is not None or any(each.env or each.file for _, each in sent)
    return is_secret and parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1")
