"""What may stand in config.yaml: one class for each mapping, one line for each key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from warnings import catch_warnings

import soupsieve
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from monitor.model.page import ID_RULE, Then, is_page_id
from monitor.model.rules import Direction, Unit, fit, shortened, split


def _selector(value: str) -> str:
    if not value.strip():
        raise ValueError("the selector is empty; write one like 'div.news li', or leave the key out")
    try:
        with catch_warnings(action="ignore"):  # soupsieve warns of old spellings that work
            soupsieve.compile(fit(split(value)[0]) or ":scope")
    except (soupsieve.SelectorSyntaxError, NotImplementedError, ValueError, OverflowError, RecursionError) as error:
        what = shortened(str(error).partition("\n")[0].rstrip("."), 120)
        wanted = "write one like 'div.news li' or 'time@datetime'"
        raise ValueError(f"{shortened(value)!r} is no CSS selector ({what}); {wanted}") from error
    return value


def _one_or_more(value: object) -> object:
    """A single entry may stand without the dash of a list; a key without a value is a key left out."""
    return [value] if isinstance(value, str | Mapping) else [] if value is None else value


def _select_alone(value: object) -> object:
    """A selector by itself is a rule that has only that."""
    return {"select": value} if isinstance(value, str) else value


def _slug(value: str) -> str:
    if not is_page_id(value):
        raise ValueError(f"{shortened(value)!r} is no id; {ID_RULE}")
    return value


def _address(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError(f"{shortened(value)!r} is no address of a page; write one that begins with https://")
    return value


def _authority(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError(f"{shortened(value)!r} is no address of a time-stamp authority; write one like https://…")
    return value


def _file(value: str) -> str:
    if not value.strip() or "\0" in value:
        raise ValueError("the file has no name; write one like 'authority.pem', or leave the key out")
    return value


def _folder(value: str) -> str:
    if not value.strip() or "\0" in value:
        raise ValueError("the folder has no name; write one like 'snapshots', or leave the key out")
    return value


def _days(value: str) -> str:
    if not (value.isascii() and value.isdecimal() and int(value[:9]) > 0 and len(value) < 6):
        raise ValueError(f"{shortened(value)!r} is no number of days; write one like 365")
    return value


_Selector = Annotated[str, AfterValidator(_selector)]
_ONE = BeforeValidator(_one_or_more)
_ALONE = BeforeValidator(_select_alone)
_Selectors = Annotated[list[_Selector], _ONE]


class Entry(BaseModel):
    """A mapping of config.yaml; a key that it does not name is an error, and no text is made of a number."""

    model_config = ConfigDict(extra="forbid", strict=True)


class ListEntry(Entry):
    select: _Selector
    title: _Selector | None = None
    date: _Selector | None = None
    url: _Selector | None = None
    teaser: _Selector | None = None


class FieldEntry(Entry):
    select: _Selector
    label: _Selector | None = None
    value: _Selector | None = None
    name: str | None = None


class CounterEntry(Entry):
    select: _Selector
    value: _Selector | None = None
    unit: Unit | None = None
    direction: Direction | None = None


class LeadEntry(Entry):
    select: _Selector
    title: _Selector | None = None
    date: _Selector | None = None


class KeepEntry(Entry):
    days: Annotated[str, AfterValidator(_days)]
    then: Then = "changes"


class PageEntry(Entry):
    id: Annotated[str, AfterValidator(_slug)]
    title: str | None = None
    url: Annotated[str, AfterValidator(_address)] | None = None
    ignore: _Selectors = []
    only: _Selectors = []
    lists: Annotated[list[Annotated[ListEntry, BeforeValidator(_select_alone)]], BeforeValidator(_one_or_more)] = []
    fields: Annotated[list[Annotated[FieldEntry, BeforeValidator(_select_alone)]], BeforeValidator(_one_or_more)] = []
    counters: Annotated[
        list[Annotated[CounterEntry, BeforeValidator(_select_alone)]], BeforeValidator(_one_or_more)
    ] = []
    lead: Annotated[LeadEntry | None, BeforeValidator(_select_alone)] = None
    keep: KeepEntry | None = None


class TimestampsEntry(Entry):
    url: Annotated[str, AfterValidator(_authority)] | None = None
    ca_file: Annotated[str, AfterValidator(_file)] | None = None


class ConfigEntry(Entry):
    pages: list[PageEntry]
    store: Annotated[str, AfterValidator(_folder)] = "snapshots"
    keep: KeepEntry | None = None
    timestamps: TimestampsEntry | None = None


# The entry whose keys stand under a key of that name.
ENTRIES: Mapping[str, type[Entry]] = {
    "": ConfigEntry, "pages": PageEntry, "lists": ListEntry, "fields": FieldEntry, "counters": CounterEntry,
    "lead": LeadEntry, "keep": KeepEntry, "timestamps": TimestampsEntry,
}  # fmt: skip
