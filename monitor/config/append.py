"""The text of config.yaml, and entries for its lists → the text with them, all else to the letter as it was.

Comments, quotes and the order of keys are a person's work: nothing is written anew, lines are put in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from monitor.config import parse
from monitor.config.document import Entries, Keys
from monitor.config.problems import document_of
from monitor.errors import ConfigError, InputError

_INDENT = "  "


def appended(text: str, source: str, entries: Mapping[str, Sequence[str]]) -> str:
    """The text with an entry more at the end of each list named (`pages`, `hosts`): its lines, without the dash.

    A list that is not there begins at the text's end. Raises ConfigError where the text is wrong already, InputError
    where it is written in a way that no line can be put into (a list in brackets): then a person has to.
    """
    document = document_of(text, source) if text.strip() else None
    has_pages = isinstance(document, Keys) and bool(document.get("pages"))
    kept = parse(text, source).pages if has_pages else ()
    made = text if text.endswith("\n") or not text else f"{text}\n"
    for name, lines in entries.items():
        made = _with_entry(made, source, name, lines)
    try:
        after = parse(made, source)
    except ConfigError as error:
        raise InputError(f"{source} has a form that no entry can be put into", "put it there by hand") from error
    if after.pages[: len(kept)] != kept or len(after.pages) != len(kept) + len(entries.get("pages", ())[:1]):
        raise InputError(f"{source} has a form that no entry can be put into", "put it there by hand")
    return made


def _with_entry(text: str, source: str, name: str, lines: Sequence[str]) -> str:
    document = document_of(text, source) if text.strip() else None
    found = document.get(name) if isinstance(document, Keys) else None
    if isinstance(document, Keys) and name in document and not isinstance(found, Entries):
        found = None
        return _below_key(text, document.places[name][0], lines)
    if not isinstance(found, Entries):
        return f"{text}\n{name}:\n{_block(lines, _INDENT)}" if text else f"{name}:\n{_block(lines, _INDENT)}"
    if not found:
        raise InputError(f"{source} has an empty list in brackets under {name}", "take the brackets out")
    return _behind(text, found.places[-1], lines)


def _below_key(text: str, line: int, lines: Sequence[str]) -> str:
    """Behind a key that has nothing below it yet."""
    rows = text.splitlines(keepends=True)
    return "".join([*rows[:line], _block(lines, _INDENT), *rows[line:]])


def _behind(text: str, last: tuple[int, int], lines: Sequence[str]) -> str:
    """Behind the last entry, which begins at that line and column (from 1), with its indent."""
    rows = text.splitlines(keepends=True)
    line, _ = last
    dash = rows[line - 1].partition("-")[0]
    end = line
    for at, row in enumerate(rows[line:], start=line + 1):
        is_below = len(row) - len(row.lstrip()) > len(dash)
        if row.strip() and is_below:  # a remark that stands so far in is one on that entry
            end = at
        elif row.strip() and not row.lstrip().startswith("#"):
            break
    return "".join([*rows[:end], _block(lines, dash), *rows[end:]])


def _block(lines: Sequence[str], indent: str) -> str:
    return "".join(f"{indent}{'- ' if at == 0 else '  '}{line}\n" for at, line in enumerate(lines))
