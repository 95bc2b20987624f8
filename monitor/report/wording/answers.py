"""What an item's own address answered, or the document behind it became → what a reason says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.report.wording import dates

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.model.answer import Answer

# What stands in the page's place, by the sign of the doubt.
_INSTEAD = {"error": "an error page", "challenge": "a check of its visitors", "sign-in": "a request to sign in"}


def answered(answer: Answer, whose: str = "its page") -> str:
    """ "its page still answers, last modified 3 July 2020", "its page answers 404 Not Found since 4 July 2020".

    Of an error that passes for a page: "its page answers with an error page (“Not Found”), asked for on …". `whose`
    names what was asked.
    """
    if answer.fault:
        return f"{whose} could not be asked for: {answer.fault}"
    if answer.status < 400 and answer.doubt:
        quote = f" (“{answer.doubt.quote}”)" if answer.doubt.quote else ""
        return f"{whose} answers with {_INSTEAD[answer.doubt.sign]}{quote}{_moved(answer)}{_asked(answer)}"
    if answer.status < 400:
        return f"{whose} still answers{_moved(answer)}{_modified(answer)}"
    return f"{whose} answers {f'{answer.status} {answer.phrase}'.rstrip()}{_since(answer)}"


def another_file(was: tuple[int, datetime], now: tuple[int, datetime]) -> str:
    """Of a document's size in bytes and when it was captured, both times."""
    (old, then), (new, at) = was, now
    return (
        f"the same address, another file: {old:,} bytes on {dates.moment(then)}, {new:,} on {dates.moment(at)}; "
        "their contents differ"
    )


def _moved(answer: Answer) -> str:
    return f", from another address, {answer.moved_to}" if answer.moved_to else ""


def _modified(answer: Answer) -> str:
    return f", last modified {dates.day(answer.last_modified.date())}" if answer.last_modified else ""


def _since(answer: Answer) -> str:
    if answer.since and answer.since != answer.at:
        return f" since {dates.moment(answer.since)}"
    return _asked(answer)


def _asked(answer: Answer) -> str:
    return f", asked for on {dates.moment(answer.at)}"
