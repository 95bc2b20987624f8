"""An entry put into a config.yaml that somebody wrote: it is there, and all else is to the letter as it was."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from monitor.config import parse
from monitor.config.append import appended
from monitor.errors import ConfigError, InputError

ENTRY = ("id: new", 'url: "https://new.example/"', "every: 6h")
HOST = ('host: "127.0.0.1:8000"', "private: yes # meant")


def _with(text: str, **more: tuple[str, ...]) -> str:
    return appended(text, "config.yaml", {"pages": ENTRY, **more})


@pytest.mark.parametrize(
    "text",
    [
        "pages:\n  - id: a\n",
        "pages:\n- id: a\n- id: b\n",
        "pages:\n    -   id: a\n        title: A\n",
        "# why\npages:\n  - id: a # this one\n    # a remark\n    title: 'A'\n\n# the end\n",
        "store: kept\npages:\n  - id: a\n    lists:\n      - select: li\nkeep: {days: 30}\n",
        "pages:\n  - id: a",
        "pages:\r\n  - id: a\r\n",
        "pages:\n  - {id: a, url: 'https://a.example/'}\n",
        "\ufeffpages:\n  - id: a\n",
    ],
)
def test_an_entry_goes_behind_the_last_and_all_else_stays(text: str) -> None:
    made = _with(text)
    before, after = parse(text.removeprefix("\ufeff")).pages, parse(made.removeprefix("\ufeff")).pages
    assert after[:-1] == before
    assert after[-1].id == "new"
    rest = made.splitlines()
    for line in text.splitlines():
        assert line in rest


def test_remarks_on_the_last_entry_stay_with_it() -> None:
    text = "pages:\n  - id: a\n    # every: 6h\n\n    # expect: …\n# the end\n"
    assert _with(text) == text.replace(
        "# the end", '  - id: new\n    url: "https://new.example/"\n    every: 6h\n# the end'
    )


def test_a_file_that_is_not_there_is_begun() -> None:
    made = _with("", hosts=HOST)
    assert made == (
        'pages:\n  - id: new\n    url: "https://new.example/"\n    every: 6h\n\n'
        'hosts:\n  - host: "127.0.0.1:8000"\n    private: yes # meant\n'
    )
    assert parse(made).hosts[0].is_private_allowed


def test_a_list_that_has_nothing_in_it_yet_gets_its_first_entry() -> None:
    assert [page.id for page in parse(_with("pages:\nstore: kept\n")).pages] == ["new"]


@pytest.mark.parametrize("text", ["pages: []\n", "pages: [{id: a}]\n", "{pages: [{id: a}]}\n"])
def test_what_is_written_in_brackets_is_left_to_a_person(text: str) -> None:
    with pytest.raises(InputError, match=r"by hand|brackets"):
        _with(text)


def test_a_config_that_is_wrong_already_is_not_touched() -> None:
    with pytest.raises(ConfigError, match="no such key"):
        _with("pages:\n  - id: a\n    tilte: A\n")


@given(
    st.lists(
        st.sampled_from(["    # remark", "", "    title: A", "    every: 6h", "    zone: Europe/Paris"]), unique=True
    )
)
def test_no_remark_or_empty_line_is_lost_however_they_stand(lines: list[str]) -> None:
    text = "\n".join(["pages:", "  - id: a", "    url: https://a.example/", *lines, "store: kept", ""])
    made = _with(text).splitlines()
    assert [
        line for line in made if line not in {"  - id: new", '    url: "https://new.example/"', "    every: 6h"}
    ] == [line for line in text.splitlines() if line != "    every: 6h"]
