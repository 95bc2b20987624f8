"""A file's history in a git repository → captures, one a commit, with nothing of the repository's own run."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.capture.found import Fault
from monitor.capture.from_git import captures_in
from monitor.errors import InputError
from monitor.model.snapshot import Snapshot

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not here: apt-get install git")
TEXT = b"".join(b"line %d of the page\n" % number for number in range(20))


class Repository:
    """A real repository; each commit is a day later than the one before, at 10:00 in a zone two hours ahead of UTC."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.day = folder, 0
        folder.mkdir()
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> str:
        who = {f"GIT_{role}_{part}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
        when = {"GIT_COMMITTER_DATE": f"2024-01-{self.day:02}T10:00:00+02:00"} if self.day else {}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env=os.environ | who | when,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def commit(self, **files: bytes | None) -> str:
        """Writes the files (None deletes one), whose names have `__` for a dot; the commit's hash."""
        for name, content in files.items():
            path = self.folder / name.replace("__", ".")
            path.unlink() if content is None else path.write_bytes(content)
        self.day += 1
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", f"day {self.day}")
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "a repository: of pages")


def found(repository: Repository, path: str = "page.html") -> tuple[list[Snapshot], list[str]]:
    result = captures_in(f"{repository.folder}:{path}")
    finds = list(result.captures)
    captures = [find for find in finds if isinstance(find, Snapshot)]
    assert result.expected == len(captures)
    return captures, [find.what for find in finds if isinstance(find, Fault)]


def day(number: int) -> datetime:
    return datetime(2024, 1, number, 8, tzinfo=UTC)


# -- what is a capture


def test_each_commit_that_touched_the_file_is_a_capture_oldest_first(repository: Repository) -> None:
    hashes = [
        repository.commit(page__html=TEXT),
        repository.commit(other=b"x"),
        repository.commit(page__html=b"\r\n\0"),
    ]
    captures, faults = found(repository)
    assert faults == []
    assert [(each.captured_at, each.body) for each in captures] == [(day(1), TEXT), (day(3), b"\r\n\0")]
    assert captures[1].notes == (("commit", hashes[2]), ("path", "page.html"))
    assert captures[1].source == f"{repository.folder}:page.html@{hashes[2][:10]}"
    assert (captures[1].media_type, captures[1].exchanges) == ("text/html", ())


def test_renames_are_followed_and_copies_are_not(repository: Repository) -> None:
    repository.commit(old__html=TEXT)
    repository.commit(old__html=None, page__html=TEXT + b"more\n")
    repository.commit(copy__html=TEXT + b"more\n", page__html=TEXT + b"still more\n")
    captures, _ = found(repository)
    assert [dict(each.notes)["path"] for each in captures] == ["old.html", "page.html", "page.html"]
    assert [each.captured_at for each in found(repository, "copy.html")[0]] == [day(3)]


def test_deletions_are_told_and_what_came_back_is_a_capture(repository: Repository) -> None:
    for content in (TEXT, None, b"back\n", None):
        repository.commit(page__html=content)
    captures, faults = found(repository)
    assert [each.body for each in captures] == [TEXT, b"back\n"]
    assert faults == ["the file was deleted"] * 2


def test_a_merge_is_a_capture_where_it_is_like_none_of_its_parents(repository: Repository) -> None:
    repository.commit(page__html=TEXT)
    repository.git("checkout", "-q", "-b", "side")
    repository.commit(page__html=TEXT + b"the end\n")
    repository.git("checkout", "-q", "main")
    repository.commit(page__html=b"the start\n" + TEXT)
    repository.day += 1
    repository.git("merge", "-q", "-m", "both", "side")
    bodies = [TEXT, TEXT + b"the end\n", b"the start\n" + TEXT, b"the start\n" + TEXT + b"the end\n"]
    assert [each.body for each in found(repository)[0]] == bodies


def test_a_path_counts_from_the_folder_named(repository: Repository) -> None:
    (repository.folder / "site").mkdir()
    (repository.folder / "site" / "[a] *.html").write_bytes(TEXT)
    repository.commit()
    for place in (f"{repository.folder}:site/[a] *.html", f"{repository.folder}/site:./[a] *.html"):
        assert captures_in(place).expected == 1
    assert captures_in(f"{repository.folder}:{repository.folder}/site/[a] *.html").expected == 1


def test_a_bare_repository_and_names_in_other_encodings_are_read(repository: Repository, tmp_path: Path) -> None:
    name = os.fsdecode(b"se\xc3\xb1or \xff\n.html")
    (repository.folder / name).write_bytes(TEXT)
    repository.commit()
    repository.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    (snapshot,) = captures_in(f"{tmp_path}/bare.git:{name}").captures
    assert isinstance(snapshot, Snapshot)
    assert snapshot.body == TEXT


def test_links_and_files_kept_elsewhere_are_faults(repository: Repository) -> None:
    repository.commit(page__html=b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n")
    (repository.folder / "page.html").unlink()
    (repository.folder / "page.html").symlink_to("/etc/passwd")
    repository.commit()
    finds = list(captures_in(f"{repository.folder}:page.html").captures)
    assert [find.what for find in finds if isinstance(find, Fault)] == [
        "is kept outside the repository, by Git LFS",
        "is a link there, no file",
    ]


def test_a_shallow_copy_says_that_it_is_one(repository: Repository, tmp_path: Path) -> None:
    for content in (b"1\n", b"2\n", b"3\n"):
        repository.commit(page__html=content)
    repository.git("clone", "-q", "--depth", "2", f"file://{repository.folder}", str(tmp_path / "shallow"))
    first, *captures = captures_in(f"{tmp_path}/shallow:page.html").captures
    assert isinstance(first, Fault)
    assert "--unshallow" in first.what
    assert len(captures) == 2


def test_an_object_that_is_gone_is_a_fault_and_the_others_are_captures(repository: Repository) -> None:
    for content in (b"1\n", b"2\n", b"3\n"):
        repository.commit(page__html=content)
    blob = repository.git("rev-parse", "HEAD~1:page.html")
    (repository.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    finds = list(captures_in(f"{repository.folder}:page.html").captures)
    assert [type(find) for find in finds] == [Snapshot, Fault, Snapshot]


def test_a_commit_of_no_calendars_time_is_a_capture_without_one(repository: Repository) -> None:
    repository.commit(page__html=TEXT)
    raw = repository.git("cat-file", "commit", "HEAD")
    changed = raw.replace(str(int(day(1).timestamp())), "99999999999999")
    done = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"],
        cwd=repository.folder, input=changed + "\n", capture_output=True, text=True, check=True,
    )  # fmt: skip
    repository.git("update-ref", "HEAD", done.stdout.strip())
    assert [each.captured_at for each in found(repository)[0]] == [None]


# -- nothing of the repository's own is run


def test_no_hook_filter_driver_or_signature_program_is_run(repository: Repository, tmp_path: Path) -> None:
    repository.commit(page__html=TEXT, __gitattributes=b"*.html filter=f diff=f\n")
    repository.commit(page__html=b"2\n")
    run = f"touch {tmp_path}/ran"
    for name, value in {
        "core.fsmonitor": run, "core.pager": run, "core.sshCommand": run, "diff.external": run, "diff.f.textconv": run,
        "diff.f.command": run, "filter.f.smudge": run, "filter.f.clean": run, "filter.f.process": run,
        "gpg.program": run, "log.showSignature": "true", "log.showRoot": "false", "diff.renames": "false",
        "diff.relative": "true", "log.decorate": "full", "color.ui": "always", "pager.log": run,
    }.items():  # fmt: skip
        repository.git("config", name, value)
    hook = repository.folder / ".git" / "hooks" / "post-index-change"
    hook.write_text(f"#!/bin/sh\n{run}\n")
    hook.chmod(0o755)
    captures, faults = found(repository)
    assert ([each.body for each in captures], faults) == ([TEXT, b"2\n"], [])
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("path", ["--output=ran", "-p", ":(glob)*", ":/", "--"])
def test_a_path_is_never_an_option_or_a_pattern(repository: Repository, path: str) -> None:
    repository.commit(page__html=TEXT)
    with pytest.raises(InputError):
        captures_in(f"{repository.folder}:{path}")
    assert not (repository.folder / "ran").exists()


def test_the_repository_named_is_read_and_not_the_one_around_the_command(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit(page__html=TEXT)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert captures_in(f"{repository.folder}:page.html").expected == 1


def test_any_number_of_commits_takes_three_processes(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        repository.commit(page__html=b"%d\n" % number)
    shim = tmp_path / "bin" / "git"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\necho started >> "{tmp_path}/count"\nexec "{shutil.which("git")}" "$@"\n')
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", f"{shim.parent}{os.pathsep}{os.environ['PATH']}")
    assert len(found(repository)[0]) == 5
    assert (tmp_path / "count").read_text().count("started") == 3


# -- what is refused


def test_what_cannot_be_read_is_refused_in_one_line(repository: Repository, tmp_path: Path) -> None:
    (repository.folder / "site").mkdir()
    (repository.folder / "site" / "page.html").write_bytes(TEXT)
    repository.commit()
    (tmp_path / "plain").mkdir()
    Repository(tmp_path / "empty")
    for place, says in {
        f"{tmp_path}/none:page.html": "names no folder",
        f"{repository.folder}": "names no folder",
        f"{repository.folder}:": "names no file",
        f"{repository.folder}:no.html": "has a file no.html",
        f"{repository.folder}:site": "is a folder",
        f"{repository.folder}:../page.html": "outside repository",
        f"{tmp_path}/plain:page.html": "not a git repository",
        f"{tmp_path}/empty:page.html": "git cannot read",
    }.items():
        with pytest.raises(InputError, match=says) as caught:
            captures_in(place)
        assert "\n" not in str(caught.value)


def test_a_machine_without_git_is_told_how_to_get_it(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="apt-get install git"):
        captures_in(f"{repository.folder}:page.html")
