"""The bytes of a snapshot → its text. Refuses what is no text; never guesses where the bytes or the page tell.

The order is that of the WHATWG encoding standard (byte order mark, header, `<meta>` or XML declaration, detection),
with one departure: bytes that are valid UTF-8 throughout, and could not be so by chance, are UTF-8 whatever is
declared. A browser would obey the declaration; but captures are often saved anew as UTF-8 with their old `<meta>`
left in, and obeying it would turn every letter into two wrong ones and one edit of the page's text into many.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from monitor.errors import EmptyError
from monitor.read.line_ends import clean, controls, with_plain_ends
from monitor.read.not_text import has_controls, refuse_known_data, refuse_unknown_data

# Bytes looked at to tell text from other data, and for a declaration (the standard asks for 1,024 at least).
_SAMPLE = 65_536
_HEAD = 4_096
# So many continuation bytes in a row of valid UTF-8 come about by chance in Chinese or Korean text one time in 10,000.
_CHANCE_BYTES = 4
_LEGACY_PAIRS = frozenset(("gb18030", "big5hkscs", "big5", "euc_jp", "euc_kr", "cp932", "cp949", "shift_jis"))
# Where UTF-8 is declared or supposed, this many good letters for each bad byte show that it is UTF-8, damaged.
_GOOD_FOR_BAD = 2

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\xef\xbb\xbf", "utf-8"),
)

# What the labels of the WHATWG standard come to in Python: Python knows others, and some ("hex", "zlib") are no text.
_BROWSER_CODECS = frozenset(
    "utf-8 utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be cp866 koi8-r koi8-u mac-roman mac-cyrillic cp874 "
    "iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14 iso8859-15 "
    "iso8859-16 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 gb18030 big5hkscs big5 euc_jp "
    "iso2022_jp cp932 shift_jis cp949 euc_kr".split()
)

_WHATWG_NAMES = {
    "big5hkscs": "big5",
    "cp874": "windows-874",
    "cp932": "shift_jis",
    "cp949": "euc-kr",
    "euc_jp": "euc-jp",
    "iso2022_jp": "iso-2022-jp",
    "mac_roman": "macintosh",
}


class Decoded(NamedTuple):
    """A snapshot's text: line ends are "\\n", control characters gone.

    `encoding` is the name of the WHATWG standard ("windows-1252"); `limits` says in sentences what was doubtful.
    """

    text: str
    encoding: str
    is_html: bool
    limits: tuple[str, ...] = ()


def decode(body: bytes, media_type: str | None, source: str = "the snapshot") -> Decoded:
    """The text of `body`, declared as `media_type` ("text/html; charset=koi8-r").

    Raises InputError, naming `source`, where it is no text, and EmptyError where it is empty.
    """
    if body.isspace() or not body:
        raise EmptyError(f"{source} is empty", "capture the page again")
    text, encoding, limits = _read_marked(body) or _read_unmarked(body, media_type, source)
    text = clean(text, body)
    if text.isspace() or not text:
        raise EmptyError(f"{source} is empty", "capture the page again")
    return Decoded(text=text, encoding=_whatwg_name(encoding), is_html=_is_html(text, media_type), limits=limits)


_Read = tuple[str, str, tuple[str, ...]]


def _read_marked(body: bytes) -> _Read | None:
    """The text behind a byte order mark."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _replace_bad(body[len(mark) :], encoding)
    return None


def _read_unmarked(body: bytes, media_type: str | None, source: str) -> _Read:
    refuse_known_data(body, source)
    sample = body[:_SAMPLE]
    has_zeros = b"\x00" in sample
    wide = _wide_encoding(sample) if has_zeros else None
    if wide:
        return _replace_bad(body, wide)
    plain = with_plain_ends(body)
    try:
        text = plain.decode("utf-8")
    except UnicodeDecodeError:
        if has_zeros or not _is_utf8(sample):
            refuse_unknown_data(sample, source)
        return _read_legacy(body, media_type)
    if has_zeros:
        refuse_unknown_data(sample, source)
    return _read_valid_utf8(plain, text, media_type)


def _read_valid_utf8(body: bytes, text: str, media_type: str | None) -> _Read:
    """Valid UTF-8, which a declaration may contradict. Nothing is imported where none does."""
    if text.isascii() and b"\x1b" not in body:
        return text, "utf-8", ()
    declared = _declared(body, media_type)
    if declared in (None, "utf-8"):
        return text, "utf-8", ()
    is_chance = declared in _LEGACY_PAIRS and len(body) - len(text) <= _CHANCE_BYTES
    if is_chance or declared.startswith("iso2022"):
        return _replace_bad(body, declared)
    return text, "utf-8", (f"It declares itself {_whatwg_name(declared)}, but its bytes are UTF-8: read as UTF-8.",)


def _read_legacy(body: bytes, media_type: str | None) -> _Read:
    """Bytes that are not valid UTF-8 as a whole: damaged UTF-8, or another encoding."""
    declared = _declared(body, media_type)
    if declared and declared != "utf-8":
        return _replace_bad(body, declared)
    if _is_damaged_utf8(body):
        return _replace_bad(body, "utf-8")
    detected = _detected(body)
    text, encoding, limits = _replace_bad(body, detected)
    if declared:
        limits = (f"It declares itself utf-8, but its bytes are not: read as {_whatwg_name(detected)}.", *limits)
    else:
        limits = (f"It declares no encoding: read as {_whatwg_name(detected)}, which its bytes look like.", *limits)
    return text, encoding, limits


def _declared(body: bytes, media_type: str | None) -> str | None:
    """The codec that the header or, in markup, the first bytes declare, of those that browsers know.

    The plainest UTF-8 needs no library.
    """
    if media_type and "charset" in media_type.lower():
        if media_type.lower().replace('"', "").endswith("charset=utf-8"):
            return "utf-8"
        from w3lib.encoding import http_content_type_encoding  # noqa: PLC0415  most bytes are plain UTF-8

        found = http_content_type_encoding(media_type)
        if found in _BROWSER_CODECS:
            return found
    head = body[:_HEAD]
    if not head.lstrip().startswith(b"<"):
        return None
    labels = {*_labels().findall(head.lower())}
    if not labels:
        return None
    if labels <= {b"utf-8", b"utf8"}:
        return "utf-8"
    from w3lib.encoding import html_body_declared_encoding  # noqa: PLC0415  most bytes are plain UTF-8

    found = html_body_declared_encoding(head)
    known = found if found in _BROWSER_CODECS else None
    # A page that declares UTF-16 in ASCII letters is not UTF-16; the standard reads it as UTF-8.
    return "utf-8" if known and known.startswith(("utf-16", "utf-32")) else known


@cache
def _labels() -> re.Pattern[bytes]:
    """All that may be a declaration, in comments too: w3lib tells which one counts. The letters must be small."""
    return re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""")


def _detected(body: bytes) -> str:
    """The codec that the bytes look like, from the first 64 KB around the first byte that is not ASCII."""
    from resiliparse.parse.encoding import detect_encoding  # noqa: PLC0415  most bytes are plain UTF-8
    from w3lib.encoding import resolve_encoding  # noqa: PLC0415  most bytes are plain UTF-8

    sample = _telling_sample(body)
    found = resolve_encoding(detect_encoding(sample) or "")
    if found in (None, "utf-8"):
        return "cp949" if _is_korean(sample) else "cp1252"
    # Where western Europe's encoding, by far the commonest, gives the same letters, nothing speaks for another.
    is_western = sample.decode(found, "replace") == sample.decode("cp1252", "replace")
    return "cp1252" if is_western else found


def _telling_sample(body: bytes) -> bytes:
    telling = _high_byte().search(body)
    begin = max(0, telling.start() - 256) if telling else 0
    return body[begin : begin + _SAMPLE]


def _is_korean(sample: bytes) -> bool:
    """Whether most letters read as EUC-KR are Hangul; the detector takes such bytes for UTF-8."""
    letters = [char for char in sample.decode("cp949", "replace") if ord(char) > 127]
    return sum("가" <= char <= "힣" for char in letters) * 2 > len(letters)


def _is_damaged_utf8(body: bytes) -> bool:
    sample = _telling_sample(body)
    text = sample.decode("utf-8", "ignore")
    good = len(text) - len(text.encode("ascii", "ignore"))
    bad = sample.decode("utf-8", "replace").count("\ufffd") - text.count("\ufffd")
    return good >= _GOOD_FOR_BAD * bad


def _replace_bad(body: bytes, encoding: str) -> _Read:
    """The text in that encoding; what is not valid in it stands as � and is counted in the limits."""
    try:
        return body.decode(encoding), encoding, ()
    except UnicodeDecodeError:
        from w3lib.encoding import to_unicode  # noqa: PLC0415  most bytes are plain UTF-8

        text = to_unicode(body, encoding)
    count = text.count("\ufffd")
    places = "One place is" if count == 1 else f"{count} places are"
    return text, encoding, (f"{places} not valid {_whatwg_name(encoding)} and shown as \ufffd.",)


def _wide_encoding(sample: bytes) -> str | None:
    """UTF-16 without a mark: its zero bytes stand on one side of the pairs only, and it is no text without them."""
    left, right = sample[::2].count(0), sample[1::2].count(0)
    if max(left, right) < len(sample) // 5 and _is_utf8(sample) and not has_controls(sample.replace(b"\0", b"")):
        return None
    if min(left, right) * 20 > max(left, right) or max(left, right) < 2 or max(left, right) < len(sample) // 40:
        return None
    encoding = "utf-16-le" if right > left else "utf-16-be"
    text = sample[: len(sample) & ~1].decode(encoding, "replace")
    return encoding if text.count("\ufffd") + len(controls().findall(text)) <= len(text) // 50 else None


def _is_utf8(sample: bytes) -> bool:
    """Whether the sample is valid UTF-8 but for a letter cut off at its end."""
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(sample) - 3
    return True


@cache
def _high_byte() -> re.Pattern[bytes]:
    return re.compile(rb"[\x80-\xff]")


def _is_html(text: str, media_type: str | None) -> bool:
    """By the declared type; a plain or unknown type may turn out to be HTML by its first tag."""
    declared = (media_type or "").partition(";")[0].strip().lower()
    if declared in ("text/html", "application/xhtml+xml"):
        return True
    head = text[:_HEAD].lstrip("\ufeff \t\r\n\f\v")
    first = _first_tag().match(head) if head.startswith("<") else None
    if first is None:
        return False
    is_whole_page = first[1].lower() in ("!doctype html", "html")
    return is_whole_page or declared in ("", "application/octet-stream")


@cache
def _first_tag() -> re.Pattern[str]:
    """The first tag, behind blanks, comments and an XML declaration, where it is one of HTML's."""
    tags = "a article aside b base body br center div dl em fieldset font footer form h[1-6] head header hr iframe img"
    tags += " li link main meta nav ol p pre script section span strong style table tbody td title tr ul"
    return re.compile(
        rf"(?>[\s\ufeff]+|<!--.*?-->|<\?xml[^>]*>)*+<(!doctype\shtml|html|{'|'.join(tags.split())})(?=[\s>/])",
        re.IGNORECASE | re.DOTALL,
    )


def _whatwg_name(codec: str) -> str:
    if codec in _WHATWG_NAMES:
        return _WHATWG_NAMES[codec]
    if codec.startswith("cp125"):
        return f"windows-{codec[2:]}"
    return codec.replace("iso8859", "iso-8859").replace("_", "-")
