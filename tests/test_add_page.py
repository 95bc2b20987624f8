"""`monitor add`: what a person sees who has an address and nothing else, and what is there afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, strategies as st

from monitor.cli import main
from monitor.config import parse
from monitor.config.append import appended
from monitor.errors import CaptureError, ConfigError, InputError
from monitor.model.page import Page
from monitor.watch.add_page import _entry_lines, add_page
from monitor.watch.project import Project
from monitor.watch.write_config import append_entries
from tests.site import Site, site
from tests.test_checker import LESS, OLD, TAKEN, notices


@pytest.fixture
def up() -> Iterator[Site]:
    with site() as running:
        running.put("/news", notices(*OLD))
        yield running


def _project(folder: Path) -> Project:
    return Project(str(folder / "config.yaml"))


def test_a_page_is_captured_twice_and_its_entry_made_of_what_it_says(tmp_path: Path, up: Site) -> None:
    added = add_page(_project(tmp_path), f"{up.root}/news", is_private=True, apart=0)
    assert up.paths() == ["/news", "/news"]
    assert not any("If-None-Match" in headers for _, headers in up.asked)
    assert added.page.id == "127-0-0-1-news"
    assert added.entry == ("id: 127-0-0-1-news", 'title: "Harbour – 127.0.0.1"', f'url: "{up.root}/news"', "every: 6h")
    assert added.host[0] == f'host: "{up.host}"'
    assert len(_project(tmp_path).store.captures("127-0-0-1-news")) == 2


@pytest.mark.parametrize(
    ("title", "proposed"),
    [
        ("News", "News – 127.0.0.1"),
        ("Council news", "Council news – 127.0.0.1"),
        ("Harbour news", "Harbour news"),
        ("Pressemitteilungen", "Pressemitteilungen"),
    ],
)
def test_a_title_that_may_be_that_of_many_pages_has_the_host_behind_it(
    tmp_path: Path, up: Site, title: str, proposed: str
) -> None:
    (tmp_path / "config.yaml").write_text("pages: [{id: council, title: Council news}]")
    up.put("/named", notices(*OLD).replace("Harbour", title))
    added = add_page(_project(tmp_path), f"{up.root}/named", is_private=True, apart=0)
    assert added.page.title == proposed


def test_a_private_address_is_refused_unless_that_is_meant(tmp_path: Path, up: Site) -> None:
    with pytest.raises(InputError, match=r"127\.0\.0\.1 is no public address.*; if it is meant, say so with --private"):
        add_page(_project(tmp_path), f"{up.root}/news", apart=0)
    assert up.asked == []


def test_a_page_that_is_watched_already_is_named(tmp_path: Path, up: Site) -> None:
    (tmp_path / "config.yaml").write_text(f'pages: [{{id: harbour, url: "{up.root}/news"}}]')
    with pytest.raises(InputError, match="has a page of that address, harbour; monitor check harbour"):
        add_page(_project(tmp_path), f"{up.root}/news", is_private=True, apart=0)


def test_an_id_that_is_taken_gets_a_number(tmp_path: Path, up: Site) -> None:
    up.put("/news/", notices(*OLD))
    first = add_page(_project(tmp_path), f"{up.root}/news", is_private=True, apart=0)
    second = add_page(_project(tmp_path), f"{up.root}/news/", is_private=True, apart=0)
    assert (first.page.id, second.page.id) == ("127-0-0-1-news", "127-0-0-1-news-2")


def test_a_page_that_is_added_again_goes_on_under_its_id(tmp_path: Path, up: Site) -> None:
    """First to look at it, then with --write, as the first time said."""
    first, second = (add_page(_project(tmp_path), f"{up.root}/news", is_private=True, apart=0) for _ in range(2))
    assert first.page.id == second.page.id == "127-0-0-1-news"
    assert _project(tmp_path).store.pages() == ["127-0-0-1-news"]
    assert set(second.references).isdisjoint(first.references)
    up.put("/news/", notices(*OLD))
    assert add_page(_project(tmp_path), f"{up.root}/news/", is_private=True, apart=0).page.id == "127-0-0-1-news-2"


def test_a_second_page_of_a_host_that_is_allowed_brings_no_second_entry_for_it(tmp_path: Path, up: Site) -> None:
    hosts = f'hosts:\n  - host: "{up.host}"\n    private: yes\n'
    (tmp_path / "config.yaml").write_text(f"{hosts}pages:\n  - id: a\n")
    added = add_page(_project(tmp_path), f"{up.root}/news", is_private=True, apart=0)
    assert added.host == ()
    append_entries(_project(tmp_path), {"pages": added.entry})
    assert [page.id for page in _project(tmp_path).config.pages] == ["a", added.page.id]


@pytest.mark.parametrize(("html", "status"), [("<h1>Not Found</h1>", 404), ("<h1>Service Unavailable</h1>", 200)])
def test_an_error_page_is_refused_and_nothing_kept(tmp_path: Path, up: Site, html: str, status: int) -> None:
    up.put("/gone", html, status)
    with pytest.raises(InputError, match=r"may not be the page.*; nothing was kept"):
        add_page(_project(tmp_path), f"{up.root}/gone", is_private=True, apart=0)
    assert _project(tmp_path).store.pages() == []


@pytest.mark.parametrize(
    ("html", "status", "said"),
    [
        ("<p>Here is no page.</p>", 404, "404 Not Found; nothing was kept; check the address"),
        ("", 404, "404 Not Found; nothing was kept; check the address"),
        ("<p>Gone.</p>", 410, "410 Gone; nothing was kept; check the address"),
        ("<p>Who are you?</p>", 401, "401 Unauthorized; nothing was kept; write its entry by hand, with `login` (HTTP"),
        ("<h1>Sign in</h1><form><label>Password</label><input type=password></form>", 200, "with `login` (HTTP basic)"),
        ("<title>App</title><div id=app></div><script src=app.js></script>", 200, "to need JavaScript: write its"),
        ("<p>Please enable JavaScript and cookies to continue</p><script>x</script>", 200, "with `browser: yes` (in"),
        ("<title>Nothing</title>", 200, "holds no text that a reader would see; nothing was kept; check"),
        ("", 200, "The server sent an empty page; nothing was kept; check the address in a browser"),
        ("<h1>Service Unavailable</h1>", 200, "where it is the page all the same, write its entry by hand"),
    ],
)  # fmt: skip
def test_what_is_not_the_page_is_refused_with_a_way_to_it(
    tmp_path: Path, up: Site, html: str, status: int, said: str
) -> None:
    up.put("/odd", html, status)
    with pytest.raises(InputError) as told:
        add_page(_project(tmp_path), f"{up.root}/odd", is_private=True, apart=0)
    assert said in str(told.value)


def test_an_address_where_nobody_answers_is_not_said_to_be_tried_again(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match="nothing was kept; add it again when it answers"):
        add_page(_project(tmp_path), "http://127.0.0.1:9/", is_private=True, apart=0)


@pytest.mark.parametrize("url", ["foo", "ferry.example/news", "file:///etc/passwd"])
def test_what_is_no_address_is_said_to_be_none(tmp_path: Path, url: str) -> None:
    with pytest.raises(InputError, match="no address of a web page; write it with https://"):
        add_page(_project(tmp_path), url, is_private=True, apart=0)


@pytest.mark.parametrize(
    ("url", "id_", "said"),
    [
        ("http://[::1", None, "no address of a page; write it as a browser shows it"),
        ("http://127.0.0.1:99999/", None, "no address of a page; write it as a browser shows it"),
        ("http://harbour.example/\udcff", None, "no address (it has half a letter); write it as a browser shows it"),
        ("http://harbour.example/a b.html", None, "no address of a page; write it as a browser shows it"),
        ("http://me:secret@harbour.example/", None, "write them as request.login"),
        ("http://127.0.0.1:1/", "../../x", "'../../x' is no id; "),
        ("http://127.0.0.1:1/", "A B", "'A B' is no id; "),
        ("http://127.0.0.1:1/", "Harbour", "has a page of that id, harbour; monitor check harbour"),
    ],
)
def test_what_config_yaml_would_refuse_is_refused_before_anything_is_asked_for(
    tmp_path: Path, url: str, id_: str | None, said: str
) -> None:
    (tmp_path / "config.yaml").write_text("pages: [{id: harbour}]")
    with pytest.raises(InputError) as told:
        add_page(_project(tmp_path), url, id=id_, is_private=True, apart=0)
    assert said in str(told.value)
    assert "\n" not in str(told.value)
    assert "secret" not in str(told.value)


def test_a_config_that_no_entry_can_be_put_into_is_found_out_before_the_page_is_captured(
    tmp_path: Path, up: Site
) -> None:
    (tmp_path / "config.yaml").write_text("pages: [{id: a}]\n")
    with pytest.raises(InputError, match="by hand"):
        add_page(_project(tmp_path), f"{up.root}/news", is_private=True, is_written=True, apart=0)
    assert up.asked == []
    assert add_page(_project(tmp_path), f"{up.root}/news", is_private=True, apart=0).entry


@given(st.text())
@example('\x7f\x9f\ufffe\U0001fffe \u202e \u2028 \x85 " \\ # : {{')
def test_any_title_makes_an_entry_that_says_it(title: str) -> None:
    title = " ".join(title.encode("utf-8", "replace").decode().split())
    entry = tuple(_entry_lines(Page(id="a", url="https://a.example/", title=title)))
    (page,) = parse(appended("", "config.yaml", {"pages": entry})).pages
    assert (page.title or "") == title


@pytest.mark.parametrize("text", ["store: kept\n", "pages:\n", "# begun\n", "---\n", "pages: # none\nstore: kept\n"])
def test_a_config_without_pages_yet_gets_its_first(tmp_path: Path, up: Site, text: str) -> None:
    (tmp_path / "config.yaml").write_text(text)
    project = Project(str(tmp_path / "config.yaml"), is_begun=True)
    added = add_page(project, f"{up.root}/news", id="first", is_private=True, is_written=True, apart=0)
    append_entries(project, {"pages": added.entry})
    assert [page.id for page in _project(tmp_path).config.pages] == ["first"]
    with pytest.raises(ConfigError):
        parse(text)


def test_a_page_that_scripts_make_is_told_to_want_a_browser(tmp_path: Path, up: Site) -> None:
    up.put("/app", "<title>App</title><p>Loading…</p><script src=app.js></script>")
    assert add_page(_project(tmp_path), f"{up.root}/app", is_private=True, apart=0).may_need_browser
    assert not add_page(_project(tmp_path), f"{up.root}/news", is_private=True, apart=0).may_need_browser


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ferry.example/news"], "no address of a web page"),
        (["https://harbour.example/"], "has a page of that address"),
        (["http://127.0.0.1:9/"], "no public address"),
        (["http://ferry.example/", "--id", "A B"], "'A B' is no id"),
    ],
)
def test_what_is_refused_is_not_said_to_be_captured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text("pages: [{id: harbour, url: 'https://harbour.example/'}]")
    assert main(["add", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err


@pytest.mark.parametrize("command", [["check"], ["check", "harbour"], ["capture"], ["run"]], ids=" ".join)
def test_who_has_no_config_yet_is_told_how_to_begin_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(command) == 2
    said = "monitor: There is no config.yaml yet; monitor add URL --write begins one with that page\n"
    assert capsys.readouterr().err == said


def test_from_an_address_to_the_first_report(
    tmp_path: Path, up: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The way of a new user: add, an edit to the page, check. Each step says what happened and what to do next."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text("# The harbour's pages\nreports: reports\n")
    assert main(["add", f"{up.root}/news", "--private", "--write", "--id", "harbour"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"Capturing {up.root}/news twice, 5 seconds apart …\n")
    for part in ("tariffs", "Both captures are kept", "Nothing changed",
                 "Written into config.yaml", "Then monitor check harbour says what changed since"):  # fmt: skip
        assert part in said
    up.put("/news", notices(*LESS))
    assert main(["check"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert f"harbour  changed    {TAKEN} → reports/harbour/" in lines[0]
    assert lines[-1] == "1 page: 1 changed; reports/index.html shows all"
    assert "Harbour" in (tmp_path / "reports" / "index.html").read_text("utf-8")
