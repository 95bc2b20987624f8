"""The root certificates of this system, and a file of one's own → what connections are verified by. Always."""

from __future__ import annotations

import os
import ssl

import certifi

from monitor.errors import CaptureError


def trusting(ca_file: str | None) -> ssl.SSLContext:
    """A context that trusts the system's roots, or Mozilla's where it has none, and those of the file beside them.

    It takes 20 ms to make. Raises CaptureError where the file cannot be read or holds no certificate.
    """
    context = ssl.create_default_context()
    if not _has_roots(context):
        context.load_verify_locations(certifi.where())
    if ca_file:
        try:
            context.load_verify_locations(ca_file)
        except ssl.SSLError as error:
            raise CaptureError(f"{ca_file} holds no certificate", "name a PEM file as ca_file") from error
        except OSError as error:
            what = f"{ca_file} cannot be read ({error.strerror})"
            raise CaptureError(what, "mend ca_file in config.yaml") from error
    return context


def _has_roots(context: ssl.SSLContext) -> bool:
    """Whether the system has any: in a file that was read, or in a folder that is looked into when it is needed."""
    folder = ssl.get_default_verify_paths().capath
    return bool(context.cert_store_stats()["x509_ca"] or (folder and os.path.isdir(folder) and os.listdir(folder)))
