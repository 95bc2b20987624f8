"""Blocks of a short page → the wall that stands in place of the page: for consent, sign-in, subscribers, by law.

Judged by the whole of what is said. A page that also has a banner, a login box or an offer says something of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from monitor.model.doubts import Sign
from monitor.read.blocks import BANNER, FURNITURE, Block, Stream
from monitor.read.error_words import REQUEST_TO_SIGN_IN, in_small_letters
from monitor.read.inset_words import COOKIES
from monitor.read.insets import is_consent
from monitor.read.wall_words import phrases

LONGEST_BUTTON = 40
# Whom to write to, and the number of the case.
MOST_BESIDE_REFUSAL = 500
# The heading of the site and that of the wall.
MOST_HEADINGS = 2
# "Log in to your account with the city"; a longer line is a headline.
LONGEST_SIGN_IN = 60
# Labels, a hint, "Forgot your password?": a form says no more, and hardly a sentence.
MOST_FORM_TEXT = 500
LONGEST_FORM_TEXT = 150
# A front page with a box for members leads to more of its own than the form of a wall does.
MOST_OTHER_LINKS = 3
# What an offer says beside the phrases: a price, a button. A teaser is longer.
MOST_OFFER_TEXT = 300
LONGEST_OFFER_LINE = 120
LONGEST_QUOTE = 80

_OF_FORMS = frozenset(("button", "label", "legend"))

Wall: TypeAlias = tuple[Sign, str, str]


def find_wall(stream: Stream, said: Sequence[Block]) -> Wall | None:
    """The sign, the page's words and what they are; `said` are its blocks less menus and buttons that are links."""
    together = in_small_letters("\n".join(block.text for block in said))
    refusal, consent, paywall = (_in(together, phrases(kind)) for kind in ("refusal", "consent", "paywall"))
    return (
        _refusal(said, refusal)
        or _consent(said, consent, _in(together, COOKIES))
        or _form(stream, said)
        or _bare_form(stream, said)
        or _offer(said, paywall)
    )


def _in(folded: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the phrases that the page says at all: of most kinds none, and then no line is looked at."""
    return tuple(phrase for phrase in known if phrase in folded)


def _refusal(said: Sequence[Block], known: tuple[str, ...]) -> Wall | None:
    found = [block.text for block in said if _speaks_of(known, block.text)]
    is_all = found and sum(len(block.text) for block in said if block.text not in found) <= MOST_BESIDE_REFUSAL
    return ("error", _quoted(found[0]), "a refusal, not the page") if is_all else None


def _consent(said: Sequence[Block], known: tuple[str, ...], cookies: tuple[str, ...]) -> Wall | None:
    """Headings, then paragraphs of nothing but cookies and consent, and a button to give it."""
    if not cookies:
        return None
    texts = [block for block in said if not _is_choice(block)]
    paragraphs = [block.text for block in texts if not block.level]
    headings = len(texts) - len(paragraphs)
    if not paragraphs or headings > MOST_HEADINGS or any(block.level for block in texts[headings:]):
        return None
    asked = next((text for text in paragraphs if _speaks_of(cookies, text)), None)
    if asked is None or not all(_speaks_of(known, text) or _speaks_of(cookies, text) for text in paragraphs):
        return None
    has_choice = any(is_consent(block.text) or any(is_consent(link.text) for link in block.links) for block in said)
    return ("challenge", _quoted(asked), "a request for consent, not the page") if has_choice else None


def _form(stream: Stream, said: Sequence[Block]) -> Wall | None:
    """A page headed "Sign in" that asks for a password and says hardly a sentence."""
    if sum(len(block.text) for block in said) > MOST_FORM_TEXT:
        return None
    if sum(1 for block in said if len(block.text) > LONGEST_FORM_TEXT) > 1:
        return None
    known = phrases("password")
    if not stream.asks_password and not any(
        len(block.text) <= LONGEST_BUTTON and _speaks_of(known, block.text) for block in said
    ):
        return None
    opening = next((at for at, block in enumerate(said) if not block.level), len(said)) or 1
    heads = [block.text for block in said[:opening] if len(block.text) <= LONGEST_SIGN_IN]
    found = next((text for text in heads if text.casefold().replace("’", "'").startswith(phrases("sign in"))), None)
    return ("sign-in", found, REQUEST_TO_SIGN_IN) if found else None


def _bare_form(stream: Stream, said: Sequence[Block]) -> Wall | None:
    """A page that is little but a field for a password: one heading, whatever it says, and the words of such a form."""
    if not stream.asks_password or sum(len(block.text) for block in said) > MOST_FORM_TEXT:
        return None
    others = [block for block in said if not _is_of_form(block)]
    if any(not block.level for block in others) or len(others) >= MOST_HEADINGS or _other_links(stream):
        return None
    asked = (block.text for kind in ("sign in", "password") for block in said if _speaks_of(phrases(kind), block.text))
    found = next(asked, None)
    return ("sign-in", _quoted(found), REQUEST_TO_SIGN_IN) if found else None


def _is_of_form(block: Block) -> bool:
    """Whether it may stand beside a field for a password: a label, a button, a hint; or the site's name above it."""
    if block.tag in _OF_FORMS or (block.region == BANNER and _is_link(block)):
        return len(block.text) <= LONGEST_SIGN_IN
    return len(block.text) <= LONGEST_FORM_TEXT and "@" not in block.text and _speaks_of_account(block.text)


def _speaks_of_account(text: str) -> bool:
    return any(_speaks_of(phrases(kind), text) for kind in ("password", "account", "sign in"))


def _other_links(stream: Stream) -> bool:
    links = (block for block in stream.blocks if not block.level and block.region not in {FURNITURE, BANNER})
    return sum(_is_link(block) and not _speaks_of_account(block.text) for block in links) > MOST_OTHER_LINKS


def _offer(said: Sequence[Block], known: tuple[str, ...]) -> Wall | None:
    """The end of what is free, and next to nothing that is."""
    offers = [block.text for block in said if _speaks_of(known, block.text)]
    besides = [len(block.text) for block in said if not block.level and block.text not in offers]
    if not offers or sum(besides) > MOST_OFFER_TEXT or max(besides, default=0) > LONGEST_OFFER_LINE:
        return None
    return "challenge", _quoted(offers[0]), "a request to subscribe, not the page"


def _is_choice(block: Block) -> bool:
    if block.level or len(block.text) > LONGEST_BUTTON:
        return False
    return block.tag == "button" or _is_link(block) or is_consent(block.text)


def _is_link(block: Block) -> bool:
    return len(block.links) == 1 and block.links[0].text == block.text


def _speaks_of(known: tuple[str, ...], text: str) -> bool:
    folded = in_small_letters(text) if known else ""
    return any(phrase in folded for phrase in known)


def _quoted(text: str) -> str:
    """The first words, as the page has them."""
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE].rpartition(" ")[0] or text[:LONGEST_QUOTE]
