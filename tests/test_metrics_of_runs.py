"""`monitor check` from cron: the file for node exporter has what this run came to, and what is known of all pages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from tests.site import site


def test_a_run_leaves_its_metrics_where_the_config_says(tmp_path: Path) -> None:
    with site() as there:
        url = there.put("/page", "<!doctype html><title>Water Works</title><h1>Water Works</h1><p>Open on Monday.")
        pages = f"[{{id: works, url: '{url}', every: 6h}}, {{id: gone, url: '{there.root}/gone', every: 6h}}]"
        hosts = f"[{{host: '{there.host}', private: yes, pause: 0s}}]"
        (tmp_path / "config.yaml").write_text(f"hosts: {hosts}\nmetrics: {{textfile: monitor.prom}}\npages: {pages}\n")
        done = subprocess.run(
            [sys.executable, "-m", "monitor", "check"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert (done.returncode, done.stderr) == (0, "")
    families = text_string_to_metric_families((tmp_path / "monitor.prom").read_text("utf-8"))
    found = {(each.name, *each.labels.values()): each.value for family in families for each in family.samples}
    assert found["monitor_captures_total", "first"] == 1
    assert found["monitor_captures_total", "suspect"] == 1
    assert found["monitor_pages",] == 2
    assert found["monitor_pages_failing",] == 1
    assert found["monitor_last_success_timestamp_seconds", "works"] > 1.7e9
    assert found["monitor_next_slot_timestamp_seconds",] > found["monitor_last_success_timestamp_seconds", "works"]
