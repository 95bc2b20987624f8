"""One page's content, written in many kinds of markup: what it says must not depend on how it is marked up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

NBSP = "\u00a0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    date: str
    title: str
    teaser: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    date: str
    clocks: tuple[tuple[str, str], ...]
    field: tuple[str, str]
    counters: tuple[str, ...]
    lead_title: str
    lead_text: tuple[str, ...]
    entries: tuple[Entry, ...]
    more: str


def entry(day: int, month: int, subject: str, number: int) -> Entry:
    return Entry(
        date=f"{day:02d}.{month:02d}.2021",
        title=f"Statement by the ministry on {subject}",
        teaser=f"The ministry has taken note of {subject} and wishes to recall what was agreed in round {number}. "
        "It expects all sides to keep to their word, and will say more when there is more to say.",
        url=f"https://ministry.example/news/{number}",
    )


SUBJECTS = ("fishing quotas", "the border bridge", "grain exports", "a detained crew", "visa fees", "river levels")

PAGE = Page(
    date="14 May 2021",
    clocks=(("Moscow", "12:30"), ("London", "10:30")),
    field=("Press office", "+44 (0) 203 555 0199"),
    counters=(
        "412 days have passed since the bridge was closed - no answer from the other side",
        "97 days have passed since the crew was detained - no access by the consul",
    ),
    lead_title="Minister’s answers to questions at the annual meeting of harbour towns, Riga, February 10, 2021",
    lead_text=tuple(
        f"Question {number}: What does the ministry intend to do about harbour dues that have been raised for the "
        f"{number}th time in three years? The towns depend on them, and nobody asked them. Answer: we have put "
        "the matter before the commission, and the commission has promised to reply before the summer recess begins."
        for number in (4, 5, 6)
    ),
    entries=tuple(entry(28 - 3 * i, 4, subject, 100 - i) for i, subject in enumerate(SUBJECTS)),
    more="all messages",
)


def as_text(page: Page) -> str:
    head = [
        page.date,
        *(f"{place}: {time}" for place, time in page.clocks),
        "",
        f"{page.field[0]}:  ",
        page.field[1],
        "",
    ]
    counters = (NBSP * 40).join(page.counters)
    entries = [line for each in page.entries for line in (f"{each.date} - {each.title}", "", each.teaser, "")]
    lines = [*head, counters, "", "", "", page.lead_title, ""]
    return "\n".join([*lines, *(f"{paragraph}\n" for paragraph in page.lead_text), "", "", *entries, page.more])


def _document(page: Page, body: str, head: str | None = None) -> str:
    clocks = "".join(f"<p>{escape(place)}: {time}</p>" for place, time in page.clocks)
    top = head or f"<div><p>{page.date}</p>{clocks}</div><p>{page.field[0]}:<br>{page.field[1]}</p>"
    counters = "".join(f"<p>{escape(counter)}</p>" for counter in page.counters)
    lead = f"<h2>{escape(page.lead_title)}</h2>" + "".join(f"<p>{escape(text)}</p>" for text in page.lead_text)
    return (
        f'<!doctype html><html lang="en"><head><title>Ministry</title><style>p {{ color: red }}</style></head><body>'
        f'<nav><ul><li><a href="/">Home</a></li><li><a href="/visa">Visa</a></li><li><a href="/press">Press</a></li>'
        f"</ul></nav>{top}{counters}<div>{lead}</div>{body}<footer><p>© Ministry</p></footer></body></html>"
    )


def _more(page: Page) -> str:
    return f'<p><a href="https://ministry.example/news">{page.more}</a></p>'


def _link(each: Entry) -> str:
    return f'<a href="{each.url}">{escape(each.title)}</a>'


def bullets(page: Page) -> str:
    rows = "".join(f"<li><b>{e.date}</b> - {_link(e)}<p>{escape(e.teaser)}</p></li>" for e in page.entries)
    return _document(page, f"<ul>{rows}</ul>{_more(page)}")


def cards(page: Page) -> str:
    rows = "".join(
        f'<div class="c{i}"><div><h3>{_link(e)}</h3></div><div><span>{e.date}</span></div><div><p>'
        f'{escape(e.teaser)}</p></div><p><a href="{e.url}">Read more</a></p></div>'
        for i, e in enumerate(page.entries)
    )
    return _document(page, f"<section><div>{rows}</div>{_more(page)}</section>")


def articles(page: Page) -> str:
    rows = "".join(
        f'<article><a href="{e.url}"><time datetime="2021-{e.date[3:5]}-{e.date[:2]}">{e.date}</time>'
        f"<h3>{escape(e.title)}</h3></a><p>{escape(e.teaser)}</p></article>"
        for e in page.entries
    )
    return _document(page, f"<main><div>{rows}</div></main>{_more(page)}")


def flat_headings(page: Page) -> str:
    rows = "".join(f"<h3>{_link(e)}</h3><p>{e.date}</p><p>{escape(e.teaser)}</p>" for e in page.entries)
    return _document(page, rows + _more(page))


def dates_above(page: Page) -> str:
    rows = "".join(f"<p>{e.date}</p><p>{_link(e)}</p><p>{escape(e.teaser)}</p>" for e in page.entries)
    return _document(page, f"<div>{rows}</div>{_more(page)}")


def table(page: Page) -> str:
    rows = "".join(f"<tr><td>{e.date}</td><td>{_link(e)}</td><td>{escape(e.teaser)}</td></tr>" for e in page.entries)
    return _document(page, f"<table><tbody>{rows}</tbody></table>{_more(page)}")


def definitions(page: Page) -> str:
    rows = "".join(f"<dt>{e.date} - {_link(e)}</dt><dd>{escape(e.teaser)}</dd>" for e in page.entries)
    return _document(page, f"<dl>{rows}</dl>{_more(page)}")


def line_breaks(page: Page) -> str:
    rows = "<br><br>".join(f"<b>{e.date}</b> - {_link(e)}<br>{escape(e.teaser)}" for e in page.entries)
    return _document(page, f"<div>{rows}</div>{_more(page)}")


def one_line_head(page: Page) -> str:
    clocks = f"{NBSP * 4}".join(f"{place}: {time}" for place, time in page.clocks)
    counters = (NBSP * 30).join(page.counters)
    head = f"<div>{page.date}</div><div>{clocks}</div><div>{page.field[0]}: {page.field[1]}</div>"
    rows = "".join(f"<li><p>{e.date} - {_link(e)}</p><p>{escape(e.teaser)}</p></li>" for e in page.entries)
    return _document(page, f"<ul>{rows}</ul>{_more(page)}", head).replace(
        "".join(f"<p>{escape(counter)}</p>" for counter in page.counters), f"<p>{escape(counters)}</p>"
    )


def anonymous(page: Page) -> str:
    rows = "".join(
        f"<div><div><div>{e.date} - {_link(e)}</div></div><div><div>{escape(e.teaser)}</div></div></div>"
        for e in page.entries
    )
    return _document(page, f"<div><div>{rows}</div><div>{_more(page)}</div></div>")


MARKUPS: tuple[Callable[[Page], str], ...] = (
    bullets, cards, articles, flat_headings, dates_above, table, definitions, line_breaks, one_line_head, anonymous,
)  # fmt: skip
