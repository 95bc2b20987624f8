"""What readers, pages and the way mail is sent say of each other in config.yaml → what is wrong with that.

Asked of the document as it stands. A key under which something else stands than belongs there is told elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from monitor.config.document import Entries, Keys, Location
from monitor.model.page import Config
from monitor.model.reader import Mail
from monitor.model.rules import shortened

_CHANNELS = ("mail", "folder", "webhook", "apprise", "stdout")


def reader_clashes(document: object) -> Iterator[tuple[Location, str]]:
    """Where they stand against each other, and what would be right."""
    if not isinstance(document, Keys):
        return
    pages = {text for _, text in _texts_in(document, "pages", "id")}
    tags = {text for _, text in (*_texts_in(document, "pages", "tags"), *_texts(document.get("defaults"), "tags"))}
    readers = {text for _, text in _texts_in(document, "readers", "id")}
    yield from _alike(document)
    yield from _unknown(_texts_in(document, "readers", "pages"), pages, "page")
    yield from _unknown(_texts_in(document, "readers", "tags"), tags, "tag of a page")
    for at, reader in _entries(document, "readers"):
        for key in ("raise", "mute"):
            found = (((*at, *place), text) for place, text in _texts_in(reader, key, "page"))
            yield from _unknown(found, pages, "page")
        yield from _unreachable(at, reader, document.get("mail"))
    told = _texts(document.get("defaults"), "tell")
    named = [*_texts_in(document, "pages", "tell"), *((("defaults", *at), text) for at, text in told)]
    yield from _unknown(named, readers, "reader")


def _alike(document: Keys) -> Iterator[tuple[Location, str]]:
    seen: set[str] = set()
    for at, text in _texts_in(document, "readers", "id"):
        if text in seen:
            yield at, "another reader has the same id; give each its own"
        seen.add(text)


def _unknown(found: Iterable[tuple[Location, str]], known: set[str], what: str) -> Iterator[tuple[Location, str]]:
    for at, text in found:
        if text not in known:
            yield at, f"{shortened(text)!r} is no {what}; {_meant(text, known, what)}"


def _meant(text: str, known: set[str], what: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  only a mistyped name waits for it

    if near := get_close_matches(text, sorted(known), n=1):
        return f"did you mean {shortened(near[0])}?"
    return f"there is {', '.join(map(shortened, sorted(known)[:5]))}" if known else f"there is no {what} at all"


def _unreachable(at: Location, reader: Keys, smtp: object) -> Iterator[tuple[Location, str]]:
    """A reader without a channel, and mail that does not say how it is sent."""
    if not any(reader.get(each) is not None for each in _CHANNELS):
        yield (*at, "id"), "has no way to be told; write mail, folder, webhook, apprise or stdout"
    mail = reader.get("mail")
    if mail is None:
        return
    own, common = (each if isinstance(each, Keys) else Keys() for each in (mail, smtp))
    for key, what in (("from", "the address it comes from"), ("server", "the server that takes it")):
        if own.get(key) is None and common.get(key) is None:
            yield (*at, "mail"), f"does not say {what}; write {key} here, or in mail for all readers"


def folders_of_readers(document: Keys) -> Iterator[tuple[Location, str]]:
    """The folders in which readers are told, as they are written."""
    for at, reader in _entries(document, "readers"):
        folder = reader.get("folder")
        path = folder.get("path") if isinstance(folder, Keys) else folder
        if isinstance(path, str):
            yield (*at, "folder"), path


def _texts_in(document: Keys, key: str, inner: str) -> Iterator[tuple[Location, str]]:
    for at, entry in _entries(document, key):
        for place, text in _texts(entry, inner):
            yield (*at, *place), text


def _entries(document: Keys, key: str) -> Iterator[tuple[Location, Keys]]:
    """The entries of a list, or the one that stands without its dash, and where."""
    found = document.get(key)
    if isinstance(found, Keys):
        yield (key,), found
    for at, entry in enumerate(found if isinstance(found, Entries) else ()):
        if isinstance(entry, Keys):
            yield (key, at), entry


def _texts(entry: object, key: str) -> Iterator[tuple[Location, str]]:
    """The texts of a list under a key, or the one that stands without its dash, each without needless blanks."""
    found = entry.get(key) if isinstance(entry, Keys) else None
    if isinstance(found, str):
        yield (key,), " ".join(found.split())
    for at, text in enumerate(found if isinstance(found, Entries) else ()):
        if isinstance(text, str):
            yield (key, at), " ".join(text.split())


def reader_cautions(config: Config) -> Iterator[tuple[Location, str]]:
    """What may be meant so, and is worth a word."""
    for at, reader in enumerate(config.readers):
        if reader.schedule is None and reader.at_once is None:
            what = "is told nothing by itself; write at_once, or every, at or cron, or send with monitor digest"
            yield ("readers", at, "id"), what
        for channel in reader.channels:
            if isinstance(channel, Mail):
                yield from (((("readers", at, "mail")), what) for what in _mail_cautions(channel))


def _mail_cautions(mail: Mail) -> Iterator[str]:
    if mail.login and mail.security == "none":
        yield "the password goes there unencrypted; write security: starttls where the server has it"
    if mail.unsubscribe and not mail.dkim:
        yield "unsubscribe is left out of the mail, for it counts only where dkim signs it; write dkim too"
