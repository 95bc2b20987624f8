"""Stream → the same less some of its blocks, as if they had never stood there, and what marks in it held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import accumulate

from monitor.read.blocks import Node, Stream

# What a wrapper of one of these says about the only block that is left in it.
_TELLING_TAGS = frozenset("li tr article td th dt dd".split())


def mark_of(text: str) -> str:
    """What begins every mark in a document: its own digest, which it cannot hold, however it is written."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest() + "-"


def opening(marker: str, number: int) -> str:
    return f"{marker}{number}."


def closing(marker: str, number: int) -> str:
    return f"{marker}/{number}."


def unmarked(stream: Stream, marker: str, numbers: Iterable[int]) -> tuple[Stream, dict[int, tuple[int, int]]]:
    """The stream without its marks, and the blocks that each pair of them held: first and, not included, last."""
    marks = {block.text: index for index, block in enumerate(stream.blocks) if block.text.startswith(marker)}
    rest, places = without(stream, [block.text.startswith(marker) for block in stream.blocks])
    held = {}
    for number in numbers:
        start, end = marks.get(opening(marker, number)), marks.get(closing(marker, number))
        if start is not None and end is not None:
            held[number] = places[start], places[end]
    return rest, held


def without(stream: Stream, dropped: Sequence[int]) -> tuple[Stream, list[int]]:
    """The stream less the blocks true in `dropped`, and for each index, and the end, how many before it stay."""
    places = list(accumulate((not each for each in dropped), initial=0))
    rest = Stream()
    for name in (each for each in Stream.__slots__ if each[0] != "_"):
        setattr(rest, name, getattr(stream, name))
    rest.blocks = [block for block, is_dropped in zip(stream.blocks, dropped, strict=True) if not is_dropped]
    rest.limits = list(stream.limits)
    rest.root = _tree(stream, dropped, places, rest)
    return rest, places


def _tree(stream: Stream, dropped: Sequence[int], places: Sequence[int], rest: Stream) -> Node:
    """The nodes over the blocks that stay. One that is left with a single child is that child."""
    made: dict[int, Node | int | None] = {}
    whole = Node(stream.root.tag, stream.root.region, 0)
    for node in stream.nodes:
        new = Node(node.tag, node.region, places[node.first])
        new.last = places[node.last]
        for child in node.children:
            kept = made.pop(id(child)) if isinstance(child, Node) else None if dropped[child] else places[child]
            if kept is not None:
                new.children.append(kept)
        made[id(node)] = new if len(new.children) > 1 else _lone(new, rest)
        whole = new
    return whole


def _lone(node: Node, rest: Stream) -> Node | int | None:
    if not node.children:
        return None
    child = node.children[0]
    inner = child if isinstance(child, Node) else rest.blocks[child]
    if node.tag in _TELLING_TAGS and inner.tag not in _TELLING_TAGS:
        inner.tag = node.tag
    return child
