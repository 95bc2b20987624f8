"""The commands that watch: accept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from monitor.cli.comparing import project_of
from monitor.cli.output import complain, encoding_of, to_stdout
from monitor.cli.words import DONE
from monitor.report.neutral import escaped

if TYPE_CHECKING:
    from monitor.cli.options import Asked


def accept(asked: Asked) -> int:
    """Take a suspect capture for the page's new form, and say in a line which it was and what was doubted of it."""
    from monitor.watch.accept_capture import accept as take  # noqa: PLC0415  each command pays for its own way only

    accepted = take(project_of(asked, is_config_needed=False), asked.names[0], datetime.now(UTC))
    for notice in accepted.notices:
        complain(notice)
    line = f"{accepted.capture.reference} is the page's new form. It was suspect: {' '.join(accepted.reasons)}"
    to_stdout(f"{escaped(line)}\n".encode(*encoding_of("text")))
    return DONE
