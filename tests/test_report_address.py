"""A report leads to the page that it is about, where config.yaml says where that is, and never to what would run."""

from __future__ import annotations

import re
from email import message_from_string

import pytest

from monitor.report import render
from tests import samples

URL = "https://harbour.example/news?of=all&by=day"


def _part(mail: str, kind: str) -> str:
    [part] = [each for each in message_from_string(mail).walk() if each.get_content_type() == kind]
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def test_every_rendering_for_people_names_it() -> None:
    told = samples.edited()._replace(page_url=URL)
    escaped = URL.replace("&", "&amp;")
    assert f"The page itself: {URL}\n" in render(told, "text")
    assert f'<a href="{escaped}" rel="noopener noreferrer">' in render(told, "html")
    mail = render(told, "email")
    assert URL in _part(mail, "text/plain")
    assert re.search(rf'<a href="{re.escape(escaped)}"[^>]*>The page itself</a>', _part(mail, "text/html"))


@pytest.mark.parametrize("url", [None, "javascript:alert(1)", "https://harbour.example/\u202egpj", "data:text/html,x"])
def test_what_is_no_address_is_left_out(url: str | None) -> None:
    told, plain = samples.edited()._replace(page_url=url), samples.edited()
    for style in ("text", "html"):
        assert render(told, style) == render(plain, style)
