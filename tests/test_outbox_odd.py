"""What may stand between a message and its reader beside a server: a clock, a pen, quiet hours, another config."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.deliver.tries import LONGEST
from monitor.errors import OutputError
from monitor.model.delivery import Delivered, State
from monitor.watch.deliver_due import Post, _named
from monitor.watch.project import Project
from tests.rude_post import RudePost, rude_post
from tests.test_outbox import NOW, Outbox, outbox_in

BUSY = b"451 later\r\n"


def config(post: RudePost, *, to: str = "desk@example.org", more: str = "") -> str:
    return (
        f"mail: {{from: m@example.org, server: 127.0.0.1, port: {post.port}, security: none}}\n"
        f"readers: [{{id: desk, mail: {to}{more}}}]\npages: [{{id: a}}]\n"
    )


def configure(outbox: Outbox, place: Path, text: str) -> None:
    (place / "config.yaml").write_text(text)
    outbox.project = Project(str(place / "config.yaml"))


# -- quiet hours


def test_quiet_hours_hold_for_what_was_left_by_somebody_who_died(tmp_path: Path) -> None:
    with rude_post() as post, outbox_in(tmp_path, config(post, more=', quiet: "07:00-09:00"')) as outbox:
        outbox.put(1)
        assert outbox.deliveries.claim(f"{1:024x}", NOW)
        assert outbox.deliver() == []
        [found] = outbox.deliveries.listed()
        assert (found.state, found.attempts, found.due_at) == (State.WAITING, 1, NOW.replace(hour=9, minute=0))
        outbox.now = NOW.replace(hour=9, minute=0)
        assert [each.state for each in outbox.deliver()] == [State.SENT]


def test_quiet_hours_are_those_that_the_config_has_when_it_is_sent(tmp_path: Path) -> None:
    with rude_post(MAIL=BUSY) as post, outbox_in(tmp_path, config(post)) as outbox:
        outbox.put(1)
        [tried] = outbox.deliver()
        outbox.now = tried.again or NOW
        configure(outbox, tmp_path, config(post, more=', quiet: "07:00-09:00"'))
        assert outbox.deliver() == []
        assert outbox.deliveries.listed()[0].attempts == 1
        configure(outbox, tmp_path, config(post))
        outbox.now = NOW.replace(hour=9, minute=0)
        assert len(outbox.deliver()) == 1


# -- clocks


@pytest.mark.parametrize("has_failed", [False, True])
def test_a_clock_that_was_ahead_for_a_moment_holds_nothing_back(tmp_path: Path, has_failed: bool) -> None:
    with rude_post(MAIL=BUSY) as post, outbox_in(tmp_path, config(post)) as outbox:
        outbox.now = NOW + timedelta(days=400)
        outbox.put(1)
        if has_failed:
            assert len(outbox.deliver()) == 1
        outbox.now = NOW
        [told] = outbox.deliver()
        assert told.again
        assert told.again < NOW + timedelta(hours=1)
        assert outbox.deliver() == []  # what this clock says is believed
        outbox.now = told.again
        while (tried := outbox.deliver()) and tried[0].again:
            outbox.now = tried[0].again
        assert timedelta(0) < outbox.now - NOW - LONGEST < timedelta(hours=5)


def test_what_is_sent_again_after_more_than_five_days_is_tried_for_five_more(tmp_path: Path) -> None:
    with rude_post(MAIL=b"550 no\r\n") as post, outbox_in(tmp_path, config(post)) as outbox:
        outbox.put(1)
        assert [each.state for each in outbox.deliver()] == [State.GIVEN_UP]
        post.answers["MAIL"] = BUSY
        outbox.now = NOW + timedelta(days=8)
        outbox.deliveries.send_again(f"{1:024x}", outbox.now)
        tried: list[Delivered] = []
        while (told := outbox.deliver()) and (tried := [*tried, *told])[-1].again:
            outbox.now = told[0].again or NOW
        assert len(tried) > 20
        assert timedelta(0) < outbox.now - NOW - timedelta(days=8) - LONGEST < timedelta(hours=5)


# -- another config


def test_an_address_that_was_taken_out_is_sent_nothing_more(tmp_path: Path) -> None:
    with rude_post(MAIL=BUSY) as post, outbox_in(tmp_path, config(post)) as outbox:
        outbox.put(1)
        [tried] = outbox.deliver()
        outbox.now = tried.again or NOW
        configure(outbox, tmp_path, config(post, to="{to: [other@example.org]}"))
        assert [each.state for each in outbox.deliver()] == [State.GIVEN_UP]
        assert "config.yaml has no mail to desk@example.org for desk any more" in outbox.complaints()[0]
        assert post.mails == []


def test_a_name_beside_an_address_may_be_another(tmp_path: Path) -> None:
    with rude_post() as post, outbox_in(tmp_path, config(post, to="'The desk <desk@example.org>'")) as outbox:
        outbox.put(1)
        assert [each.state for each in outbox.deliver()] == [State.SENT]


# -- a pen that does not write


def test_lines_that_cannot_be_written_cost_no_message_and_are_told_in_the_end(tmp_path: Path) -> None:
    with rude_post() as post, outbox_in(tmp_path, config(post)) as outbox:
        outbox.put(*range(8))

        def tell(_: Delivered) -> None:
            raise OutputError("cannot write to standard output", "send it elsewhere")

        async def work() -> None:
            async with Post(outbox.project, outbox.catalogue, tell, lambda: datetime.now(UTC)) as one:
                await one.deliver()

        with pytest.raises(OutputError):
            asyncio.run(work())
        assert outbox.states() == [State.SENT] * 8
        assert len(post.mails) == 8


def test_a_fault_of_the_program_quotes_no_secret() -> None:
    with pytest.raises(UnicodeEncodeError) as raised:
        "geheimß".encode("ascii")
    assert _named(raised.value) == "UnicodeEncodeError"
    assert _named(KeyError("name")) == "KeyError: 'name'"
