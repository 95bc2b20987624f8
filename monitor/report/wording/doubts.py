"""Captures that may not be the page → a clause that says which and why, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.model.change import Change, ChangeKind as Kind
from monitor.model.comparison import Comparison
from monitor.model.doubts import OF_FORM, SIGN_IN, UNMATCHED, Sign
from monitor.model.english import listed
from monitor.report.columns import clipped
from monitor.report.neutral import neutral
from monitor.report.wording.quotes import quoted

_DOUBTS = {
    "error": "is an error page",
    "challenge": "is a check of the visitor and not the page",
    SIGN_IN: "is a request to sign in and not the page",
    "empty": "holds no text",
}
_LONGEST_RULE = 60


def suspicion(comparison: Comparison, *, is_of_capture: bool = False) -> str:
    """Which captures are suspect, and why, as a clause."""
    suspects = [change for change in comparison.changes if change.kind is Kind.CAPTURE_SUSPECT]
    if is_of_capture and len(suspects) > 1:
        later = next(change for change in suspects if change.after)
        return f"{_suspicion(later, 'this capture', comparison)}; none before it was good"
    named = ("this capture" if is_of_capture and change.after else "" for change in suspects[:2])
    return "; ".join(_suspicion(*each, comparison) for each in zip(suspects, named, strict=False))


def way_out(comparison: Comparison) -> str:
    """What to do where the later capture, one of the store, is suspect for its form alone or asks who one is."""
    page, doubts = comparison.page, comparison.after.suspicions
    is_kept = page is not None and comparison.after.source.startswith(f"{page}@")
    if not is_kept or not doubts:
        return ""
    if all(each.sign in OF_FORM for each in doubts):
        return f"if the page was redesigned, `monitor accept {page}` makes this its form"
    return way_in(each.sign for each in doubts)


def way_in(signs: Iterable[Sign]) -> str:
    """What to do where a page asks who its visitor is; nothing where it does not."""
    if SIGN_IN not in signs:
        return ""
    return "whoever has an account gives it in config.yaml, as `request.login` or `request.cookies`"


def _suspicion(change: Change, named: str, comparison: Comparison) -> str:
    """By the doubt's sign, with the page's words that gave it away; else by its reason."""
    which = named or neutral(clipped(change.subject)).strip() or "a capture"
    doubts = (comparison.after if change.after else comparison.before).suspicions
    if doubts and all(each.sign == UNMATCHED for each in doubts):
        rules = listed([quoted(each.quote or "", _LONGEST_RULE) for each in doubts])
        return (
            f"{which} is not laid out as the page's rules say: {rules} {'does' if len(doubts) == 1 else 'do'} not fit"
        )
    first = doubts[0] if doubts else None
    if first and (first.sign == "status" or (first.sign == SIGN_IN and not first.quote)):
        return f"{which} is an answer with an error: {_inside(neutral(first.reason).strip().rstrip('.'))}"
    if first and len(doubts) == 1 and first.sign in _DOUBTS:
        said = f" ({quoted(first.quote)})" if first.quote else ""
        return f"{which} {_DOUBTS[first.sign]}{said}"
    return f"{which} may not be the whole page: {_inside(neutral(clipped(change.reason)).strip().rstrip('. '))}"


def _inside(sentence: str) -> str:
    """A sentence behind a colon: its first word small, unless that is an abbreviation or a name of one letter."""
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() else sentence
