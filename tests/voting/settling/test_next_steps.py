"""下一步: what can be done now and nothing else, by whom, with what is missing; from 签到 to the 公告."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from tests.people import GRADES, SELECT, candidates
from voting.checking_in.facts import Plenary, Standing
from voting.cycle import State
from voting.rounds import Round
from voting.settling.next_steps import Next, RoundFacts, SessionFacts, next_steps
from voting.wording import words_for

NOW = datetime(2026, 1, 25, 1, tzinfo=UTC)
PLENARY = Plenary(
    id="p", congress="c", session="s", number=1, title="第一次全体会议", begun_at=NOW, begun_by="刘科长"
)
QUORATE = Standing(plenary=PLENARY, entitled=327, present=314, on_leave=13, quorum=218, quorate=True)
EVERY_LINK = frozenset({"chair", "operator", "scrutineer", "teller"})


def a_round(state: State, title: str = "票决", **fields: Any) -> Round:
    facts: dict[str, Any] = {"rules": SELECT, "candidates": candidates(3), **fields}
    return Round(id=title, congress="c", session="s", title=title, state=state, drafted_at=NOW, **facts)


def facts(*rounds: RoundFacts, **fields: Any) -> SessionFacts:
    known: dict[str, Any] = {"standing": QUORATE, "links": EVERY_LINK, "deck": True, **fields}
    return SessionFacts(words=words_for(), rounds=rounds, **known)


def lines(*rounds: RoundFacts, **fields: Any) -> list[tuple[str, str]]:
    return [(one.who, one.what) for one in next_steps(facts(*rounds, **fields))]


def only(of: RoundFacts, **fields: Any) -> Next:
    (one,) = next_steps(facts(of, **fields))
    return one


@pytest.mark.parametrize(
    ("of", "who", "says"),
    [
        (RoundFacts(round=a_round("drafted")), "工作人员", "登记“票决”已通过"),
        (RoundFacts(round=a_round("adopted", uuid="u")), "工作人员", "封存"),
        (RoundFacts(round=a_round("adopted", method="paper")), "工作人员", "开始投票"),
        (RoundFacts(round=a_round("sealed", uuid="u")), "工作人员", "开始投票"),
        (RoundFacts(round=a_round("sealed", uuid="u", trial=True)), "工作人员", "开始试投"),
        (RoundFacts(round=a_round("open", issued=314)), "工作人员", "截止投票"),
        (RoundFacts(round=a_round("closed", issued=314, returned=312)), "执行主席", "有效或者无效"),
        (RoundFacts(round=a_round("closed", issued=3, returned=2), unsigned_paper=True), "监票人", "签字"),
        (RoundFacts(round=a_round("closed", issued=314, returned=315)), "执行主席", "票决无效"),
        (RoundFacts(round=a_round("closed", issued=314)), "计票人", "纸质票"),
        (RoundFacts(round=a_round("reconciled")), "监票人", "开箱"),
        (RoundFacts(round=a_round("reconciled", method="hands")), "计票人", "录入"),
        (RoundFacts(round=a_round("announced")), "工作人员", "公告定稿"),
        (RoundFacts(round=a_round("void")), "工作人员", "重新票决"),
    ],
)
def test_every_state_says_who_is_next(of: RoundFacts, who: str, says: str) -> None:
    one = only(of)
    assert one.who == who
    assert says in one.what
    assert (one.place, one.round) == ("round", "票决")


def test_what_is_missing_stands_beside_the_step() -> None:
    sentences = ("还没有装入投票卡名单。", "监票人赵建国还没有生成开箱钥匙。")
    assert only(RoundFacts(round=a_round("adopted"), missing=sentences)).missing == sentences
    opened = RoundFacts(round=a_round("open", issued=314), turnout=200)
    assert only(opened).missing == ("已投200张，发出314张。",)
    boxes = RoundFacts(round=a_round("reconciled"), waiting_for=("陈秀英", "赵建国"))
    assert only(boxes).missing == ("还没有开箱的：陈秀英、赵建国。",)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (RoundFacts(round=a_round("published")), RoundFacts(round=a_round("announced")), True),
        (RoundFacts(round=a_round("void"), repeated=True), RoundFacts(round=a_round("published")), True),
        (RoundFacts(round=a_round("void", trial=True)), RoundFacts(round=a_round("published")), True),
        (
            RoundFacts(round=a_round("published"), open_places=1),
            RoundFacts(round=a_round("published")),
            False,
        ),
        (RoundFacts(round=a_round("void")), RoundFacts(round=a_round("published")), False),
        (RoundFacts(round=a_round("published")), RoundFacts(round=a_round("counted")), False),
    ],
)
def test_the_serials_are_to_be_erased_once_nothing_can_follow_that_needs_the_cards(
    first: RoundFacts, second: RoundFacts, told: bool
) -> None:
    *_, last = next_steps(facts(first, second, serials=True))
    assert last.what.startswith("清除投票卡编号") == told
    forgotten = next_steps(facts(first, second))
    assert [one for one in forgotten if "编号" in one.what] == []


def test_more_cards_out_than_deputies_are_there_have_to_be_counted_back_before_the_opening() -> None:
    of = RoundFacts(round=a_round("sealed", uuid="u", deck="d"))
    count, begin = next_steps(facts(of, out=340))
    assert (count.place, begin.what) == ("counting", "“票决”：主持人宣布开始投票时，开始投票")
    assert count.missing == ("算作发出的投票卡340张，实到314人。",)
    assert only(of, out=314).place == "round"


def test_signing_comes_before_printing_and_announcing() -> None:
    counted = RoundFacts(round=a_round("counted"), waiting_for=("陈秀英",))
    assert only(counted).who == "监票人"
    assert [who for who, _ in lines(replace(counted, waiting_for=()))] == ["会务操作员", "执行主席"]


def test_the_box_is_seen_empty_before_it_is_opened() -> None:
    sealed = RoundFacts(round=a_round("sealed", uuid="u"), box_seen_empty=False)
    assert [who for who, _ in lines(sealed)] == ["总监票人", "工作人员"]


def test_without_a_plenary_or_a_quorum_check_in_comes_first() -> None:
    sealed = RoundFacts(round=a_round("sealed", uuid="u"))
    nobody = Standing(plenary=None, entitled=327, present=0, on_leave=0, quorum=218, quorate=False)
    assert lines(sealed, standing=nobody)[0] == ("工作人员", "开始全体会议，组织签到")
    few = replace(QUORATE, present=200, quorate=False)
    first, second = next_steps(facts(sealed, standing=few))
    assert (first.who, first.missing) == ("签到员", ("实到200人，离法定人数218人还差18人。",))
    assert second.missing == ("实到人数不足法定人数218人，不能开始。",)


def test_a_new_session_is_led_by_the_hand() -> None:
    assert lines() == [("工作人员", "录入项目和办法，新建票决")]
    fresh = RoundFacts(round=a_round("drafted"))
    said = lines(fresh, links=frozenset(), deck=False)
    assert said[:2] == [
        ("工作人员", "给执行主席、会务操作员发个人链接"),
        ("工作人员", "制作投票卡，装入投票卡名单"),
    ]


def test_what_runs_comes_before_what_is_prepared_and_trouble_before_everything() -> None:
    drafted = RoundFacts(round=a_round("drafted", "第二轮"))
    running = RoundFacts(round=a_round("open", "第一轮", issued=5))
    done = RoundFacts(round=a_round("announced", "试行"))
    said = lines(drafted, done, running, incidents=2)
    assert [who for who, _ in said] == ["执行主席", "工作人员", "工作人员", "工作人员"]
    assert "有2件情况" in said[0][1]
    assert ["第一轮" in said[1][1], "第二轮" in said[2][1], "试行" in said[3][1]] == [True] * 3


@pytest.mark.parametrize(
    ("by", "says"), [("再次票决", "由再次票决确定"), ("主席团", "由主席团确定"), ("", "登记缺额不补")]
)
def test_open_places_are_asked_about_before_publishing_and_after(by: str, says: str) -> None:
    for state in ("announced", "published"):
        of = RoundFacts(round=a_round(state), open_places=2, decided_by=by)
        first = next_steps(facts(of))[0]
        assert says in first.what
        assert first.missing == ("还有2个名额没有确定。",)


def test_a_decision_that_nobody_has_announced_waits_for_the_chair() -> None:
    assert lines(RoundFacts(round=a_round("published"), unknown=True)) == [
        ("执行主席", "宣布对“票决”未定名额的决定")
    ]


def test_when_all_is_published_there_is_nothing_to_do() -> None:
    assert lines(RoundFacts(round=a_round("published"), projects=3)) == []
    assert only(RoundFacts(round=a_round("published"), projects=0)).optional
    assert lines(RoundFacts(round=a_round("void"), repeated=True)) == []
    assert lines(RoundFacts(round=a_round("void", trial=True))) == []


def test_a_committee_s_test_is_called_by_its_names() -> None:
    words = words_for("satisfaction", "committee")
    of = RoundFacts(round=a_round("closed", rules=GRADES, issued=20, returned=20))
    (one,) = next_steps(replace(facts(of), words=words))
    assert (one.who, one.what) == (words.presider, "宣布“票决”测评有效或者无效")


def test_a_count_that_made_the_vote_void_is_voted_on_again() -> None:
    too_many = RoundFacts(round=a_round("announced"), came_to_nothing=True)
    assert ("工作人员", "“票决”票决无效，组织重新票决") in lines(too_many)
    assert all("重新票决" not in what for _, what in lines(replace(too_many, repeated=True)))
