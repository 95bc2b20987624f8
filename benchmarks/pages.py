"""A size → a made-up news page, before and after a few edits, as HTML or plain text. The same each time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

WORDS = (
    "agreement ambassador answer article budget capital chair coast committee concern conference consul council court "
    "decision delegation demand department draft election embassy energy envoy event export farm finance forum freight "
    "grain harbour health hearing history import inquiry interview island journalist judge language letter market "
    "meeting minister mission museum negotiation northern notice observer office opening parliament partner pension "
    "people permit policy port press price protocol province question railway reform region reply report resolution "
    "river route school season security session settlement southern speech state statement summit survey tariff trade "
    "treaty tribunal union university vaccine visit vote water western winter witness worker"
).split()
TODAY = date(2024, 5, 17)
CHANGED_ONE_IN = 100


class Entry(NamedTuple):
    number: int
    day: date
    title: str
    teaser: str


def news(items: int, *, edited: bool, words: int = 24) -> list[Entry]:
    """So many dated entries, newest first; with `edited`, one in a hundred has another word in its title."""
    return [
        _edit(entry) if edited and entry.number % CHANGED_ONE_IN == 0 else entry for entry in _entries(items, words)
    ]


def as_html(entries: list[Entry]) -> bytes:
    """The entries in a page such as content management systems make: menus, a header, a list, a footer."""
    items = "\n".join(
        f'<li class="c-news__item" data-id="{entry.number}">\n'
        f'  <time datetime="{entry.day}">{entry.day:%d.%m.%Y}</time>\n'
        f'  <h3 class="c-news__title"><a href="/news/{entry.number}">{entry.title}</a></h3>\n'
        f'  <p class="c-news__teaser">{entry.teaser}</p>\n</li>'
        for entry in entries
    )
    menu = "".join(f'<li><a href="/{word}">{word.title()}</a></li>' for word in WORDS[:20])
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>News | Ministry</title></head><body>'
        f"<nav><ul>{menu}</ul></nav><main><h1>News</h1><p>{TODAY:%-d %B %Y}</p>\n"
        f'<ul class="c-news">\n{items}\n</ul><a href="/news/all">All news</a></main>'
        f"<footer><p>Ministry of Examples</p><ul>{menu}</ul></footer></body></html>"
    ).encode()


def as_text(entries: list[Entry]) -> bytes:
    """The same entries as a text capture shows them: date, title, teaser, a blank line."""
    items = "\n\n".join(f"{entry.day:%d.%m.%Y} {entry.title}\n{entry.teaser}" for entry in entries)
    return f"News\n\n{TODAY:%-d %B %Y}\n\n{items}\n\nAll news\n".encode()


def prose(size: int, *, edited: bool, paragraph: int = 80, section: int = 12) -> Iterator[str]:
    """Paragraphs under headings, of `size` characters in all; with `edited`, one in a hundred has another word."""
    chance = random.Random(7)
    written = number = 0
    while written < size:
        words = chance.choices(WORDS, k=paragraph)
        if edited and number % CHANGED_ONE_IN == 50:
            words[paragraph // 2] = "otherwise"
        text = " ".join(words).capitalize() + "."
        yield text if number % section else f"Section {number // section + 1}: {' '.join(words[:4])}\n\n{text}"
        written += len(text)
        number += 1


def _entries(items: int, words: int) -> Iterator[Entry]:
    chance = random.Random(items)
    for number in range(items):
        title = " ".join(chance.choices(WORDS, k=9)).capitalize()
        teaser = " ".join(chance.choices(WORDS, k=words)).capitalize() + "."
        yield Entry(number, TODAY - timedelta(days=number // 3), title, teaser)


def _edit(entry: Entry) -> Entry:
    first, *rest = entry.title.split()
    return entry._replace(title=" ".join([first, "amended", *rest[1:]]))
