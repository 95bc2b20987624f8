"""The lead is the article beside the lists, however short its paragraphs and whatever stands around it."""

from __future__ import annotations

import pytest

from monitor import read
from monitor.model.reading import Reading
from monitor.model.snapshot import Snapshot

RUSSIAN = (
    "Министр заявил журналистам, что порт будет открыт для всех судов уже в начале следующей недели.",
    "По его словам, ремонт причалов завершён, и рабочие убирают последние строительные материалы.",
    "Жители города давно ждали этого решения, потому что паром ходил дважды в день и был полон.",
    "Следующее заседание комиссии назначено на пятницу, на нём обсудят новые тарифы и расписание движения.",
)
SHORT = (
    "The board said that the port will open to all ships in the coming week, at last, it added.",
    "The repair of the quays is done, and the workers are clearing away what is left of it.",
    "Residents had long waited for this decision, for the ferry ran only twice a day and was full.",
)
NEWS = "<h2>News</h2><ul>{}</ul>".format(
    "".join(
        f'<li><a href="/n/{i}">Statement {i} of the harbour board on dues</a> <span>{20 - i} July 2020</span></li>'
        for i in range(8)
    )
)


def reading_of(body: str, media_type: str = "text/html") -> Reading:
    return read(Snapshot(source="page", body=body.encode(), media_type=media_type))


def article(paragraphs: tuple[str, ...], under: str = "") -> str:
    told = "".join(f"<p>{text}</p>" for text in paragraphs)
    return f"<h1>Harbour Authority</h1><article><h2>Port opens again</h2>{under}{told}</article>"


@pytest.mark.parametrize("paragraphs", [RUSSIAN, SHORT], ids=["four of 90 letters", "three of 90 letters"])
def test_an_article_of_short_paragraphs_is_a_lead(paragraphs: tuple[str, ...]) -> None:
    lead = reading_of(article(paragraphs) + NEWS).lead
    assert lead is not None
    assert (lead.title, lead.paragraphs) == ("Port opens again", paragraphs)


def test_a_heading_with_a_date_sets_an_article_apart_too() -> None:
    told = "".join(f"<p>{text}</p>" for text in SHORT)
    lead = reading_of(f"<h1>Harbour Authority</h1><h2>Port opens again</h2><p>4 July 2020</p>{told}{NEWS}").lead
    assert lead is not None
    assert lead.date is not None
    assert lead.paragraphs == SHORT


@pytest.mark.parametrize("count", [5, 6, 12])
def test_a_product_beside_others_is_no_lead_however_many_they_are(count: int) -> None:
    told = "".join(f"<p>{text}</p>" for text in (*SHORT, *RUSSIAN))
    others = "".join(f'<li><a href="/p/{i}">Brass lantern number {i} with a glass</a></li>' for i in range(count))
    page = f"<h1>Harbour lantern of brass</h1>{told}<h2>See also</h2><ul>{others}</ul>"
    reading = reading_of(page)
    assert [len(each.items) for each in reading.lists] == [count]
    assert (reading.lead, reading.title) == (None, "Harbour lantern of brass")


def test_lines_that_are_no_sentences_make_no_lead() -> None:
    lines = tuple(f"Berth {n}, depth {n} m, open to ships of all flags, ask the harbour master" for n in range(6))
    assert reading_of(article(lines) + NEWS).lead is None


def test_a_dated_article_under_the_pages_own_heading_is_a_lead_without_its_list() -> None:
    lead = reading_of(article(SHORT, "<p>4 July 2020</p>")).lead
    assert lead is not None
    assert lead.title == "Port opens again"


def test_a_page_that_is_one_article_has_sections_and_no_lead() -> None:
    told = "".join(f"<p>{text}</p>" for text in RUSSIAN * 3)
    reading = reading_of(f"<article><h1>Порт</h1><p>4 июля 2020</p>{told}</article>")
    assert reading.lead is None
    assert reading.sections


@pytest.mark.parametrize("counter", ["853 days have passed since the bridge was closed", ""])
def test_a_counter_above_the_lead_of_a_text_has_no_part_in_its_title(counter: str) -> None:
    items = "\n\n".join(f"{20 - i}.06.2020 - Statement {i} of the harbour board on dues" for i in range(8))
    told = "\n\n".join(f"{text} {text}" for text in SHORT)
    title = "Director’s speech at the opening of the port on Monday"
    text = f"4 July 2020\n\nHarbour Authority\n\n{counter}\n\n{title}\n\n{told}\n\n{told}\n\n{items}\n"
    lead = reading_of(text, "text/plain").lead
    assert lead is not None
    assert lead.title == title
