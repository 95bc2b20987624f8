"""Is this an honest, whole capture of the page at all? Each doubt is a Suspicion with its reason in a sentence.

Judges one capture by itself; whether it shrank against the page's own history is for later to say.
"""

from __future__ import annotations

import re
from functools import cache

from monitor.model.reading import Suspicion
from monitor.read.blocks import Stream

# An error or challenge page says little besides: real pages that mention an error say much more.
MOST_ERROR_TEXT = 1500


def find_suspicions(stream: Stream) -> tuple[Suspicion, ...]:
    """The grounds to doubt this capture, gravest first; none for an honest page."""
    doubts = []
    if not stream.is_whole:
        doubts.append(Suspicion(sign="truncated", reason=_broken_off(stream)))
    text = sum(len(block.text) for block in stream.blocks)
    if text <= MOST_ERROR_TEXT:
        opening = " \n".join([stream.head_title or "", *(block.text for block in stream.blocks[:6])])
        for sign, pattern, what in _signs():
            found = pattern.search(opening)
            if found:
                said = found[0].strip()
                doubts.append(Suspicion(sign=sign, reason=f"The page says little but “{said}”: {what}.", quote=said))
                break
    if not stream.blocks:
        doubts.append(Suspicion(sign="empty", reason="The document holds no text that a reader would see."))
    return tuple(doubts)


def _broken_off(stream: Stream) -> str:
    last = stream.blocks[-1].text if stream.blocks else ""
    where = f" after “{last[-60:]}”" if last else ""
    return f"The file breaks off{where}: the document is never closed."


@cache
def _signs() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    challenge = (
        r"just a moment|checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|attention required|"
        r"enable javascript and cookies|are you a robot|unusual traffic|ddos[- ]guard|captcha|"
        r"проверка браузера|vérification de votre navigateur"
    )
    error = (
        r"\b(?:error\s*)?(?:40[0134]|410|429|50[0234])\b[\s:.–—-]*(?:not found|forbidden|unauthori[sz]ed|error|gone|"
        r"bad gateway|service unavailable|service temporarily unavailable|gateway time-?out|too many requests|"
        r"internal server error|bad request|страница не найдена|page introuvable|seite nicht gefunden)|"
        r"^\s*(?:page not found|access denied|not found|service unavailable|bad gateway|forbidden|"
        r"internal server error|страница не найдена|доступ (?:запрещ[её]н|ограничен)|"
        r"seite nicht gefunden|page introuvable|"
        r"página no encontrada|site (?:is )?(?:under|down for) maintenance)\b"
    )
    return (
        ("challenge", re.compile(challenge, re.IGNORECASE), "a check of the visitor, not the page"),
        ("error", re.compile(error, re.IGNORECASE | re.MULTILINE), "an error message, not the page"),
    )
