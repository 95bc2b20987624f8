"""A mail server that answers what a test wants, to the letter and in its time: what no decent server does."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain, repeat
from typing import Union

Answer = Union[bytes, Callable[["RudePost"], Iterable[bytes]]]  # noqa: UP007  the class is named before it is there
"""Bytes, none of them to hang up; or what makes pieces, of which the last command may be looked at."""

DECENT: Mapping[str, Answer] = {
    "GREET": b"220 here\r\n", "EHLO": b"250 here\r\n", "DATA": b"354 go on\r\n", "END": b"250 taken\r\n",
    "QUIT": b"221 bye\r\n", "AUTH": b"235 come in\r\n", "ANY": b"500 what?\r\n",
}  # fmt: skip


class RudePost:
    """`answers` are by the command's name, GREET before all, END at the mail's end, ANY for what is no command.

    Those of a login are taken from `rest`, where there are any. `commands` and `mails` are what came.
    """

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.answers = {**DECENT, **answers}
        self.rest, self.commands, self.mails = list[bytes](), list[bytes](), list[bytes]()
        self.news, self.let_go = threading.Condition(), threading.Event()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        self._links = list[socket.socket]()

    def wait_for(self, count: int, seconds: float = 30.0) -> list[bytes]:
        """The mails, once there are so many."""
        with self.news:
            assert self.news.wait_for(lambda: len(self.mails) >= count, seconds)
        return self.mails

    def serve(self) -> None:
        """Until it is closed."""
        with suppress(OSError):
            while True:
                link, _ = self._door.accept()
                self._links.append(link)
                threading.Thread(target=self._converse, args=(link,), daemon=True).start()

    def close(self) -> None:
        """End what is under way too."""
        self.let_go.set()
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        for each in (self._door, *self._links):
            each.close()

    def _converse(self, link: socket.socket) -> None:
        with suppress(OSError), link, link.makefile("rb") as lines:
            self._say(link, "GREET")
            for line in lines:
                self.commands.append(line.rstrip())
                name = line.split()[0].decode("ascii").upper()
                self._say(link, name)
                if name == "DATA":
                    self._take(link, lines)

    def _take(self, link: socket.socket, lines: Iterable[bytes]) -> None:
        mail = b""
        for line in lines:
            if line == b".\r\n":
                break
            mail += line
        with self.news:
            self.mails.append(mail)
            self.news.notify_all()
        self._say(link, "END")

    def _answer(self, name: str) -> Answer:
        if name == "AUTH" or not _known(name):
            return self.rest.pop(0) if self.rest else self.answers["AUTH" if name == "AUTH" else "ANY"]
        return self.answers.get(name, b"250 well\r\n")

    def _say(self, link: socket.socket, name: str) -> None:
        answer = self._answer(name)
        for piece in [answer] if isinstance(answer, bytes) else answer(self):
            link.sendall(piece)
        if answer == b"":
            link.shutdown(socket.SHUT_RDWR)


def _known(name: str) -> bool:
    return name in DECENT or name in ("MAIL", "RCPT", "STARTTLS")


def endless(*pieces: bytes) -> Answer:
    """The pieces, and then the last of them again and again."""
    return lambda _: chain(pieces, repeat(pieces[-1]))


def slowly(*pieces: bytes, every: float = 0.05) -> Answer:
    """The same, each after a while, until the server is to let go."""

    def said(post: RudePost) -> Iterator[bytes]:
        for piece in chain(pieces, repeat(pieces[-1])):
            yield piece
            if post.let_go.wait(every):
                return

    return said


def when_let_go(answer: bytes) -> Answer:
    """The answer, when the server is to let go."""

    def said(post: RudePost) -> Iterator[bytes]:
        post.let_go.wait(60)
        yield answer

    return said


@contextmanager
def rude_post(**answers: Answer) -> Iterator[RudePost]:
    post = RudePost(answers)
    thread = threading.Thread(target=post.serve)
    thread.start()
    try:
        yield post
    finally:
        post.close()
        thread.join()
