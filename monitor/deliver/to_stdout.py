"""A message → the standard output of the command that delivers."""

from __future__ import annotations

import sys
from collections.abc import Callable

from monitor.deliver.channels import Tools
from monitor.model.delivery import Answer, Message
from monitor.model.reader import Stdout


async def send(message: Message, channel: Stdout, tools: Tools, handing: Callable[[], None]) -> Answer:  # noqa: ARG001  as every channel
    """Print it, its line for people first."""
    if sys.stdout is None:
        return Answer(False, "standard output is closed")
    text = f"{message.subject}\n\n{message.content.decode('utf-8', 'replace')}\n"
    handing()
    try:
        sys.stdout.buffer.write(text.encode(sys.stdout.encoding, "replace"))
        sys.stdout.flush()
    except OSError as error:
        return Answer(False, f"standard output: {error.strerror}")
    return Answer(True, "printed")
