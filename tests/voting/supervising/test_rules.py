"""The pure rules: who may decide and order, which days and people fit, what counts as late."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from voting.people import Deputy
from voting.rounds import Level
from voting.screening.plans import Target
from voting.supervising.changes import (
    ChangeBody,
    Kind,
    Step,
    Terms,
    check_body,
    check_terms,
    lines,
)
from voting.supervising.completions import ProjectCompletion
from voting.supervising.groups import check_people
from voting.supervising.orders import Order, body_of
from voting.supervising.refusals import ChangeRefused, NotTheirs, SupervisionInput

AT = datetime(2027, 6, 1, tzinfo=UTC)
STEP = Step(title="招标", starts=date(2027, 3, 1), due=date(2027, 4, 1), weight=100)
TIME = Terms(deadline=date(2027, 10, 31), steps=(STEP,))


@pytest.mark.parametrize(
    ("level", "body", "congress_decides", "allowed"),
    [
        ("county", "committee", False, True),
        ("county", "congress", False, True),
        ("county", "presidium", False, False),
        ("county", "committee", True, False),
        ("county", "congress", True, True),
        ("town", "congress", False, True),
        ("town", "presidium", False, False),
        ("town", "committee", False, False),
    ],
)
def test_who_decides_on_a_change(
    level: Level, body: ChangeBody, congress_decides: bool, allowed: bool
) -> None:
    if allowed:
        check_body(level, body, congress_decides=congress_decides)
        return
    with pytest.raises(ChangeRefused):
        check_body(level, body, congress_decides=congress_decides)


@pytest.mark.parametrize(
    ("level", "own"), [("county", "committee"), ("town", "presidium")], ids=["county", "town"]
)
def test_an_order_is_issued_in_one_bodys_name_only(level: Level, own: str) -> None:
    assert body_of(level, own) == own
    for other in {"committee", "presidium", "congress", "group", ""} - {own}:
        with pytest.raises(NotTheirs, match="视察意见"):
            body_of(level, other)


@pytest.mark.parametrize(
    ("kind", "before", "after", "told"),
    [
        ("money", Terms(planned=10), Terms(planned=10), "一样"),
        ("money", Terms(planned=10), Terms(planned=0), "大于0"),
        ("target", Terms(targets=()), Terms(targets=None), "至少保留一项"),
        ("time", TIME, replace(TIME, deadline=None), "完成时限"),
        ("time", TIME, replace(TIME, deadline=date(2027, 3, 31)), "晚于完成时限"),
        ("time", TIME, replace(TIME, steps=(replace(STEP, due=date(2027, 2, 1)),)), "早于开始日期"),
        ("time", TIME, replace(TIME, steps=()), "个数"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(kind: Kind, before: Terms, after: Terms, told: str) -> None:
    with pytest.raises(SupervisionInput, match=told):
        check_terms(kind, before, after)


def test_old_and_new_are_shown_for_what_differs_and_nothing_else() -> None:
    target = Target(indicator="公路", amount=Decimal("12.5"), measure="公里")
    old = Terms(targets=(target,), planned=3_200_000, funds="县财政")
    new = replace(old, planned=3_800_500)
    assert lines(old, new) == (("资金", "320万元", "380.05万元"),)
    assert lines(Terms(state="planned"), Terms(state="cancelled")) == (("项目", "实施", "取消"),)
    moved = replace(TIME, deadline=date(2027, 12, 1))
    assert lines(TIME, moved) == (("完成时限", "2027年10月31日", "2027年12月1日"),)


def test_a_group_is_made_of_sitting_deputies_in_the_order_of_the_roster() -> None:
    one, two, three = (
        Deputy(id=name * 32, congress="c", number=n, name=name, delegation="城关")
        for n, name in enumerate("abc", start=1)
    )
    roster = [one, two, three]
    assert check_people(roster, two.id, [three.id, one.id, two.id]) == (two.id, (one.id, three.id))
    left = [one, replace(two, ended_on=date(2027, 1, 1)), three]
    for leader, members in ((two.id, []), (one.id, [two.id]), (one.id, ["x"]), ("", [])):
        with pytest.raises(SupervisionInput, match="在任代表"):
            check_people(left, leader, members)


def test_an_order_is_late_the_day_after_its_last_until_it_is_answered() -> None:
    order = Order(
        id="a",
        congress="c",
        project="p",
        number="1",
        body="committee",
        decision="决定",
        day=date(2027, 6, 1),
        unit="u",
        matter="事",
        demand="办",
        due=date(2027, 6, 15),
        state="issued",
        by="刘",
        at=AT,
    )
    assert not order.is_late(order.due)
    assert order.is_late(date(2027, 6, 16))
    assert replace(order, state="returned").is_late(date(2027, 6, 16))
    assert not replace(order, state="answered").is_late(date(2027, 6, 16))


def test_on_time_is_by_the_deadline_in_force() -> None:
    done = ProjectCompletion(
        id="a",
        congress="c",
        project="p",
        turn=1,
        whole=True,
        finished_on=date(2027, 10, 31),
        text="好",
        by="赵",
        at=AT,
        acceptance="b",
        deadline=date(2027, 10, 31),
    )
    assert (done.days_late, done.punctuality) == (0, "按期完成")
    late = replace(done, finished_on=date(2027, 11, 2))
    assert (late.days_late, late.punctuality) == (2, "逾期2天")
    assert replace(late, deadline=None).punctuality == "没有规定时限"
