"""An address → a page to be watched: captured twice, seconds apart, read, and its entry for config.yaml.

What two captures of one minute differ in ticks by itself, and is known from the start.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from monitor.capture.guard import PrivateError
from monitor.capture.hosts import Hosts
from monitor.capture.urls import NoAddressError, host_of, port_of, url_of
from monitor.compare import compare
from monitor.config.places import address, page_id
from monitor.errors import CaptureError, EmptyError, InputError, MonitorError, how_to_install
from monitor.model.comparison import Comparison
from monitor.model.doubts import SIGN_IN
from monitor.model.page import LONGEST_ID, Page
from monitor.model.reading import Reading, Suspicion
from monitor.model.request import Host
from monitor.model.rules import shortened
from monitor.model.snapshot import Snapshot
from monitor.read.plain import plain_text
from monitor.read.served import of_nothing, served_doubts, with_served
from monitor.watch.instance import only_instance
from monitor.watch.read_page import read_page
from monitor.watch.take_snapshot import Clients
from monitor.watch.write_config import with_entries

if TYPE_CHECKING:
    from monitor.store.folder import Store
    from monitor.watch.project import Project

APART = 5.0  # seconds between the two captures: what ticks shows it, and nobody has published anything
_EVERY = "6h"  # of the proposed entry: no working day passes unseen, and no server minds
_LONGEST_SLUG = 40
BROWSER = f"`browser: yes` ({how_to_install('browser')})"
_LOG_IN = "write its entry by hand, with `login` (HTTP basic), `cookies` or `headers` below `request`"
_BY_HAND = "where it is the page all the same, write its entry by hand"
_NOT_THERE = (404, 410)
_LONGEST_WORD = 12  # letters: News, Aktuelles, Press, Startseite
_FEW_LETTERS = 300  # a page that says less, and has scripts, may be made by them


class Added(NamedTuple):
    """The page with its two captures, read and compared; `entry` are the lines of its entry for `pages`.

    `host` are those for `hosts`, where the page lies on a private address that must be allowed; else none.
    `may_need_browser`: little can be read of it, and it has scripts.
    """

    page: Page
    references: tuple[str, str]
    reading: Reading
    comparison: Comparison
    entry: tuple[str, ...]
    host: tuple[str, ...] = ()
    may_need_browser: bool = False


def add_page(  # noqa: PLR0913  what the command is told, and whom it tells
    project: Project,
    url: str,
    *,
    id: str | None = None,  # noqa: A002  the word of config.yaml
    is_private: bool = False,
    is_written: bool = False,
    apart: float = APART,
    tell: Callable[[], object] = lambda: None,
) -> Added:
    """Capture the page at that address twice and read it.

    `is_private` allows its host to be on a private network. Without an `id` one is made of the address. Where the entry
    `is_written` afterwards, config.yaml has to be of a form in which it can be. `tell` is called when nothing speaks
    against asking for the page, which is next.

    Raises InputError where the page is watched already or its entry would be none, and CaptureError where it cannot be
    captured.
    """
    _check(url, id, project)
    page = Page(id=id or _free_id(url, project), url=url)
    hosts = _hosts(url, project, is_private=is_private)
    if is_written:
        with_entries(project, {"pages": tuple(_entry_lines(page))})
    with only_instance(project.store, "monitor add"):
        snapshots = asyncio.run(_taken(project, page, hosts, apart, tell))
        before, after = (_honest(each, page, url) for each in snapshots)
        references = _kept(project, page, snapshots)
    page = page._replace(title=_telling(after.title, url, project))
    host = tuple(_host_lines(hosts[0])) if hosts != project.config.hosts else ()
    return Added(
        page,
        references,
        after,
        compare(before, after, page=page.id),
        tuple(_entry_lines(page)),
        host,
        may_need_browser=_may_need_browser(snapshots[1]),
    )


def _check(url: str, id: str | None, project: Project) -> None:  # noqa: A002  the word of config.yaml
    """Raise InputError where config.yaml could not name the page so, or has it."""
    if not url.startswith(("http://", "https://")):
        raise InputError(f"{shortened(url)!r} is no address of a web page", "write it with https:// in front")
    try:
        address(url)
        url_of(url)
        page_id(id or "page")
    except NoAddressError as error:
        raise InputError(f"{shortened(url)!r} is {error}", "write it as a browser shows it") from error
    except ValueError as error:  # whose sentence has its remedy
        raise InputError(str(error), "") from error
    pages = project.config.pages
    known = next((page for page in pages if page.url == url or page.id.lower() == (id or "").lower()), None)
    if known:
        what = "that address" if known.url == url else "that id"
        raise InputError(f"{project.config.source} has a page of {what}, {known.id}", f"monitor check {known.id}")


def _telling(title: str | None, url: str, project: Project) -> str | None:
    """The title, with the host behind it where it may be that of many pages: one short word, or another page's too."""
    is_bare = title and len(title.split()) == 1 and len(title) <= _LONGEST_WORD
    is_taken = any(title == page.title for page in project.config.pages)
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return f"{title} – {host}" if title and host and (is_bare or is_taken) else title


def _may_need_browser(snapshot: Snapshot) -> bool:
    letters = sum(map(len, plain_text(snapshot).split()))
    return _has_scripts(snapshot) and letters < _FEW_LETTERS


def _has_scripts(snapshot: Snapshot) -> bool:
    return b"<script" in snapshot.body.lower()


def _honest(snapshot: Snapshot, page: Page, url: str) -> Reading:
    """The reading, where nothing speaks against it. Raises InputError: an error page is not to be watched."""
    try:
        reading = read_page(snapshot, page)
    except EmptyError:
        reading = with_served(of_nothing(snapshot), served_doubts(snapshot))
    for doubt in reading.suspicions:
        what = f"{url} may not be the page: {doubt.reason.rstrip('.')}"
        raise InputError(what, f"nothing was kept; {_way_to_page(doubt, snapshot)}")
    return reading


def _way_to_page(doubt: Suspicion, snapshot: Snapshot) -> str:
    """What may bring the page itself."""
    status = snapshot.exchanges[-1].status if snapshot.exchanges else 0
    is_empty, wants_scripts = doubt.sign == "empty", "javascript" in (doubt.quote or "").lower()
    if status in _NOT_THERE:
        return "check the address"
    if doubt.sign == SIGN_IN:
        return _LOG_IN
    if _has_scripts(snapshot) and (is_empty or wants_scripts):
        return f"it seems to need JavaScript: write its entry by hand, with {BROWSER}"
    return "check the address in a browser" if is_empty else _BY_HAND


async def _taken(
    project: Project, page: Page, hosts: Sequence[Host], apart: float, tell: Callable[[], object]
) -> tuple[Snapshot, Snapshot]:
    """Two snapshots, the second whole as the first: a server that says "as before" would show nothing that ticks."""
    async with Clients(project.store, hosts, project.folder) as clients:
        try:
            await clients.check(page)
            tell()
            first = await clients.take(page, is_whole=True)
        except PrivateError as error:
            raise InputError(error.what, "if it is meant, say so with --private") from error
        except CaptureError as error:
            if not error.is_passing:
                raise
            raise CaptureError(error.what, "nothing was kept; add it again when it answers") from error
        await asyncio.sleep(apart)
        return first, await clients.take(page, is_whole=True)


def _kept(project: Project, page: Page, snapshots: Sequence[Snapshot]) -> tuple[str, str]:
    with project.store.writing() as writer:
        added = writer.add_all([(page.id, each) for each in snapshots])
    kept = {each.file: each.reference for each in project.store.captures(page.id)}
    first, second = (kept[each.entry.file] for each in added)
    return first, second


def _free_id(url: str, project: Project) -> str:
    """The host and the first words of the path, with a number behind where that is taken.

    An id that the store alone has, for captures of this very address, is not taken: the page was added, not watched.
    """
    parts = urlsplit(url)
    words = re.findall(r"[a-z0-9]+", f"{(parts.hostname or '').removeprefix('www.')} {parts.path}".lower())
    slug = "-".join(words)[:_LONGEST_SLUG].strip("-") or "page"
    watched, kept = {page.id.lower() for page in project.config.pages}, project.store.pages()
    taken = watched | {each.lower() for each in kept}
    numbered = (f"{slug}-{number}"[:LONGEST_ID] for number in range(2, len(taken) + 3))
    return next(
        each
        for each in (slug, *numbered)
        if each not in taken or (each in kept and each not in watched and _is_of(url, each, project.store))
    )


def _is_of(url: str, id: str, store: Store) -> bool:  # noqa: A002  the word of config.yaml
    """Whether the newest capture under that id was asked for by that address."""
    try:
        snapshot = store.load(store.captures(id)[-1])
    except (IndexError, MonitorError):
        return False
    asked = snapshot.exchanges[0].url if snapshot.exchanges else snapshot.url
    return asked in (url, str(url_of(url.partition("#")[0])))


def _hosts(url: str, project: Project, *, is_private: bool) -> tuple[Host, ...]:
    """The hosts of the config, before them this one where it is allowed to be private and the config does not do so."""
    known, asked = project.config.hosts, url_of(url)
    if not is_private or Hosts(known).of(host_of(asked), port_of(asked)).is_private_allowed:
        return known
    return (Host(urlsplit(url).netloc.rpartition("@")[2], is_private_allowed=True), *known)


def _host_lines(host: Host) -> Iterator[str]:
    yield f"host: {_quoted(host.host)}"
    yield "private: yes # its address is on a private network, and that is meant"


def _entry_lines(page: Page) -> Iterator[str]:
    yield f"id: {page.id}"
    if page.title:
        yield f"title: {_quoted(page.title)}"
    yield f"url: {_quoted(page.url or '')}"
    yield f"every: {_EVERY}"


def _quoted(text: str) -> str:
    """A text in the quotes of JSON, which YAML reads likewise; what nobody sees is written by its number."""
    plain = json.dumps(" ".join(text.split()), ensure_ascii=False)
    return "".join(each if each.isprintable() else _escaped(each) for each in plain)


def _escaped(sign: str) -> str:
    number = ord(sign)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
