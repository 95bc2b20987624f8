"""Stream → insets: furniture amid the content, known by what it is: share buttons, adverts, consent, toolbars.

Where a link leads to, what a block calls itself, what the buttons below it say. No styling name has a part in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from monitor.read.blocks import Block, Stream
from monitor.read.inset_words import ADVERT, CONSENT, COOKIES, SHARE, SHORT_CONSENT
from monitor.read.toolbars import find_toolbar

# The words above share buttons, and on one of them.
LONGEST_SHARE_TEXT = 40
# A consent banner is a paragraph and a few buttons; a cookie policy is a page of headings.
LONGEST_CONSENT_TEXT = 700
LONGEST_BUTTON = 40
MOST_BUTTONS = 8
# An advert in the text is a line or a small box.
LONGEST_ADVERT = 300
LONGEST_ADVERT_LINE = 120
MOST_ADVERT_BLOCKS = 6


def find_insets(stream: Stream, free: bytearray) -> tuple[int, ...]:
    """The indices of the blocks that are such furniture, in reading order; they are marked as used."""
    blocks = stream.blocks
    lowered = [
        block.text.lower() if not block.region and len(block.text) <= LONGEST_CONSENT_TEXT else "" for block in blocks
    ]
    words = "\n".join(lowered)
    urls = {link.url for block in blocks for link in block.links if link.url}
    together = "\n".join(urls)
    endpoints = _endpoints(urls, together)
    found = set(_share_bars(blocks, endpoints)) if endpoints else set()
    found.update(_adverts(stream))
    if "/http" in together:  # an archive's address holds the whole of another
        found.update(find_toolbar(stream))
    cookies = tuple(word for word in COOKIES if word in words)
    if cookies:
        found.update(_consents(blocks, lowered, cookies))
    insets = tuple(sorted(index for index in found if free[index] and not blocks[index].region))
    for index in insets:
        free[index] = 0
    return insets


def _endpoints(urls: set[str], together: str) -> set[str]:
    """Those of the addresses where a network takes what is shared; `together` they are one text."""
    hints = [hint for hint in _HINTS if hint in together]
    likely = {url for hint in hints for url in urls if hint in url}
    return {url for url in likely if _endpoint().search(url)}


def _share_bars(blocks: list[Block], endpoints: set[str]) -> Iterator[int]:
    """Blocks of nothing but links to share with, two in a row at least, and the words before them."""
    start = -1
    for index in range(len(blocks) + 1):
        if index < len(blocks) and blocks[index].links and _shares(blocks[index], endpoints):
            start = index if start < 0 else start
        elif start >= 0:
            if sum(len(blocks[each].links) for each in range(start, index)) > 1:
                yield from range(start - 1 if start and _is_share_label(blocks[start - 1]) else start, index)
            start = -1


def _shares(block: Block, endpoints: set[str]) -> bool:
    for link in block.links:
        if link.url not in endpoints:
            return False
    return len(block.text) - sum(len(link.text) for link in block.links) <= LONGEST_SHARE_TEXT


# Every such address has one of these words, and most others none; the pattern costs ten times as much.
_HINTS = ("hare", "intent", "send", "submit", "/save", "wa.me", "offer", "mailto:?", "addto", "addthis",
          "create", "feed",
          "?status", "forward", "bookmark", "dk?", "msg", "/add", "/entry")  # fmt: skip


@cache
def _endpoint() -> re.Pattern[str]:
    """Where the networks take a page that a reader wants to share."""
    return re.compile(
        r"facebook\.com/(?:sharer|share\.php|dialog/(?:share|send|feed))|(?:twitter|x)\.com/(?:intent/|share\?|home\?status)|"
        r"t\.me/share|telegram\.me/share|//(?:api\.whatsapp\.com/send|wa\.me/\?)|whatsapp://send|"
        r"linkedin\.com/(?:sharing|shareArticle|cws/share)|reddit\.com/submit|pinterest\.[a-z.]+/pin/create|"
        r"vk\.com/share|vkontakte\.ru/share|connect\.ok\.ru/offer|ok\.ru/dk\?|xing\.com/(?:spi/shares|app/user\?op=share)|"
        r"tumblr\.com/(?:share|widgets/share)|bsky\.app/intent|mastodon[a-z.]*/share|threads\.net/intent|getpocket\.com/save|"
        r"service\.weibo\.com/share|line\.me/(?:R/msg|lineit/share)|b\.hatena\.ne\.jp/(?:add|entry)|viber://forward|"
        r"^mailto:\?|addtoany\.com|addthis\.com|news\.ycombinator\.com/submitlink|flipboard\.com/bookmarklet|fb-messenger://share",
        re.IGNORECASE,
    )


def _is_share_label(block: Block) -> bool:
    text = block.text.casefold()
    return len(text) <= LONGEST_SHARE_TEXT and any(word in text for word in SHARE) and not block.links


_BEFORE_LABEL = "[(*•– "
# Most texts begin with none of these.
_ADVERT_STARTS = frozenset(word[:2] for word in ADVERT)


def _adverts(stream: Stream) -> Iterator[int]:
    """Blocks under a label that calls them paid for: the label's own small box, or the rest of its line."""
    labels = [
        index
        for index, each in enumerate(stream.blocks)
        if each.text.lstrip(_BEFORE_LABEL)[:2].casefold() in _ADVERT_STARTS
        and len(each.text) <= LONGEST_ADVERT and not each.level and _is_advert(each)
    ]  # fmt: skip
    nodes = {node.first: node for node in reversed(stream.nodes) if len(node.children) > 1} if labels else {}
    for index in labels:
        block = stream.blocks[index]
        node = nodes.get(index)
        last = node.last if node is not None else index + 1
        is_box = last - index <= MOST_ADVERT_BLOCKS and not any(each.level == 1 for each in stream.blocks[index:last])
        weight = sum(len(each.text) for each in stream.blocks[index:last]) if is_box else 0
        yield from range(index, last if is_box and weight <= LONGEST_ADVERT + len(block.text) else index + 1)


def _is_advert(block: Block) -> bool:
    """Whether a block is such a label, or begins with one: "Sponsored: …", or a label and nothing but a link."""
    folded = block.text.lstrip(_BEFORE_LABEL).casefold()
    if not folded.startswith(ADVERT):
        return False
    word = next(word for word in ADVERT if folded.startswith(word))
    rest = folded[len(word) :].lstrip("])* ")
    if not rest or any(link.text.casefold() == rest for link in block.links):
        return True
    return rest[0] in ":：|" and (bool(block.links) or len(rest) <= LONGEST_ADVERT_LINE)


def _consents(blocks: list[Block], lowered: list[str], cookies: tuple[str, ...]) -> Iterator[int]:
    """A paragraph on cookies with its buttons, above or on the same line, and the heading above it.

    `lowered` are the texts in lower case, those of long ones and of known furniture left out.
    """
    telling = {index for word in cookies for index, text in enumerate(lowered) if word in text}
    for index in sorted(telling):
        block = blocks[index]
        last = index + 1
        while last < len(blocks) and last - index <= MOST_BUTTONS and _is_button(blocks[last]):
            last += 1
        is_asking = any(map(is_consent, (each.text for each in blocks[index + 1 : last])))
        if is_asking or any(is_consent(link.text) for link in block.links):
            above = index and len(blocks[index - 1].text) <= LONGEST_SHARE_TEXT
            has_heading = above and (blocks[index - 1].level or index - 1 in telling)
            is_own = has_heading and blocks[index - 1].level != 1
            yield from range(index - 1 if is_own else index, last)


def _is_button(block: Block) -> bool:
    """A button, or a short line that is a link or a word of consent."""
    if len(block.text) > LONGEST_BUTTON or block.level:
        return False
    is_link = len(block.links) == 1 and block.links[0].text == block.text
    return block.tag == "button" or is_link or is_consent(block.text)


def is_consent(text: str) -> bool:
    """Whether a text is what stands on a button to give or refuse consent."""
    words = text.casefold().strip(" .!»›>×✕✖")
    return len(words) <= LONGEST_BUTTON and (words in SHORT_CONSENT or words.startswith(CONSENT))
