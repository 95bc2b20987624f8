"""A project's store and a page's id → the page's story over all its captures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monitor.compare.story import story
from monitor.model.snapshot import Capture
from monitor.model.story import DealtWith, Event, ItemStory, Story, Untold
from monitor.store import names
from monitor.store.catalogue.acknowledged import Acknowledged
from monitor.store.folder import Store
from monitor.watch.find_capture import captures_of_page
from monitor.watch.follow_items import with_answer
from monitor.watch.project import Project
from monitor.watch.read_captures import Read, catalogue_of, read_with
from monitor.watch.span import span_after


class Told(NamedTuple):
    """The story; `faults` are captures that could not be read, `notices` lines on the catalogue."""

    story: Story
    faults: tuple[str, ...]
    notices: tuple[str, ...]


def tell_story(project: Project, id: str) -> Told:  # noqa: A002  the word of config.yaml
    """The story of a page, told of the captures that can be read. Raises InputError where there is none of it."""
    page = project.page_or_bare(id)
    captures_of_page(project.store, id)
    captures = project.store.recorded(id)
    with catalogue_of(project.store) as catalogue:
        read = read_with(catalogue, project.store, captures, page)
        accepted = catalogue.accepted(id) if catalogue else {}
        noted = catalogue.acknowledgements(id) if catalogue else []
        notices = tuple(catalogue.notices if catalogue else ())
    untold = [*_unreadable(read), *_taken_out(project.store, id)]
    told = story(page, [(each.capture, each.reading) for each in read if each.reading], untold, accepted)
    items = tuple(_with_answers(told, each, captures, project.store) for each in told.items)
    told = told._replace(items=items, dealt_with=tuple(_dealt_with(noted)))
    return Told(told, tuple(each.fault for each in read if each.fault), notices)


def _with_answers(told: Story, item: ItemStory, captures: Sequence[Capture], store: Store) -> ItemStory:
    """The item, its events with what its own address answered then, where it was asked."""

    def answered(event: Event) -> Event:
        span = span_after(told.moments[event.after].capture, captures)
        return event._replace(change=with_answer(event.change, store, span))

    return item._replace(events=tuple(map(answered, item.events)))


def _dealt_with(noted: Sequence[Acknowledged]) -> Iterator[DealtWith]:
    """Those whose captures have names as they should."""
    for each in noted:
        if capture := names.capture_of(each.page, each.file.rpartition("/")[2]):
            yield DealtWith(each.id, capture, each.kind, each.subject, each.at, each.note)


def _unreadable(read: Sequence[Read]) -> Iterator[Untold]:
    yield from (Untold(each.capture, fault=each.fault) for each in read if each.fault)


def _taken_out(store: Store, id: str) -> Iterator[Untold]:  # noqa: A002  as above
    yield from (Untold(capture, taken_out=when) for capture, when in store.taken_out(id))
