"""Claims about the page in a real browser: it asks for nothing, complains of nothing, and everyone can read it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Literal

import pytest

from monitor.model.rules import ListRule, Rules
from monitor.report import render, render_digest, render_explanation, render_overview, render_reports, render_story
from tests import digests, overviews, samples, stories
from tests.browsing import chromium, needs_chromium
from tests.test_explain import explained

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

    Scheme = Literal["light", "dark"]

PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
EXPLAINED = "explained"
REPORTS = "all-reports"
STORIES = {f"story-{name}": stories.STORIES[name] for name in ("whole", "stalled", "hostile", "unchanged")}
OVERVIEWS = {f"overview-{name}": made for name, made in overviews.OVERVIEWS.items()}
DIGESTS = {f"digest-{name}": made for name, made in digests.DIGESTS.items()}
SHOWN = (
    "seed-like",
    "edited",
    "hostile",
    "stalled",
    "backwards",
    "identical",
    EXPLAINED,
    REPORTS,
    *STORIES,
    *OVERVIEWS,
    *DIGESTS,
)

pytestmark = [
    *needs_chromium,
    pytest.mark.skipif(find_spec("axe_playwright_python") is None, reason="no axe here; the extra `browser` brings it"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """The address of a server with every sample's page, and the paths it was asked for."""
    folder = tmp_path_factory.mktemp("pages")
    for name in SHOWN:
        (folder / f"{name}.html").write_text(_html(name), encoding="utf-8")
    asked: list[str] = []

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *arguments: object) -> None:  # noqa: ARG002  the base class's signature
            asked.append(self.path)

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("name", SHOWN)
def test_no_request_leaves_the_page_and_the_console_stays_empty(
    browser: Browser, served: tuple[str, list[str]], name: str
) -> None:
    address, asked = served
    asked.clear()
    page = browser.new_page()
    said: list[str] = []
    requested: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: requested.append(request.url))
    page.goto(f"{address}/{name}.html")
    _open_all(page)
    page.wait_for_load_state("networkidle")
    page.close()
    assert said == []
    assert [url for url in requested if not url.startswith("data:")] == [f"{address}/{name}.html"]
    assert asked == [f"/{name}.html"]


@pytest.mark.parametrize(("scheme", "size"), [("light", DESKTOP), ("dark", PHONE)], ids=["light", "dark"])
@pytest.mark.parametrize("name", SHOWN)
def test_axe_finds_nothing(browser: Browser, tmp_path: Path, name: str, size: ViewportSize, scheme: Scheme) -> None:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped,unused-ignore]

    # axe runs as a script, which the page's own policy forbids: the policy is set aside for it.
    page = browser.new_page(viewport=size, color_scheme=scheme, bypass_csp=True)
    page.goto(_page(tmp_path, name))
    _open_all(page)
    found = Axe().run(page).response
    page.close()
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert found["passes"]


@pytest.mark.parametrize("width", [320, 390, 768])
@pytest.mark.parametrize("name", SHOWN)
def test_nothing_scrolls_sideways(browser: Browser, tmp_path: Path, name: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(_page(tmp_path, name))
    _open_all(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.close()
    assert wide <= 0


def test_findings_open_by_keyboard_alone(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(_page(tmp_path, "seed-like"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator("details:not([open]) > summary").first.focus()
    before = page.locator("details[open]").count()
    page.keyboard.press("Enter")
    assert page.locator("details[open]").count() == before + 1
    page.close()


def test_the_strip_leads_to_its_findings(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 500})
    page.emulate_media(reduced_motion="reduce")
    page.goto(_page(tmp_path, "seed-like"))
    page.get_by_role("link", name="10 gone").click()
    assert page.evaluate("document.querySelector(':target h3').getBoundingClientRect().top") < 500
    page.close()


def test_print_shows_both_sides_of_every_finding(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    page.emulate_media(media="print")
    page.goto(_page(tmp_path, "seed-like"))
    hidden = page.evaluate(
        "[...document.querySelectorAll('.inside')].filter(each => each.getBoundingClientRect().height === 0).length"
    )
    page.close()
    assert hidden == 0


def test_an_override_of_direction_turns_no_word_of_ours(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page(viewport=DESKTOP)
    page.goto(_page(tmp_path, "edited"))
    arabic = page.locator("bdi.said", has_text="خطاب").first
    assert arabic.evaluate("each => getComputedStyle(each).direction") == "rtl"
    assert page.locator("h1").evaluate("each => getComputedStyle(each).direction") == "ltr"
    page.close()


def test_the_legend_hides_and_shows_what_became_of_blocks(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page(viewport=DESKTOP)
    page.goto(_page(tmp_path, EXPLAINED))
    assert page.locator(".band.list").first.is_visible()
    page.get_by_label("Lists").uncheck()
    assert not page.locator(".band.list").first.is_visible()
    assert page.locator(".band.quiet").first.is_visible()
    page.close()


def test_a_story_is_read_by_keyboard_alone(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(_page(tmp_path, "story-whole"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator("details.step > summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details.step[open] code", has_text="monitor compare harbour@").count() == 1
    page.close()


def test_a_story_in_print_shows_every_command_and_row(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    page.emulate_media(media="print")
    page.goto(_page(tmp_path, "story-whole"))
    hidden = page.evaluate(
        "[...document.querySelectorAll('details > :not(summary)')]"
        ".filter(each => each.getBoundingClientRect().height === 0).length"
    )
    page.close()
    assert hidden == 0


def test_the_strip_has_a_tick_where_each_capture_stands(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page(viewport=DESKTOP)
    page.goto(_page(tmp_path, "story-whole"))
    ticks = page.locator(".strip-of-captures .tick")
    middles = ticks.evaluate_all(
        "all => all.map(each => each.getBoundingClientRect()).map(each => each.left + each.width / 2)"
    )
    frame = page.locator(".strip-of-captures svg[role=img]").bounding_box()
    page.close()
    assert frame is not None
    assert len(middles) == len(STORIES["story-whole"]().moments)
    assert frame["x"] - 1 <= min(middles) < max(middles) <= frame["x"] + frame["width"] + 1


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_counts_in_the_list_of_reports_stay_whole_beside_or_under_their_dates(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(_page(tmp_path, REPORTS))
    heads = page.locator(".all .head").evaluate_all(
        "all => all.map(head => [...head.children].map(each => each.getBoundingClientRect().toJSON()))"
    )
    page.close()
    assert len(heads) == 3
    for date, count in heads:
        assert count["height"] < 1.5 * date["height"]
        assert count["left"] == date["left"] or (count["top"] == date["top"] and count["left"] > date["right"])


def _html(name: str) -> str:
    if name in STORIES:
        return render_story(STORIES[name](), "html", link_base="../snapshots/")
    if name in DIGESTS:
        return render_digest(DIGESTS[name](), "html", link_base="../")
    if name in OVERVIEWS:
        return render_overview(OVERVIEWS[name](), "html")
    if name == REPORTS:
        return render_reports(overviews.alert())
    if name != EXPLAINED:
        return render(samples.SAMPLES[name](), "html")
    return render_explanation(explained(rules=Rules(ignore=(".ad", ".none"), lists=(ListRule("li"),))), "html")


def _page(folder: Path, name: str) -> str:
    path = folder / f"{name}.html"
    path.write_text(_html(name), encoding="utf-8")
    return path.as_uri()


def _open_all(page: Page) -> None:
    for closed in page.locator("details:not([open]) > summary").all()[::-1]:
        closed.evaluate("each => { each.parentElement.open = true }")
