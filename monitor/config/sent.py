"""What is sent along with a request, and where it is kept: names and values of headers, cookies, users, variables.

What may be secret is in no sentence of what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from monitor.config.places import is_asked
from monitor.model.rules import shortened

NAME_SCHEMA: Mapping[str, object] = {"type": "string", "pattern": r"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$"}
ENV_SCHEMA: Mapping[str, object] = {"type": "string", "pattern": r"^[A-Za-z_][A-Za-z0-9_]*$"}

_TOKEN = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"  # noqa: S105  the grammar's word for a name (RFC 9110, section 5.6.2)
# Headers that the client writes itself, and what to write instead.
_OWN = {
    "user-agent": "write user_agent in their place", "cookie": "write cookies in their place",
    "proxy-authorization": "write proxy_env or proxy_file", "host": "leave it out", "connection": "leave it out",
    "content-length": "leave it out", "transfer-encoding": "leave it out", "keep-alive": "leave it out",
    "upgrade": "leave it out", "te": "leave it out", "trailer": "leave it out", "range": "leave it out",
    "accept-encoding": "leave it out", "if-none-match": "leave it out", "if-modified-since": "leave it out",
}  # fmt: skip
# Words in the name of a header or a cookie whose value opens a door.
_SECRET = frozenset(
    "apikey auth authorization bearer credential credentials jwt key passwd password secret session sid token".split()
)


def header_name(text: str) -> str:
    """A name that a header may have. Raises ValueError."""
    if not re.fullmatch(_TOKEN, text):
        raise ValueError(f"{shortened(text)!r} is no name of a header; write one like Accept-Language, without a colon")
    if mend := _OWN.get(text.lower()):
        raise ValueError(f"{text} is set for each request as it needs it; {mend}")
    return text


def cookie_name(text: str) -> str:
    """A name that a cookie may have. Raises ValueError."""
    if not re.fullmatch(_TOKEN, text):
        raise ValueError(f"{shortened(text)!r} is no name of a cookie; write it without blanks, =, ; and quotes")
    return text


def header_value(text: str) -> str:
    """A text that may be sent in a header. Raises ValueError."""
    if any(sign in text for sign in "\r\n"):
        raise ValueError("a header is one line; take the line break out")
    if not text.isascii() or not text.replace("\t", " ").isprintable():
        raise ValueError("a header has letters of ASCII alone; take the others out, or write them as %C3%A9")
    return text


def cookie_value(text: str) -> str:
    """A text that may be the value of a cookie. Raises ValueError."""
    if not text.isascii() or not text.isprintable() or any(sign in text for sign in ' ";,\\'):
        raise ValueError("a cookie's value has no blanks, quotes, commas, semicolons or line breaks; write it as %20")
    return text


def is_secret_name(name: str) -> bool:
    """Whether a header or cookie of that name bears what opens a door."""
    return any(word in _SECRET for word in re.split(r"[^a-z]+", name.lower()))


def open_value(name: str, value: str | None) -> None:
    """Raise ValueError where a value stands there for all to read, and should not, or is meant as a variable."""
    if value is None:
        return
    if variable := re.fullmatch(r"\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?", value):
        raise ValueError(f"nothing is filled in here; write value_env: {variable[1]}")
    if is_secret_name(name):
        raise ValueError(f"{shortened(name)} looks like a secret; write value_env: NAME or value_file: FILE")


def env_name(text: str) -> str:
    """The name of an environment variable. Raises ValueError, without the text: it may be the secret itself."""
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,99}", text):
        raise ValueError(
            "is no name of an environment variable: letters, digits and underscores; write the name, not the secret"
        )
    return text


def user(text: str) -> str:
    """A user's name, as HTTP's basic authentication can have it. Raises ValueError."""
    if not text or ":" in text or not text.isprintable():
        raise ValueError("the user's name is empty, or has a colon or a line break; write the name alone")
    return text


def proxy(text: str) -> str:
    """The address of a proxy, without a password. Raises ValueError."""
    if variable := re.fullmatch(r"\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?", text):
        raise ValueError(f"nothing is filled in here; write proxy_env: {variable[1]}")
    if "@" in text:
        raise ValueError("a password stands in it; write proxy_env: NAME or proxy_file: FILE")
    if not text.startswith(("http://", "https://")) or not is_asked(text):
        raise ValueError(f"{shortened(text)!r} is no address of a proxy; write one like http://proxy.example:3128")
    return text
