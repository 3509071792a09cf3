"""The record of a finished round before two judges who need nothing of the service: ours and theirs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ballots.checks import CHECKS, TRACKER_CHECK
from tests import parts
from tests.belenios_tool import BeleniosTool


class Record(NamedTuple):
    """What a stranger holds: the box's record, the signed round.json, and 回执号 that deputies told."""

    archive: bytes
    description: bytes
    trackers: Sequence[str] = ()


def verdict(record: Record, folder: Path, *program: str | Path) -> dict[str, Any]:
    """What `python -m ballots verify` says (or another program that takes the same options)."""
    archive, description = folder / "archive.bel", folder / "round.json"
    archive.write_bytes(record.archive)
    description.write_bytes(record.description)
    asked = [part for tracker in record.trackers for part in ("--tracker", tracker)]
    command = [sys.executable, *(program or ("-m", "ballots")), "verify", archive, "--round", description]
    done = subprocess.run([*command, *asked, "--json"], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def judge(
    record: Record, counts: list[list[int]], ballots: int, folder: Path, subtests: pytest.Subtests
) -> None:
    """Every check holds, and the result is the plain sum of what was marked; belenios-tool agrees."""
    said = verdict(record, folder)
    wanted = {check.number for check in CHECKS} - (set() if record.trackers else {TRACKER_CHECK})
    assert set(said["checks"]) == wanted
    assert (said["result"], said["ballots"]) == (counts, ballots)
    with subtests.test("belenios-tool accepts the record and each ballot"):
        tool = BeleniosTool(parts.need("belenios-tool"))
        named = folder / f"{said['uuid']}.bel"
        named.write_bytes(record.archive)
        tool.verify(named)
        assert tool.verify_ballots(record.archive) == ballots
