"""主持词 of a plenary that votes on several things at the same time, and what it asks of the deputies."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from tests.session_facts import BEGUN, GRADED, GRADING, SELECT, SELECTED, session_facts, words
from voting.documents.session.facts import SessionFacts
from voting.documents.session.script import plenary_script

METHODS: Final = ("electronic", "paper")


def beside(facts: SessionFacts, title: str, opened: int, closed: int) -> SessionFacts:
    """A second round, open from and until these minutes after the session began."""
    first = facts.rounds[0]
    counted = session_facts(GRADING, GRADED)[1]
    steps = tuple(
        replace(one, round="r2", at=BEGUN + timedelta(minutes=closed)) if one.step == "close" else one
        for one in first.steps
    )
    held = replace(counted.round, id="r2", title=title, opened_at=BEGUN + timedelta(minutes=opened))
    assert counted.tally is not None
    tally = replace(counted.tally, round_title=title)
    return replace(facts, rounds=(first, replace(counted, round=held, steps=steps, tally=tally)))


def test_what_is_voted_on_together_is_opened_closed_and_reported_together() -> None:
    """From minute 40 to 60, and from 41 to 61."""
    facts, _ = session_facts(SELECT, SELECTED)
    said = words(plenary_script(beside(facts, "上年度项目测评", 41, 61)))
    assert "民生实事项目票决和上年度项目测评同时进行，一次投完。" in said
    assert "民生实事项目票决发出表决票314张，上年度项目测评发出测评票314张" in said
    for once in (
        "现在开始投票。",
        "投票截止。",
        "现在休会。",
        "现在复会。",
        "请总监票人报告计票结果。",
        "宣布完毕。",
    ):
        assert said.count(once) == 1
    reported = said.index("民生实事项目票决，发出表决票314张，收回表决票312张")
    assert reported < said.index("上年度项目测评，发出测评票314张，收回测评票312张") < said.index("休会")
    assert said.index("宣布民生实事项目票决的结果") < said.index("宣布上年度项目测评的结果")
    assert said.count("请在自己的页面上按“宣布”") == 2


def test_what_was_voted_on_one_after_the_other_is_read_out_so() -> None:
    """The second opened a minute after the first had closed."""
    facts, _ = session_facts(SELECT, SELECTED)
    said = words(plenary_script(beside(facts, "上年度项目测评", 61, 80)))
    assert "同时进行" not in said
    assert said.count("现在开始投票。") == said.count("宣布完毕。") == 2


def test_of_two_voted_on_together_the_void_one_is_left_out_of_the_result() -> None:
    facts, _ = session_facts(SELECT, SELECTED)
    first, second = beside(facts, "上年度项目测评", 41, 61).rounds
    void = replace(second, round=replace(second.round, state="void", returned=315), tally=None)
    said = words(plenary_script(replace(facts, rounds=(first, void))))
    assert "收回的测评票多于发出的测评票，测评无效，应当重新测评。" in said
    assert "（上年度项目测评已经宣布测评无效，不计票、不报告结果。）" in said
    assert "宣布上年度项目测评的结果" not in said
    assert "宣布民生实事项目票决的结果" in said


def test_the_evening_before_a_runoff_is_not_written_as_voted_on_with_its_first_round() -> None:
    facts, first = session_facts(SELECT)
    graded = replace(first, round=replace(first.round, id="r2", title="上年度项目测评"))
    runoff = replace(first.round, id="r3", title="再次票决", previous="r", relation="runoff")
    planned = replace(facts, rounds=(first, graded, replace(first, round=runoff)))
    said = words(plenary_script(planned))
    assert "民生实事项目票决、上年度项目测评：投票" in said
    assert "分开进行的，一项一项地宣读" in said
    assert "上年度项目测评、再次票决" not in said
    assert said.count("现在开始投票。") == 2


def test_before_the_vote_deputies_are_asked_to_compare_the_code_where_phones_show_one() -> None:
    asked = "手机上的票样码和大屏幕上的是不是一样"
    by_card, paper = (words(plenary_script(session_facts(SELECT, method=how)[0])) for how in METHODS)
    assert by_card.index(asked) < by_card.index("现在开始投票。")
    assert "票样码" not in paper
