"""A mail and a key → the mail with a DKIM signature (RFC 6376), by dkimpy: the extra `dkim`."""

from __future__ import annotations

from monitor.errors import InputError, how_to_install

# Signed beside what dkimpy signs by itself: RFC 8058 wants both lines of the unsubscribing under the signature.
_ALSO = (b"list-id", b"list-unsubscribe", b"list-unsubscribe-post", b"auto-submitted")


def signed(content: bytes, selector: str, domain: str, key: str) -> bytes:
    """The mail, signed by an RSA key in PEM. Raises InputError where the extra is missing or the key is none."""
    try:
        import dkim  # noqa: PLC0415  an extra
    except ImportError as error:
        raise InputError("Mail is signed with an extra that is not here", how_to_install("dkim")) from error
    signing = dkim.DKIM(content)
    also = [name for name, _ in signing.headers if name.lower() in _ALSO]
    try:
        line: bytes = signing.sign(
            selector.encode(), domain.encode(), key.encode(), canonicalize=(b"relaxed", b"relaxed"),
            include_headers=[*signing.default_sign_headers(), *also],
        )  # fmt: skip
    except (dkim.DKIMException, ValueError) as error:
        raise InputError(f"Mail cannot be signed ({error})", "name an RSA key in PEM as dkim in config.yaml") from error
    return line.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") + content
