"""What stands behind keys of several mappings of config.yaml: the values that their texts become."""

from __future__ import annotations

from typing import Annotated

from monitor.config.amounts import whole, whole_schema
from monitor.config.cron import CRON_SCHEMA, cron
from monitor.config.shapes import YES_OR_NO, OneOrMore, Text, words, yes_or_no
from monitor.config.times import EVERY_SCHEMA, TIME_SCHEMA, ZONE_SCHEMA, every, time_of_day, zone

Words = Annotated[list[Annotated[str, Text(words)]], OneOrMore()]
YesOrNo = Annotated[bool, Text(yes_or_no, YES_OR_NO)]
MailPort = Annotated[int, Text(whole(1, 65_535, 587), whole_schema(1, 65_535))]
MetricsPort = Annotated[int, Text(whole(1, 65_535, 9109), whole_schema(1, 65_535))]
Every = Annotated[float, Text(every, EVERY_SCHEMA)]
Times = Annotated[list[Annotated[str, Text(time_of_day, TIME_SCHEMA)]], OneOrMore()]
Cron = Annotated[str, Text(cron, CRON_SCHEMA)]
Zone = Annotated[str, Text(zone, ZONE_SCHEMA)]
