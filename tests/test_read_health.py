"""A page that stands in for the page is known for it in any language; a page about such pages is not."""

from __future__ import annotations

import gzip

import pytest

from monitor import read
from monitor.codings import decoded
from monitor.model.reading import Reading
from monitor.model.snapshot import Exchange, Snapshot

FRAME = (
    "<html><head><title>Fisheries</title></head><body><nav><a href='/'>Home</a> <a href='/news'>News</a></nav>"
    "{}<footer>Fisheries of Norland, 12 Quay Street</footer></body></html>"
)

ERRORS = [
    "<h1>We’ll be back soon!</h1><p>Sorry for the inconvenience. We are performing some maintenance at the moment.</p>",
    "<h1>Wartungsarbeiten</h1><p>Diese Seite ist vorübergehend nicht erreichbar.</p>",
    "<h1>Error 404</h1><p>La página solicitada no existe.</p>",
    "<h1>404</h1><p>The hook is empty.</p>",
    "<h1>HTTP Status 500 – Internal Server Error</h1>",
    "<h1>Oups</h1><p>La page que vous cherchez a pris la mer.</p>",
    "<p>Il sito è in manutenzione.</p>",
    "<p>O site está fora do ar.</p>",
    "<h1>Сайт временно недоступен</h1>",
    "<p>На сайте ведутся технические работы</p>",
    "<h1>Сторінку не знайдено</h1>",
    "<p>Strona jest chwilowo niedostępna. Przepraszamy.</p>",
    "<h1>Sayfa bulunamadı</h1>",
    "<h1>الموقع تحت الصيانة</h1>",
    "<h1>页面不存在</h1>",
    "<h1>ただいまメンテナンス中です</h1>",
    "<h1>This domain is for sale</h1><p>Make an offer</p>",
    "<br><b>Fatal error</b>: Uncaught PDOException: no route in /srv/www/index.php on line 12",
    '<pre>Traceback (most recent call last):\n  File "/srv/app.py", line 3, in main\n    run()\nValueError: no</pre>',
    "<pre>java.lang.NullPointerException\n"
    + "".join(f"\tat org.example.web.Filter{n}.run(Filter{n}.java:{n})\n" for n in range(90))
    + "</pre>",
]
CHECKS = [
    "<p>Our systems have detected unusual traffic from your computer network.</p>",
    "<h1>Подтвердите, что вы не робот</h1>",
    "<p>私はロボットではありません</p>",
]

WALLS = [
    "<h1>Before</h1><p>We and 87 partners use cookies.</p><p>See our privacy policy.</p><button>Accept all</button>",
    "<h2>Mit Werbung lesen</h2><p>Stimmen Sie der Verwendung von Cookies zu: "
    + "für Werbung und Messung, " * 20
    + "</p>"
    "<p>Mehr in der Datenschutzerklärung</p><button>Zustimmen</button><button>Ablehnen</button>",
    "<p>Avec votre accord, nos partenaires et nous utilisons des cookies.</p><button>Tout accepter</button>",
    "<h1>Fisheries</h1><h2>You have no free articles left</h2><p>Pay €2 a week.</p>",
    "<h2>Cet article est réservé aux abonnés</h2><p>Dès 1 € par mois.</p>",
]
SIGN_INS = [
    "<h2>Please log in to continue</h2>",
    "<h1>Bitte melden Sie sich an</h1>",
    "<p>Veuillez vous connecter pour lire la suite.</p>",
    "<h1>请登录</h1>",
    "<h1>Log in</h1><form><label>Name<input></label><label>Code<input type=password></label><button>Go</button></form>",
    "<h1>Anmeldung</h1><p>Benutzername</p><p>Passwort</p><p>Passwort vergessen?</p>",
    "<h1>Вход в систему</h1><p>Логин</p><p>Пароль</p>",
    (
        "<h1>Wexcombe Council</h1><form><label>User name<input></label><label>Password<input type=password></label>"
        "<button>Sign in</button></form><p><a href=/forgot>Forgotten your password?</a></p>"
    ),
    (
        "<h1>Town hall</h1><table><tr><td>E-mail<td><input><tr><td>Password<td><input type=password></table>"
        "<p>You need an account to see this page.</p><ul><li><a href=/r>Register</a><li><a href=/h>Help</a></ul>"
    ),
    "<h1>Rathaus</h1><form>Benutzername <input> Kennwort <input type=password> <input type=submit value=Los></form>",
    "<h1>Администрация города</h1><form><p>Логин <input><p>Пароль <input type=password><p>Запомнить меня</form>",
]
REFUSALS = [
    "<h1>451</h1><p>You are in a country from which we cannot grant you access at this time.</p>",
    "<h1>Sorry</h1><p>Our pages are unavailable in your country.</p>",
    "<h1>Доступ ограничен</h1><p>По решению суда.</p>",
    "<p>Доступ к информационному ресурсу ограничен на основании закона.</p>",
]
BANNER = (
    "<div><p>We use cookies to measure our audience.</p><button>Accept all</button><button>Reject all</button></div>"
)
LOGIN_BOX = "User name <input> Password <input type=password> <button>Sign in</button>"
SMALL_PAGES = [
    f"<h1>Pool</h1>{BANNER}<p>Open from 9 to 5.</p>",
    f"{BANNER}<h1>Pool</h1><h2>Hours</h2><ul><li>Monday to Friday</li><li>Closed on Sunday</li></ul>",
    f"{BANNER}<h2>Latest notices</h2>",
    f"<div>{LOGIN_BOX}</div><h1>Pool</h1><p>Open from 9 to 5.</p>",
    f"<div>{LOGIN_BOX}</div><h1>Pool</h1><h2>Latest notices</h2>",
    f"<form>{LOGIN_BOX}<h1>Pool</h1><p>Closed.</p></form>",
    f"<div>{LOGIN_BOX}</div><h1>Pool</h1><p>Write an e-mail to pool@norland.example</p>",
    f"{LOGIN_BOX}<h1>Pool</h1>"
    + "".join(f"<p><a href=/{each}>{each}</a></p>" for each in ("Hours", "Fees", "Clubs", "Map")),
    "<h1>Rowing club</h1><p>Next regatta on Sunday at the north quay.</p><h2>Sign in</h2><input type=password>",
    "<h1>Sign in Old Town stolen</h1><p>The sign of the inn was found in the harbour.</p>",
    "<h1>How to choose a password</h1><p>Take four words that nobody would put together.</p>",
    "<h1>Harbour news</h1><p>Ferries run again. " + "The storm is over and all piers are open. " * 4 + "</p>"
    "<p>Already a subscriber? Log in.</p>",
    "<h1>Cookies</h1><p>We use cookies to keep you logged in.</p><p>They go when you close the window.</p>",
    "<h1>Maps</h1><p>Sea charts are unavailable in your country.</p>" + "<p>Order them by post. " * 30 + "</p>",
]


def reading_of(content: str) -> Reading:
    return read(Snapshot(source="page", body=FRAME.format(content).encode(), media_type="text/html"))


@pytest.mark.parametrize("content", [*ERRORS, *REFUSALS])
def test_an_error_message_in_place_of_the_page_is_called_one(content: str) -> None:
    assert [each.sign for each in reading_of(content).suspicions] == ["error"]


@pytest.mark.parametrize("content", [*CHECKS, *WALLS])
def test_a_check_of_the_visitor_in_place_of_the_page_is_called_one(content: str) -> None:
    assert [each.sign for each in reading_of(content).suspicions] == ["challenge"]


@pytest.mark.parametrize("content", SIGN_INS)
def test_a_request_to_sign_in_in_place_of_the_page_is_called_one(content: str) -> None:
    assert [each.sign for each in reading_of(content).suspicions] == ["sign-in"]


@pytest.mark.parametrize(
    "content",
    [
        "<h1>Error 404: why pages vanish</h1><p>" + "Addresses die, and nobody mourns them. " * 12 + "</p>",
        "<h1>Error 404</h1>" + f"<p>{'What the number means, and who chose it. ' * 5}</p>" * 12,
        "<h1>Wartungsarbeiten an der Elbbrücke</h1><p>Die Brücke ist bis Montag gesperrt.</p>",
        "<h1>Lifts</h1><p>The lift at the north quay is temporarily unavailable.</p>",
        "<h1>Rules</h1><p>Fishing is forbidden on Sundays.</p>",
        "<h1>Census</h1><p>At the harbour 404 people were found.</p>",
        "<h1>Status</h1><ul>"
        + "".join(f"<li>{day} July 2020 <a href='/{day}'>Page not found, case {day}</a></li>" for day in range(3, 9))
        + "</ul>",
    ],
)
def test_a_page_that_mentions_an_error_is_an_honest_page(content: str) -> None:
    assert reading_of(content).suspicions == ()


@pytest.mark.parametrize("content", SMALL_PAGES)
def test_a_small_page_with_a_banner_a_login_box_or_an_offer_is_an_honest_page(content: str) -> None:
    assert reading_of(content).suspicions == ()


# -- what the way a capture came says against it

PAGE = b"<h1>Harbour office</h1><p>Open every day from nine to five, and on Sundays by appointment with the master.</p>"


def _served(status: int = 200, *notes: tuple[str, str], has_answer: bool = True) -> list[tuple[str, str]]:
    answer = Exchange("https://h.example/", f"HTTP/1.1 {status} \r\n\r\n".encode(), b"")
    page = Snapshot("page", b"<h1>Harbour office</h1><p>Open every day from nine to five.</p>", notes=notes)
    found = read(page._replace(exchanges=(answer,) if has_answer else ()))
    return [(each.sign, each.reason) for each in found.suspicions]


@pytest.mark.parametrize("status", [200, 203, 206, 304, 0])
def test_an_answer_that_is_no_error_raises_no_doubt(status: int) -> None:
    assert _served(status) == []


@pytest.mark.parametrize(
    ("status", "said"),
    [(404, "404 Not Found"), (410, "410 Gone"), (503, "503 Service Unavailable"), (599, "599"), (418, "418")],
)
def test_an_error_is_doubted_by_its_status_whatever_the_page_says(status: int, said: str) -> None:
    assert _served(status) == [("status", f"The server answered {said}.")]
    assert _served(200, ("http-status", str(status)), has_answer=False) == _served(status)


def test_a_body_that_broke_off_on_its_way_is_truncated() -> None:
    fault = decoded(gzip.compress(PAGE)[:-20], "gzip", most=10_000).fault or ""
    assert _served(200, ("fault", fault), ("server", "x")) == [("truncated", f"It did not come whole: {fault}.")]


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate"])
def test_a_header_that_names_a_coding_which_the_body_has_not_leaves_it_whole(coding: str) -> None:
    assert _served(200, ("fault", decoded(PAGE, coding, most=10_000).fault or "")) == []


@pytest.mark.parametrize(
    "fault",
    [
        "its last chunk breaks off",
        "its chunks are damaged",
        "it is larger than 9 bytes",
        "it was cut when it was captured (length)",
        "it is a part of the page (206), though all of it was asked for",
    ],
)
def test_what_else_takes_a_part_of_the_page_is_a_doubt(fault: str) -> None:
    assert [sign for sign, _ in _served(200, ("fault", fault))] == ["truncated"]


@pytest.mark.parametrize("value", ["", "no", "²", "200"])
def test_a_note_that_names_no_error_raises_no_doubt(value: str) -> None:
    assert _served(200, ("http-status", value), ("fault", ""), has_answer=False) == []
