"""Why a paragraph is called added, removed, edited or moved, and what became of the lead."""

from __future__ import annotations

from datetime import date

from monitor.compare.fold import stray_letters
from monitor.compare.reasons.phrases import clauses, count, day, in_day, of_day, quote
from monitor.compare.sides import Sides
from monitor.model.english import listed
from monitor.model.reading import Lead

_MOST_NAMED = 3  # words with a stray letter that are named; more would be a list of their own


def list_part(what: str) -> str:
    return f"the {what} of a list whose items are the same reads otherwise"


def came(number: int, sides: Sides, *, is_section: bool) -> str:
    return _on_one_side(number, sides, is_after=False, is_section=is_section)


def went(number: int, sides: Sides, *, is_section: bool) -> str:
    return _on_one_side(number, sides, is_after=True, is_section=is_section)


def edited(deleted: int, inserted: int) -> str:
    said = [
        f"{count(number, 'word')} {done}" for number, done in ((deleted, "deleted"), (inserted, "inserted")) if number
    ]
    return f"{listed(said)} in the same paragraph"


def heading_edited() -> str:
    return "the heading of a section whose text is the same reads otherwise"


def renumbered() -> str:
    return "nothing but its number differs, which follows from the numbers above it"


def notes_renumbered() -> str:
    return "nothing but the marks of footnotes differ, which count on from those above"


def heading_came(sides: Sides, *, has_text: bool) -> str:
    above = "a heading above text that stood there before" if has_text else "a heading"
    return clauses(above, f"not {in_day(sides, is_after=False)}")


def heading_went(sides: Sides, *, has_text: bool) -> str:
    above = "a heading, and not the text below it" if has_text else "a heading"
    return clauses(above, f"not {in_day(sides, is_after=True)}")


def regrouped(before: int, after: int) -> str:
    return f"the same words, before in {count(before, 'paragraph')}, now in {count(after, 'paragraph')}"


def moved_within() -> str:
    return "in the same words at another place"


def moved_between(before: str | None, after: str | None) -> str:
    return f"in the same words, before {_under(before)}, now {_under(after)}"


def section_moved() -> str:
    return "the section stands at another place among its neighbours"


def in_furniture(sentence: str) -> str:
    return f"in the page's furniture, not in what it says; {sentence}"


def lead_replaced(one: Lead, other: Lead, days: tuple[date | None, date | None]) -> str:
    first, last = days
    article, other_article = "another article", None
    if first and last and first != last:
        article += f", of {day(last)}, the {'older' if last < first else 'newer'} of the two"
        other_article = f"the one before was of {day(first)}"
    return clauses(article, other_article, strays(one, "before"), strays(other, "now"))


def lead_came(lead: Lead, sides: Sides) -> str:
    return clauses(f"{of_day('snapshot', sides, is_after=False)} had no article standing in full", strays(lead, "it"))


def lead_went(lead: Lead, sides: Sides) -> str:
    return clauses(f"{of_day('snapshot', sides, is_after=True)} has no article standing in full", strays(lead, "it"))


def lead_edited(touched: int, parts: list[str], letter: str | None) -> str:
    return clauses("the same article", lead_parts(touched, parts), letter)


def lead_parts(touched: int, parts: list[str]) -> str:
    """How many paragraphs were touched, and what else of the article."""
    return ", ".join([*([f"{count(touched, 'paragraph')} touched"] if touched else []), *parts])


def strays(lead: Lead, which: str) -> str | None:
    """Words of a lead that carry a letter of another alphabet."""
    found = [word for paragraph in (lead.title, *lead.paragraphs) for word in stray_letters(paragraph)]
    unique = list(dict.fromkeys(found))[:_MOST_NAMED]
    if not unique:
        return None
    written = ", ".join(f"“{word}” with a {alphabet} {letter}" for word, letter, alphabet in unique)
    subject = {"before": "the one before wrote", "now": "the one now standing writes"}.get(which, "it writes")
    return f"{subject} {written}"


def _on_one_side(number: int, sides: Sides, *, is_after: bool, is_section: bool) -> str:
    """What stands on one side only, and which is without it: a single paragraph needs no count."""
    many = count(number, "paragraph")
    what = many if not is_section else "a section" if number == 1 else f"a section of {many}"
    return clauses(what if is_section or number > 1 else None, f"not {in_day(sides, is_after=is_after)}")


def _under(heading: str | None) -> str:
    return f"under {quote(heading)}" if heading else "above the first heading"
