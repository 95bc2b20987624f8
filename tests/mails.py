"""A mail as its receiver has it: parsed, its parts, and which of its words have their looks beside them."""

from __future__ import annotations

import email
from email import policy
from email.message import EmailMessage
from html.parser import HTMLParser


def parsed(said: str) -> EmailMessage:
    message = email.message_from_bytes(said.encode("ascii"), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


class Shown(HTMLParser):
    """The text of a mail's HTML part with the styles that hold for it inline."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.stack: list[tuple[str, dict[str, str | None]]] = []
        self.bare: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "background", "action")]
        if tag not in ("meta", "br", "img", "link"):
            self.stack.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self.stack]
        if data.strip() and "head" not in tags:
            styles = " ".join(attributes.get("style") or "" for _, attributes in self.stack)
            if not all(f"{rule}:" in styles.replace(" ", "") for rule in ("font-family", "color", "font-size")):
                self.bare.append(data.strip())
