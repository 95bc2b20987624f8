"""A file's history in a git repository → its captures, oldest first: what each commit made of it.

Asks the `git` program, and only for what runs nothing of the repository's own: no hooks, filters, drivers or remotes.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import BinaryIO, NamedTuple, cast

from monitor.capture.found import Fault, Found
from monitor.capture.from_file import MOST_BYTES, media_type
from monitor.errors import InputError
from monitor.model.snapshot import Snapshot

# Against what a repository's own configuration could have git run, fetch or show.
_HARMLESS = [
    "git", "--no-pager", "--no-replace-objects", "--no-optional-locks", "--literal-pathspecs",
    "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "protocol.allow=never",
    "-c", "i18n.logOutputEncoding=UTF-8",
]  # fmt: skip
_PLAIN = ["--no-ext-diff", "--no-textconv", "--no-show-signature", "--no-color", "--no-notes", "--no-relative"]
# A merge is told only where it is like none of its parents (-c).
_LOG = ["log", "--follow", "--raw", "-c", "--root", "-z", "--no-abbrev", "--format=%x1e%H %ct", *_PLAIN, "HEAD", "--"]
_ENVIRONMENT = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}
_COMMIT = b"\x1e"
_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)
_CHUNK = 1024 * 1024
_LARGE_FILE = b"version https://git-lfs.github.com/spec/"
_NO_FILES = {"120000": "is a link there, no file", "160000": "is another repository there, no file"}


def captures_in(place: str) -> Found:
    """The captures in the history of "REPO:PATH", where PATH counts from the folder REPO; renames are followed.

    One for each commit on the way to HEAD that touched the file, captured when it was committed (UTC). Notes: `commit`
    (its hash), `path` (where in the repository the file was). Commits that deleted it, and versions that git does not
    hold as a file, are faults between the captures. Raises InputError where git, repository or path is not there.
    """
    repository, path = _parted(place)
    shallow, prefix = _told(repository, ["rev-parse", "--is-shallow-repository", "--show-prefix"]).split(b"\n")[:2]
    versions = _versions(repository, path, os.fsdecode(prefix))
    faults = [Fault(place, "the repository is a shallow copy; git fetch --unshallow brings what was before")]
    return Found(
        _captured(place, repository, versions, faults if shallow == b"true" else []),
        sum(version.is_file for version in versions),
    )


class _Version(NamedTuple):
    """What a commit made of the file: where it stood, with which mode, and the hash of the object that holds it."""

    commit: str
    at: datetime | None
    path: str
    mode: str
    blob: str

    @property
    def is_file(self) -> bool:
        return self.mode.startswith("100")


def _parted(place: str) -> tuple[str, str]:
    """Repository and path; a colon may be in both, so the first that ends a folder's name counts."""
    colons = [at for at, letter in enumerate(place) if letter == ":"]
    at = next((at for at in colons if os.path.isdir(place[:at])), None)
    if at is None:
        remedy = "give REPO:PATH, a folder of the repository and the file's path from there"
        raise InputError(f"{place!r} names no folder before a colon", remedy)
    if not place[at + 1 :].strip("/."):
        raise InputError(f"{place} names no file behind the colon", "give REPO:PATH")
    repository, path = place[:at], place[at + 1 :]
    return repository, os.path.relpath(path, repository) if os.path.isabs(path) else path


# -- the history


def _versions(repository: str, path: str, prefix: str) -> list[_Version]:
    """What the commits made of the file, in the order of their times."""
    versions = list(_listed(_told(repository, [*_LOG, path])))
    if not versions:
        raise InputError(f"no commit of {repository} has a file {path}", "check the path: it counts from that folder")
    if versions[0].path != os.path.normpath(os.path.join(prefix, path)):
        raise InputError(f"{path} is a folder in {repository}", "name one file in it")
    versions.reverse()
    return sorted(versions, key=lambda version: version.at or _BEGINNING)


def _listed(log: bytes) -> Iterator[_Version]:
    """The entries of a log, the newest first, up to the one in which the file began as a copy of another."""
    words = iter(log.split(b"\0"))
    commit, seconds = "", ""
    for word in words:
        if word.startswith(_COMMIT):
            commit, seconds = word[1:].decode().split(" ")
        elif fields := word.strip(b"\n"):
            parents = len(fields) - len(fields.lstrip(b":"))
            columns = (
                fields.lstrip(b":").decode().split(" ")
            )  # modes, hashes, letters: the parents' before the commit's
            change, mode, blob = columns[-1], columns[parents], columns[-2]
            paths = [next(words, b"") for _ in range(2 if change[0] in "RC" else 1)]
            yield _Version(commit, _moment(seconds), os.fsdecode(paths[-1]), mode, blob)
            if change.startswith("C"):
                return


def _moment(seconds: str) -> datetime | None:
    """None for a time that no calendar has; a commit may say anything."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (OverflowError, ValueError, OSError):
        return None


# -- the captures


def _captured(
    place: str, repository: str, versions: Sequence[_Version], faults: Sequence[Fault]
) -> Iterator[Snapshot | Fault]:
    yield from faults
    with _objects_of(repository) as read:
        for version in versions:
            yield _made(place, version, read)


def _made(place: str, version: _Version, read: Callable[[str], bytes | None]) -> Snapshot | Fault:
    where = f"{place}@{version.commit[:10]}"
    if not version.is_file:
        return Fault(where, _NO_FILES.get(version.mode, "the file was deleted"))
    body = read(version.blob)
    if body is None:
        return Fault(where, "this copy of the repository does not hold it, or it is too large for a page")
    if body.startswith(_LARGE_FILE):
        return Fault(where, "is kept outside the repository, by Git LFS")
    notes = (("commit", version.commit), ("path", os.fsencode(version.path).decode(errors="backslashreplace")))
    return Snapshot(where, body, version.at, media_type(version.path), notes=notes)


@contextmanager
def _objects_of(repository: str) -> Iterator[Callable[[str], bytes | None]]:
    """What reads a file by its object's hash, all with one git; None where there is no such file, or a huge one."""
    with _started(repository, ["cat-file", "--batch"], stderr=subprocess.DEVNULL) as git:
        requests, answers = cast(BinaryIO, git.stdin), cast(BinaryIO, git.stdout)

        def read(blob: str) -> bytes | None:
            try:
                requests.write(f"{blob}\n".encode())
                requests.flush()
                return _answer(answers)
            except BrokenPipeError:  # git has ended
                return None

        yield read


def _answer(answers: BinaryIO) -> bytes | None:
    """The next object: its hash, kind and size on a line, the bytes, a line's end. "HASH missing" is all of none."""
    words = answers.readline().split()
    if len(words) != 3:
        return None
    size = int(words[2])
    if size <= MOST_BYTES:
        return answers.read(size + 1)[:size]
    while size >= 0 and (skipped := answers.read(min(size + 1, _CHUNK))):
        size -= len(skipped)
    return None


# -- git


def _told(repository: str, command: Sequence[str]) -> bytes:
    """What git prints; raises InputError with its own words where it fails."""
    with _started(repository, command, stderr=subprocess.PIPE) as git:
        printed, complaint = git.communicate()
    if git.returncode:
        said = next(iter(complaint.decode("utf-8", "replace").splitlines()), f"status {git.returncode}")
        raise InputError(f"git cannot read {repository} ({said.removeprefix('fatal: ')})", "check the repository")
    return printed


def _started(repository: str, command: Sequence[str], *, stderr: int) -> subprocess.Popen[bytes]:
    """A git in that folder, which knows nothing of the repository that this command may have been called in."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | _ENVIRONMENT
    try:
        return subprocess.Popen(  # noqa: S603  the words of a command line, and no shell
            [*_HARMLESS, *command],
            cwd=repository,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
        )
    except FileNotFoundError:
        raise InputError(
            "git is not here, which reads a repository's history", "install it: apt-get install git"
        ) from None
