"""A capture and its comparison with the one before → a report in the folder of the reports: PAGE/TIME.html."""

from __future__ import annotations

import os

from monitor.deliver.to_file import make_folder, write
from monitor.model.comparison import Comparison
from monitor.model.filed import INDEX
from monitor.model.snapshot import Capture
from monitor.report import render
from monitor.watch.tell_overview import report_of


def write_report(reports: str, capture: Capture, comparison: Comparison) -> str:
    """Write the report, over one that is there; its path. `reports` is the folder. Raises OutputError."""
    path = os.path.join(reports, *report_of(capture.file).split("/"))
    make_folder(os.path.dirname(path))
    write(path, render(comparison, "html", index=f"../{INDEX}", siblings=INDEX).encode())
    return path
