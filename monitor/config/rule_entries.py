"""What the rules of a page are in config.yaml: which of its elements are its lists, fields, counters, lead."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from monitor.config.places import SELECTOR_SCHEMA, selector
from monitor.config.shapes import Alone, Entry, OneOrMore, Text
from monitor.model.rules import Direction, Unit

Selector = Annotated[str, Text(selector, SELECTOR_SCHEMA)]
Selectors = Annotated[list[Selector], OneOrMore()]


class ListEntry(Entry):
    select: Selector = Field(description="the elements that are one item each; the others are looked for inside them")
    title: Selector | None = Field(None, description="the item's title")
    date: Selector | None = Field(None, description="the item's date")
    url: Selector | None = Field(None, description="the item's link")
    teaser: Selector | None = Field(None, description="the text below the item's title")


class FieldEntry(Entry):
    select: Selector = Field(description="the elements that hold one label and one value each")
    label: Selector | None = Field(None, description="where the label stands")
    value: Selector | None = Field(None, description="where the value stands")
    name: Annotated[str, Text(str)] | None = Field(None, description="a label in your own words")


class CounterEntry(Entry):
    select: Selector = Field(description="the sentence with a number that moves with the calendar")
    value: Selector | None = Field(None, description="where in the sentence the number stands")
    unit: Unit | None = Field(None, description="what the number counts")
    direction: Direction | None = Field(None, description="which way it counts")


class LeadEntry(Entry):
    select: Selector = Field(description="the article that stands in full")
    title: Selector | None = Field(None, description="where its title stands")
    date: Selector | None = Field(None, description="where its date stands")


Lists = Annotated[list[Annotated[ListEntry, Alone("select")]], OneOrMore()]
Fields = Annotated[list[Annotated[FieldEntry, Alone("select")]], OneOrMore()]
Counters = Annotated[list[Annotated[CounterEntry, Alone("select")]], OneOrMore()]
Lead = Annotated[LeadEntry, Alone("select")]
