"""Broken, hostile and odd data: read as far as they can be, or one clear line. Never a trace, never another's file."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import pytest
from hypothesis import example, given, settings, strategies as st

from monitor import compare, read
from monitor.errors import InputError
from monitor.model.change import ChangeKind as Kind
from monitor.model.comparison import Verdict
from monitor.model.reading import Reading
from monitor.model.snapshot import Snapshot
from tests.formats import FORMATS, Notice, captured, rss, sitemap
from tests.test_formats import NOTICES

ALL: dict[str, tuple[Callable[[Sequence[Notice]], str], str]] = {**FORMATS, "sitemap": (sitemap, "application/xml")}
formats = pytest.mark.parametrize("name", ALL)


def feed(inside: str, before: str = "", after: str = "") -> Reading:
    return captured(f'{before}<rss version="2.0"><channel><title>News</title>{inside}</channel></rss>{after}')


def item(inside: str) -> str:
    return f"<item><title>Ferry runs again</title><link>https://example.org/1</link>{inside}</item>"


# -- hostile


def test_entities_that_multiply_are_not_expanded() -> None:
    layers = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    start = time.monotonic()
    reading = feed(item("<description>&l9;</description>"), f'<!DOCTYPE rss [<!ENTITY l0 "ha">{layers}]>')
    assert reading.lists[0].items[0].teaser == "&l9;"
    assert time.monotonic() - start < 2


def test_an_entity_that_names_a_file_or_an_address_opens_neither() -> None:
    for address in ("file:///etc/passwd", "http://127.0.0.1:9/secret"):
        reading = feed(item("<description>&e;</description>"), f'<!DOCTYPE rss [<!ENTITY e SYSTEM "{address}">]>')
        assert reading.lists[0].items[0].teaser == "&e;"


def test_a_tree_of_ten_thousand_levels_is_read_or_refused_at_once() -> None:
    start = time.monotonic()
    for text, media_type in (
        ("<rss><channel>" + "<a>" * 10_000 + "</a>" * 10_000 + "</channel></rss>", "application/xml"),
        ("[" * 100_000 + "]" * 100_000, "application/json"),
        ('{"a":' * 3_000 + "1" + "}" * 3_000, "application/json"),
    ):
        _read_or_refuse(text.encode(), media_type)
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    "text",
    [
        "<!-- a -->" * 6_000 + "<",
        "<?a ?>" * 6_000 + "<",
        "<rss><channel><title>x</title>" + "<!--" * 100_000,
        "<rss><channel><title>x</title>" + "&lt;script&gt;" * 50_000 + "</channel></rss>",
        "<rss><channel><title>x</title>" + "&lt;!--" * 50_000 + "&" * 50_000 + "</channel></rss>",
        "<rss><channel>" + "<![CDATA[" * 50_000,
        "<!DOCTYPE a " + "[" * 60_000,
        '{"a": "' + '\\"' * 100_000 + "\\",
        '["' + "[" * 50_000,
        "a,b,c\n" + '"' * 100_001,
        "<p data-x='[{" + '="[{&quot;' * 20_000,
        "<p>" + "<script type='application/ld+json'>{\"@type\": [" * 2_000,
        "<b>" * 3_000 + '<"' * 60_000,
        "<b>" * 3_000 + '<b x="' * 60_000,
        "<b>" * 3_000 + "<!--" * 60_000,
        "<b>" * 3_000 + "</!" * 60_000,
        "<!doctype html><body>" + "<script></x>" * 40_000,
        "<!doctype html><body>" + "<script" * 60_000,
        "<b>" * 2_500 + "<" + "a" * 120_000 + "/>",
        "<p><xmp>" + '<a"' * 60_000,
        "<feed " + "".join(f'a{number}="1" ' for number in range(40_000)) + "/>",
    ],
    ids=lambda text: text[:24],
)
def test_what_is_made_to_take_long_does_not(text: str) -> None:
    start = time.monotonic()
    for media_type in ("application/xml", "application/json", "text/csv", None):
        _read_or_refuse(text.encode(), media_type)
    assert time.monotonic() - start < 8  # on a busy machine; what is quadratic here takes minutes


@pytest.mark.parametrize("cut", ["<", "<?", "<?xml", '<?xml version="1.0"?>', '<?xml version="1.0"?>\n<!-- by', "<r"])
def test_a_feed_cut_before_its_first_element_is_suspect_and_its_items_are_not_gone(cut: str) -> None:
    whole = feed("".join(f"<item><title>Ferry {n} runs</title></item>" for n in range(5)))
    found = compare(whole, captured(cut, "application/xml"))
    assert found.verdict is Verdict.SUSPECT
    assert {change.kind for change in found.changes} == {"capture.suspect"}


def test_xml_of_too_many_attributes_is_read_without_them() -> None:
    many = "".join(f"a{number}='>' " for number in range(6_000))
    reading = captured(f"<rss {many}version='2.0'><channel>{item('')}</channel></rss>")
    assert [each.title for each in reading.lists[0].items] == ["Ferry runs again"]
    assert reading.limits == ("A tag has more than 5,000 attributes; they were not read.",)


@formats
@given(data=st.data())
@settings(max_examples=60)
def test_what_is_cut_or_garbled_is_read_or_refused_in_one_line(name: str, data: st.DataObject) -> None:
    write, media_type = ALL[name]
    body = bytearray(write(NOTICES[:4]).encode())
    for at in data.draw(st.lists(st.integers(0, len(body) - 1), max_size=5)):
        body[at] = data.draw(st.integers(0, 255))
    cut = bytes(body[: data.draw(st.integers(1, len(body)))])
    reading = _read_or_refuse(cut, data.draw(st.sampled_from((media_type, None, "text/html"))))
    if reading is not None:
        whole = captured(write(NOTICES), media_type)
        for found in (compare(whole, reading), compare(reading, whole), compare(reading, reading)):
            assert found.verdict
        assert found.verdict in (Verdict.IDENTICAL, Verdict.SUSPECT)


def _read_or_refuse(body: bytes, media_type: str | None) -> Reading | None:
    try:
        return captured(body, media_type)
    except InputError as error:
        said = str(error)
    assert "\n" not in said
    return None


@given(st.text(alphabet='<>&;#x0"=/[]{},:\\ntruefals\ud800', max_size=60), st.sampled_from(sorted(ALL)))
@example("<a><![CDATA[", "rss")
@example("&#xFFFFFF;", "rss")
@settings(max_examples=150)
def test_any_text_declared_as_data_is_read_or_refused(text: str, name: str) -> None:
    _read_or_refuse(text.encode("utf-8", "surrogatepass"), ALL[name][1])


# -- broken as real ones are


def test_a_blank_line_a_mark_and_a_wrong_encoding_before_a_feed_are_no_fault() -> None:
    text = '\ufeff\n\n <?xml version="1.0" encoding="koi8-r"?><?xml-stylesheet href="a.xsl"?><!-- made by hand -->'
    assert feed(item("<description>Caf\u00e9</description>"), text).lists[0].items[0].teaser == "Caf\u00e9"


def test_a_feed_in_an_old_encoding_is_read_as_it_declares() -> None:
    text = rss([NOTICES[0]._replace(title="Паром снова ходит")]).replace('"1.0"', '"1.0" encoding="windows-1251"')
    assert captured(text.encode("cp1251"), "text/xml").lists[0].items[0].title == "Паром снова ходит"


def test_undeclared_entities_and_bare_ampersands_are_text() -> None:
    reading = feed(item("<description>Tea &amp; cake&nbsp;&mdash; R&D &unknown; 5 &lt; 6</description>"))
    assert reading.lists[0].items[0].teaser == "Tea & cake — R&D &unknown; 5 < 6"


def test_unclosed_markup_inside_an_entry_loses_no_other_entry() -> None:
    broken = item("<description><p>One<br>two</description>")
    reading = feed(broken + item("<guid>2</guid><description>Three</description>").replace("/1<", "/2<"))
    assert [each.url for each in reading.lists[0].items] == ["https://example.org/1", "https://example.org/2"]
    assert any("broken at line" in limit for limit in reading.limits)


def test_escaped_markup_and_cdata_say_the_same() -> None:
    escaped = feed(item("<description>&lt;p&gt;Low &lt;b&gt;tide&lt;/b&gt; &amp;amp; fog&lt;/p&gt;</description>"))
    cdata = feed(item("\n  <description>\n<![CDATA[<p>Low <b>tide</b> &amp; fog</p>]]></description>\n"))
    assert escaped.lists == cdata.lists
    assert escaped.lists[0].items[0].teaser == "Low tide & fog"


def test_the_order_of_attributes_and_the_prefixes_of_namespaces_say_nothing() -> None:
    one = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title>'
        '<link rel="alternate" href="/a"/></entry></feed>'
    )
    other = (
        '<x:feed xmlns:x="http://www.w3.org/2005/Atom"><x:entry><x:title>A</x:title>'
        '<x:link href="/a" rel="alternate"/></x:entry></x:feed>'
    )
    assert captured(one).lists == captured(other).lists
    assert captured(one).lists[0].items[0].url == "https://example.org/a"


def test_an_entry_without_a_title_is_called_by_its_first_words() -> None:
    text = " ".join(f"word{number}" for number in range(20))
    [found] = feed(f"<item><description>{text}</description></item>").lists[0].items
    assert found.title == " ".join(text.split()[:12]) + " …"


def test_a_feed_without_entries_is_a_list_without_items() -> None:
    assert feed("").lists[0].items == ()
    found = compare(feed(""), feed(item("")))
    assert [each.kind for each in found.changes if each.is_finding] in ([Kind.ITEM_ADDED], [Kind.LIST_APPEARED])


def test_the_channel_s_build_date_is_a_stamp_that_moves_on() -> None:
    before, after = (
        feed(f"<lastBuildDate>Mon, 2{day} May 2024 08:00:00 GMT</lastBuildDate>{item('')}") for day in (0, 1)
    )
    assert compare(before, after).verdict is Verdict.ROUTINE


@pytest.mark.parametrize("name", ["rss", "rdf", "atom", "json feed", "api", "json lines", "xml", "sitemap"])
def test_a_file_that_breaks_off_is_suspect_and_nothing_is_called_withdrawn(name: str) -> None:
    write, media_type = ALL[name]
    whole = write(NOTICES)
    cut = captured(whole[: len(whole) * 2 // 3], media_type, "2024-05-21")
    found = compare(captured(whole, media_type), cut)
    assert found.verdict is Verdict.SUSPECT
    assert {each.kind for each in found.changes if each.is_finding} == {Kind.CAPTURE_SUSPECT}


@pytest.mark.parametrize(
    ("text", "media_type", "said"),
    [
        ('{"a": 1,, "b": 2}', "application/json", "is broken JSON (expecting property name"),
        ("not json at all", "application/json", "is broken JSON (expecting value at line 1, column 1)"),
        ("[" * 100_000, "application/json", "nests its values too deep"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_fault(text: str, media_type: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        captured(text, media_type)
    assert said in str(caught.value)


def test_a_table_that_breaks_off_in_its_first_row_is_suspect() -> None:
    cut = read(Snapshot("table.csv", b"Ref,Name,Decision\n1,Marsh La", media_type="text/csv"))
    assert [each.sign for each in cut.suspicions] == ["truncated"]
    whole = read(Snapshot("table.csv", b"Ref,Name,Decision\n1,Marsh Lane,Pending", media_type="text/csv"))
    assert whole.suspicions == ()
