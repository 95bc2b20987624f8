"""Rows of labelled cells → a list of items: which column is the title, the address, the date, and what is the rest.

Columns are told by the words that feeds, schema.org and programs use for them, then by what their cells look like, so
that the choice does not change from one capture to the next; never by their order where `is_ordered` is False.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from monitor.model.reading import Figure, Item
from monitor.read.blocks import has_digit
from monitor.read.formats.entries import UNTITLED
from monitor.read.formats.moments import moment

Row = dict[str, str]

# The names of columns, the most telling first; of a name with dots or lines its last word counts.
TITLES = tuple(
    "headline title name label subject heading titre titel título titulo titolo заголовок название 标题 名称".split()
)
URLS = tuple("permalink canonical_url html_url web_url weburl url link href website uri".split())
DATES = tuple(
    "datepublished published publishedat published_at publicationdate publication_date pubdate pub_date date issued "
    "datecreated created createdat created_at createddate startdate start_date datum fecha дата 日期".split()
)
TEASERS = tuple("teaser summary description excerpt abstract standfirst snippet intro lead".split())
KEYS = tuple("guid uuid id @id _id key code ref isbn sku no no. nr nr. number № slug".split())
COUNTS = frozenset(
    "views view_count viewcount comments comment_count commentcount likes like_count score points rank position votes "
    "upvotes downvotes downloads download_count shares hits reads replies reply_count stars stargazers_count followers "
    "favorites favourites retweets plays clicks".split()
)
_WRAPPERS = frozenset("attributes properties fields data node item attrs _source rendered value text #text $t".split())
# Of a column's cells so many must look alike, and be different from each other, to make it one of titles.
_SHARE = 0.5
_LONGEST_NAME = 250
_MOST_LOOKED_AT = 1_000


class Columns(NamedTuple):
    """The labels of the columns with a part of their own, None where there is no such column."""

    title: str | None
    url: str | None
    date: str | None
    teaser: str | None
    key: str | None


def items_of(rows: Sequence[Row], *, is_ordered: bool, names: Sequence[str] = ()) -> tuple[Item, ...]:
    """An item for each row. `names` are the rows' own names, where what holds them gives them one."""
    labels = list(dict.fromkeys(label for row in rows for label in row))
    columns = _columns(rows, labels if is_ordered else sorted(labels), is_ordered=is_ordered)
    keys = list(names) or _keys(rows, columns, labels)
    hidden = columns.key if not is_ordered or _is_counting([row.get(columns.key or "", "") for row in rows]) else None
    return tuple(
        _item(row, columns, keys[number], names[number] if names else "", hidden) for number, row in enumerate(rows)
    )


def _columns(rows: Sequence[Row], labels: Sequence[str], *, is_ordered: bool) -> Columns:
    cells = {label: [row[label] for row in rows[:_MOST_LOOKED_AT] if row.get(label)] for label in labels}
    url = _named(cells, URLS, _is_address) or next((each for each in labels if _all(cells[each], _is_address)), None)
    date = _named(cells, DATES, _is_date) or (_date_column(cells) if is_ordered else None)
    key = _named(cells, KEYS, lambda cell: len(cell) <= _LONGEST_NAME, is_whole=True) or (
        _numbering(cells, labels, len(rows)) if is_ordered else None
    )
    teaser = _named(cells, TEASERS, lambda cell: not _is_address(cell))
    rest = {label: cells[label] for label in labels if label not in (url, date, teaser, key)}
    title = _named(rest, TITLES, lambda cell: len(cell) <= _LONGEST_NAME and not _is_address(cell))
    return Columns(title=title or _texty(rest, is_ordered=is_ordered), url=url, date=date, teaser=teaser, key=key)


def _date_column(cells: dict[str, list[str]]) -> str | None:
    """The first column of dates that a word in its label calls so: "Date of notice", "Listed on".

    When a row was last changed, and when it ends, tells nothing of when it came. Nor do dates under another label:
    their order might tell, but a row more or less would change what they are.
    """
    called = (label for label in cells if not _words(label).isdisjoint(_date_words()))
    fitting = (label for label in called if _words(label).isdisjoint(_other_date_words()))
    return next((label for label in fitting if _all(cells[label], _is_date)), None)


def _words(label: str) -> frozenset[str]:
    return frozenset(re.split(r"[\W_]+", label.casefold()))


@cache
def _date_words() -> frozenset[str]:
    return frozenset(
        "date day published posted issued issue released listed filed effective publication notice datum "
        "veröffentlicht erschienen publié parution fecha publicado publicación publicação pubblicato дата "
        "опубликовано опубліковано tarih dato päivämäärä 日期 日付 날짜 التاريخ".split()
    )


@cache
def _other_date_words() -> frozenset[str]:
    return frozenset(
        "updated update modified changed revised reviewed expires expiry expiration ends end until due deadline "
        "closing closes birth born geändert aktualisiert ablauf frist geburt naissance échéance limite nacimiento "
        "vencimiento nascita scadenza nascimento рождения окончания изменения изменено обновлено обновления".split()
    )


def _named(cells: dict[str, list[str]], names: Sequence[str], fits: object, *, is_whole: bool = False) -> str | None:
    """The column with the first of these names whose cells fit; of several the one with the shortest label."""
    by_name: dict[str, list[str]] = {}
    for label in cells:
        by_name.setdefault(label.casefold() if is_whole else own_name(label), []).append(label)
    for name in names:
        for label in sorted(by_name.get(name, ()), key=lambda each: (len(each), each)):
            if _all(cells[label], fits):
                return label
    return None


def own_name(label: str) -> str:
    """What a column is called, wrappers and prefixes aside ("attributes.title", "title.rendered", "dc:title"); "" for
    what is another thing's ("author.name")."""
    parts = [part for part in label.casefold().split(".") if part not in _WRAPPERS]
    return _as_name(parts[0].rpartition(":")[2].strip()) if len(parts) == 1 else ""


@lru_cache(maxsize=4_096)
def last_name(label: str) -> str:
    """The last part of a label that is a path."""
    return _as_name(label.rpartition(".")[2])


def _as_name(text: str) -> str:
    return text.replace(" ", "_").replace("-", "_")


def _all(cells: Sequence[str], fits: object) -> bool:
    return bool(cells) and callable(fits) and sum(1 for each in cells if fits(each)) * 10 >= 9 * len(cells)


def _texty(cells: dict[str, list[str]], *, is_ordered: bool) -> str | None:
    """The first column of words; where columns have no order, the one whose cells differ most."""
    fitting = [label for label, said in cells.items() if _all(said, _is_wordy)]
    if not is_ordered and fitting:
        return max(fitting, key=lambda label: len(set(cells[label])))
    return next(iter(fitting), None)


def _is_wordy(cell: str) -> bool:
    has_words = len(cell) <= _LONGEST_NAME and _letters().search(cell) is not None
    return has_words and cell not in ("true", "false") and not _is_address(cell) and not _is_date(cell)


def _is_address(cell: str) -> bool:
    return " " not in cell and cell.startswith(("http://", "https://", "/"))


def _is_date(cell: str) -> bool:
    when = moment(cell)
    return when is not None and when.is_full


def _numbering(cells: dict[str, list[str]], labels: Sequence[str], count: int) -> str | None:
    """The column that names the rows by codes of their own: one that is called so ("contract_id"), else the first."""
    called = [label for label in labels if set(re.split(r"[\s_.-]+", label.casefold())[1:]) & set(KEYS)]
    return next((label for label in (*called, *labels[:1]) if _is_numbering(cells[label], count)), None)


def _is_counting(cells: Sequence[str]) -> bool:
    """Whether a column only counts the rows, up from one or down to it: a place in a list names none."""
    up = [str(number) for number in range(1, len(cells) + 1)]
    return list(cells) in (up, up[::-1])


def _is_numbering(cells: Sequence[str], count: int) -> bool:
    """Whether a first column names the rows by codes of their own; what only counts them is a place in a list."""
    is_of_codes = len(set(cells)) == count and all(" " not in cell and has_digit(cell) for cell in cells)
    return (
        is_of_codes and not _is_counting(cells) and not any(_is_date(cell) or _is_address(cell) for cell in cells[:3])
    )


def _keys(rows: Sequence[Row], columns: Columns, labels: Iterable[str]) -> list[str | None]:
    """What names each row: its id, or where titles are not each row's own, all its cells that are words or dates."""
    if columns.key is not None:
        return [row.get(columns.key) or None for row in rows]
    titles = [row.get(columns.title, "") for row in rows] if columns.title else []
    if columns.url is not None or len(set(titles)) == len(rows):
        return [None] * len(rows)
    wordy = [
        label for label in sorted(labels)
        if _all([row[label] for row in rows[:_MOST_LOOKED_AT] if row.get(label)], lambda c: _is_wordy(c) or _is_date(c))
    ]  # fmt: skip
    return [" · ".join(row.get(label, "") for label in wordy) or None for row in rows]


def _item(row: Row, columns: Columns, key: str | None, name: str, hidden: str | None) -> Item:
    told = (columns.title, columns.url, columns.date, columns.teaser)
    rest = [(label, cell) for label, cell in row.items() if label not in told and cell]
    counted = [(label, cell) for label, cell in rest if last_name(label).casefold() in COUNTS and _is_count(cell)]
    title = row.get(columns.title, "") if columns.title else ""
    return Item(
        title=title or name or next((cell for _, cell in rest), "") or UNTITLED,
        date=moment(row.get(columns.date, "")) if columns.date else None,
        url=(row.get(columns.url) or None) if columns.url else None,
        teaser=(row.get(columns.teaser) or None) if columns.teaser else None,
        values=tuple(each for each in rest if each not in counted and each[0] != hidden),
        figures=tuple(Figure(label=label, value=int(cell), text=cell) for label, cell in counted),
        key=key or name or None,
    )


def _is_count(cell: str) -> bool:
    return cell.isascii() and cell.isdigit() and len(cell) < 16


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]{2}|[\u2e80-\uffff]")
