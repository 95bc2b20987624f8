"""A page's own rules say what is read and as what; what they leave open is found as without them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings, strategies as st
from selectolax.lexbor import LexborHTMLParser

from monitor import compare, read
from monitor.errors import InputError
from monitor.model.reading import Item, Reading
from monitor.model.rules import CounterRule, FieldRule, LeadRule, ListRule, Rules
from monitor.model.snapshot import Snapshot
from monitor.read.marks import mark_of

ROWS = "".join(
    f"<tr><td><time datetime='2021-05-0{9 - n}'>{9 - n} May</time></td><td><a href='/n/{n}'>{title}</a> <i>{teaser}</i>"
    f"<span class=share>Share it</span></td></tr>"
    for n, (title, teaser) in enumerate(
        [("Quay closed", "by order"), ("Crane fell", "nobody hurt"), ("Gulls are back", "all white")]
    )
)
PAGE = f"""<!doctype html><html lang=en><head><title>Harbour</title><meta name=revision content="7"></head><body>
<nav><a href=/>Home</a> <a href=/n>News</a></nav><h1>Harbour</h1>
<div class=ad>Buy boats at once</div>
<p>Ring <b class=bell>0700 900 461</b> at night.</p>
<dl><div class=pair><dt>Master</dt><dd>J. Roe</dd></div></dl>
<p class=boast>Of calm mornings we count 41 by now</p>
<h2>News</h2><table class=news>{ROWS}</table><p><a href=/all>All news</a></p>
<div class=hero><p>Notice</p><p class=big>The blue boat sails</p><p>It sails at noon, from the quay.</p></div>
<footer>Harbour, Quay 1</footer></body></html>"""
NEWS = "table.news tr"


def reading(rules: Rules, page: str = PAGE, media_type: str = "text/html") -> Reading:
    url = "https://harbour.example.org/"
    return read(Snapshot(source="page", body=page.encode(), media_type=media_type, url=url), rules)


def texts(found: Reading) -> list[str]:
    return [text for section in found.sections for text in section.paragraphs]


def news(rule: ListRule) -> tuple[Item, ...]:
    return reading(Rules(lists=(rule,))).lists[0].items


# -- what is left out


def test_ignored_elements_are_not_on_the_page() -> None:
    found = reading(Rules(ignore=(".ad", "dl")))
    assert "Buy boats at once" not in texts(found)
    assert found.suspicions == ()
    assert "Buy boats at once" in texts(reading(Rules()))


def test_what_is_ignored_amid_a_sentence_leaves_one_sentence() -> None:
    assert "Ring at night." in texts(reading(Rules(ignore=(".bell",))))


def test_what_is_ignored_inside_an_entry_is_no_part_of_it() -> None:
    found = reading(Rules(ignore=(".share",), lists=(ListRule(NEWS),)))
    assert not any("Share" in f"{item.title} {item.teaser}" for item in found.lists[0].items)


def test_an_advert_that_is_not_there_today_is_no_doubt_but_is_said() -> None:
    found = reading(Rules(ignore=(".banner",)))
    assert found.suspicions == ()
    assert "`ignore.0: .banner` matches nothing" in found.limits[0]


def test_only_what_is_named_is_read() -> None:
    found = reading(Rules(only=(".hero",)))
    assert texts(found) == ["Notice", "The blue boat sails", "It sails at noon, from the quay."]
    assert (found.lists, found.furniture, found.title) == ((), (), "Harbour")


def test_what_other_rules_name_is_read_beside_what_only_names() -> None:
    found = reading(Rules(only=(".hero",), fields=(FieldRule(".bell", name="Bell"),)))
    assert [field.label for field in found.fields] == ["Bell"]


def test_data_in_scripts_is_outside_what_only_names() -> None:
    entries = ",".join(f'{{"title": "A notice of the harbour no. {n}", "url": "/n/{n}"}}' for n in range(4))
    page = f"<h1>Harbour</h1><p>The quay is closed.</p><script>var notices = [{entries}]</script>"
    assert reading(Rules(), page).lists
    assert reading(Rules(only=("h1",)), page).lists == ()


@pytest.mark.parametrize("only", ["html", "body", "#data", "script"])
def test_data_in_scripts_inside_what_only_names_stays(only: str) -> None:
    entries = ",".join(f'{{"title": "A notice of the harbour no. {n}", "url": "/n/{n}"}}' for n in range(4))
    data = f"<div id=data><script>var notices = [{entries}]</script></div>"
    page = f"<h1>Harbour</h1><p>The quay is closed.</p>{data}"
    assert reading(Rules(only=(only,)), page).lists == reading(Rules(), page).lists
    assert reading(Rules(only=(only,), ignore=("script",)), page).lists == ()


# -- what is named


def test_parts_of_an_entry_are_those_that_the_rule_names() -> None:
    items = news(ListRule(NEWS, title="a", date="time@datetime", url="a@href", teaser="i"))
    assert [(item.title, item.teaser, item.url) for item in items] == [
        ("Quay closed", "by order", "https://harbour.example.org/n/0"),
        ("Crane fell", "nobody hurt", "https://harbour.example.org/n/1"),
        ("Gulls are back", "all white", "https://harbour.example.org/n/2"),
    ]
    assert [item.date.iso(None) for item in items if item.date] == ["2021-05-09", "2021-05-08", "2021-05-07"]
    assert [item.date.text for item in items if item.date] == ["9 May", "8 May", "7 May"]


def test_parts_that_a_rule_leaves_open_are_found() -> None:
    items = news(ListRule(NEWS))
    assert [item.url for item in items] == [f"https://harbour.example.org/n/{n}" for n in range(3)]
    assert [item.date.iso(None) for item in items if item.date] == ["2021-05-09", "2021-05-08", "2021-05-07"]
    assert all(title in item.title for title, item in zip(("Quay", "Crane", "Gulls"), items, strict=True))


def test_a_link_is_taken_by_its_address_where_no_attribute_is_named() -> None:
    assert news(ListRule(NEWS, url="a"))[0].url == "https://harbour.example.org/n/0"


def test_heading_and_closing_link_of_a_named_list_are_found() -> None:
    found = reading(Rules(lists=(ListRule(NEWS),))).lists[0]
    assert (found.heading, found.more.text if found.more else None) == ("News", "All news")


def test_pictures_are_entries_by_their_attributes() -> None:
    page = "<h1>Boats</h1>" + "".join(f"<a class=b href=/{n}><img alt='Boat {n}'></a>" for n in (1, 2))
    rule = ListRule("a.b", title="img@alt", url="@href")
    items = reading(Rules(lists=(rule,)), page).lists[0].items
    assert items == tuple(Item(title=f"Boat {n}", url=f"https://harbour.example.org/{n}") for n in (1, 2))


def test_what_stands_between_named_entries_is_not_theirs() -> None:
    page = (
        "<h1>Log</h1>"
        + "".join(
            f"<p class=e>Entry of the log no. {n}</p><p class=x>A remark, number {n}, by the mate.</p>" for n in "12"
        )
        + "<p>The end.</p>"
    )
    found = reading(Rules(lists=(ListRule("p.e"),)), page)
    assert [item.title for item in found.lists[0].items] == ["Entry of the log no. 1", "Entry of the log no. 2"]
    assert "A remark, number 1, by the mate." in texts(found)


def test_an_element_inside_another_one_that_matches_is_no_entry_of_its_own() -> None:
    page = "<h1>Log</h1><div class=e>One day<div class=e>one night</div></div><div class=e>Another day</div>"
    assert len(reading(Rules(lists=(ListRule(".e"),)), page).lists[0].items) == 2


@pytest.mark.parametrize(
    ("rule", "label", "value"),
    [
        (FieldRule(".bell", name="Night bell"), "Night bell", "0700 900 461"),
        (FieldRule(".pair"), "Master", "J. Roe"),
        (FieldRule(".pair", label="dt", value="dd"), "Master", "J. Roe"),
        (FieldRule(".bell"), ".bell", "0700 900 461"),
        (FieldRule("meta[name=revision]", value="@content", name="Revision"), "Revision", "7"),
    ],
    ids=["by a name", "by itself", "by its parts", "without a label", "in an attribute"],
)
def test_field_has_its_label_and_value(rule: FieldRule, label: str, value: str) -> None:
    field = reading(Rules(fields=(rule,))).fields[0]
    assert (field.label, field.value) == (label, value)


def test_field_amid_a_sentence_is_told_once() -> None:
    assert not any("0700" in text for text in texts(reading(Rules(fields=(FieldRule(".bell"),)))))


def test_counter_counts_what_the_rule_says_where_the_sentence_does_not() -> None:
    [counter] = reading(Rules(counters=(CounterRule(".boast", unit="week", direction="down"),))).counters
    assert (counter.value, counter.unit, counter.direction) == (41, "week", "down")
    assert counter.label == "Of calm mornings we count by now"


def test_lead_is_the_first_element_that_the_rule_names() -> None:
    lead = reading(Rules(lead=LeadRule(".hero", title=".big"))).lead
    assert lead
    assert (lead.title, lead.paragraphs) == ("The blue boat sails", ("It sails at noon, from the quay.",))


# -- what does not fit


@pytest.mark.parametrize(
    ("rules", "key"),
    [
        (Rules(lists=(ListRule("div.none li"),)), "lists.0.select: div.none li"),
        (Rules(lists=(ListRule(NEWS, title="h6"),)), "lists.0.title: h6"),
        (Rules(lists=(ListRule(NEWS, date="time@data-day"),)), "lists.0.date: time@data-day"),
        (Rules(lists=(ListRule(NEWS, date="time"),), ignore=("time",)), "lists.0.date: time"),
        (Rules(only=("main",)), "only.0: main"),
        (Rules(fields=(FieldRule(".none"),)), "fields.0.select: .none"),
        (Rules(counters=(CounterRule(".none"),)), "counters.0.select: .none"),
        (Rules(lead=LeadRule(".none")), "lead.select: .none"),
    ],
)
def test_rule_that_matches_nothing_is_a_doubt_that_names_it(rules: Rules, key: str) -> None:
    [doubt] = reading(rules).suspicions
    assert doubt.sign == "unmatched"
    assert f"`{key}` matches nothing on this page" in doubt.reason


def test_list_whose_elements_show_no_text_is_a_doubt() -> None:
    [doubt] = reading(Rules(lists=(ListRule("title"),))).suspicions
    assert "`lists.0.select: title` matches elements without a text on this page" in doubt.reason


def test_elements_that_two_rules_name_are_told_once_and_that_is_said() -> None:
    found = reading(Rules(lists=(ListRule(NEWS), ListRule("table tr"))))
    assert [len(each.items) for each in found.lists] == [3]
    assert any("lists.1 names the same elements as lists.0" in limit for limit in found.limits)


def test_counter_without_a_number_is_a_doubt_that_quotes_it() -> None:
    [doubt] = reading(Rules(counters=(CounterRule("h1"),))).suspicions
    assert "“Harbour” on this page, which holds no number" in doubt.reason


def test_an_error_page_is_doubted_for_what_it_is_and_not_for_the_rules() -> None:
    found = reading(Rules(lists=(ListRule(NEWS),)), "<title>404</title><h1>404 Not Found</h1>")
    assert [each.sign for each in found.suspicions] == ["error"]


@pytest.mark.parametrize(
    "rules",
    [
        Rules(ignore=("div..x",)),
        Rules(lists=(ListRule(NEWS, title=">>"),)),
        Rules(only=("::before",)),
        Rules(only=(":not(" * 3000 + "a" + ")" * 3000,)),
    ],
)
def test_no_selector_is_one_clear_error(rules: Rules) -> None:
    with pytest.raises(InputError, match="is no CSS selector"):
        reading(rules)


def test_selectors_do_not_apply_to_a_text_and_that_is_said() -> None:
    found = reading(Rules(lists=(ListRule(NEWS),)), "Harbour\n\nThe quay is closed.", "text/plain")
    assert "do not apply" in found.limits[0]
    assert found.suspicions == ()
    assert reading(Rules(), "Harbour\n\nThe quay is closed.", "text/plain").limits == ()


def test_page_too_deep_for_a_tree_says_that_its_rules_were_not_applied() -> None:
    found = reading(Rules(ignore=("p",)), "<div>" * 3000 + "<p>Deep down</p>")
    assert any("were not applied" in limit for limit in found.limits)
    assert texts(found) == ["Deep down"]


def test_a_link_that_is_ignored_leaves_no_address() -> None:
    entries = "".join(
        f"<li>{n} May 2021 Notice number {n} <a class=share href=/share/{n}>Share</a></li>" for n in "765"
    )
    rules = Rules(ignore=(".share",), lists=(ListRule("li"),))
    assert [item.url for item in reading(rules, f"<h1>Log</h1><ul>{entries}</ul>").lists[0].items] == [None] * 3


def test_what_looks_like_a_mark_of_ours_stays_text() -> None:
    page = PAGE.replace("Buy boats at once", "rule0. and <!--rule0.--> rule/0.")
    assert "rule0. and rule/0." in " ".join(texts(reading(Rules(lists=(ListRule(NEWS),)), page)))


@pytest.mark.parametrize(
    "rule",
    [
        "rule",
        "<span class=cap>r</span>ule",
        "r\u00adule",
        "&#114;ule",
        "<b></b>rule0.",
        "rule<i></i>/0.",
        "rule" + "-" * 99,
    ],
)
def test_no_word_that_a_text_begins_with_makes_it_a_mark(rule: str) -> None:
    told = f"{rule}s of the quay: boats pay 500 crowns."
    page = f"<h1>Harbour</h1><p title='<!--r&#117;le0.-->'>{told}</p><p class=ad>Ahoy.</p>"
    before, after = (reading(Rules(ignore=(".ad",)), each) for each in (page, page.replace("500", "900")))
    assert [change.kind.value for change in compare(before, after).changes] == ["text.edited"]


def test_a_mark_is_made_of_what_no_document_can_hold() -> None:
    page = "<p>Ahoy, harbour.</p>"
    assert mark_of(page) == mark_of(page) != mark_of(page + mark_of(page))
    assert texts(reading(Rules(only=("p",)), page.replace("Ahoy", mark_of(page)))) == [f"{mark_of(page)}, harbour."]


def test_rules_that_are_empty_change_nothing() -> None:
    assert reading(Rules()) == read(
        Snapshot(source="page", body=PAGE.encode(), media_type="text/html", url="https://harbour.example.org/")
    )


# -- properties

TAGS = st.sampled_from(["div", "p", "section", "ul", "li", "span", "b", "table", "td", "h2", "article", "nav"])
WORDS = st.sampled_from(["boats", "a tide at noon.", "Quay 7", "3 May 2021", "<a href=/x>a notice of the harbour</a>"])
ONE_OF_EACH = (
    Rules(ignore=(".x",)),
    Rules(only=(".x",)),
    Rules(lists=(ListRule(".x"),)),
    Rules(fields=(FieldRule(".x"),)),
    Rules(counters=(CounterRule(".x"),)),
    Rules(lead=LeadRule(".x")),
)
CLASSES = st.sampled_from(["", " class=x", " class=y"])


@st.composite
def markup(draw: st.DrawFn, depth: int = 3) -> str:
    parts = draw(st.lists(WORDS if not depth else st.one_of(WORDS, markup(depth=depth - 1)), min_size=1, max_size=4))
    tag, named = draw(TAGS), draw(CLASSES)
    return f"<{tag}{named}>{' '.join(parts)}</{tag}>"


def words_of(found: Reading) -> set[str]:
    listed = [
        f"{item.title} {item.teaser} {item.date.text if item.date else ''}"
        for each in found.lists
        for item in each.items
    ]
    said = [*listed, *texts(found), *found.furniture, *(each.heading or "" for each in found.sections)]
    return set(" ".join(said).split())


@settings(max_examples=40)
@given(st.lists(markup(), min_size=1, max_size=5))
def test_no_word_is_read_that_is_only_in_what_is_ignored(parts: list[str]) -> None:
    page = "<h1>Harbour</h1>" + "".join(parts) + "<div class=x>Only here</div>"
    assert "Only" not in words_of(reading(Rules(ignore=(".x",)), page))


@settings(max_examples=40)
@given(st.lists(markup(), min_size=1, max_size=5), st.sampled_from(ONE_OF_EACH))
def test_no_rule_makes_a_change_between_two_captures_of_one_page(parts: list[str], rules: Rules) -> None:
    page = "<h1>Harbour</h1>" + "".join(parts)
    one, other = reading(rules, page), reading(rules, page + "<!-- made in 3 ms -->")
    assert all(change.kind.value == "capture.suspect" for change in compare(one, other).changes)


@settings(max_examples=40)
@given(st.lists(markup(), min_size=1, max_size=5), markup())
def test_what_comes_and_goes_inside_what_is_ignored_is_no_removal(parts: list[str], advert: str) -> None:
    page = "<h1>Harbour</h1>" + "".join(parts)
    whole = f"{page}<div id=advert>{advert}</div>"
    element = LexborHTMLParser(whole).css_first("#advert")
    assume(element is not None and element.next is None)  # a <li> amid another ends both, and #advert with them
    rules = Rules(ignore=("#advert",))
    with_one = reading(rules, whole)
    without = reading(rules, f"{page}<div id=advert></div>")
    assert compare(with_one, without).changes == ()
    assert compare(without, with_one).changes == ()
