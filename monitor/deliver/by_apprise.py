"""A message → one of the services that apprise knows: the extra `notify`."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING

from monitor.deliver.channels import Tools
from monitor.errors import InputError, how_to_install
from monitor.model.delivery import Answer, Message
from monitor.model.reader import Apprise

if TYPE_CHECKING:
    import apprise


async def send(message: Message, channel: Apprise, tools: Tools, handing: Callable[[], None]) -> Answer:
    """Send it as text. apprise says whether it went, and to its own log why not."""
    service = _service(tools.secret(channel.url))
    handing()
    text = message.content.decode("utf-8", "replace")
    is_sent = await asyncio.to_thread(service.notify, body=text, title=message.subject, body_format="text")
    return Answer(bool(is_sent), "the service took it" if is_sent else "the service did not take it")


def _service(url: str) -> apprise.Apprise:
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # of modules that a plugin of its uses
        try:
            import apprise  # noqa: PLC0415  an extra, which takes 125 ms
        except ImportError as error:
            raise InputError("apprise is not here", how_to_install("notify")) from error
        service = apprise.Apprise()
        if not service.add(url):
            raise InputError("apprise knows no service with this address", "mend the address that config.yaml names")
    return service
