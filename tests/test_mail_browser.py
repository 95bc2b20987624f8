"""Claims about mails in Chromium, as mail programmes show it: bare, by Word, in the dark, on phones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

import pytest

from monitor.report import render, render_digest
from tests import digests, samples
from tests.browsing import chromium, needs_chromium
from tests.mails import parsed, part
from tests.test_digest_email import BASE, ENVELOPE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

    Scheme = Literal["light", "dark"]

ALERTS = {f"alert-{name}": samples.SAMPLES[name] for name in ("seed-like", "edited", "hostile", "stalled")}
NAMES = ("usual", "quiet", "single", "scripts", "hostile", *ALERTS)
FEWEST_CONTRAST = 4.5  # of text on its ground (WCAG 2.2, 1.4.3)
# Rules that Word drops: all of the first; of the second on inline elements and paragraphs.
_DROPPED = ("max-width", "max-height", "border-radius", "overflow", "word-break", "letter-spacing", "opacity")
_DROPPED_BUT_ON_CELLS = ("padding", "width", "height", "display")
_CONTRASTS = """
() => {
  const channel = c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const rgb = text => text.match(/[\\d.]+/g).map(Number);
  const ground = each => {
    for (; each; each = each.parentElement) {
      const colour = rgb(getComputedStyle(each).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const texts = [...document.querySelectorAll('body *')].filter(each => each.getClientRects().length
    && [...each.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()));
  return texts.map(each => {
    const [one, other] = [light(rgb(getComputedStyle(each).color)), light(ground(each))].sort((a, b) => b - a);
    return [(one + 0.05) / (other + 0.05), each.textContent.trim().slice(0, 40)];
  });
}
"""

pytestmark = [*needs_chromium, pytest.mark.skipif(find_spec("css_inline") is None, reason="no css-inline here")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def whole(html: str) -> str:
    return html


def without_style(html: str) -> str:
    """As Gmail has it where it strips the head."""
    return re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)


def by_word(html: str) -> str:
    """As Outlook's Word engine has it: its conditional parts, and of the rules those that it knows."""
    seen = re.sub(r"<!--\[if mso\]>(?!<xml)(.*?)<!\[endif\]-->", r"\1", without_style(html), flags=re.DOTALL)
    return re.sub(r'<(\w+)([^>]*?) style="([^"]*)"', _known_to_word, seen)


def _known_to_word(found: re.Match[str]) -> str:
    tag, rest, style = found.groups()
    rules = [rule.strip() for rule in style.split(";") if rule.strip()]
    kept = [rule for rule in rules if not rule.startswith(_DROPPED)]
    if tag not in ("td", "th", "table"):
        kept = [rule for rule in kept if not rule.startswith(_DROPPED_BUT_ON_CELLS)]
    hidden = ["display:none"] if "mso-hide" in style else []
    return f'<{tag}{rest} style="{";".join([*kept, *hidden])}"'


PROGRAMMES: dict[str, Callable[[str], str]] = {"whole": whole, "without style": without_style, "word": by_word}
# Word is on desks, and breaks no word of a thousand letters.
WIDTHS = [
    *((name, programme, width) for name in NAMES for programme in ("whole", "without style") for width in (320, 1280)),
    *((name, "word", 1280) for name in NAMES if "hostile" not in name),
]


def shown(
    browser: Browser, name: str, programme: str = "whole", scheme: Scheme = "light", width: int = 1280
) -> tuple[Page, list[str]]:
    """The mail's HTML part in the browser, and what it did: requests, scripts, words on the console."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    done: list[str] = []

    def dismissed(dialog: Dialog) -> None:
        done.append(dialog.message)
        dialog.dismiss()

    page.on("request", lambda request: done.append(request.url))
    page.on("console", lambda message: done.append(message.text))
    page.on("pageerror", lambda error: done.append(str(error)))
    page.on("dialog", dismissed)
    page.set_content(PROGRAMMES[programme](part(parsed(_mail(name)), "html")))
    return page, done


def _mail(name: str) -> str:
    """The mail of a digest, or of an alert."""
    if name in ALERTS:
        return render(ALERTS[name](), "email", envelope=ENVELOPE)
    return render_digest(digests.DIGESTS[name](), "email", envelope=ENVELOPE, link_base=BASE)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_it_acts_or_asks_for_anything(browser: Browser, name: str) -> None:
    page, done = shown(browser, name)
    page.wait_for_load_state("networkidle")
    handlers = page.evaluate(
        "[...document.querySelectorAll('*')].flatMap(each => [...each.attributes].map(one => one.name))"
        ".filter(name => name.startsWith('on')).length"
    )
    links = page.evaluate("[...document.querySelectorAll('[href], [src]')].map(each => each.protocol)")
    page.close()
    assert done == []
    assert handlers == 0
    assert set(links) <= {"https:"}


@pytest.mark.parametrize(("name", "programme", "width"), WIDTHS)
def test_nothing_scrolls_sideways(browser: Browser, name: str, programme: str, width: int) -> None:
    page, _ = shown(browser, name, programme, width=width)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.close()
    assert wide <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("programme", PROGRAMMES)
@pytest.mark.parametrize("name", ["usual", "scripts", "alert-seed-like", "alert-edited"])
def test_all_of_it_can_be_read_in_the_light_and_in_the_dark(
    browser: Browser, name: str, programme: str, scheme: Scheme
) -> None:
    page, _ = shown(browser, name, programme, scheme)
    found: list[tuple[float, str]] = page.evaluate(_CONTRASTS)
    page.close()
    assert len(found) > 20
    assert [text for contrast, text in found if contrast < FEWEST_CONTRAST] == []


def test_it_is_dark_in_the_dark_where_rules_are_kept_and_light_where_not(browser: Browser) -> None:
    grounds = []
    for programme in ("whole", "without style"):
        page, _ = shown(browser, "usual", programme, "dark")
        grounds.append(page.locator("table table").first.evaluate("each => getComputedStyle(each).backgroundColor"))
        page.close()
    assert grounds == ["rgb(30, 29, 26)", "rgb(255, 255, 255)"]


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_it_is_a_column_of_readable_width_on_a_desk(browser: Browser, programme: str) -> None:
    page, _ = shown(browser, "usual", programme)
    box = page.get_by_role("heading", level=1).bounding_box()
    page.close()
    assert box is not None
    assert 500 < box["width"] <= 660


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_it_says_the_same_in_every_programme(browser: Browser, programme: str) -> None:
    page, _ = shown(browser, "usual", programme)
    said = " ".join(page.inner_text("body").split())
    page.close()
    assert said.lower().startswith("digest of 28 november 2026")
    assert "Berth 4 closed until further notice open" in said
    assert said.endswith("Unsubscribe")


def test_the_signs_of_the_opening_have_a_ground_in_word_too(browser: Browser) -> None:
    page, _ = shown(browser, "usual", "word")
    badge = page.locator("td.badge").first
    box, ground = badge.bounding_box(), badge.evaluate("each => getComputedStyle(each).backgroundColor")
    page.close()
    assert box is not None
    assert (round(box["width"]), round(box["height"])) == (28, 28)
    assert ground == "rgb(251, 228, 225)"


def test_right_to_left_titles_run_right_to_left(browser: Browser) -> None:
    page, _ = shown(browser, "scripts")
    title = page.locator("bdi[lang=ar]").first
    direction = title.evaluate("each => getComputedStyle(each).direction")
    page.close()
    assert direction == "rtl"
