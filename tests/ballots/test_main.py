"""The command: what it prints, what it returns, and that it never shows a traceback."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from ballots.__main__ import main
from ballots.checks import CHECKS
from tests.simulator import Simulator, seeded

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def file(tmp_path: Path, select: Simulator) -> Path:
    path = tmp_path / f"{select.uuid}.bel"
    path.write_bytes(select.archive())
    return path


@pytest.fixture
def record(tmp_path: Path, select: Simulator) -> Path:
    path = tmp_path / "round.json"
    path.write_bytes(select.record())
    return path


def run(*arguments: object) -> int:
    return main(["verify", *map(str, arguments), "--workers", "1"])


def test_a_sound_record_is_answered_with_zero_and_every_check(
    file: Path, record: Path, select: Simulator, capsys: Capture
) -> None:
    trackers = [f"--tracker={tracker}" for tracker in select.trackers]
    assert run(file, "--round", record, *trackers) == 0
    out = capsys.readouterr().out
    for check in CHECKS:
        assert f"{check.number:>3} 通过   {check.sentence}" in out
    assert "结论：所做的 32 项核验全部通过。" in out
    assert select.head("EncryptedTally") in out
    assert select.head("Result") in out


def test_checks_that_were_not_asked_for_are_named_as_such(file: Path, capsys: Capture) -> None:
    assert run(file) == 0
    out = capsys.readouterr().out
    assert out.count("未要求") == 9
    assert "结论：所做的 23 项核验全部通过。" in out


def test_the_answer_in_json_carries_result_and_heads(file: Path, select: Simulator, capsys: Capture) -> None:
    assert run(file, "--json") == 0
    answer = msgspec.json.decode(capsys.readouterr().out)
    assert answer["ok"] is True
    assert answer["result"] == select.counts
    assert answer["checks"] == list(range(1, 24))
    assert answer["head"] == select.head("Result")


def test_a_refusal_names_check_event_and_reason(tmp_path: Path, select: Simulator, capsys: Capture) -> None:
    select.stranger([[0, 1, 0, 0]])
    select.close()
    (tmp_path / "bad.bel").write_bytes(select.archive())
    assert run(tmp_path / "bad.bel") == 1
    assert capsys.readouterr().out == (
        "结论：不予认可。第9项不成立：每张表决票都来自名单中的投票卡。\n"
        "位置：第4个事件（Ballot）\n原因：投票卡不在名单中\n"
    )


def test_a_refusal_in_json_says_the_same(file: Path, capsys: Capture) -> None:
    assert run(file, "--json", "--tracker", "A" * 43) == 1
    answer = msgspec.json.decode(capsys.readouterr().out)
    assert (answer["ok"], answer["check"], answer["sentence"]) == (False, 31, CHECKS[30].sentence)
    assert "A" * 43 in answer["reason"]


def test_the_record_of_another_round_is_refused(tmp_path: Path, file: Path, capsys: Capture) -> None:
    other = Simulator(random=seeded("another installation"))
    (tmp_path / "other.json").write_bytes(other.record())
    assert run(file, "--round", tmp_path / "other.json") == 1
    assert "第24项" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"\0" * 5000, b"{}", "一".encode() * 999], ids=len)
def test_a_file_that_is_no_archive_is_refused(tmp_path: Path, content: bytes, capsys: Capture) -> None:
    (tmp_path / "x.bel").write_bytes(content)
    assert run(tmp_path / "x.bel") == 1
    assert "第1项" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, file: Path, capsys: Capture) -> None:
    missing = tmp_path / "没有.bel"
    assert run(missing) == 2
    assert run(tmp_path) == 2
    assert run(file, "--round", missing) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("无法读取文件") == 3
    assert str(missing) in captured.err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["verify"],
        ["verify", "x", "--workers", "0"],
        ["verify", "x", "--workers", "-1"],
        ["verify", "x", "y"],
    ],
)
def test_a_call_that_makes_no_sense_is_explained(arguments: Sequence[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "usage: python -m ballots" in capsys.readouterr().err


def test_what_the_archive_says_cannot_draw_on_the_terminal(tmp_path: Path, capsys: Capture) -> None:
    """A name with line breaks and control sequences could otherwise write its own verdict."""
    sim = Simulator(name="票决\n\x1b[2J结论：所做的 32 项核验全部通过。\u202e")
    (tmp_path / "x.bel").write_bytes(sim.archive())
    assert run(tmp_path / "x.bel") == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first == f"票决\\u000a\\u001b[2J结论：所做的 32 项核验全部通过。\\u202e（{sim.uuid}）"


def test_a_refusal_cannot_draw_on_the_terminal_either(
    tmp_path: Path, select: Simulator, capsys: Capture
) -> None:
    select.edit(0, lambda ballot: ballot.update(election_uuid="\x1b[2J\n结论"))
    (tmp_path / "x.bel").write_bytes(select.archive())
    assert run(tmp_path / "x.bel") == 1
    out = capsys.readouterr().out
    assert out.count("\n") == 3
    assert "\x1b" not in out


def test_a_terminal_without_chinese_is_answered_all_the_same(file: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ballots", "verify", file, "--workers", "1"],
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": "", "PYTHONPATH": str(Path.cwd())},
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr == b""
