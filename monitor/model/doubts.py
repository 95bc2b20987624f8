"""The signs by which a capture is doubted, and which of them a change of the page itself may raise."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

Sign: TypeAlias = Literal[
    "status",  # its server answered with an error
    "error",  # it is an error page
    "challenge",  # a check of the visitor, or a request to pay or consent
    "sign-in",  # a request to sign in
    "empty",  # nothing that a reader would see
    "truncated",  # it breaks off
    "shrunken",  # most of what another capture has is missing
    "diminished",  # what all captures before it had is missing
    "unmatched",  # a rule of the page matches nothing
]
SHRUNKEN: Final = "shrunken"
DIMINISHED: Final = "diminished"
UNMATCHED: Final = "unmatched"
SIGN_IN: Final = "sign-in"
OF_FORM = frozenset[str]((DIMINISHED, SHRUNKEN, UNMATCHED))  # a redesign raises these too
