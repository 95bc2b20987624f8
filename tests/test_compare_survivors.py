"""Which item is which, and what was done to an item that both sides show."""

from __future__ import annotations

import pytest

from monitor.compare import compare
from monitor.model.change import Significance
from monitor.model.reading import Figure, Item, Reading
from tests.compare_builders import AUGUST, article, dated, fates, item, kinds, listed, only, reading, story
from tests.replacing import replace

PARADE = item("Speech at the parade in Moscow", "20.06.2020", "https://example.org/news/12", teaser="Dear veterans")
OTHERS = dated("19.06.2020 Joint news conference in Minsk", "18.06.2020 Article on the great victory")


def edited(**touched: object) -> list[Item]:
    return [replace(PARADE, **touched), *OTHERS]


def changed(after: list[Item]) -> dict[str, str]:
    return fates([PARADE, *OTHERS], after)


# ----------------------------------------------------------------------------------------- retitled, or two items


def test_replaced_word_in_a_title_is_retitled_not_withdrawn_and_published() -> None:
    before = dated("20.06.2020 Comment on the attack in Salisbury", "10.06.2020 Talks in Minsk")
    after = dated("20.06.2020 Comment on the incident in Salisbury", "10.06.2020 Talks in Minsk")
    found = compare(reading(before), reading(after, day=AUGUST))
    change = only(found, "item.retitled")
    assert change.significance is Significance.ALERT
    assert [(span.op, span.text) for span in change.spans] == [
        ("equal", "Comment on the "),
        ("delete", "attack"),
        ("insert", "incident"),
        ("equal", " in Salisbury"),
    ]


def test_look_alike_letter_is_retitled_and_the_reason_names_it() -> None:
    before, after = dated("20.06.2020 On the 9M729 missile"), dated("20.06.2020 On the 9М729 missile")
    change = only(compare(reading(before), reading(after)), "item.retitled")
    assert "now writes “9М729” with a Cyrillic М, before with a Latin M" in change.reason


@pytest.mark.parametrize(
    "title", ["Speech at  the parade – Moscow", "Speech at the parade — Moscow", "Speech at the par\u00adade - Moscow"]
)
def test_another_dash_or_space_is_no_change(title: str) -> None:
    assert fates(dated("20.06.2020 Speech at the parade - Moscow"), dated(f"20.06.2020 {title}")) == {}


def test_two_items_at_one_place_with_a_formula_in_common_stay_two() -> None:
    formula = "Statement by the Foreign Ministry concerning the"
    rest = [f"{day}.06.2020 {formula} {what}" for day, what in ((18, "Baltic fleet"), (17, "Suez canal"), (16, "gas"))]
    found = fates(
        dated(f"20.06.2020 {formula} elections", *rest), dated(f"20.06.2020 {formula} earthquake in Nepal", *rest)
    )
    assert sorted(found.values()) == ["backdated", "withdrawn"]


def test_two_letters_of_one_day_to_two_papers_stay_two_when_their_teasers_differ() -> None:
    before = [item("Ambassador's letter to Financial Times", "16.05.2020", teaser="Sir, your report on gas prices")]
    after = [item("Ambassador's letter to The Times", "16.05.2020", teaser="Dear editor, history of war is no toy")]
    assert len(fates(before, after)) == 2


def test_same_teaser_and_date_make_a_wholly_new_title_a_retitling() -> None:
    before = [item("Statement on events", "16.05.2020", teaser="The envoy was summoned at noon and told so")]
    after = [item("Envoy events summary", "16.05.2020", teaser="The envoy was summoned at noon and told so")]
    assert fates(before, after) == {"Envoy events summary": "retitled"}


def test_same_address_makes_a_wholly_new_title_a_retitling() -> None:
    assert changed(edited(title="Great victory remembered")) == {"Great victory remembered": "retitled"}


def test_shared_address_is_no_identity() -> None:
    before = [item(name, None, "https://example.org/all") for name in ("Harbour", "Airport", "Railway")]
    after = [item(name, None, "https://example.org/all") for name in ("Forest", "Airport", "Railway")]
    assert fates(before, after) == {"Harbour": "removed", "Forest": "added"}


def test_address_that_two_items_shared_is_no_identity_of_the_one_that_stays() -> None:
    films = [item(name, None, "https://example.org/film") for name in ("Harbour at night", "Lock keepers")]
    beside, others = item("Films of the port", None, "https://example.org/film"), dated("01.07.2020 Tides")
    before = reading(lists=[listed(*films, *others, heading="Films"), listed(beside, item("Maps"), heading="More")])
    after = reading(lists=[listed(films[1], *others, heading="Films"), listed(beside, item("Maps"), heading="More")])
    assert story(compare(before, after)) == {"Harbour at night": "removed"}
    assert story(compare(after, before)) == {"Harbour at night": "added"}


def test_addresses_by_rank_do_not_make_each_item_another() -> None:
    def ranked(*names: str) -> list[Item]:
        return [item(name, "20.06.2020", f"https://example.org/?item={rank}") for rank, name in enumerate(names)]

    found = fates(ranked("Harbour", "Airport", "Railway"), ranked("Forest", "Harbour", "Airport", "Railway"))
    assert set(found.values()) <= {"backfilled", "backdated", "relinked"}
    assert "retitled" not in found.values()


def test_releases_of_one_name_are_told_apart_by_their_address() -> None:
    def release(number: int, dated: str) -> Item:
        return item("Health update", dated, f"https://example.org/{number}", teaser=f"Case number {number} found")

    before = [release(3, "03.07.2020"), release(2, "02.07.2020"), release(1, "01.07.2020")]
    after = [release(4, "04.07.2020"), release(3, "03.07.2020"), release(2, "02.07.2020")]
    found = compare(reading(before), reading(after, day=AUGUST))
    assert kinds(found) == ["date.advanced", "item.aged_off", "item.published"]


def test_same_day_swap_of_releases_of_one_name_is_no_relinking() -> None:
    def release(number: int) -> Item:
        return item("Health update", "03.07.2020", f"https://example.org/{number}")

    before, after = [release(1), release(2), release(3)], [release(1), release(2), release(4)]
    assert kinds(compare(reading(before), reading(after))) == ["item.aged_off", "item.published"]


def test_weekly_release_of_the_same_name_is_published_not_redated() -> None:
    before = dated("01.07.2020 Weekly bulletin", "24.06.2020 On fishing", "23.06.2020 On forests")
    after = dated("31.07.2020 Weekly bulletin", "30.07.2020 On rivers", "24.07.2020 On roads")
    found = compare(reading(before), reading(after, day=AUGUST))
    assert "item.redated" not in kinds(found)
    assert kinds(found).count("item.published") == 3


def test_two_releases_of_one_name_on_different_days_do_not_become_one() -> None:
    before = dated("03.07.2020 Daily report", "02.07.2020 Daily report", "01.07.2020 Daily report")
    after = dated("05.07.2020 Daily report", "03.07.2020 Daily report", "02.07.2020 Daily report")
    found = compare(reading(before), reading(after, day=AUGUST))
    assert kinds(found) == ["date.advanced", "item.aged_off", "item.published"]


# ------------------------------------------------------------------------------------------------ redated


def test_redated_single_item_without_address_is_redated() -> None:
    before = dated("20.06.2020 Parade", "12.06.2020 Talks", "10.06.2020 Article")
    after = dated("20.06.2020 Parade", "14.06.2020 Talks", "10.06.2020 Article")
    found = compare(reading(before), reading(after, day=AUGUST))
    change = only(found, "item.redated")
    assert change.significance is Significance.ALERT
    assert change.reason == "the same title; was dated 12 June and is now dated 14 June"
    assert (change.before and change.before.date, change.after and change.after.date) == ("2020-06-12", "2020-06-14")


def test_date_given_to_the_month_on_one_side_is_not_redated() -> None:
    assert fates([item("Parade", "2020-06-20")], [item("Parade", "2020-06")]) == {}


def test_date_missing_on_one_side_is_not_redated() -> None:
    assert fates([item("Parade", "2020-06-20")], [item("Parade")]) == {}


def test_relative_date_that_moves_with_the_captures_is_not_redated() -> None:
    before = reading([item("Parade", "2 h", "https://example.org/1")], day=None, captured="2020-07-04T12:00")
    after = reading([item("Parade", "3 d", "https://example.org/1")], day=None, captured="2020-07-07T10:00")
    assert kinds(compare(before, after)) == []


def test_relative_date_that_stays_while_a_month_passes_is_redated() -> None:
    before = reading([item("Parade", "2 h", "https://example.org/1")], day=None, captured="2020-07-04T12:00")
    after = reading([item("Parade", "2 h", "https://example.org/1")], day=None, captured="2020-08-04T12:00")
    assert kinds(compare(before, after)) == ["item.redated"]


# ------------------------------------------------------------------------------------------------ relinked


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/news/12",
        "https://www.example.org/news/12/",
        "https://example.org/news/12#top",
        "https://example.org/news/12?utm_source=mail&fbclid=1",
        None,
    ],
)
def test_address_that_leads_to_the_same_page_is_no_change(url: str | None) -> None:
    assert changed(edited(url=url)) == {}


def test_another_path_is_relinked_and_notable() -> None:
    found = compare(reading([PARADE, *OTHERS]), reading(edited(url="https://example.org/news/12-b"), day=AUGUST))
    assert only(found, "item.relinked").significance is Significance.NOTABLE


def test_another_host_is_relinked_and_an_alert() -> None:
    found = compare(reading([PARADE, *OTHERS]), reading(edited(url="https://example.com/news/12"), day=AUGUST))
    change = only(found, "item.relinked")
    assert change.significance is Significance.ALERT
    assert "led to example.org and now leads to example.com" in change.reason


TOPICS = ("Ferry timetable for winter", "Grants for small museums", "Road closed after rain", "Library hours", "Choirs")
FIRST_VISIT, SECOND_VISIT = "df38bf2cbfa9a380c90dc51e82213564", "4283fefc63f0cd0e873a0000c6d07ef7"


def topics(query: str, titles: tuple[str, ...] = TOPICS) -> list[Item]:
    return [item(title, None, f"/topic?t={number}&{query}#new") for number, title in enumerate(titles)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"s={FIRST_VISIT}", f"s={SECOND_VISIT}"),
        ("_=1595404800", "_=1595491200"),
        (f"sid={FIRST_VISIT}&_=1595404800", f"sid={SECOND_VISIT}&_=1595491200"),
        ("token=550e8400-e29b-41d4-a716-446655440000", "token=6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
    ],
)
def test_what_all_links_say_of_the_visit_is_no_other_address(before: str, after: str) -> None:
    found = compare(reading(topics(before)), reading(topics(after), day=AUGUST))
    assert story(found) == {}
    assert compare(reading(topics(before)), reading(topics(after))).is_equal


@pytest.mark.parametrize(
    ("before", "after"),
    [("lang=en", "lang=fr"), ("year=2019", "year=2020"), ("v=7", "v=8"), ("of=2020-07-01-2020-07-31", "of=2020-08-01")],
)
def test_what_a_reader_may_choose_is_another_address_though_all_links_share_it(before: str, after: str) -> None:
    assert fates(topics(before), topics(after)) == dict.fromkeys(TOPICS, "relinked")


def test_value_that_differs_from_link_to_link_is_an_items_own() -> None:
    before, after = (
        [item(title, None, f"/topic?id={number}{each[1:]}") for number, title in enumerate(TOPICS)]
        for each in (FIRST_VISIT, SECOND_VISIT)
    )
    assert fates(before, after) == dict.fromkeys(TOPICS, "relinked")


def test_item_that_leads_elsewhere_is_relinked_whatever_the_visit() -> None:
    before, after = topics(f"s={FIRST_VISIT}"), topics(f"s={SECOND_VISIT}")
    after[2] = after[2]._replace(url=f"/topic?t=99&s={SECOND_VISIT}#new")
    change = only(compare(reading(before), reading(after)), "item.relinked")
    assert [(edit.before, edit.after) for edit in change.edits] == [(before[2].url, after[2].url)]


def test_new_issue_with_other_titles_at_its_places_is_not_retitled() -> None:
    before = topics(f"issue={FIRST_VISIT}")
    after = topics(f"issue={SECOND_VISIT}", (*TOPICS[:3], "Bridge repair begins", "School meals in May"))
    assert "retitled" not in fates(before, after).values()


# ------------------------------------------------------------------------------------------ edited, figures, moved


def test_another_teaser_is_edited() -> None:
    found = compare(reading([PARADE, *OTHERS]), reading(edited(teaser="Dear friends"), day=AUGUST))
    change = only(found, "item.edited")
    assert change.significance is Significance.NOTABLE
    assert [(edit.part, edit.before, edit.after) for edit in change.edits] == [
        ("teaser", "Dear veterans", "Dear friends")
    ]


def test_another_labelled_value_is_edited_and_told_with_both_sides() -> None:
    before = replace(PARADE, values=(("Author", "A. Ivanov"),))
    after = replace(PARADE, values=(("Author", "B. Petrov"),))
    change = only(compare(reading([before]), reading([after])), "item.edited")
    assert change.reason == "the same address; Author was “A. Ivanov” and is now “B. Petrov”"


def test_view_count_of_an_item_is_a_figure_and_routine() -> None:
    def seen(count: int) -> Item:
        return replace(PARADE, figures=(Figure(label="Views", value=count, text=str(count)),))

    found = compare(reading([seen(10), *OTHERS]), reading([seen(12), *OTHERS]))
    change = only(found, "figure.changed")
    assert change.significance is Significance.ROUTINE
    assert change.subject == PARADE.title
    assert found.verdict.value == "routine"


def test_one_item_has_one_change_the_gravest_with_all_edits_inside() -> None:
    after = replace(
        PARADE, title="Speech at a parade in Moscow", teaser="Dear friends", url="https://example.org/news/12#a"
    )
    found = compare(reading([PARADE, *OTHERS]), reading([after, *OTHERS]))
    change = only(found, "item.retitled")
    assert [edit.part for edit in change.edits] == ["title", "teaser"]
    assert kinds(found) == ["item.retitled"]


def test_retitled_goes_before_redated_before_relinked_to_another_host() -> None:
    assert set(changed(edited(date=dated("21.06.2020 x")[0].date)).values()) == {"redated"}
    both = replace(PARADE, date=dated("21.06.2020 x")[0].date, url="https://example.com/news/12")
    assert story(compare(reading([PARADE, *OTHERS]), reading([both, *OTHERS], day=AUGUST))) == {PARADE.title: "redated"}


def test_two_items_of_one_day_that_changed_places_are_both_moved() -> None:
    before = dated("20.06.2020 Parade", "19.06.2020 Talks", "19.06.2020 Letter", "10.06.2020 Article")
    after = [before[0], before[2], before[1], before[3]]
    assert fates(before, after) == {"Talks": "moved", "Letter": "moved"}


def test_one_item_that_jumped_over_the_others_is_the_only_one_moved() -> None:
    before = [item(name) for name in ("Alpha", "Bravo", "Charlie", "Delta")]
    found = compare(reading(before), reading([before[3], *before[:3]]))
    change = only(found, "item.moved")
    assert change.subject == "Delta"
    assert change.reason == "stood fourth in the list and now stands first"
    assert found.verdict.value == "routine"


def test_item_in_another_list_is_moved_not_removed_and_added() -> None:
    news, archive = [item("Alpha"), item("Bravo"), item("Charlie")], [item("Xray"), item("Yankee"), item("Zulu")]
    before = reading(lists=[listed(*news, heading="News"), listed(*archive, heading="Archive")])
    after = reading(lists=[listed(*news[:2], heading="News"), listed(news[2], *archive, heading="Archive")])
    found = compare(before, after)
    assert only(found, "item.moved").reason == "stood under “News” and now stands under “Archive”"
    assert kinds(found) == ["item.moved"]


def test_article_that_goes_from_lead_to_list_is_moved() -> None:
    old, new = (
        article("Speech at the parade", "Dear veterans", dated="20.06.2020"),
        article("Letter to the editor", "Sir"),
    )
    before = reading(OTHERS, lead=old)
    after = reading([item("Speech at the parade", "20.06.2020"), *OTHERS], lead=new, day=AUGUST)
    found = compare(before, after)
    assert story(found) == {"Speech at the parade": "moved"}
    assert kinds(found) == ["date.advanced", "item.moved", "lead.replaced"]
    assert only(found, "item.moved").reason == "stood as the lead and now stands in the first list"


# ------------------------------------------------------------------------------------------------------- mass


def test_mass_restamp_has_one_group_and_json_keeps_each() -> None:
    before = [item(f"Item {name}", "2020-06-20", f"https://example.org/{name}") for name in "abcd"]
    after = [replace(each, date=dated("01.07.2020 x")[0].date) for each in before[:3]] + before[3:]
    found = compare(reading(before), reading(after))
    redated = [change for change in found.changes if change.kind == "item.redated"]
    assert len(redated) == 3
    assert len({change.group for change in redated}) == 1
    assert redated[0].group


def test_move_to_another_host_has_one_group() -> None:
    before = [item(f"Item {name}", None, f"https://example.org/{name}") for name in "abc"]
    after = [replace(each, url=(each.url or "").replace("example.org", "example.com")) for each in before]
    found = compare(reading(before), reading(after))
    assert {change.group for change in found.changes} == {"item.relinked#1"}


def test_half_of_a_list_changed_alike_is_no_mass() -> None:
    before = [item(f"Item {name}", "2020-06-20", f"https://example.org/{name}") for name in "abcd"]
    after = [replace(each, date=dated("01.07.2020 x")[0].date) for each in before[:2]] + before[2:]
    assert {change.group for change in compare(reading(before), reading(after)).changes} == {None}


def test_items_retitled_each_in_its_own_way_are_no_mass() -> None:
    before = [item(f"Report about {name}", None, f"https://example.org/{name}") for name in ("tea", "oil", "gas")]
    after = [
        replace(each, title=f"{each.title} {word}") for each, word in zip(before, ("now", "then", "later"), strict=True)
    ]
    assert {change.group for change in compare(reading(before), reading(after)).changes} == {None}


@pytest.mark.parametrize("relative", ["/news/12?id=3", "news/12?id=3", "./news/12?id=3"])
def test_an_address_without_a_host_is_the_same_where_its_path_is(relative: str) -> None:
    def page(address: str, *titles: str) -> Reading:
        return reading([item(title, None, address.replace("12", f"1{at}")) for at, title in enumerate(titles)])

    before = page(relative, "Talks held in Minsk", "Letter of the minister")
    after = page("https://www.example.org/news/12?id=3", "Talks held in Minsk", "Letter of the minister")
    assert kinds(compare(before, after)) == kinds(compare(after, before)) == []
    assert kinds(compare(before, page("https://example.org/other/12?id=3", "Talks held in Minsk"))) != []
