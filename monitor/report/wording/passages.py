"""Edited passages and figures → their words in a sentence: what became of which words, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from monitor.model.change import Change, ChangeKind as Kind, Span
from monitor.model.comparison import Comparison
from monitor.model.english import listed
from monitor.report.neutral import neutral
from monitor.report.wording.quotes import quoted, title_of

_LONGEST_WORDS = 60  # of a passage, by which it is known again
_LONGEST_LABEL = 40
_CONTEXT = 4  # words on each side of an edit: a sentence is known again by them
_MOST_NAMED = 2


def of_a_passage(change: Change) -> Mapping[str, str]:
    """The slots of a text that came, went or was edited."""
    side = change.after or change.before
    text = neutral(side.text) if side else ""
    place = _place(change)
    return {
        "passage": quoted(text, _LONGEST_WORDS) if text else "a passage",
        "place": f" under {place}" if place else "",
        "from_place": f" from {place}" if place else "",
        "edited": _edited(change),
    }


def among_them(changes: Sequence[Change], comparison: Comparison) -> str:
    """Of several figures the first two in the page's order, of several edited passages the one that is most telling."""
    kind = changes[0].kind
    if kind is Kind.FIGURE_CHANGED:
        named = [_figure(change) for change in _in_page_order(changes, comparison)[:_MOST_NAMED]]
        return f"{', among them ' if len(changes) > len(named) else ': '}{listed(named)}"
    if kind is not Kind.TEXT_EDITED:
        return ""
    told = [change for change in changes if _is_short(change)]
    first = next(filter(_has_numbers, told), told[0] if told else None)
    return f", among them: {_edited(first)}" if first else ""


def _figure(change: Change) -> str:
    was, now = (neutral(title_of(side)) if side else "–" for side in (change.before, change.after))
    return f"{quoted(change.subject, _LONGEST_LABEL)}: {was} → {now}"


def _in_page_order(changes: Sequence[Change], comparison: Comparison) -> list[Change]:
    order: dict[str, int] = {}
    for index, figure in enumerate(comparison.after.figures):
        order.setdefault(figure.label, index)
    return sorted(changes, key=lambda change: order.get(change.subject, len(order)))


def _place(change: Change) -> str:
    """The heading it stands under; a section's text begins with its heading, and needs no other."""
    side = change.after or change.before
    if not change.place or (side and neutral(side.text).startswith(neutral(change.place))):
        return ""
    return quoted(change.place)


def _parts(change: Change) -> tuple[list[str], list[str]]:
    gone, new = ([neutral(span.text).strip() for span in change.spans if span.op == op] for op in ("delete", "insert"))
    return gone, new


def _is_short(change: Change) -> bool:
    gone, new = _parts(change)
    return max(len(gone), len(new)) == 1 and sum(map(len, (*gone, *new))) <= 2 * _LONGEST_WORDS


def _has_numbers(change: Change) -> bool:
    return any(any(map(str.isdecimal, text)) for side in _parts(change) for text in side)


def _edited(change: Change) -> str:
    """The words of a single short edit, with a few around them; of others that there was one."""
    place = _place(change)
    under = f" under {place}" if place else ""
    if not _is_short(change):
        return f"a passage was edited{under}"
    gone, new = ([each.rstrip(".") or each for each in side] for side in _parts(change))
    is_inner = bool(gone) != bool(new)
    around = _around(change.spans, has_deleted=bool(gone) and is_inner)
    within = f" {'of' if gone and is_inner else 'in'} {around}" if around else ""
    if gone and new:
        return f"{quoted(gone[0])} became {quoted(new[0])}{within}{under}"
    return f"{quoted(gone[0])} was struck out{within}{under}" if gone else f"{quoted(new[0])} was put in{within}{under}"


def _around(spans: Sequence[Span], *, has_deleted: bool) -> str:
    """A few words on each side of the edit with what stands between them now; struck out words as they stood."""
    hidden = "insert" if has_deleted else "delete"
    at = [index for index, span in enumerate(spans) if span.op != "equal"]
    before, after = ("".join(span.text for span in some) for some in (spans[: at[0]], spans[at[-1] + 1 :]))
    if not before.strip() and not after.strip():
        return ""
    inner = "".join(span.text for span in spans[at[0] : at[-1] + 1] if span.op != hidden)
    first, last = before.split(" ")[-_CONTEXT - 1 :], after.split(" ")[: _CONTEXT + 1]
    head = f"{'…' if len(first) < len(before.split(' ')) else ''}{' '.join(first)}"
    tail = f"{' '.join(last)}{'…' if len(last) < len(after.split(' ')) else ''}"
    said = neutral(f"{head}{inner}{tail}").strip()
    return quoted(said.rstrip(".") or said, 3 * _LONGEST_WORDS)
