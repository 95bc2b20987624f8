"""The bytes of a snapshot that is no text → what they are, and what to do instead. Reads no text itself."""

from __future__ import annotations

from monitor.errors import InputError

# Random data has 11 control bytes in 100, text in every encoding but UTF-16 and UTF-32 next to none.
_CONTROLS_OF_DATA = 0.05
# Where an Office document's archive names its kind.
_DIRECTORY = 4_096

_SAVE_AS_TEXT = "save its text and give that"
_UNPACK = "unpack it and give what is in it"
_PICTURE = "give the page it was taken from"
_TEXT_ONLY = "give a text or HTML file"
# The first bytes of what is often taken for a capture: (bytes, what it is, what to do).
_SIGNATURES = (
    (b"%PDF", "a PDF", _SAVE_AS_TEXT),
    (b"\x89PNG", "a PNG picture", _PICTURE),
    (b"\xff\xd8\xff", "a JPEG picture", _PICTURE),
    (b"GIF8", "a GIF picture", _PICTURE),
    (b"\x1f\x8b", "gzip data", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ", "an xz archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", _UNPACK),
    (b"7z\xbc\xaf", "a 7z archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"\xd0\xcf\x11\xe0", "an old Office document, which cannot be read", _SAVE_AS_TEXT),
    (b"\x7fELF", "a program", _TEXT_ONLY),
    (b"MZ\x90", "a program", _TEXT_ONLY),
    (b"SQLite format 3\x00", "an SQLite database", _TEXT_ONLY),
    (b"ID3", "an audio file", _TEXT_ONLY),
    (b"OggS", "an audio or video file", _TEXT_ONLY),
    (b"wOF", "a font", _TEXT_ONLY),
)


def refuse_known_data(body: bytes, source: str) -> None:
    if body.startswith(b"PK\x03\x04"):
        is_office = b"[Content_Types].xml" in body[:_DIRECTORY] or b"mimetypeapplication/vnd.oasis" in body[:_DIRECTORY]
        what = "an Office document, which cannot be read yet" if is_office else "a ZIP archive"
        raise InputError(f"{source} is {what}", _SAVE_AS_TEXT if is_office else _UNPACK)
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        raise InputError(f"{source} is a WebP picture", _PICTURE)
    if body[4:8] == b"ftyp":
        raise InputError(f"{source} is a video or picture", _PICTURE)
    for signature, what, remedy in _SIGNATURES:
        if body.startswith(signature):
            raise InputError(f"{source} is {what}", remedy)


def refuse_unknown_data(sample: bytes, source: str) -> None:
    if has_controls(sample):
        raise InputError(f"{source} is no text but binary data", _TEXT_ONLY)


def has_controls(sample: bytes) -> bool:
    """Whether so many bytes are control characters that this is data."""
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    return controls > 1 and controls > _CONTROLS_OF_DATA * len(sample)


# All of C0 but the blanks, and the escape that ISO-2022-JP switches alphabets with.
_CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
