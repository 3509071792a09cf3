"""Promises of web/deployment: what it tells an office to type, watch and look for is there."""

from __future__ import annotations

import configparser
import io
import json
import logging
import re
from contextlib import redirect_stderr
from pathlib import Path
from typing import Final

import pytest
import structlog
from prometheus_client.parser import text_string_to_metric_families

from tests.parts import ROOT
from voting.store import Connections
from web import cli, logs
from web.meters import Meters

FOLDER: Final = ROOT / "web" / "deployment"
README: Final = (FOLDER / "README.md").read_text(encoding="utf-8")
STANDING: Final = {
    "piaojue_database_up",
    "piaojue_log_entries",
    "piaojue_disk_free_bytes",
    "piaojue_backup_age_seconds",
    "piaojue_info",
}
"""What `web.pages.metrics` adds at the moment of a scrape; see `test_meters`."""


class Unit(configparser.ConfigParser):
    """systemd's names have capitals."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


class Nobody:
    def connections(self) -> Connections:
        return Connections(used=0, most=8, errors=0)


def meters() -> set[str]:
    made = Meters(Nobody())
    made._answers["accepted"] += 1
    made._waiting.labels("poll").inc()
    made.flush()
    return {
        family.name + ("_total" if family.type == "counter" else "")
        for family in text_string_to_metric_families(made.text().decode())
    } | STANDING


def section(name: str) -> str:
    return README.split(f"<!-- {name} -->")[1].split(f"<!-- /{name} -->")[0]


def test_every_meter_is_explained_and_no_other() -> None:
    assert set(re.findall(r"`(piaojue_\w+)", section("meters"))) == meters()


def test_alerts_ask_for_meters_that_there_are() -> None:
    asked = set(re.findall(r"piaojue_\w+", README.split("值得报警的")[1].split("## 日志")[0]))
    assert asked
    assert {re.sub(r"_bucket$", "", one) for one in asked} <= meters()


def test_every_event_of_the_log_is_explained_and_no_other() -> None:
    rows = {name: (level, words) for name, (level, words) in logs.EVENTS.items()}
    found = re.findall(r"^\| `(\w+)` \| `(\w+)` \| (.+) \|$", section("events"), re.MULTILINE)
    assert {name: (level, words) for name, level, words in found[1:]} == rows
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "web").rglob("*.py"))
    logged = set(re.findall(r"\blog\.\w+\(\s*\"(\w+)\"", code))
    assert logged | {"server"} == set(rows)


@pytest.mark.parametrize("file", sorted(FOLDER.iterdir()), ids=lambda file: file.name)
def test_what_is_typed_are_commands_that_there_are(file: Path) -> None:
    known = cli.app.registered_commands
    commands = {one.name or (one.callback.__name__ if one.callback else "") for one in known}
    typed = re.findall(
        r"(?:bin/piaojue|^    piaojue|sudo .*piaojue) ([a-z-]+)", file.read_text(), re.MULTILINE
    )
    assert set(typed) <= commands


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.service")), ids=lambda file: file.name)
def test_a_unit_runs_as_somebody_who_may_do_little(file: Path) -> None:
    unit = Unit(interpolation=None, strict=False)
    unit.read(file, encoding="utf-8")
    service = unit["Service"]
    assert service["User"] == "piaojue"
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "yes"


def lines(level: str) -> list[dict[str, str]]:
    """What three events leave in the log at this level."""
    with redirect_stderr(io.StringIO()) as said:
        logs.configure(level)
        log = structlog.get_logger("piaojue")
        log.info("serving", schema="0021", pid=1)
        log.error("incident", incident="AB12", route="/api/v/{code}/{round_id}/ballots")
        log.error("incident", incident="CD34", route="/staff/{link}")
        structlog.reset_defaults()
    return [json.loads(line) for line in said.getvalue().splitlines()]


def test_the_log_is_lines_of_json_and_keeps_no_moment_of_a_ballot() -> None:
    serving, of_ballot, of_page = lines("info")
    assert {"timestamp", "level", "event"} <= serving.keys()
    assert re.fullmatch(r"[-0-9]{10}T\d\d:\d\dZ", of_ballot["timestamp"])
    assert re.fullmatch(r"[-0-9]{10}T\d\d:\d\d:\d\d\.\d+Z", of_page["timestamp"])


def test_the_level_is_a_setting() -> None:
    assert [one["event"] for one in lines("error")] == ["incident", "incident"]


def test_what_the_server_itself_says_is_a_line_without_a_traceback() -> None:
    try:
        raise ValueError("身份证号 110101…")
    except ValueError as error:
        told = (type(error), error, error.__traceback__)
    record = logging.LogRecord("_granian", logging.ERROR, "x", 1, "Application callable raised", (), told)
    said = json.loads(logs.JsonLine().format(record))
    assert (said["event"], said["level"], said["kind"]) == ("server", "error", "ValueError")
    assert "身份证" not in str(said)
