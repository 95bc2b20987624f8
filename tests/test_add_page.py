"""`monitor add`: what a person sees who has an address and nothing else, and what is there afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.cli import main
from monitor.errors import InputError
from monitor.watch.add_page import add_page
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
    assert added.entry == ("id: 127-0-0-1-news", 'title: "Harbour"', f'url: "{up.root}/news"', "every: 6h")
    assert added.host[0] == f'host: "{up.host}"'
    assert len(_project(tmp_path).store.captures("127-0-0-1-news")) == 2


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


@pytest.mark.parametrize("url", ["foo", "ferry.example/news", "file:///etc/passwd"])
def test_what_is_no_address_is_said_to_be_none(tmp_path: Path, url: str) -> None:
    with pytest.raises(InputError, match="no address of a web page; write it with https://"):
        add_page(_project(tmp_path), url, is_private=True, apart=0)


def test_a_page_that_scripts_make_is_told_to_want_a_browser(tmp_path: Path, up: Site) -> None:
    up.put("/app", "<title>App</title><p>Loading…</p><script src=app.js></script>")
    assert add_page(_project(tmp_path), f"{up.root}/app", is_private=True, apart=0).may_need_browser
    assert not add_page(_project(tmp_path), f"{up.root}/news", is_private=True, apart=0).may_need_browser


def test_from_an_address_to_the_first_report(
    tmp_path: Path, up: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The way of a new user: add, an edit to the page, check. Each step says what happened and what to do next."""
    monkeypatch.chdir(tmp_path)
    assert main(["add", f"{up.root}/news", "--private", "--write", "--id", "harbour"]) == 0
    said = capsys.readouterr().out
    for part in ("tariffs", "Both captures are kept", "Nothing changed",
                 "Written into config.yaml", "Then monitor check harbour says what changed since"):  # fmt: skip
        assert part in said
    up.put("/news", notices(*LESS))
    assert main(["check"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert f"harbour  changed    {TAKEN} → reports/harbour/" in lines[0]
    assert lines[-1] == "1 page: 1 changed; reports/index.html shows all"
    assert "Harbour" in (tmp_path / "reports" / "index.html").read_text("utf-8")
