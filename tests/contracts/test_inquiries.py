"""Promises of 专题询问, on both databases: questions, answers, the test of them, measures, a second look."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.contracts.cases import case
from tests.county import County, new_id
from tests.delivery import project
from tests.rated import SATISFIED, UNSATISFIED, Sitting, a_session, wanted
from tests.refusals import refused, unchanged
from voting.actors import PUBLIC, Forbidden, NotFound
from voting.days import today
from voting.rating import inquiring, reminding
from voting.rating.inquiries import Inquiry, Question
from voting.rating.inquiring import Asked, Looked, Plan
from voting.rating.overviews import scores_of_questions
from voting.rating.refusals import RatingError, RatingStep


def plan(county: County, **fields: Any) -> Plan:
    facts: dict[str, Any] = {
        "title": "民生实事项目推进情况",
        "day": today(county.now()),
        "meeting": "常委会第二十次会议",
        "months": 3,
        "projects": (),
        "units": (county.units[0].id, county.units[1].id),
    }
    return Plan(**facts | fields)


def prepared(county: County, **fields: Any) -> Inquiry:
    return inquiring.prepare(
        county.store, county.staff, new_id("inquiry"), plan(county, **fields), county.now()
    )


def ask(county: County, of: Inquiry, text: str = "路灯何时亮？", **fields: Any) -> Question:
    facts: dict[str, Any] = {"unit": county.units[0].id, "asked_by": "张桂兰", "text": text}
    asked = Asked(**facts | fields)
    return inquiring.ask(county.store, county.staff, of.id, new_id("question"), asked, county.now())


def answer(county: County, of: Inquiry, one: Question, text: str = "年底前全部点亮。") -> Question:
    return inquiring.answer(county.store, county.staff, of.id, one.id, "局长孙强", text, county.now())


def held(county: County) -> Inquiry:
    of = prepared(county)
    answer(county, of, ask(county, of))
    return inquiring.hold(county.store, county.staff, of.id, county.now())


@case(
    "inquiries.add",
    "inquiries.listing",
    "inquiries.set_projects",
    "inquiries.projects",
    "inquiries.add_unit",
    "inquiries.of_project",
)
def test_an_inquiry_names_its_projects_and_units_and_sent_twice_is_one(county: County) -> None:
    road, other = project(county), project(county, "修桥")
    key, wished = new_id("inquiry"), plan(county, projects=(road.id,))
    made = inquiring.prepare(county.store, county.staff, key, wished, county.now())
    with unchanged(county.store):
        assert inquiring.prepare(county.store, county.staff, key, wished, county.now()) == made
    with county.store.read() as tx:
        assert tx.inquiries.listing(county.staff, county.congress.id) == (made,)
        assert tx.inquiries.projects(made) == (road.id,)
        assert tx.inquiries.of_project(county.deputy, road) == (made,)
        assert tx.inquiries.of_project(county.deputy, other) == ()
        assert {one.unit for one in tx.inquiries.units([made])} == set(wished.units)
        assert [one.text for one in tx.notices.listing(county.unit)] == ["专题询问：民生实事项目推进情况"]


def test_an_inquiry_that_cannot_be_held_as_entered_is_refused(county: County) -> None:
    theirs = project(county.town)
    cases: tuple[tuple[dict[str, Any], type[Exception], str | None], ...] = (
        ({"units": ()}, RatingError, "应询单位"),
        ({"units": (county.town.units[0].id,)}, NotFound, None),
        ({"projects": (theirs.id,)}, NotFound, None),
        ({"months": 0}, RatingError, "1至3个月"),
    )
    with unchanged(county.store):
        for fields, error, match in cases:
            with pytest.raises(error, match=match):
                prepared(county, **fields)
        for actor in (county.government, county.unit, county.deputy):
            with pytest.raises(Forbidden):
                inquiring.prepare(county.store, actor, new_id("i"), plan(county), county.now())


@case("inquiries.add_question", "inquiries.questions", "inquiries.change_question", "inquiries.lock")
def test_questions_are_set_beforehand_or_asked_on_the_spot_and_followed_up(county: County) -> None:
    of = prepared(county)
    first = ask(county, of)
    second = ask(county, of, "为什么晚了？", on_spot=True)
    third = ask(county, of, "谁负责？", follows=second.id, unit=county.units[1].id)
    fourth = ask(county, of, "何时到位？", follows=third.id)
    assert [one.kind for one in (first, second, third, fourth)] == ["设定问题", "临时提问", "追问", "追问"]
    assert (third.unit, fourth.follows) == (second.unit, second.id)
    answer(county, of, first)
    with county.store.read() as tx:
        assert [one.answer != "" for one in tx.inquiries.questions(of)] == [True, False, False, False]
    with refused(county.store, RatingError, "应询单位"):
        ask(county, of, unit=county.units[2].id)
    with refused(county.store, NotFound):
        ask(county, of, follows=new_id("elsewhere"))
    with refused(county.store, NotFound):
        answer(county, of, replace(first, id=new_id("elsewhere")))


@case("rated.of_questions")
def test_the_answers_are_rated_on_the_spot_each_with_its_follow_ups(county: County, tmp_path: Path) -> None:
    of = prepared(county)
    session = a_session(county, of="committee")
    with refused(county.store, RatingError, "还没有问题"):
        inquiring.make_round(county.store, county.staff, of.id, wanted(session, "询问测评"), county.now())
    first, second = ask(county, of), ask(county, of, "为什么晚了？", unit=county.units[1].id)
    follow = ask(county, of, "谁负责？", follows=first.id)
    answer(county, of, first)
    answer(county, of, second)
    with refused(county.store, RatingStep, "第3问还没有登记答复"):
        inquiring.make_round(county.store, county.staff, of.id, wanted(session, "询问测评"), county.now())
    answer(county, of, follow, "分管副局长负责。")
    made = inquiring.make_round(county.store, county.staff, of.id, wanted(session, "询问测评"), county.now())
    assert [one.unit for one in made.candidates] == ["县交通运输局", "县教育局"]
    assert "分管副局长负责" in made.candidates[0].content
    with refused(county.store, RatingStep, "不能再修改"):
        answer(county, of, first, "改口")
    Sitting(county, session, made, tmp_path).vote([(SATISFIED, UNSATISFIED)] * 6)
    with county.store.read() as tx:
        scores = scores_of_questions(tx, county.deputy, of, [first.id, second.id])
    assert [scores[one.id].level for one in (first, second)] == ["满意", "不满意"]


@case("inquiries.units", "inquiries.keep_measures", "inquiries.change", "inquiries.get")
def test_units_hand_in_measures_within_the_term_and_only_their_own(county: County) -> None:
    early = prepared(county)
    with refused(county.store, RatingStep, "还没有登记答复"):
        inquiring.hold(county.store, county.staff, early.id, county.now())
    with refused(county.store, RatingStep, "还没有进行"):
        inquiring.give_measures(county.store, county.unit, early.id, county.units[0].id, "措施", county.now())
    of = held(county)
    assert of.due is not None
    assert (of.due.month, of.state) == (12, "held")
    with unchanged(county.store):
        assert inquiring.hold(county.store, county.staff, of.id, county.now()) == of
    with refused(county.store, NotFound):
        inquiring.give_measures(county.store, county.unit, of.id, county.units[1].id, "代写", county.now())
    given = inquiring.give_measures(
        county.store, county.unit, of.id, county.units[0].id, "每周调度", county.now()
    )
    assert (given.measures, given.by) == ("每周调度", county.unit.name)
    with refused(county.store, RatingStep, "已经进行"):
        ask(county, of)
    third = county.actor("unit", "民政局小李", unit=county.units[2].id)
    with county.store.read() as tx, pytest.raises(NotFound):
        tx.inquiries.get(third, of.id)
    late = county.now() + timedelta(days=100)
    [reminded] = reminding.remind(county.store, county.congress.id, late)
    assert (reminded.moment, reminded.unit) == ("after", county.units[1].id)


@case("inquiries.add_recheck", "inquiries.rechecks")
def test_a_second_look_follows_measures(county: County) -> None:
    of = held(county)
    looked = Looked(
        unit=county.units[0].id, day=today(county.now()), who="李秀梅", passed=True, text="已落实"
    )
    key = new_id("recheck")
    with refused(county.store, RatingStep, "还没有提交整改措施"):
        inquiring.recheck(county.store, county.staff, of.id, key, looked, county.now())
    inquiring.give_measures(county.store, county.unit, of.id, county.units[0].id, "措施", county.now())
    for _ in range(2):
        inquiring.recheck(county.store, county.staff, of.id, key, looked, county.now())
    with county.store.read() as tx:
        assert [one.passed for one in tx.inquiries.rechecks(of)] == [True]


def test_the_public_reads_questions_and_answers_when_they_are_released(county: County) -> None:
    early, of = prepared(county), held(county)
    with county.store.read() as tx:
        assert tx.inquiries.listing(PUBLIC, county.congress.id) == ()
    with refused(county.store, RatingStep, "还没有进行"):
        inquiring.release(county.store, county.staff, early.id, county.now())
    released = inquiring.release(county.store, county.staff, of.id, county.now())
    with unchanged(county.store):
        inquiring.release(county.store, county.staff, of.id, county.now())
    with county.store.read() as tx:
        assert tx.inquiries.listing(PUBLIC, county.congress.id) == (released,)
        assert tx.inquiries.listing(county.town.staff, county.congress.id) == ()
