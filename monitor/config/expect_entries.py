"""What a page ought to say, in config.yaml: the origin of a counter, the zone of a clock, the value of a field."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from monitor.config.shapes import Entry, OneOrMore, Text, words
from monitor.config.times import DAY_SCHEMA, day
from monitor.config.values import YesOrNo, Zone

Phrase = Annotated[str, Text(words)]


class ExpectedCounterEntry(Entry):
    label: Phrase = Field(description="words that stand in the counter's sentence")
    origin: Annotated[date, Text(day, DAY_SCHEMA)] = Field(description="the day it counts from, like 2018-03-04")
    inclusive: YesOrNo = Field(False, description="whether that day counts as the first")


class ExpectedClockEntry(Entry):
    place: Phrase = Field(description="the place, as the page names it")
    zone: Zone = Field(description="the time zone its clock goes by")


class ExpectedFieldEntry(Entry):
    label: Phrase = Field(description="the field's label, as the page has it")
    value: Phrase = Field(description="the value it has")


class ExpectEntry(Entry):
    IS_MERGED: ClassVar[bool] = True

    counters: Annotated[list[ExpectedCounterEntry], OneOrMore()] = Field([], description="what its counters count from")
    clocks: Annotated[list[ExpectedClockEntry], OneOrMore()] = Field([], description="what its clocks go by")
    fields: Annotated[list[ExpectedFieldEntry], OneOrMore()] = Field([], description="what its fields say")
