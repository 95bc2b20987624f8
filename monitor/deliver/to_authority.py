"""A query → a time-stamp authority over HTTP, and the bytes it answers. Knows nothing of what they say."""

from __future__ import annotations

import asyncio

import httpx

from monitor.errors import InputError, ServiceError

MOST_BYTES = 1_000_000  # an answer has some 1 to 10 KB, with all certificates
LONGEST = 30.0  # seconds for everything; authorities answer within one or two
_MEDIA_TYPE = "application/timestamp-query"
_ANSWER = "application/timestamp-reply"


def ask(url: str, query: bytes, *, seconds: float = LONGEST) -> bytes:
    """The authority's answer, as it came. An address may begin with http://, since what is signed needs no secrecy.

    Raises InputError where the address is none, ServiceError where nothing of the kind is answered.
    """
    if not url.startswith(("http://", "https://")):
        raise InputError(f"{url!r} is no address of an authority", "write one that begins with https:// or http://")
    try:
        return asyncio.run(_ask(url, query, seconds))
    except TimeoutError as error:
        raise ServiceError(f"{url} did not answer within {seconds:g} seconds", "try again later") from error
    except httpx.InvalidURL as error:
        raise InputError(f"{url!r} is no address of an authority", "mend it") from error
    except httpx.HTTPError as error:
        said = str(error) or type(error).__name__
        raise ServiceError(f"{url} cannot be asked: {said}", "mend the address, or try again later") from error


async def _ask(url: str, query: bytes, seconds: float) -> bytes:
    headers = {"Content-Type": _MEDIA_TYPE, "Accept": _ANSWER, "Accept-Encoding": "identity"}
    async with (
        asyncio.timeout(seconds),
        httpx.AsyncClient(timeout=seconds) as client,
        client.stream("POST", url, content=query, headers=headers) as response,
    ):
        if response.status_code != 200:
            raise ServiceError(f"{url} answered {response.status_code}", "mend the address, or try again later")
        if response.headers.get("Content-Type", "").partition(";")[0].strip().lower() != _ANSWER:
            raise ServiceError(f"{url} answered something else than a time stamp", "mend the address")
        return await _limited(response, url)


async def _limited(response: httpx.Response, url: str) -> bytes:
    answer = b""
    async for part in response.aiter_raw():
        answer += part
        if len(answer) > MOST_BYTES:
            raise ServiceError(f"{url} answered more than {MOST_BYTES:,} bytes", "ask another authority")
    return answer
