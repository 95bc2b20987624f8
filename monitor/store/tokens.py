"""A line of the ledger → a query to a time-stamp authority (RFC 3161); its answer → what it proves of the line.

An answer proves something where it is on this very line, its signature holds, and a certificate that is trusted leads
to who signed it. Nothing here asks anybody.
"""

from __future__ import annotations

import hashlib
import warnings
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from monitor.errors import InputError, how_to_install

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

_HASHES = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_GRANTED = 0
_NOT_LED_TO = "certificate verify error"  # what OpenSSL calls a signer whom no trusted certificate leads to


class BadTokenError(Exception):
    """An answer that proves nothing; `str()` says why."""


class UnreadTokenError(BadTokenError):
    """Bytes that are no answer in strict DER, though others may read them."""


class Query(NamedTuple):
    """What to send, and the number that the answer must repeat."""

    content: bytes
    nonce: int | None


class Roots(NamedTuple):
    """The certificates that are trusted, and the file that was named for them; None for those of this machine."""

    certificates: tuple[Certificate, ...]
    source: str | None


class Token(NamedTuple):
    """What an answer says: when (UTC) it was signed, by whom, and whether a trusted certificate leads to them.

    Without such a certificate it proves nothing; it may be named later.
    """

    at: datetime
    authority: str
    is_trusted: bool


def query_for(line: bytes) -> Query:
    """A query for a line without its line feed; what is sent is its SHA-256. Raises InputError without the extra."""
    _need()
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder  # noqa: PLC0415  an extra

    request = TimestampRequestBuilder(data=line, hash_algorithm=HashAlgorithm.SHA256).build()
    return Query(request.as_bytes(), request.nonce)


def roots_in(file: str | None) -> Roots:
    """The certificates in a PEM file; those of this machine where none is named.

    Raises InputError where it cannot be read or has none, or without the extra.
    """
    _need()
    from cryptography.x509 import load_pem_x509_certificates  # noqa: PLC0415  an extra

    if file is None:
        return Roots(_of_this_machine(), None)
    try:
        with open(file, "rb") as content:
            return Roots(tuple(load_pem_x509_certificates(content.read())), file)
    except OSError as error:
        what = f"{file} cannot be read: {(error.strerror or str(error)).lower()}"
        raise InputError(what, "name the authority's root certificate with --ca-file FILE") from error
    except ValueError:
        raise InputError(
            f"{file} holds no certificate", "save the authority's root certificate there, as PEM"
        ) from None


def check(answer: bytes, line: bytes, roots: Roots, nonce: int | None = None) -> Token:
    """What the answer says of a line without its line feed; `nonce` is the query's, where it is known.

    Raises BadTokenError where it proves nothing whatever is trusted, UnreadTokenError where it cannot be read.
    """
    from rfc3161_client import VerifierBuilder  # noqa: PLC0415  an extra

    response, token = _decoded(answer)
    digest = _imprint(response, line)
    try:
        VerifierBuilder(roots=list(roots.certificates), nonce=nonce).build().verify(response, digest)
    except Exception as error:
        if roots.source is None and _NOT_LED_TO in str(error):
            return token._replace(is_trusted=False)
        raise BadTokenError(_reason(error, roots)) from error
    return token


def is_installed() -> bool:
    """Whether what reads answers is here: an extra."""
    return find_spec("rfc3161_client") is not None


def _need() -> None:
    if not is_installed():
        raise InputError("What reads time stamps is missing", how_to_install("evidence"))


def _of_this_machine() -> tuple[Certificate, ...]:
    import ssl  # noqa: PLC0415  only here

    from cryptography.x509 import load_der_x509_certificate  # noqa: PLC0415  an extra

    found = ssl.create_default_context().get_ca_certs(binary_form=True)
    with warnings.catch_warnings(action="ignore"):  # of roots that are older than today's rules
        return tuple(load_der_x509_certificate(each) for each in found)


def _decoded(answer: bytes) -> tuple[TimeStampResponse, Token]:
    """The answer and what it says, none of it checked. Of a damaged one some parts are found out only when read."""
    from rfc3161_client import decode_timestamp_response  # noqa: PLC0415  an extra

    try:
        response = decode_timestamp_response(answer)
        if response.status == _GRANTED:
            return response, Token(response.tst_info.gen_time.astimezone(UTC), _signer(response), is_trusted=True)
        said = " ".join(response.status_string) or f"status {response.status}"
    except Exception as error:  # damaged bytes make the libraries raise whatever they stumble over
        raise UnreadTokenError("it is no answer of an authority in strict DER") from error
    raise BadTokenError(f"the authority refused it ({said})")


def _imprint(response: TimeStampResponse, line: bytes) -> bytes:
    """The hash of the line, made as the answer's was."""
    imprint = response.tst_info.message_imprint
    name = _HASHES.get(imprint.hash_algorithm.dotted_string)
    digest = hashlib.new(name, line).digest() if name else b""
    if digest != imprint.message:
        raise BadTokenError("it is on another text than this line of the ledger")
    return digest


def _signer(response: TimeStampResponse) -> str:
    """The name in the certificate of who signed."""
    from cryptography.x509 import NameOID, load_der_x509_certificate  # noqa: PLC0415  an extra

    signers = {(each.issuer, each.serial_number) for each in response.signed_data.signer_infos}
    for each in map(load_der_x509_certificate, response.signed_data.certificates):
        if (each.issuer, each.serial_number) in signers:
            names = each.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
            return str(names[0].value) if names else each.subject.rfc4514_string()
    raise ValueError("the certificate of who signed is not in it")


def _reason(error: Exception, roots: Roots) -> str:
    if _NOT_LED_TO in str(error):
        return f"no certificate in {roots.source} leads to who signed it"
    if "Nonce" in str(error):
        return "it answers another query"
    return "its signature does not hold"
