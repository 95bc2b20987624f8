"""What may stand in config.yaml: one class for each mapping, one line for each key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, get_args

from pydantic import Field, ValidationInfo, field_validator

from monitor.config.amounts import DURATION_SCHEMA, days, whole, whole_schema
from monitor.config.expect_entries import ExpectEntry
from monitor.config.places import ADDRESS_SCHEMA, FILE_SCHEMA, ID_SCHEMA, address, authority, named, page_id, textfile
from monitor.config.reader_entries import ReaderEntry, SmtpEntry
from monitor.config.request_entries import BrowserEntry, HostEntry, RequestEntry
from monitor.config.rule_entries import Counters, Fields, Lead, Lists, Selectors
from monitor.config.shapes import Entry, OneOrMore, Switched, Text
from monitor.config.times import SCHEDULES
from monitor.config.values import Cron, Every, MetricsPort, Times, Words, YesOrNo, Zone
from monitor.model.page import Then

Textfile = Annotated[str, Text(textfile, FILE_SCHEMA)]
Folder = Annotated[str, Text(named("folder", "snapshots"), FILE_SCHEMA)]
Lag = Annotated[int, Text(days, DURATION_SCHEMA)]
Days = Annotated[int, Text(whole(1, 99_999), whole_schema(1, 99_999))]


class KeepEntry(Entry):
    days: Days = Field(description="all captures for so many days")
    then: Then = Field("changes", description="of older ones those that found a change, or nothing")


class NamedEntry(Entry):
    id: Annotated[str, Text(page_id, ID_SCHEMA)] = Field(description="the page's short name: letters, digits, . - _")
    title: Annotated[str, Text(str)] | None = Field(None, description="what a person calls the page")
    url: Annotated[str, Text(address, ADDRESS_SCHEMA)] | None = Field(None, description="the page's address")


class WatchedEntry(Entry):
    """What a page may have, and the defaults of all pages."""

    ONE_OF: ClassVar[tuple[tuple[str, ...], ...]] = (SCHEDULES,)

    every: Every | None = Field(None, description="how often it is captured: 30m, 6h, 1d … or never")
    at: Times = Field([], description='the times of the day at which it is captured: "07:00"')
    cron: Cron | None = Field(
        None, description="when it is captured, as cron has it: minute hour day month weekday, weekdays by name"
    )
    zone: Zone | None = Field(None, description="the time zone of at, of cron and of the page's days")
    lag: Lag | None = Field(None, description="how late the page puts things up: 3d")
    tags: Words = Field([], description="words to find it by")
    expect: ExpectEntry = Field(ExpectEntry.model_validate({}), description="what the page ought to say")
    request: RequestEntry = Field(RequestEntry.model_validate({}), description="how the page is asked for")
    browser: Annotated[BrowserEntry | None, Switched()] = Field(
        None, description="whether it is opened in a browser, and how: yes, no, or keys"
    )
    told_after: Annotated[int, Text(whole(1, 1000), whole_schema(1, 1000))] = Field(
        3, description="how many captures in a row must fail before that is told"
    )
    ask_items: YesOrNo = Field(
        True, description="whether the address of an item that changed suspiciously is asked for"
    )
    tell: Words = Field([], description="readers who are told of it, beside those who name it: their ids")
    documents: YesOrNo = Field(False, description="whether files behind items are held against those of before")
    keep: KeepEntry | None = Field(None, description="how long its captures are kept; without it for ever")


class RuledEntry(Entry):
    ignore: Selectors = Field([], description="elements that are read as if they were not there")
    only: Selectors = Field([], description="elements outside of which nothing is read, but for other rules")
    lists: Lists = Field([], description="lists of items")
    fields: Fields = Field([], description="labels and their values")
    counters: Counters = Field([], description="sentences with a number that moves with the calendar")
    lead: Lead | None = Field(None, description="the one article that stands in full")


class PageEntry(WatchedEntry, RuledEntry, NamedEntry):
    @field_validator(*SCHEDULES, mode="after")
    @classmethod
    def _has_an_address(cls, value: object, info: ValidationInfo) -> object:
        if value and "url" in info.data and not info.data["url"]:
            raise ValueError("there is no address to capture; write url, or leave this out")
        return value


class TimestampsEntry(Entry):
    url: Annotated[str, Text(authority, ADDRESS_SCHEMA)] | None = Field(
        None, description="the address of a time-stamp authority (RFC 3161)"
    )
    ca_file: Annotated[str, Text(named("file", "authority.pem"), FILE_SCHEMA)] | None = Field(
        None, description="its root certificate"
    )


class MetricsEntry(Entry):
    port: MetricsPort | None = Field(None, description="the port of this machine that serves metrics to Prometheus")
    textfile: Textfile | None = Field(None, description="the file for Prometheus' node exporter, named *.prom")


class ConfigEntry(Entry):
    pages: list[PageEntry] = Field(description="the pages that are watched")
    defaults: WatchedEntry = Field(
        WatchedEntry.model_validate({}), description="what holds for each page without its own"
    )
    readers: Annotated[list[ReaderEntry], OneOrMore()] = Field([], description="who is told what changed, and how")
    mail: SmtpEntry = Field(
        SmtpEntry.model_validate({}), description="how mail is sent, where no reader says otherwise"
    )
    hosts: Annotated[list[HostEntry], OneOrMore()] = Field([], description="how hosts are treated")
    store: Folder = Field("snapshots", description="the folder of the snapshots")
    reports: Folder = Field("reports", description="the folder of the reports")
    reports_url: Annotated[str, Text(address, ADDRESS_SCHEMA)] | None = Field(
        None, description="the address at which that folder is served, for links in what is sent"
    )
    keep: KeepEntry | None = Field(None, description="how long captures are kept; without it for ever")
    timestamps: TimestampsEntry | None = Field(None, description="who signs the newest line of the ledger")
    metrics: MetricsEntry | None = Field(None, description="where monitor run puts metrics for Prometheus")


def entry_at(location: tuple[int | str, ...]) -> type[Entry]:
    """The entry whose keys stand where a location leads, or nearest around it."""
    entry: type[Entry] = ConfigEntry
    for step in location:
        field = entry.named_keys().get(step) if isinstance(step, str) else None
        inner = next(_entries_in(field.annotation), None) if field else None
        entry = inner or entry
    return entry


def all_entries(entry: type[Entry] = ConfigEntry) -> Iterator[type[Entry]]:
    """That entry and all inside it, one as often as it stands there."""
    yield entry
    for field in entry.model_fields.values():
        for inner in _entries_in(field.annotation):
            yield from all_entries(inner)


def _entries_in(annotation: object) -> Iterator[type[Entry]]:
    if isinstance(annotation, type) and issubclass(annotation, Entry):
        yield annotation
    for each in get_args(annotation):
        yield from _entries_in(each)
