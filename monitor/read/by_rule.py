"""What a page's rules named → its items, fields, counters and lead. What a rule leaves open is found as without one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from urllib.parse import urljoin

from monitor.model.reading import Counter, Field, Item, ItemList, Lead, Suspicion, When
from monitor.model.rules import CounterRule, FieldRule, LeadRule, ListRule
from monitor.read.blocks import Block, Node
from monitor.read.counters import Amount, amounts_in, counter_of
from monitor.read.counting_words import direction_of
from monitor.read.dates import find_dates, read_date
from monitor.read.fields import LONGEST_LABEL, target_of
from monitor.read.items import Items
from monitor.read.lead import lead_of, title_index
from monitor.read.lists import Found
from monitor.read.named import Named
from monitor.read.numbers import integer_of
from monitor.read.rules import Picked, Ruled, keyed, unmatched
from monitor.read.units import Parsed, Record, unit_of_block, unit_of_node

_EDGES = " \t|·•-–—:,;()[]"


def take(ruled: Ruled, items: Items, url: str | None) -> Named:
    """The parts of the reading that rules named; their blocks are marked as used. Links are absolute against `url`."""
    return _Taking(ruled, items, url).taken()


class _Taking:
    def __init__(self, ruled: Ruled, items: Items, url: str | None) -> None:
        self.ruled, self.items, self.url = ruled, items, url
        self.stream = ruled.stream
        self.parsed = Parsed(items.blocks, items.traits, items.free)
        self.doubts: list[Suspicion] = []
        self.spans: dict[frozenset[tuple[int, int]], str] = {}

    def taken(self) -> Named:
        lists: list[tuple[Found | None, ItemList]] = []
        fields: list[Field] = []
        counters: list[Counter] = []
        lead: Lead | None = None
        for key, rule in keyed(self.ruled.rules):
            picked = self.ruled.picked.get(key, [])
            if isinstance(rule, ListRule) and picked and not self._is_taken(key, picked):
                lists.append(self._list(rule, picked))
                self._doubt_without_items(key, rule, lists[-1][1])
            elif isinstance(rule, FieldRule):
                fields.extend(self._field(rule, each) for each in picked)
            elif isinstance(rule, CounterRule):
                counters.extend(filter(None, (self._counter(key, rule, each) for each in picked)))
            elif isinstance(rule, LeadRule) and picked:
                lead = self._lead(rule, picked[0])
        return Named(tuple(lists), tuple(fields), tuple(counters), lead, (*self.ruled.suspicions, *self.doubts))

    # -- lists

    def _is_taken(self, key: str, picked: list[Picked]) -> bool:
        """Whether another rule has taken the very same elements for a list; that is said, and not told twice."""
        spans = frozenset((each.first, each.last) for each in picked if each.first < each.last)
        other = self.spans.setdefault(spans, key) if spans else key
        if other != key:
            said = f"In {self.ruled.rules.source}, {key} names the same elements as {other}; its items are told once."
            self.stream.limits.append(said)
        return other != key

    def _doubt_without_items(self, key: str, rule: ListRule, found: ItemList) -> None:
        if not found.items:
            doubt = unmatched(self.ruled.rules, f"{key}.select", rule.select)
            holds = "matches elements without a text on this page"
            self.doubts.append(doubt._replace(reason=doubt.reason.replace("matches nothing on this page", holds)))

    def _list(self, rule: ListRule, picked: list[Picked]) -> tuple[Found | None, ItemList]:
        shown = [each for each in picked if each.first < each.last]
        if not shown:
            return None, ItemList(items=tuple(item for each in picked for item in self._without_text(each)))
        records = tuple(Record(each.first, each.last, self._title_index(each)) for each in shown)
        found = Found(records=records, role="entry", is_menu=False, leads_away=True)
        taken = self._take(found)
        by_rule = iter(
            self._item(rule, each, item, record) for each, item, record in zip(shown, taken.items, records, strict=True)
        )
        rows = [[next(by_rule)] if each.first < each.last else self._without_text(each) for each in picked]
        return found, taken._replace(items=tuple(item for row in rows for item in row))

    def _take(self, found: Found) -> ItemList:
        """As without a rule, but what stands between the entries is not theirs."""
        free = self.items.free
        before = bytes(free)
        taken = self.items.take(found, is_followed=False)
        held = {index for record in found.records for index in range(record.first, record.last)}
        for index in range(found.first, found.last):
            if index not in held:
                free[index] = before[index]
        return taken

    def _title_index(self, picked: Picked) -> int:
        indices = range(picked.first, picked.last)
        title = picked.parts.texts.get("title")
        if title:
            blocks = self.parsed.blocks
            same = next((index for index in indices if blocks[index].text == title), None)
            inside = next((index for index in indices if title in blocks[index].text), None)
            if same is not None or inside is not None:
                return inside if same is None else same  # type: ignore[return-value]  # one of them is an index
        whole = Node("div", "", picked.first)
        whole.last = picked.last
        titles = unit_of_node(self.parsed, whole, [unit_of_block(self.parsed, index) for index in indices]).titles
        undated = (index for index in indices if not self.parsed.traits[index].is_date)
        return titles[0] if titles else next(undated, picked.first)

    def _item(self, rule: ListRule, picked: Picked, item: Item, record: Record) -> Item:
        texts = picked.parts.texts
        teaser = item.teaser
        title = texts.get("title") or picked.parts.attributes.get("title") or item.title
        if rule.teaser:
            teaser = texts.get("teaser") or picked.parts.attributes.get("teaser")
        elif title != item.title and self.parsed.traits[record.title].link is None:
            beside = self.parsed.blocks[record.title].text.replace(title, "", 1).replace(texts.get("date", ""), "", 1)
            beside = beside.strip(_EDGES) if title in self.parsed.blocks[record.title].text else ""
            teaser = " ".join(filter(None, (beside, teaser))) or None
        elif teaser and texts.get("date") == teaser:
            teaser = None
        return item._replace(
            title=title, date=self._date(picked) if rule.date else item.date,
            url=self._url(picked) or item.url, teaser=teaser,
        )  # fmt: skip

    def _without_text(self, picked: Picked) -> list[Item]:
        """The item of an element that shows no text, by its attributes (a picture's)."""
        title = picked.parts.attributes.get("title")
        return [Item(title=title, date=self._date(picked), url=self._url(picked))] if title else []

    def _url(self, picked: Picked) -> str | None:
        address = picked.parts.attributes.get("url")
        if not address or address[:11].lower() == "javascript:":
            return None
        try:
            return urljoin(self.url, address) if self.url else address
        except ValueError:
            return address

    def _date(self, picked: Picked) -> When | None:
        """The date in its attribute, as the page shows it; else the first one in its text."""
        shown, exact = picked.parts.texts.get("date", ""), picked.parts.attributes.get("date", "")
        when = read_date(exact, order=self.items.order) if exact else None
        if when is not None:
            return when._replace(text=shown or when.text)
        when = read_date(shown, order=self.items.order) if shown else None
        found = find_dates(shown, order=self.items.order, limit=1)
        return when or (found[0].when if found else None)

    # -- fields, counters, lead

    def _text(self, picked: Picked) -> list[str]:
        """The texts of an element's blocks, which are marked as used."""
        self.items.free[picked.first : picked.last] = bytes(picked.last - picked.first)
        return [block.text for block in self.parsed.blocks[picked.first : picked.last]]

    def _field(self, rule: FieldRule, picked: Picked) -> Field:
        lines = self._text(picked) or [""]
        texts, attributes = picked.parts
        label = rule.name or texts.get("label") or attributes.get("label")
        value = texts.get("value") or attributes.get("value")
        if value is None:
            label, value = _labelled(lines, label)
        rest = " ".join(lines).replace(value, "", 1).strip(_EDGES)
        return Field(
            label=label or rest or rule.select, value=value, target=target_of(value, self._holder(picked, value))
        )

    def _holder(self, picked: Picked, value: str) -> Block:
        """The block that has the link of a value."""
        own = self.parsed.blocks[picked.first : picked.last]
        return next((block for block in own if value in block.text and block.links), Block(value))

    def _counter(self, key: str, rule: CounterRule, picked: Picked) -> Counter | None:
        text = " ".join(self._text(picked)) or picked.parts.texts.get("value", "")
        amount = _amount(text, picked.parts.texts.get("value") or picked.parts.attributes.get("value"))
        if amount is None:
            doubt = unmatched(self.ruled.rules, f"{key}.select", rule.select)
            holds = f"matches “{text[:60]}” on this page, which holds no number"
            self.doubts.append(doubt._replace(reason=doubt.reason.replace("matches nothing on this page", holds)))
            return None
        amount = amount._replace(unit=rule.unit or amount.unit)
        return counter_of(text, amount, rule.direction or direction_of(text) or "up")

    def _lead(self, rule: LeadRule, picked: Picked) -> Lead | None:
        free, traits = self.items.free, self.parsed.traits
        indices = [index for index in range(picked.first, picked.last) if free[index]]
        if not indices:
            return None
        named = picked.parts.texts.get("title")
        guess = title_index(self.stream, traits, indices)
        title = self._title_index(picked) if named else indices[0] if guess is None else guess
        above = (traits[index].when for index in indices if index < title and traits[index].is_date)
        lead = lead_of(self.stream, traits, free, title, picked.last)
        free[picked.first : picked.last] = bytes(picked.last - picked.first)
        date = self._date(picked) if rule.date else lead.date or next(above, None)
        shown = picked.parts.texts.get("date")
        paragraphs = tuple(each for each in lead.paragraphs if each != shown)
        return lead._replace(title=named or lead.title, date=date, paragraphs=paragraphs)


def _labelled(lines: Sequence[str], label: str | None) -> tuple[str | None, str]:
    """The label, if it is not known yet, and the value of a line "label: value", or of a label and lines below it."""
    whole = " ".join(lines)
    if label is not None:
        return label, (whole.replace(label, "", 1) if whole.startswith(label) else whole).strip(" :–—-") or whole
    before, colon, after = whole.partition(":")
    if colon and after.strip() and before.strip() and len(before) <= LONGEST_LABEL:
        return before.strip(), after.strip()
    return (lines[0].rstrip(" :"), " ".join(lines[1:])) if len(lines) > 1 else (None, whole)


def _amount(text: str, value: str | None) -> Amount | None:
    """The amount of time a text names, else its first number, as days; the one at `value` where that is given."""
    start = text.find(value) if value else 0
    amounts = [each for each in amounts_in(text) if each.start >= max(start, 0)]
    if amounts and (not value or amounts[0].start < start + len(value)):
        return amounts[0]
    number = _number().search(text, max(start, 0)) if not value or start >= 0 else None
    if number is not None:
        return Amount(number.start(), number.end(), integer_of(number[0]), "day", "")
    outside = _number().search(value or "")
    return Amount(0, 0, integer_of(outside[0]), "day", "") if outside else None


@cache
def _number() -> re.Pattern[str]:
    return re.compile(r"\d{1,3}(?:[ ,.\u00a0\u2009\u202f]\d{3})+(?!\d)|\d{1,9}")
