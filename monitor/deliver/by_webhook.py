"""A message → an address, as JSON by POST, signed the way of Standard Webhooks (HMAC-SHA256 over key, time and body).

A receiver that keeps `webhook-id` sees a repetition; one that looks at `webhook-timestamp` sees a replay.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Mapping

from monitor.deliver.channels import Tools
from monitor.errors import InputError
from monitor.model.delivery import Answer, Message
from monitor.model.reader import Webhook

_PREFIX = "whsec_"  # of a secret that is bytes in base 64
_PASSING = frozenset((408, 425, 429))  # of the 4xx: another try may come to something else
_LONGEST_SAID = 200


async def send(message: Message, channel: Webhook, tools: Tools, handing: Callable[[], None]) -> Answer:
    """Send it; 2xx is a receipt, other 4xx than those that pass are a refusal."""
    at, secret = int(tools.now().timestamp()), tools.secret(channel.secret)
    headers = headers_of(message.id, message.content, at, channel.key, secret)
    handing()
    posted = await tools.post(channel.url, headers, message.content)
    said = f"{posted.status} {' '.join(posted.said.split())}"[:_LONGEST_SAID].strip()
    is_refused = 400 <= posted.status < 500 and posted.status not in _PASSING
    return Answer(200 <= posted.status < 300, said, is_final=is_refused)


def headers_of(id_: str, body: bytes, at: int, key: str, secret: str) -> Mapping[str, str]:
    """The header lines for a body that is sent at that second; `key` names the secret."""
    signature = hmac.new(_bytes_of(secret), f"{id_}.{at}.".encode() + body, hashlib.sha256).digest()
    return {
        "Content-Type": "application/json",
        "Idempotency-Key": id_,
        "webhook-id": id_,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{base64.b64encode(signature).decode('ascii')}",
        "webhook-key": key,
    }


def _bytes_of(secret: str) -> bytes:
    if not secret.startswith(_PREFIX):
        return secret.encode()
    try:
        return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error as error:
        raise InputError("The webhook's secret begins with whsec_ and is no base 64", "mend it") from error
