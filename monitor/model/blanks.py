"""Text → the same with its white space collapsed."""

from __future__ import annotations


def collapse(text: str) -> str:
    """The text verbatim, every run of white space, no-break spaces included, as one blank; none at its ends.

    The very same string where there is none to collapse: to see that takes half as long as to take it apart.
    """
    is_tidy = text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " "
    return text if is_tidy else " ".join(text.split())
