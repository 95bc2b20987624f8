"""The command that stays: run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from monitor.cli.inputs import project_of
from monitor.cli.words import DONE
from monitor.errors import InputError

if TYPE_CHECKING:
    from monitor.cli.options import Asked


def run(asked: Asked) -> int:
    """Watch the pages on their schedules until a signal ends it; a line for each check on standard error."""
    from monitor.deliver.to_log import STYLES, open_log, tell_delivered  # noqa: PLC0415  each command pays for its own way only

    if asked.log not in STYLES:
        raise InputError(f"There is no log in the style {asked.log!r}", f"name one of {', '.join(STYLES)}")
    patience = _seconds(asked.patience)
    from monitor.schedule.daemon import Setting, run_daemon  # noqa: PLC0415  only what stays pays for a scheduler
    from monitor.schedule.systemd import Systemd  # noqa: PLC0415  only here
    from monitor.watch.checker import Checker  # noqa: PLC0415  only what captures pays for a client
    from monitor.watch.posts import posts  # noqa: PLC0415  as above
    from monitor.watch.under_way import UnderWay  # noqa: PLC0415  as above

    under_way = UnderWay()  # through all that config.yaml becomes
    setting = Setting(
        load=lambda: project_of(asked, is_lean=True),
        checks=Checker,
        log=open_log(asked.log),
        systemd=Systemd(os.environ),
        patience=patience,
        posts=lambda project, log: posts(project, lambda told: tell_delivered(log, told), log.error, under_way),
    )
    run_daemon(setting)
    return DONE


def _seconds(text: str) -> float:
    if not (text.isdecimal() and len(text) <= 5):
        raise InputError(f"--patience {text!r} is no number of seconds", "write one like 30")
    return float(text)
