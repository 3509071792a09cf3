"""What the deputies read on a ballot of 满意度测评: every line of a project's 完成情况 and of an answer."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from voting.delivering.projects import WHOLE, Part, Project
from voting.rating import completion_report, inquiries
from voting.rating.completion_report import progress_words, punctuality, report
from voting.rating.inquiries import Inquiry, Question, demand_prepared
from voting.rating.rated import Choice
from voting.rating.refusals import RatingStep
from voting.rounds import Candidate
from voting.screening.plans import Target
from voting.supervising.completions import ProjectCompletion
from voting.text import LINE_LENGTH, PROSE_LENGTH

NOW = datetime(2027, 1, 25, tzinfo=UTC)
LENGTH = Target(indicator="硬化道路", amount=Decimal("12.5"), measure="公里")


def project(**facts: Any) -> Project:
    usual = {
        "state": "planned",
        "title": "修路",
        "content": "修一条路。",
        "place": "东河镇",
        "planned": 1_205_000,
    }
    known = {"spent": 400_000, "deadline": date(2026, 10, 31), "progress": 365, "targets": (LENGTH,)}
    ids = {"id": "p", "congress": "c", "year": 2026, "number": 1, "made_at": NOW}
    return Project(**{**ids, **usual, **known, **facts})


def completion(**facts: Any) -> ProjectCompletion:
    ids = {"id": "k", "congress": "c", "project": "p", "turn": 1, "whole": True, "by": "刘", "at": NOW}
    said = {"finished_on": date(2026, 11, 2), "text": "已经通车。", "acceptance": "a"}
    return ProjectCompletion(**{**ids, **said, "deadline": date(2026, 10, 31), **facts})


def test_a_row_promises_what_was_promised_and_says_how_far_it_came() -> None:
    part = Part(congress="c", project="p", place=2, title="一期", unit="u")
    made = completion_report.candidate(3, Choice(project=project(), part=part), "交通局", ())
    assert made == Candidate(
        number=3,
        title="修路：一期",
        content="修一条路。\n年度目标：硬化道路12.5公里。\n测评子项：一期。\n进度：报告完成36.5%。\n办结：尚未办结。",
        place="东河镇",
        cost="计划120.5万元，已投入40万元",
        unit="交通局",
        deadline="2026年10月31日前",
    )


def test_what_was_not_set_is_not_printed_and_what_is_too_long_is_cut() -> None:
    bare = project(content="", targets=(), deadline=None)
    assert report(Choice(project=bare), ()) == "进度：报告完成36.5%。\n办结：尚未办结。"
    made = completion_report.candidate(1, Choice(project=bare), "", ())
    assert (made.deadline, made.title) == ("", "修路")
    long = Choice(project=project(content="长" * (PROSE_LENGTH - 1) + " 尾"))
    assert completion_report.candidate(1, long, "", ()).content == "长" * (PROSE_LENGTH - 1)


def test_a_finished_project_says_when_whether_in_time_and_who_accepted_it() -> None:
    done = project(state="accepted", progress=WHOLE, content="", targets=())
    passed = completion(result="passed", body="县发改局", text="通" * 901)
    assert report(Choice(project=done), [completion(finished_on=date(2026, 1, 1)), passed]).split("\n") == [
        "进度：已全部完成。",
        "办结：2026年11月2日，逾期2天。",
        "验收：验收通过（县发改局）。",
        "完成情况：" + "通" * 900,
    ]
    row = completion_report.candidate(1, Choice(project=done), "", [passed])
    assert row.content == report(Choice(project=done), [passed])
    assert "验收：" not in report(Choice(project=replace(done, state="finished")), [completion()])


def test_of_what_did_not_pass_the_acceptance_only_what_it_found_is_printed() -> None:
    back = completion(result="needs_work", note="缺" * 901)
    said = report(Choice(project=project(content="", targets=())), [back]).split("\n")
    assert said[1:] == ["办结：曾报告办结，验收未通过，正在整改。", "存在问题：" + "缺" * 900]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"state": "finished", "progress": WHOLE}, "已全部完成"),
        ({"state": "accepted", "progress": WHOLE, "completion": "staged"}, "已完成年度阶段目标"),
        ({"state": "finished", "progress": WHOLE - 1}, "报告完成99.9%"),
        ({"state": "planned", "progress": WHOLE}, "报告完成100%"),
    ],
)
def test_all_done_is_only_what_is_both_reported_whole_and_finished(facts: dict[str, Any], words: str) -> None:
    assert progress_words(project(**facts)) == words


@pytest.mark.parametrize(
    ("state", "completions", "words"),
    [
        ("planned", [], "尚未办结"),
        ("finished", [], "已办结"),
        ("planned", [completion()], "尚未办结"),
        ("planned", [completion(result="needs_work")], "曾报告办结，验收未通过，正在整改"),
        ("planned", [completion(result="needs_work"), completion(result="passed")], "尚未办结"),
        ("accepted", [completion(), completion(finished_on=date(2026, 10, 31))], "按期完成"),
        ("finished", [completion(), completion(result="needs_work")], "逾期2天"),
        ("accepted", [completion(deadline=None)], "没有规定时限"),
    ],
)
def test_punctuality_is_that_of_the_last_completion(state: str, completions: Any, words: str) -> None:
    assert punctuality(project(state=state), completions) == words


def question(key: str, place: int, **facts: Any) -> Question:
    usual = {"on_spot": False, "unit": "u", "asked_by": "张代表", "text": f"问{key}", "by": "刘", "at": NOW}
    said = {"answered_by": "王局长", "answer": f"答{key}"}
    return Question(id=key, congress="c", inquiry="i", place=place, **{**usual, **said, **facts})


def test_a_follow_up_stands_with_its_question_and_the_others_are_numbered_anew() -> None:
    asked = [
        question("一", 1, text="为什么慢？\n请说明。\n谢谢。"),
        question("二", 2, follows="一"),
        question("三", 4, on_spot=True, unit="x"),
    ]
    assert inquiries.candidates(asked, {"u": "交通局"}) == [
        Candidate(
            number=1,
            title="第1问（交通局）：为什么慢？",
            content="设定问题（张代表）：为什么慢？\n请说明。\n谢谢。\n答（王局长）：答一\n追问（张代表）：问二\n答（王局长）：答二",
            unit="交通局",
        ),
        Candidate(
            number=2, title="第4问（）：问三", content="临时提问（张代表）：问三\n答（王局长）：答三", unit=""
        ),
    ]


def test_a_long_question_and_a_long_answer_are_cut_where_a_ballot_ends() -> None:
    head, said = "第1问（）：", "设定问题（张代表）："
    (title,) = inquiries.candidates(
        [question("一", 1, text="长" * (LINE_LENGTH - len(head) - 1) + " 尾")], {}
    )
    assert title.title == head + "长" * (LINE_LENGTH - len(head) - 1)
    words = "长" * (PROSE_LENGTH - len(said) - 1)
    (row,) = inquiries.candidates([question("一", 1, text=words + " 尾")], {})
    assert row.content == said + words


def test_once_it_was_held_an_inquiry_stays_as_it_is() -> None:
    facts: dict[str, Any] = {"day": NOW.date(), "meeting": "会议", "months": 3, "by": "刘", "at": NOW}
    prepared = Inquiry(id="i", congress="c", title="道路", state="prepared", **facts)
    demand_prepared(prepared)
    with pytest.raises(RatingStep) as refused:
        demand_prepared(replace(prepared, state="held"))
    assert refused.value.sentence == "“道路”已经进行，不能再改动。请刷新页面查看。"
