"""Promises of `piaojue keep`: every congress, once, the file of messages too, and a sentence each."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.web.house import House
from tests.web.keeping.test_pages import NAME, NUMBER
from web.cli import main


def run(house: House, monkeypatch: pytest.MonkeyPatch, messages: Path) -> int:
    monkeypatch.setenv("PIAOJUE_DATABASE", f"sqlite:///{house.file}")
    monkeypatch.setenv("PIAOJUE_MESSAGES", str(messages))
    with pytest.raises(SystemExit) as ended:
        main(["keep"])
    return int(str(ended.value.code))


def test_it_erases_what_is_due_in_every_congress_once_and_says_so(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=1500)
    for body in (house.county, house.county.town):
        body.suggest(state="closed", received_at=long_ago, closed_at=long_ago, proposer=NAME, phone=NUMBER)
    kept = house.county.suggest(proposer="王大妈")
    messages = tmp_path / "out.jsonl"
    line = {"congress": house.county.congress.id, "phone": NUMBER, "text": "老的"}
    messages.write_text(json.dumps({"at": long_ago.isoformat(), **line}) + "\n", encoding="utf-8")
    assert run(house, monkeypatch, messages) == 0
    said = capsys.readouterr().out
    for body in (house.county, house.county.town):
        assert f"{body.congress.name}：提意见群众的姓名、电话，2项。" in said
    assert f"{house.county.congress.name}：短信文件，1项。" in said
    assert NAME not in said
    assert messages.read_bytes() == b""
    files = [one for one in house.file.parent.iterdir() if one.name.startswith(house.file.name)]
    assert not any(NUMBER.encode() in one.read_bytes() for one in files)
    with house.store.read() as tx:
        assert tx.suggestions.get(house.county.staff, kept.id) == kept
        (name,) = [one.by for one in tx.keeping.records(house.county.town.staff)]
    assert name == "到期自动"
    assert run(house, monkeypatch, messages) == 0
    assert capsys.readouterr().out == "没有到期的。\n"


def test_a_file_of_messages_that_cannot_be_read_is_said_and_the_rest_is_done(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=1500)
    house.county.suggest(state="closed", received_at=long_ago, closed_at=long_ago, proposer=NAME, phone="")
    assert run(house, monkeypatch, tmp_path) == 1
    printed = capsys.readouterr()
    assert re.search("短信文件不能读写", printed.err + printed.out)
    with house.store.read() as tx:
        assert [one.kind for one in tx.keeping.records(house.county.staff)] == ["proposers"]
