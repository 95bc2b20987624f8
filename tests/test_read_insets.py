"""Furniture amid the content is known by what it is, and its coming and going is routine wherever it stands."""

from __future__ import annotations

import pytest

from monitor import compare, read
from monitor.model.comparison import Verdict
from monitor.model.reading import Reading
from monitor.model.snapshot import Snapshot

PARAGRAPHS = (
    "The board said that the port will open to all ships next week, at last.",
    "The repair of the quays is done, and the workers are clearing away what is left of it.",
    "Residents had long waited for this decision, for the ferry ran only twice a day and was full.",
)
ITEMS = "".join(
    f'<li><h3><a href="/n/{i}">Statement {i} of the harbour board on dues</a></h3><p>{20 - i} July 2020</p>'
    "<p>The board has met on the matter and agreed.</p>{inside}</li>"
    for i in range(6)
)
SHARE = (
    (
        '<div><span>Teilen:</span> <a href="https://www.facebook.com/sharer/sharer.php?u=x">Facebook</a> '
        '<a href="https://twitter.com/intent/tweet?url=x">Twitter</a> <a href="mailto:?subject=x">Mail</a></div>'
    ),
    (
        '<ul><li><a href="https://t.me/share/url?url=x">Telegram</a></li><li><a href="https://wa.me/?text=x">WhatsApp</a>'
        '</li><li><a href="https://www.linkedin.com/shareArticle?url=x">LinkedIn</a></li></ul>'
    ),
)
CONSENT = (
    "<div><p>We use cookies to improve your visit.</p><button>Accept all</button><button>Reject</button></div>",
    '<div>Diese Website verwendet Cookies. <a href="/c">Mehr erfahren</a> <a href="#">Akzeptieren</a></div>',
    "<div><h2>Ваша конфиденциальность</h2><p>Мы используем файлы cookie.</p><button>Принять</button></div>",
    "<p>Questo sito utilizza i cookie.</p><button>OK</button>",
    "<p>当サイトはクッキーを使用しています。</p><button>同意する</button>",
)
ADVERTS = (
    '<div><span>Sponsored:</span> <a href="https://shoes.example/">Buy shoes today</a></div>',
    "<div><div>Anzeige</div><p>Jetzt Schuhe kaufen bei Schuh Meier</p></div>",
    '<div><p>Реклама</p><a href="https://tyres.example/1">Купите шины</a></div>',
    "<aside>Publicité : Vols vers le soleil</aside>",
)


def page(*, above: str = "", inside: str = "", in_items: str = "", below: str = "") -> Reading:
    first, second, third = (f"<p>{text}</p>" for text in PARAGRAPHS)
    body = (
        f"<html><body>{above}<h1>Harbour Authority</h1><article><h2>Port opens again</h2>{first}{second}{inside}{third}"
        f"</article><h2>News</h2><ul>{ITEMS.replace('{inside}', in_items)}</ul>{below}</body></html>"
    )
    return read(Snapshot(source="page", body=body.encode(), media_type="text/html"))


@pytest.mark.parametrize("inset", SHARE + CONSENT + ADVERTS)
@pytest.mark.parametrize("place", ["above", "inside", "below"])
def test_an_inset_comes_and_goes_as_furniture(inset: str, place: str) -> None:
    plain, dressed = page(), page(**{place: inset})
    assert compare(plain, dressed).verdict is Verdict.ROUTINE
    assert dressed.furniture
    assert dressed.lead is not None
    assert dressed.lead.paragraphs == PARAGRAPHS
    assert dressed.lists == plain.lists


@pytest.mark.parametrize("inset", SHARE + ADVERTS)
def test_an_inset_in_an_item_is_no_part_of_it(inset: str) -> None:
    assert page(in_items=inset).lists == page().lists


@pytest.mark.parametrize(
    "text",
    [
        "<h1>Cookie policy</h1><p>We use cookies. You can decline them.</p><h2>Advertising</h2><p>We show adverts.</p>",
        '<h1>Contact</h1><p>Follow us on <a href="https://twitter.com/harbour">Twitter</a>.</p>',
        "<h1>Council</h1><p>Anzeigen bei der Polizei haben zugenommen.</p><p>Share prices fell.</p>",
    ],
)
def test_text_about_such_things_is_text(text: str) -> None:
    assert read(Snapshot(source="page", body=text.encode(), media_type="text/html")).furniture == ()


@pytest.mark.parametrize("wrapper", ["main", "div"])
def test_short_lines_below_the_last_article_are_furniture(wrapper: str) -> None:
    article = f"<{wrapper}><article><h1>Port</h1><p>{' '.join(PARAGRAPHS)}</p></article></{wrapper}>"
    bodies = (f"<body>{article}{tail}</body>" for tail in ("", "<div>Chat with us</div><button>Close</button>"))
    before, after = (read(Snapshot(source="page", body=body.encode(), media_type="text/html")) for body in bodies)
    assert compare(before, after).verdict is Verdict.ROUTINE


@pytest.mark.parametrize("stop", ["", "."])
@pytest.mark.parametrize("wrapper", ["main", "div"])
def test_a_short_line_below_a_list_of_articles_is_content(wrapper: str, stop: str) -> None:
    entries = "".join(
        f"<article><h3><a href='/{n}'>Notice on pier {n}</a></h3><p>{n} May 2025</p></article>" for n in range(1, 6)
    )
    body = f"<body><{wrapper}>{entries}<p>Bathing allowed{stop}</p></{wrapper}></body>"
    reading = read(Snapshot(source="page", body=body.encode(), media_type="text/html"))
    assert [paragraph for each in reading.sections for paragraph in each.paragraphs] == [f"Bathing allowed{stop}"]


def test_a_short_line_below_one_article_is_content_where_no_button_stands_beside_it() -> None:
    article = f"<article><h1>Port</h1><p>{' '.join(PARAGRAPHS)}</p></article>"
    body = f"<body>{article}<p>Pier closed</p></body>"
    reading = read(Snapshot(source="page", body=body.encode(), media_type="text/html"))
    assert reading.furniture == ()
