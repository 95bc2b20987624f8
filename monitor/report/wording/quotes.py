"""Page text → a quotation inside a sentence of ours."""

from __future__ import annotations

from monitor.model.change import Side
from monitor.report.neutral import neutral

LONGEST_QUOTE = 80  # a headline's usual length; the whole of it stands below, in the report itself


def quoted(text: str, longest: int = LONGEST_QUOTE) -> str:
    """Page text inside a sentence of ours: neutral, on one line, cut at a word where it is long."""
    said = " ".join(neutral(text[: longest * 4]).split())
    if len(said) > longest:
        said = said[: longest - 1]
        said = (said.rpartition(" ")[0] if " " in said[longest // 2 :] else said).rstrip() + "…"
    return f"“{said}”"


def title_of(side: Side) -> str:
    """What a side is called: its title, else what the page says."""
    return neutral(side.title or side.text)
