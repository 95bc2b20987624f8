"""Explanation → JSON for scripts: the blocks of a page in its order, each with what it became and why."""

from __future__ import annotations

from monitor.model.explanation import Explanation
from monitor.report.as_json import dumped

SCHEMA = "monitor.explanation/1"


def render(explanation: Explanation, **_: object) -> str:
    """The explanation as one JSON object, indented, closed by a line end. Page text is verbatim."""
    reading = explanation.reading
    return dumped(
        {
            "schema": SCHEMA,
            "page": explanation.page,
            "source": reading.source,
            "blocks": [
                {
                    "text": block.text,
                    "became": block.became.value,
                    "why": block.why,
                    "level": block.level,
                    "list": block.number,
                    "item": block.entry,
                }
                for block in explanation.blocks
            ],
            "rules": [{"rule": use.key, "selector": use.selector, "matches": use.many} for use in explanation.rules],
            "suspicions": [{"sign": each.sign, "reason": each.reason} for each in reading.suspicions],
            "limits": list(reading.limits),
        }
    )
