"""How bytes become text: what is declared, what the bytes say themselves, and what is refused."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, strategies as st

from monitor.errors import InputError
from monitor.read.decode import decode

RUSSIAN = "Сегодня министр иностранных дел выступил с заявлением об отношениях между странами."
KOREAN = "오늘 장관은 국가간의 관계에 대해 성명을 발표했다."
JAPANESE = "本日、外務大臣は両国の関係について声明を発表しました。"
CHINESE = "今天外交部长就两国关系发表了声明。大使馆恢复领事业务。"


def _meta(charset: str) -> bytes:
    return f'<!doctype html><meta charset="{charset}"><p>'.encode()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_goes_before_all(encoding: str) -> None:
    decoded = decode(RUSSIAN.encode(encoding), "text/plain; charset=koi8-r")
    assert decoded.text == RUSSIAN
    assert decoded.limits == ()


def test_the_header_goes_before_the_meta() -> None:
    body = _meta("iso-8859-1") + RUSSIAN.encode("cp1251")
    decoded = decode(body, "text/html; charset=windows-1251")
    assert decoded.encoding == "windows-1251"
    assert decoded.text.endswith(RUSSIAN)


@pytest.mark.parametrize(
    ("charset", "codec", "name", "text"),
    [
        ("windows-1251", "cp1251", "windows-1251", RUSSIAN),
        ("koi8-r", "koi8-r", "koi8-r", RUSSIAN),
        ("iso-8859-1", "cp1252", "windows-1252", "“été” costs 5 €"),
        ("gb2312", "gb18030", "gb18030", CHINESE),
        ("shift_jis", "cp932", "shift_jis", JAPANESE),
        ("euc-jp", "euc-jp", "euc-jp", JAPANESE),
        ("iso-2022-jp", "iso2022_jp", "iso-2022-jp", JAPANESE),
        ("euc-kr", "cp949", "euc-kr", KOREAN),
        ("big5", "big5hkscs", "big5", "今天外交部長發表了聲明"),
    ],
)
def test_a_declared_charset_is_read_as_browsers_read_it(charset: str, codec: str, name: str, text: str) -> None:
    decoded = decode(_meta(charset) + text.encode(codec), "text/html")
    assert (decoded.encoding, decoded.limits) == (name, ())
    assert decoded.text.endswith(text)


@pytest.mark.parametrize(
    "label",
    "hex base64 zlib bz2 uu quopri rot13 idna punycode undefined unicode_escape utf-7 utf_8_sig cp65001".split(),
)
@pytest.mark.parametrize("place", ["meta", "header", "xml"])
def test_a_codec_that_is_no_encoding_of_pages_is_not_obeyed(label: str, place: str) -> None:
    head = {"meta": _meta(label), "header": b"<p>", "xml": f'<?xml version="1.0" encoding="{label}"?><a>'.encode()}
    media_type = f"text/html; charset={label}" if place == "header" else None
    decoded = decode(head[place] + rb"Caf\u00e9 or caf" + b"\xe9", media_type)
    assert decoded.text.endswith(r"Caf\u00e9 or café")
    assert decoded.encoding == "windows-1252"


def test_an_xml_declaration_counts() -> None:
    body = b'<?xml version="1.0" encoding="koi8-r"?><html><p>' + RUSSIAN.encode("koi8-r")
    decoded = decode(body, None)
    assert (decoded.encoding, decoded.is_html) == ("koi8-r", True)
    assert decoded.text.endswith(RUSSIAN)


def test_a_charset_named_in_plain_text_declares_nothing() -> None:
    text = f"The header says charset=koi8-r. {RUSSIAN}"
    assert decode(text.encode(), "text/plain").text == text


@pytest.mark.parametrize("media_type", ["text/html; charset=windows-1251", "text/html"])
def test_a_page_saved_anew_as_utf8_is_read_as_utf8_and_says_so(media_type: str) -> None:
    decoded = decode(_meta("windows-1251") + RUSSIAN.encode(), media_type)
    assert decoded.text.endswith(RUSSIAN)
    assert decoded.limits == ("It declares itself windows-1251, but its bytes are UTF-8: read as UTF-8.",)


def test_a_few_chinese_letters_that_are_valid_utf8_by_chance_are_read_as_declared() -> None:
    decoded = decode(_meta("gbk") + "联通".encode("gb18030"), "text/html")
    assert decoded.text.endswith("联通")


def test_utf8_that_was_declared_and_is_something_else_is_detected() -> None:
    decoded = decode(RUSSIAN.encode("cp1251"), "text/plain; charset=utf-8")
    assert decoded.text == RUSSIAN
    assert decoded.limits == ("It declares itself utf-8, but its bytes are not: read as windows-1251.",)


@pytest.mark.parametrize(
    ("codec", "name", "text"),
    [
        ("cp1251", "windows-1251", RUSSIAN),
        ("koi8-r", "koi8-r", RUSSIAN),
        ("cp949", "euc-kr", KOREAN),
        ("cp932", "shift_jis", JAPANESE),
        ("gb18030", "gb18030", CHINESE),
        ("cp1252", "windows-1252", "Le ministre a déclaré que l’été était terminé à l’ambassade, où “ça” va."),
    ],
)
def test_without_a_declaration_the_bytes_tell_and_the_guess_is_told(codec: str, name: str, text: str) -> None:
    decoded = decode(text.encode(codec), "text/plain")
    assert (decoded.text, decoded.encoding) == (text, name)
    assert decoded.limits == (f"It declares no encoding: read as {name}, which its bytes look like.",)


def test_a_letter_cut_off_at_the_end_leaves_the_rest_utf8() -> None:
    decoded = decode(RUSSIAN.encode()[:-2], None)
    assert decoded.text == RUSSIAN[:-2] + "\ufffd"
    assert decoded.limits == ("One place is not valid utf-8 and shown as \ufffd.",)


def test_broken_places_are_counted() -> None:
    decoded = decode(
        f"{RUSSIAN}\xff {RUSSIAN}\xfe".encode().replace("ÿ".encode(), b"\xff").replace("þ".encode(), b"\xfe"), None
    )
    assert decoded.text == f"{RUSSIAN}\ufffd {RUSSIAN}\ufffd"
    assert decoded.limits == ("2 places are not valid utf-8 and shown as \ufffd.",)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["Hello, world\n", RUSSIAN, JAPANESE + " and more\n\n"])
def test_utf16_without_a_mark_shows_by_its_zero_bytes(encoding: str, text: str) -> None:
    decoded = decode(text.encode(encoding), None)
    assert (decoded.text, decoded.encoding) == (text, encoding)


def test_line_ends_become_one_and_control_characters_blanks() -> None:
    body = b"A line.\r\nAnother\rand the next\x00one\x07here\tand there\x0cA new page of some length"
    assert decode(body, None).text == "A line.\nAnother\nand the next one here\tand there\nA new page of some length"


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"%PDF-1.7\n...", "is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "is a PNG picture"),
        (b"\xff\xd8\xff\xe0", "is a JPEG picture"),
        (b"GIF89a", "is a GIF picture"),
        (b"RIFF\x00\x00\x00\x00WEBP", "is a WebP picture"),
        (b"PK\x03\x04....", "is a ZIP archive"),
        (b"PK\x03\x04....[Content_Types].xml", "is an Office document, which cannot be read yet"),
        (b"\x1f\x8b\x08\x00", "is gzip data"),
        (b"\x7fELF\x02\x01", "is a program"),
        (b"SQLite format 3\x00", "is an SQLite database"),
        (b"\x00" * 100, "is no text but binary data"),
        (random.Random(1).randbytes(5000), "is no text but binary data"),
        (b"", "is empty"),
        (b" \n\t\r\n", "is empty"),
        ("\u00a0\n".encode(), "is empty"),
        (b"\xef\xbb\xbf \n", "is empty"),
    ],
)
def test_what_is_no_text_is_refused_with_what_it_is_and_what_to_do(body: bytes, what: str) -> None:
    with pytest.raises(InputError) as refusal:
        decode(body, "text/html", "page.html")
    assert refusal.value.what == f"page.html {what}"
    assert refusal.value.remedy
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "media_type", "is_html"),
    [
        ("a < b", "text/html", True),
        ("<!doctype html><p>x", None, True),
        ("<!-- saved -->\n<HTML lang=en>", None, True),
        ("<p>x", None, True),
        ("<p>x", "text/plain", False),
        ("<!DOCTYPE html><p>x", "text/plain; charset=utf-8", True),
        ("<http://example.org> is an address", None, False),
        ("4 July 2020\n<b", None, False),
        ("# A title", "text/markdown", False),
        ('<?xml version="1.0"?><rss></rss>', "application/xml", False),
        ('<?xml version="1.0"?><html xmlns="x"></html>', "application/xml", True),
    ],
)
def test_html_is_known_by_its_type_or_its_first_tag(text: str, media_type: str | None, is_html: bool) -> None:
    assert decode(text.encode(), media_type).is_html is is_html


@given(
    st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs")), min_size=1).filter(lambda text: not text.isspace())
)
def test_any_text_in_utf8_comes_back_as_it_is(text: str) -> None:
    marked = f"x{text}"
    decoded = decode(marked.encode(), None)
    assert (decoded.text, decoded.encoding, decoded.limits) == (marked, "utf-8", ())


@given(
    st.binary(max_size=300),
    st.sampled_from([None, "text/html", "text/html; charset=nonsense", "text/plain; charset=big5"]),
)
def test_any_bytes_are_read_or_refused_and_never_crash(body: bytes, media_type: str | None) -> None:
    try:
        text = decode(body, media_type).text
    except InputError:
        return
    assert text.strip()
    assert not {"\r", "\x00", "\x07"} & set(text)


def test_ten_megabytes_are_read_in_one_pass_whatever_the_line_ends() -> None:
    body = b"A line of a page.\r\n" * 500_000
    assert len(decode(body, None).text) == len(body) - 500_000
