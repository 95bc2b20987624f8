"""Signs that are nearly digits, letters in pieces: none stops the reader, or makes a change that there is not."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest

from monitor import compare, read
from monitor.model.snapshot import Snapshot
from monitor.read.html_guards import is_whole

STEPS = "<h2>Steps</h2><p>{0}</p><p>Fill in the form with all your data.</p><div>{0}</div><div>June</div>"
CONCERTS = "<li><a href=/c>{0}{0}.{0}{0} Winter concert of the choir</a></li>"
OTHERS = "<li><a href=/d>29.04. Spring concert of the choir</a></li><li><a href=/e>30.04. Summer concert</a></li>"
TABLE = "<table><tr><th>a</th><th>b</th></tr><tr><td>{0}</td><td>{0}</td></tr></table>"
FEE = "수수료는 하룻밤에 십 파운드이며 도착 즉시 항구 사무소에 지불하여야 한다는 것을 알려 드립니다"


def _page(body: str) -> Snapshot:
    html = f"<!doctype html><html lang=en><title>S</title><body><h1>Harbour office</h1>{body}</body></html>"
    return Snapshot("page.html", html.encode(), media_type="text/html; charset=utf-8")


@pytest.mark.parametrize("sign", ["①", "②", "²", "³", "⑩", "٣", "३", "𝟑", "½", "Ⅳ"])
def test_what_is_nearly_a_digit_is_read(sign: str) -> None:
    reading = read(_page((STEPS + f"<ul>{CONCERTS}{OTHERS}</ul>" + TABLE).format(sign)))
    assert reading.title == "Harbour office"
    assert compare(reading, reading).is_equal


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_heading_that_was_a_paragraph_is_the_same_in_pieces(form: Literal["NFC", "NFD"]) -> None:
    """Decomposed Hangul is twice as long as what it is folded to."""
    rest = "<p>배는 언제든지 들어올 수 있습니다 그리고 나갈 수 있습니다.</p>"
    rest += "<h2>규칙</h2><p>항구의 규칙은 다음과 같습니다.</p>"
    before = read(_page(f"<h2>{unicodedata.normalize(form, FEE)}</h2>{rest}"))
    after = read(_page(f"<h2>공지 사항</h2>{rest}<p>{FEE}</p>"))
    assert [each.kind.value for each in compare(before, after).changes] == ["text.edited"]
    assert "text.removed" not in [each.kind.value for each in compare(after, before).changes]


def test_a_page_that_breaks_off_within_a_long_tag_is_not_whole() -> None:
    page = f"<!doctype html><html><body><p>One</p><p data-items='{'x' * 3000}'>Two</body></html>"
    inside = range(page.index("data-items"), page.index("x'>Two"), 37)
    assert [at for at in inside if is_whole(page[:at])] == []
    assert is_whole(page)
    assert is_whole("<p>One is < two")
