"""What goes wrong on the way to a page → one line that says what it is and what to do."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

import httpcore

from monitor.errors import CaptureError
from monitor.model.request import Request

FAULTS = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    OSError,
    ssl.SSLError,
)
_LONGEST_REASON = 150  # letters; of a line that cannot be read all of it is shown
_LATER = "it is tried again later"
_TLS = "without its certificate nobody can tell who answers"
_BROWSER = "look at it in a browser; with `browser` in config.yaml it is opened by one"
# OpenSSL's numbers, which stand for ever: what is wrong with a certificate, and what to do.
_CERTIFICATES = {
    9: ("is not valid yet", "check this machine's clock, or wait"),
    10: ("has expired", "its owner has to renew it"),
    18: ("is signed by itself", "where that is meant, name it as ca_file in config.yaml"),
    19: ("leads to a root that is not trusted", "where that root is meant, name it as ca_file in config.yaml"),
    20: ("leads to no root that is trusted", "where its root is meant, name it as ca_file in config.yaml"),
    21: ("leads to no root that is trusted", "where its root is meant, name it as ca_file in config.yaml"),
    62: ("is of another host", "check the address"),
    64: ("is of another host", "check the address"),
}
_OLD_TLS = ("UNSUPPORTED_PROTOCOL", "PROTOCOL_VERSION", "HANDSHAKE_FAILURE", "DH_KEY_TOO_SMALL", "NO_CIPHERS")


def complaint(url: str, error: Exception, request: Request) -> CaptureError:
    """The error that says what another one means for the page at `url`."""
    if isinstance(error, httpcore.TimeoutException | TimeoutError):
        return _passing(url, _silence(error, request))
    if isinstance(error, httpcore.ProxyError):
        return CaptureError(f"{url}: the proxy does not let it through ({error})", "mend proxy in config.yaml")
    causes = list(_causes(error))
    if secured := next((each for each in causes if isinstance(each, ssl.SSLError)), None):
        return _insecure(url, secured)
    if isinstance(error, httpcore.ProtocolError):
        return _garbled(url, str(error)[:_LONGEST_REASON])
    is_unreached = isinstance(error, httpcore.ConnectError)
    return _passing(url, _unreached(causes) if is_unreached else "the connection broke off")


def too_large(url: str, most: int) -> CaptureError:
    """It is larger than it may be, with its content coding or without."""
    return CaptureError(f"{url}: it is larger than {most:,} bytes", "raise most_bytes in config.yaml if that is right")


def too_slow(url: str, seconds: float) -> CaptureError:
    """All the time is over that one capture may take."""
    return _passing(url, f"it did not answer in full within {seconds:g} s")


def _passing(url: str, what: str) -> CaptureError:
    return CaptureError(f"{url}: {what}", _LATER, is_passing=True)


def _silence(error: Exception, request: Request) -> str:
    if isinstance(error, httpcore.ConnectTimeout):
        return f"no connection within {request.connect:g} s"
    if isinstance(error, httpcore.ReadTimeout | httpcore.WriteTimeout):
        return f"it was silent for {request.read:g} s"
    return f"no answer began within {request.connect + request.read:g} s"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or error.__context__


def _insecure(url: str, error: ssl.SSLError) -> CaptureError:
    if isinstance(error, ssl.SSLCertVerificationError):
        what, remedy = _CERTIFICATES.get(error.verify_code, (f"is not to be trusted ({error.verify_message})", _TLS))
        return CaptureError(f"{url}: its certificate {what}", remedy)
    reason = error.reason or ""
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError) or "EOF" in reason:
        return _passing(url, "it hung up while the connection was being secured")
    if any(each in reason for each in _OLD_TLS):
        return CaptureError(f"{url}: it speaks no TLS that is safe today ({reason})", _BROWSER)
    if "CERTIFICATE" in reason:
        return CaptureError(f"{url}: it wants a certificate of who asks ({reason})", "monitor has none to show")
    return CaptureError(f"{url}: what it speaks is no TLS ({reason or error})", "check the address: http:// perhaps")


def _garbled(url: str, reason: str) -> CaptureError:
    if "without sending a response" in reason or reason == "Server disconnected":
        return _passing(url, "it hung up without an answer")
    if "without sending complete message body" in reason or "ConnectionTerminated" in reason:
        return _passing(url, f"its answer breaks off ({reason.partition('(')[2].rstrip(')') or 'closed'})")
    if "Receive buffer too long" in reason:
        return CaptureError(f"{url}: the header of its answer has more than 100 KB", _BROWSER)
    return CaptureError(f"{url}: what it answers is no HTTP ({reason})", _BROWSER)


def _unreached(causes: list[BaseException]) -> str:
    if any(isinstance(each, socket.gaierror) for each in causes):
        return "the name of its host is not known"
    if any(isinstance(each, ConnectionRefusedError) for each in causes):
        return "nothing answers at this address"
    reason = next((each.strerror for each in causes if isinstance(each, OSError) and each.strerror), None)
    return f"no connection ({reason})" if reason else "no connection"
