"""Chance → a page of an invented office: some lists of many forms, dated or not, among menus and texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from html import escape
from random import Random
from typing import NamedTuple

_SUBJECTS = """harbour lighthouse ferry breakwater quay herring council library school bridge orchard reservoir railway
museum clinic market theatre archive weather station quarry forest mill canal airfield laboratory""".split()
_DEEDS = """opened closed repaired inspected extended moved sold restored flooded measured painted rebuilt examined
reopened leased surveyed insured renamed cleaned planned""".split()
_DETAILS = """after winter storm|for two seasons|by order of the minister|with help of volunteers|at night only|until the
end of June|against the advice of engineers|in the presence of the mayor|for the first time since 1974|without further
notice|on the northern shore|as the report had asked|and its keeper honoured|following a complaint of residents|
subject to approval by parliament|near the old customs house""".replace("\n", " ").split("|")
_HEADINGS = """News|Latest updates|Announcements|Orders and circulars|Speeches|Documents|Tenders|Statistics|For travellers|
Press releases|Guidance|Archive|Most read|From our stations|Reports""".replace("\n", "").split("|")
_MONTHS = "January February March April May June July August September October November December".split()
_TODAY = date(2024, 5, 17)


class Entry(NamedTuple):
    """One entry of an invented list; its parts are as they stand in the source."""

    title: str
    url: str
    date: str
    teaser: str


Form = Callable[[Entry], str]

# How an entry is marked up; {date} and {teaser} are empty where the list has none.
_FORMS: Sequence[tuple[str, str, str]] = (
    ("<ul class=feed>", '<li><span class=d>{date}</span> <a href="{url}">{title}</a><p>{teaser}</p></li>', "</ul>"),
    ("<ul>", '<li><a href="{url}">{title}</a> {date}</li>', "</ul>"),
    ("<ol>", '<li><a href="{url}">{title}</a></li>', "</ol>"),
    ("<div class=cards>", '<div class=card><h3><a href="{url}">{title}</a></h3><p class=m>{date}</p><p>{teaser}</p></div>', "</div>"),
    ("<div>", '<article><time>{date}</time><h3><a href="{url}">{title}</a></h3><div>{teaser}</div></article>', "</div>"),
    ("<table>", '<tr><td>{date}</td><td><a href="{url}">{title}</a></td></tr>', "</table>"),
    ("<table><tr><th>No</th><th>Title</th><th>Date</th></tr>", '<tr><td>{n}</td><td><a href="{url}">{title}</a></td><td>{date}</td></tr>', "</table>"),
    ("<dl>", '<dt>{date} <a href="{url}">{title}</a></dt><dd>{teaser}</dd>', "</dl>"),
    ("<div>", '<p><a href="{url}">{title}</a></p>', "</div>"),
    ("<div>", '<p><b>{date}</b> <a href="{url}">{title}</a></p>', "</div>"),
    ("<div class=grid>", '<div class="col box"><div class=inner><p><strong>{date}</strong><a href="{url}"><span>{title}</span></a></p></div></div>', "</div>"),
    ("<div>", '<h3><a href="{url}">{title}</a></h3><p>{date}</p><p>{teaser}</p>', "</div>"),
    ("<div>", '<div class=row><a href="{url}"><img src="/i/{n}.png" alt=""></a><div><a href="{url}">{title}</a><span>{date}</span></div></div>', "</div>"),
)  # fmt: skip
_DATES: Sequence[Callable[[date], str]] = (
    lambda day: f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{_MONTHS[day.month - 1]} {day.day}, {day.year}",
    lambda day: f"{day.day:02}.{day.month:02}.{day.year}",
    lambda day: day.isoformat(),
    lambda day: f"{day.day:02}-{_MONTHS[day.month - 1][:3]}-{day.year}",
)


def page(random: Random) -> str:
    """An HTML page with one to six lists, one of which may show some of another's entries again."""
    headings = random.sample(_HEADINGS, 6)
    written = random.choice(_DATES)
    boxes: list[str] = []
    shown: list[Entry] = []
    for heading in headings[: random.choice((1, 1, 2, 3, 4, 6))]:
        entries = _entries(random, written, random.randint(4, 24))
        if shown and random.random() < 0.3:
            entries[:2] = random.sample(shown, 2)
        shown += entries
        boxes.append(_box(random, heading, entries))
    menu = "".join(f'<li><a href="/{name.split()[0].lower()}">{name}</a></li>' for name in _HEADINGS[:7])
    text = "".join(f"<p>{_prose(random)}</p>" for _ in range(random.randint(0, 3)))
    today = f"<p>{written(_TODAY)}</p>" if random.random() < 0.3 else ""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Office of Works</title></head><body>\n'
        f"<header><a href='/'>Office of Works</a><nav><ul>{menu}</ul></nav></header>\n"
        f"<main><h1>Office of Works</h1>{today}{text}{''.join(boxes)}</main>\n"
        f"<footer><ul>{menu}</ul><p>Office of Works, 4 Quay Street</p></footer></body></html>"
    )


def _box(random: Random, heading: str, entries: Sequence[Entry]) -> str:
    start, form, end = random.choice(_FORMS)
    is_dated, has_teasers = random.random() < 0.7, random.random() < 0.6
    rows = [
        form.format(
            title=each.title,
            url=each.url,
            date=each.date if is_dated else "",
            teaser=each.teaser if has_teasers else "",
            n=n + 1,
        )
        for n, each in enumerate(entries)
    ]
    if random.random() < 0.15 and form.startswith("<div"):
        rows = [f"<div class=line>{''.join(rows[n : n + 3])}</div>" for n in range(0, len(rows), 3)]
    above = random.choice((f"<h2>{heading}</h2>", f"<h2>{heading}</h2>", f"<h3>{heading}</h3>", ""))
    around = random.choice(("section", "div", "div"))
    return f"<{around}>{above}\n{start}\n{chr(10).join(rows)}\n{end}</{around}>\n"


def _entries(random: Random, written: Callable[[date], str], count: int) -> list[Entry]:
    day = _TODAY - timedelta(days=random.randint(0, 4))
    same = random.choice(("", "", "", "Order", "Press release"))
    where = random.choice(("/n/{n}", "https://works.example.org/documents/{n}.pdf", "/news/{slug}", "/show?id={n}"))
    found = []
    for _ in range(count):
        title = _title(random)
        if same:
            title = random.choice((same, f"{same} no {random.randint(10, 99)}", f"{same}: {title}"))
        number = random.randint(10_000, 99_999)
        url = where.format(n=number, slug=f"{'-'.join(title.lower().split()[:6])}-{number}")
        found.append(Entry(escape(title), url, written(day), escape(_prose(random))))
        day -= timedelta(days=random.choice((0, 0, 1, 2, 3, 7)))
    return found


def _title(random: Random) -> str:
    words = f"{random.choice(_SUBJECTS)} {random.choice(_SUBJECTS)} {random.choice(_DEEDS)}"
    return f"{words} {random.choice(_DETAILS).strip()}".strip().capitalize() if random.random() < 0.8 else words.title()


def _prose(random: Random) -> str:
    parts = (f"The {_title(random).lower()}" for _ in range(random.randint(1, 3)))
    return ". ".join(parts) + "."
