"""The commands: parse, call, print, exit status. Nothing else.

Each command imports its use case when it is called, so that none pays for another's libraries.
Whatever goes wrong is one line on standard error and status 2.

    words      what each command is called, takes and says of itself
    options    a command line → what it asks for
    inputs     what is asked for → the config, the store and the page that a command works with
    output     a result → where it goes
    comparing  compare, read
    describing config, schema
    digesting  digest
    running    run
    posting    outbox, deliver, ack
    storing    import, list, show, history, export, verify, prune, reindex
    watching   add, capture, check, accept
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Sequence

from monitor import __version__
from monitor.cli.options import Asked, parse
from monitor.cli.output import complain, encoding_of, to_stdout
from monitor.cli.words import DONE, INTERRUPTED
from monitor.errors import MonitorError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status: 0 done, 1 changed (if asked), 2 failed, 130 interrupted."""
    gc.disable()  # what a command builds has no cycles to look for, which takes a fifth of its time
    try:
        return _run(parse(sys.argv[1:] if arguments is None else arguments, version=__version__))
    except MonitorError as error:
        return complain(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if os.environ.get("MONITOR_TRACE"):
            raise
        what = f"{type(error).__name__}: {error}"
        return complain(f"stopped by a fault of its own ({what}); MONITOR_TRACE=1 shows where, please report it")
    finally:
        gc.enable()


def _run(asked: Asked) -> int:
    if asked.answer is not None:
        to_stdout(asked.answer.encode(*encoding_of("text")))
        return DONE
    module, function = asked.call.split(":")
    status: int = getattr(importlib.import_module(module), function)(asked)
    return status
