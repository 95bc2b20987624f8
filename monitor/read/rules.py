"""HTML and the rules of its page → the stream that is left to read, and what the rules named in it.

Beautiful Soup finds the elements in the tree as lexbor repaired it, so that both see one page. Comments in them mark
them; after the walk the marks tell which blocks each element holds. A selector that finds nothing is a doubt about the
capture, never an empty list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple, TypeAlias

import soupsieve
from bs4 import BeautifulSoup, Comment, Tag
from selectolax.lexbor import LexborHTMLParser

from monitor.errors import InputError
from monitor.model.reading import Suspicion
from monitor.model.rules import CounterRule, FieldRule, LeadRule, ListRule, Rules, fit, shortened, split
from monitor.read.blocks import Stream
from monitor.read.html_blocks import read_html
from monitor.read.html_guards import is_treacherous, is_whole, start_tags
from monitor.read.marks import closing, mark_of, opening, unmarked, without
from monitor.read.picked_parts import Parts, Wanted, parts_of

Rule: TypeAlias = ListRule | FieldRule | CounterRule | LeadRule

INLINE_TAGS = frozenset(
    "a abbr acronym b bdi bdo big cite code data em font i img ins kbd label mark q s samp small span strike strong "
    "sub sup time tt u var wbr".split()
)
# What holds no markup, and so no mark; nothing of it is a block.
_NO_MARKUP = frozenset(
    "area base br col embed hr iframe img input link meta noembed noframes param plaintext script source style "
    "textarea title track wbr xmp".split()
)
_PARTS = ("title", "date", "url", "teaser", "label", "value")


class Picked(NamedTuple):
    """An element that a rule named: the blocks `first` up to, not including, `last`, and the parts found in it.

    `rule` is its key ("lists.0"). An element without text holds no block.
    """

    rule: str
    first: int
    last: int
    parts: Parts


class Match(NamedTuple):
    """How many elements a selector found; `key` is where the rules have it ("lists.0.title")."""

    key: str
    selector: str
    many: int


class Ruled(NamedTuple):
    """A page as its rules have it. `stream` is what is left to read, `whole` all there is.

    `places` leads from an index of `whole` to one of `stream`; `ignored` tells for each block of `whole` why it is not
    read, None where it is. `picked` are by rule, in the page's order. `html` is the document whose data may be read,
    nothing where the rules leave none of it.
    """

    rules: Rules
    stream: Stream
    whole: Stream
    places: list[int]
    ignored: list[str | None]
    picked: dict[str, list[Picked]]
    matches: tuple[Match, ...]
    html: str = ""
    suspicions: tuple[Suspicion, ...] = ()
    idle: tuple[Suspicion, ...] = ()


def read_by_rules(text: str, url: str | None, rules: Rules) -> Ruled:
    """The stream of an HTML document as its page's rules have it. Raises InputError for what is no selector."""
    if is_treacherous(text, len(start_tags(text))):
        stream = read_html(text, url)
        stream.limits.append(f"The selectors in {rules.source} were not applied to it.")
        return _unruled(stream, rules)
    search = _Search(text, rules)
    ignored = [list(search.find(f"ignore.{at}", selector)) for at, selector in enumerate(rules.ignore)]
    search.leave_out(ignored)
    only = [list(search.find(f"only.{at}", selector)) for at, selector in enumerate(rules.only)]
    found = {key: search.records(key, rule) for key, rule in keyed(rules)}
    search.mark(element for some in only for element in some)
    search.mark(element for some in found.values() for element, _ in some)
    numbers = search.numbers
    html = search.soup.decode()
    stream = read_html(html, url, marker=search.marker)
    stream.is_whole = is_whole(text)
    whole, held = unmarked(stream, search.marker, numbers.values())
    html = search.without_left_out("".join(map(str, (each for some in only for each in some))) if rules.only else html)
    if rules.only:
        whole.scripts = search.scripts(only)
    picked = {
        key: [Picked(key, *held.get(numbers[id(element)], (0, 0)), parts) for element, parts in some]
        for key, some in found.items()
    }
    spans = [[held[numbers[id(each)]] for each in some if numbers[id(each)] in held] for some in (*ignored, *only)]
    why = _reasons(whole, rules, spans, picked)
    rest, places = without(whole, [each is not None for each in why])
    rest.limits.extend(search.limits())
    moved = {key: [_moved(each, places) for each in some] for key, some in picked.items()}
    return Ruled(
        rules=rules, stream=rest, whole=whole, places=places, ignored=why, picked=moved,
        matches=tuple(search.matches), html=html,
        suspicions=tuple(search.doubts()), idle=tuple(search.idle()),
    )  # fmt: skip


def keyed(rules: Rules) -> Iterator[tuple[str, Rule]]:
    """The rules that take something for what it is, each with its key."""
    for name in ("lists", "fields", "counters"):
        yield from ((f"{name}.{at}", rule) for at, rule in enumerate(getattr(rules, name)))
    if rules.lead is not None:
        yield "lead", rules.lead


def unmatched(rules: Rules, key: str, selector: str) -> Suspicion:
    quote = f"{key}: {selector}"
    return Suspicion(
        sign="unmatched", quote=quote,
        reason=f"In {rules.source}, `{quote}` matches nothing on this page: the page's layout has changed, or the rule "
        "needs mending.",
    )  # fmt: skip


class _Search:
    """The tree in which the selectors look, and what they found."""

    def __init__(self, text: str, rules: Rules) -> None:
        self.rules = rules
        self.marker = mark_of(text)
        self.soup = BeautifulSoup(LexborHTMLParser(text).html or "", "html.parser", store_line_numbers=False)
        self.matches: list[Match] = []
        self.left_out: set[int] = set()
        self.numbers: dict[int, int] = {}

    def find(self, key: str, selector: str) -> Iterator[Tag]:
        """The elements that a selector names, none inside another, in the page's order; what is left out aside."""
        outer: set[int] = set()
        for element in compiled(key, selector, self.rules.source).select(self.soup):
            above = {id(parent) for parent in element.parents}
            if above.isdisjoint(outer) and above.isdisjoint(self.left_out) and id(element) not in self.left_out:
                outer.add(id(element))
                yield element
        self.matches.append(Match(key, selector, len(outer)))

    def leave_out(self, ignored: list[list[Tag]]) -> None:
        """Mark what is ignored. What stands amid the text of a line goes at once, so that its line stays one."""
        lengths: dict[int, int] = {}
        for elements in ignored:
            for element in tuple(elements):
                for script in element.find_all("script"):
                    script.decompose()
                if element.name == "script" or _is_amid_text(element, lengths):
                    elements.remove(element)
                    _empty(element)
        self.mark(element for elements in ignored for element in elements)
        self.left_out = {id(element) for elements in ignored for element in elements}

    def records(self, key: str, rule: Rule) -> list[tuple[Tag, Parts]]:
        """The elements of a rule with their parts; only the first one is a lead."""
        found = list(self.find(f"{key}.select", rule.select))
        found = found[:1] if isinstance(rule, LeadRule) else found
        told = {name: selector for name in _PARTS if (selector := getattr(rule, name, None))}
        wanted = [
            Wanted(name, compiled(f"{key}.{name}", selector, self.rules.source), split(selector)[1])
            for name, selector in told.items()
        ]
        records = [(element, parts_of(element, wanted, self.marker, self.left_out)) for element in found]
        for name, selector in told.items() if found else ():
            count = sum(name in parts.found for _, parts in records)
            self.matches.append(Match(f"{key}.{name}", selector, count))
        return records

    def mark(self, elements: Iterable[Tag]) -> None:
        """Put a comment first and last into each element, with a number that it keeps."""
        for element in elements:
            if id(element) not in self.numbers:
                number = self.numbers[id(element)] = len(self.numbers)
                if element.name not in _NO_MARKUP:
                    element.insert(0, Comment(opening(self.marker, number)))
                    element.append(Comment(closing(self.marker, number)))

    def without_left_out(self, html: str) -> str:
        """The document less what stands between the marks of what is ignored."""
        ignored = {self.numbers[each] for each in self.left_out}
        pattern = rf"<!--{self.marker}({'|'.join(map(str, sorted(ignored)))})\.-->.*?<!--{self.marker}/\1\.-->"
        return re.sub(pattern, "", html, flags=re.DOTALL) if ignored else html

    def scripts(self, only: list[list[Tag]]) -> tuple[str, ...]:
        """The data in the scripts that stand inside what `only` names."""
        inside = (each for some in only for element in some for each in (element, *element.find_all("script")))
        scripts = {id(each): each for each in inside if each.name == "script" and not each.get("src")}
        return tuple(text for each in scripts.values() if "{" in (text := each.string or ""))

    def doubts(self) -> Iterator[Suspicion]:
        for match in self.matches:
            if not match.many and not match.key.startswith("ignore"):
                yield unmatched(self.rules, match.key, match.selector)

    def idle(self) -> Iterator[Suspicion]:
        """An advert or a banner that is not there today is no doubt of this capture: nothing is missing for it."""
        for match in self.matches:
            if not match.many and match.key.startswith("ignore"):
                yield unmatched(self.rules, match.key, match.selector)

    def limits(self) -> Iterator[str]:
        yield from (f"In {self.rules.source}, `{each.quote}` matches nothing on this page." for each in self.idle())


def compiled(key: str, selector: str, source: str) -> soupsieve.SoupSieve:
    """The selector, made ready. Raises InputError where it is none."""
    try:
        return _compiled(split(selector)[0])
    except (soupsieve.SelectorSyntaxError, NotImplementedError, ValueError, OverflowError, RecursionError) as error:
        what = shortened(str(error).partition("\n")[0].rstrip("."), 120)
        raise InputError(
            f"In {source}, `{key}: {shortened(selector)}` is no CSS selector: {what}", "mend it"
        ) from error


@cache
def _compiled(css: str) -> soupsieve.SoupSieve:
    return soupsieve.compile(fit(css) or ":scope")


def _is_amid_text(element: Tag, lengths: dict[int, int]) -> bool:
    """Whether an element stands in a line with other text; `lengths` keeps those of the lines."""
    if element.name not in INLINE_TAGS or element.find(lambda inner: inner.name not in INLINE_TAGS) is not None:
        return False
    own = sum(map(len, element.stripped_strings))
    line = next((parent for parent in element.parents if parent.name not in INLINE_TAGS), None)
    if line is None or not own:
        return True
    if id(line) not in lengths:
        lengths[id(line)] = sum(map(len, line.stripped_strings))
    return lengths[id(line)] > own


def _empty(element: Tag) -> None:
    """Leave nothing of an element but a tag without meaning; taking it out of a long line costs the line's length."""
    element.clear()
    element.attrs = {}
    element.name = "i"


def _reasons(
    whole: Stream, rules: Rules, spans: list[list[tuple[int, int]]], picked: dict[str, list[Picked]]
) -> list[str | None]:
    """For each block why it is not read: outside what `only` and the other rules name, or ignored."""
    why: list[str | None] = [None] * len(whole.blocks)
    if rules.only:
        why = ["rule only: outside what it names"] * len(whole.blocks)
        kept = [span for some in spans[len(rules.ignore) :] for span in some]
        for first, last in (*kept, *((each.first, each.last) for some in picked.values() for each in some)):
            why[first:last] = [None] * (last - first)
    for at, selector in enumerate(rules.ignore):
        for first, last in spans[at]:
            why[first:last] = [f"rule ignore.{at}: {selector}"] * (last - first)
    return why


def _moved(picked: Picked, places: list[int]) -> Picked:
    return picked._replace(first=places[picked.first], last=places[picked.last])


def _unruled(stream: Stream, rules: Rules) -> Ruled:
    count = len(stream.blocks)
    return Ruled(
        rules=rules, stream=stream, whole=stream, places=list(range(count + 1)), ignored=[None] * count, picked={},
        matches=(),
    )  # fmt: skip
