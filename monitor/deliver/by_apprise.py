"""A message → one of the services that apprise knows: the extra `notify`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from monitor.deliver.channels import Tools
from monitor.errors import InputError
from monitor.model.delivery import Answer, Message
from monitor.model.reader import Apprise


async def send(message: Message, channel: Apprise, tools: Tools, handing: Callable[[], None]) -> Answer:
    """Send it as text. apprise says whether it went, and to its own log why not."""
    try:
        import apprise  # noqa: PLC0415  an extra, which takes 125 ms
    except ImportError as error:
        raise InputError("apprise is not here", "pip install 'monitor[notify]'") from error
    service = apprise.Apprise()
    if not service.add(tools.secret(channel.url)):
        raise InputError("apprise knows no service with this address", "mend the address that config.yaml names")
    handing()
    text = message.content.decode("utf-8", "replace")
    is_sent = await asyncio.to_thread(service.notify, body=text, title=message.subject, body_format="text")
    return Answer(bool(is_sent), "the service took it" if is_sent else "the service did not take it")
