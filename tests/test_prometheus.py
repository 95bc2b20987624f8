"""Metrics, as Prometheus' own parser reads them."""

from __future__ import annotations

import math
import socket
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from monitor.deliver.to_prometheus import Metrics, State, write_textfile
from monitor.errors import InputError, OutputError
from monitor.model.outcome import Outcome, Result

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
OUTCOMES = [
    Outcome("a", AT, Result.CHANGED, "news", 2.0, alerts=1, news=2),
    Outcome("b", AT, Result.FAILED, "no answer", 120.0),
    Outcome("c", AT, Result.CHANGED, "news", 0.2, alerts=1),
]
STATE = State(3, frozenset("b"), {"a": AT, 'odd "name"\n\\': AT}, AT)


def _samples(text: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    families = list(text_string_to_metric_families(text))
    assert all(family.documentation for family in families)
    assert all(family.type in ("counter", "gauge", "histogram") for family in families)
    return {(each.name, tuple(sorted(each.labels.items()))): each.value for it in families for each in it.samples}


def test_a_run_is_written_for_node_exporter(tmp_path: Path) -> None:
    path = tmp_path / "monitor.prom"
    write_textfile(str(path), OUTCOMES, STATE)
    found = _samples(path.read_text("utf-8"))
    assert found["monitor_captures_total", (("result", "changed"),)] == 2
    assert found["monitor_captures_total", (("result", "failed"),)] == 1
    assert found["monitor_captures_total", (("result", "suspect"),)] == 0
    assert found["monitor_findings_total", (("significance", "alert"),)] == 2
    assert found["monitor_findings_total", (("significance", "notable"),)] == 2
    assert found["monitor_capture_seconds_count", ()] == 3
    assert found["monitor_capture_seconds_sum", ()] == pytest.approx(122.2)
    assert found["monitor_pages", ()] == 3
    assert found["monitor_pages_failing", ()] == 1
    assert found["monitor_next_slot_timestamp_seconds", ()] == AT.timestamp()
    assert found["monitor_last_success_timestamp_seconds", (("page", 'odd "name"\n\\'),)] == AT.timestamp()
    assert [each.name for each in tmp_path.iterdir()] == ["monitor.prom"]


def test_a_page_that_is_gone_is_gone_from_the_metrics(tmp_path: Path) -> None:
    metrics = Metrics()
    metrics.show(STATE)
    metrics.show(State(0))
    metrics.write(str(tmp_path / "monitor.prom"))
    found = _samples((tmp_path / "monitor.prom").read_text("utf-8"))
    assert not any(name == "monitor_last_success_timestamp_seconds" for name, _ in found)
    assert math.isnan(found["monitor_next_slot_timestamp_seconds", ()])


def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="make the folder first"):
        write_textfile(str(tmp_path / "nowhere" / "monitor.prom"), OUTCOMES, STATE)


def test_metrics_are_served_on_loopback_alone() -> None:
    metrics = Metrics()
    metrics.note(OUTCOMES[0])
    with metrics.served(0) as served:
        with urlopen(f"http://127.0.0.1:{served.port}/metrics", timeout=10) as answer:
            assert _samples(answer.read().decode())["monitor_captures_total", (("result", "changed"),)] == 1
        with pytest.raises(OSError, match="refused"), socket.create_connection(("127.0.0.2", served.port), timeout=10):
            pass


def test_a_port_that_is_taken_is_one_line() -> None:
    with Metrics().served(0) as served, pytest.raises(InputError, match=f"127.0.0.1:{served.port}.*metrics.port"):
        Metrics().served(served.port)
