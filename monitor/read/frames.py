"""Why a block is furniture: where it stands, or what it is. Only told, never asked while a page is read."""

from __future__ import annotations

from monitor.read.blocks import BANNER, CONTENT, FURNITURE, Stream
from monitor.read.lists import Found
from monitor.read.traits import Trait


class Frames:
    """The frames of a page: elements that the markup names as such, and menus known by their short links."""

    def __init__(self, stream: Stream, traits: list[Trait], menus: list[Found]) -> None:
        self.stream, self.traits = stream, traits
        self.menus = {index: len(menu.records) for menu in menus for index in range(menu.first, menu.last)}
        self.tags: dict[int, str] = {}
        for node in stream.nodes:
            if node.region != CONTENT:
                self.tags.update(dict.fromkeys(range(node.first, node.last), node.tag))

    def why(self, index: int) -> str:
        """In a few words, the plainest ground first."""
        block = self.stream.blocks[index]
        tag = self.tags.get(index, "")
        named = f" (<{tag}>)" if tag in ("nav", "footer", "header", "menu", "dialog", "search") else ""
        if block.region == FURNITURE:
            return f"in <{tag}>" if named else "in an element for navigation, footer or the like"
        if block.region == BANNER:
            return f"in the page's banner{named}"
        if index in self.menus:
            return f"in a menu: {self.menus[index]} short links in a row"
        return self._by_itself(index)

    def _by_itself(self, index: int) -> str:
        block = self.stream.blocks[index]
        if block.text.startswith(("©", "(c)", "(C)", "Copyright")):
            return "a copyright line"
        if not any(map(str.isalnum, block.text)):
            return "nothing but signs"
        if self.traits[index].role == "a":
            return "a short link by itself, as buttons are"
        return "outside what the page marks as its content"
