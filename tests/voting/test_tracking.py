"""The query code and the proposer's five steps, as pure rules."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from ballots.credentials import BASE58
from voting.collecting.codes import CodeUnreadable, grouped, query_code, query_hash, read_code
from voting.collecting.progress import Facts, Merged, Part, progress
from voting.suggestions import Suggestion

NOW = datetime(2026, 9, 14, 2, tzinfo=UTC)


def suggestion(**fields: Any) -> Suggestion:
    facts: dict[str, Any] = {
        "id": "1",
        "congress": "c",
        "year": 2027,
        "number": 42,
        "kind": "opinion",
        "state": "received",
        "source": "public",
        "channel": "online",
        "title": "村口没有路灯",
        "text": "暗",
        "received_at": NOW,
        "form_key": "",
        "query_hash": "",
    }
    return Suggestion(**{**facts, **fields})


def stages(**fields: Any) -> list[str]:
    return [step.stage for step in progress(Facts(suggestion=suggestion(**fields))).steps]


def test_a_code_is_sixteen_base58_characters_that_hang_on_all_it_is_made_of() -> None:
    code = query_code(b"secret", "congress", "form")
    assert len(code) == 16
    assert set(code) <= set(BASE58)
    assert read_code(grouped(code)) == code
    others = {
        query_code(b"other", "congress", "form"),
        query_code(b"secret", "other", "form"),
        query_code(b"secret", "congress", "other"),
    }
    assert len(others | {code}) == 4
    assert code not in query_hash(code)


def test_codes_use_every_character_about_equally_often() -> None:
    text = "".join(query_code(b"s", "c", str(n)) for n in range(2000))
    expected = len(text) / len(BASE58)
    assert all(0.75 * expected < text.count(one) < 1.25 * expected for one in BASE58)


@pytest.mark.parametrize("typed", ["", " - ", "abc", "0" * 16, "a" * 17, "中" * 16, "a\0" * 8, "x" * 100_000])
def test_what_is_no_code_is_named(typed: str) -> None:
    with pytest.raises(CodeUnreadable):
        read_code(typed)


def test_the_steps_advance_with_the_state() -> None:
    assert stages() == ["now", "later", "later", "later", "later"]
    assert stages(state="registered") == ["done", "now", "later", "later", "later"]
    assert stages(state="assigned") == ["done", "done", "now", "later", "later"]
    assert stages(state="answered") == ["done", "done", "done", "now", "later"]
    assert stages(state="closed") == ["done", "done", "done", "done", "now"]
    assert stages(state="refused") == ["done", "now"]


def test_who_has_it_and_until_when_is_said() -> None:
    parts = (
        Part(unit="县交通运输局", lead=True, until=date(2026, 12, 5), officer="小孙"),
        Part(unit="县民政局", lead=False),
    )
    said = progress(Facts(suggestion=suggestion(state="assigned", route="handed"), parts=parts))
    assert "县交通运输局" in said.headline
    assert "小孙" in said.headline
    assert "2026年12月5日以前" in said.headline
    assert said.steps[2].words == "县交通运输局、县民政局"


def test_a_merged_one_names_the_other_and_its_state() -> None:
    merged = Merged(label="2027-00001", title="主干道路灯", state="answered")
    said = progress(Facts(suggestion=suggestion(state="registered", merged_into="2"), merged=merged))
    assert "主干道路灯" in said.headline
    assert "已答复" in said.headline


def test_what_was_decided_without_a_unit_is_said_in_words() -> None:
    said = progress(Facts(suggestion=suggestion(state="assigned", route="candidate", decided_at=NOW)))
    assert "转为候选线索" in said.headline
    assert [step.stage for step in said.steps][:3] == ["done", "done", "now"]
