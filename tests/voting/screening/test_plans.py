"""Promises of what a draft says: exact money, complete facts, nothing that cannot be printed. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from voting.drafting import checked
from voting.errors import TextError
from voting.rules import Rules
from voting.screening.criteria import (
    CRITERIA,
    DECISIVE,
    Answer,
    AssessmentError,
    Conclusion,
    check_answers,
    check_outcome,
)
from voting.screening.plans import (
    MOST_CONTENT,
    MOST_STAGE,
    Plan,
    PlanError,
    Target,
    UnitName,
    check_plan,
    differences,
    facts,
    read_amount,
    to_candidate,
    total_cost,
    written,
)

UNIT = UnitName(id="u" * 32, name="县交通运输局")
PLAN = Plan(
    title="东河村道路硬化",
    content="硬化通村道路。",
    place="东河村",
    cost=Decimal("320.5"),
    funds="县财政预算",
    lead_unit=UNIT,
    completion="this_year",
    targets=(Target(indicator="硬化道路", amount=Decimal("12.5"), measure="公里"),),
)
ODD: tuple[str, ...] = ("a\x00b", "a\x1bb", "\u202egnol", "a\ufffdb", "a\ud800b")
SCRIPT = "<script>alert(1)</script>"


@given(st.integers(0, 999_999_999_999), st.integers(0, 4))
def test_money_is_read_and_written_without_losing_a_cent(digits: int, places: int) -> None:
    amount = Decimal(digits).scaleb(-places)
    if amount < 10**8:
        assert read_amount(f"{amount:f}", "投资") == amount
        assert read_amount(written(amount), "投资") == amount
        assert read_amount(f"{amount:f}万元", "投资") == amount


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-1",
        "1e9",
        "NaN",
        "Infinity",
        "约320",
        "3,20",
        "1.23456",
        "123456789",
        "0x10",
        "١٢",
        "1" * 100_000,
    ],
)
def test_what_is_no_amount_is_refused_in_words(typed: str) -> None:
    with pytest.raises(PlanError, match="投资"):
        read_amount(typed, "投资")


@pytest.mark.parametrize("typed", ["３２０．５", "320.50", " 320.5 万元"])
def test_amounts_are_read_as_people_type_them(typed: str) -> None:
    assert read_amount(typed, "投资") == Decimal("320.5")


def test_a_sum_of_money_is_exact() -> None:
    plans = tuple(replace(PLAN, cost=Decimal("0.1")) for _ in range(3))
    assert total_cost(plans) == Decimal("0.3")


def test_a_plan_survives_being_kept() -> None:
    kept = check_plan(replace(PLAN, title="𠮷家村𬒈石桥䶮改造"))
    assert msgspec.json.decode(msgspec.json.encode(kept), type=Plan) == kept


@pytest.mark.parametrize(
    "broken",
    [
        {"content": ""},
        {"place": "  "},
        {"funds": ""},
        {"targets": ()},
        {"targets": PLAN.targets * 6},
        {"completion": "staged", "stage": " "},
        {"assisting_units": (UNIT,)},
        {"content": "字" * (MOST_CONTENT + 1)},
        {"stage": "字" * (MOST_STAGE + 1)},
    ],
)
def test_a_plan_nobody_could_decide_on_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(PlanError):
        check_plan(replace(PLAN, **broken))


TEXTS = ("title", "content", "place", "funds", "stage", "beneficiaries", "land", "legality")


@pytest.mark.parametrize("field", TEXTS)
def test_no_field_takes_what_cannot_be_printed_or_is_endless(field: str) -> None:
    for bad in (*ODD, "长" * 100_000):
        with pytest.raises((TextError, PlanError)):
            check_plan(replace(PLAN, **{field: bad}))
    assert getattr(check_plan(replace(PLAN, **{field: SCRIPT})), field) == SCRIPT


def test_the_longest_plan_still_fits_on_the_ballot() -> None:
    target = Target(indicator="指" * 40, amount=Decimal("12345678.1234"), measure="单" * 10)
    longest = check_plan(
        replace(
            PLAN,
            title="题" * 120,
            content="字" * 1200,
            place="地" * 2000,
            funds="钱" * 2000,
            beneficiaries="人" * 300,
            completion="staged",
            stage="段" * 600,
            targets=(target,) * 5,
            assisting_units=tuple(UnitName(id=f"{n:032x}", name="局" * 120) for n in range(10)),
        )
    )
    others = tuple(replace(longest, title=f"{n}") for n in range(2))
    candidates = [to_candidate(n, one) for n, one in enumerate((longest, *others), start=1)]
    rules = Rules(ballot="select_k", candidates=3, places=2, publish="list")
    assert checked(rules, candidates) == tuple(candidates)


def test_the_ballot_says_money_units_and_deadline_in_words() -> None:
    other = UnitName(id="v" * 32, name="县财政局")
    said = to_candidate(3, replace(PLAN, assisting_units=(other,), stage="10月底前"))
    assert (said.number, said.cost, said.deadline) == (3, "320.5万元", "当年完成：10月底前")
    assert said.unit == "县交通运输局（配合：县财政局）"
    assert "目标：硬化道路12.5公里" in said.content


def test_two_versions_are_compared_fact_by_fact() -> None:
    changed = [name for name, *_, differs in differences(PLAN, replace(PLAN, cost=Decimal(300))) if differs]
    assert changed == ["投资估算"]
    assert [name for name, *_ in differences(PLAN, PLAN)] == [name for name, _ in facts(PLAN)]


YES = tuple(Answer(criterion=one, finding="yes") for one in CRITERIA)


def test_every_criterion_is_answered_once() -> None:
    assert check_answers(YES[::-1]) == YES
    for incomplete in (YES[1:], (*YES, YES[0]), ()):
        with pytest.raises(AssessmentError):
            check_answers(incomplete)


@pytest.mark.parametrize("finding", ["no", "unclear"])
def test_whoever_does_not_say_yes_says_why(finding: Any) -> None:
    silent = Answer(criterion="funded", finding=finding)
    with pytest.raises(AssessmentError, match="资金"):
        check_answers((*(one for one in YES if one.criterion != "funded"), silent))


@pytest.mark.parametrize("criterion", CRITERIA)
def test_only_a_decisive_criterion_bars_the_way(criterion: str) -> None:
    answers = tuple(
        replace(one, finding="no", words="见附件") if one.criterion == criterion else one for one in YES
    )
    check_outcome(Conclusion(answers=answers, outcome="reserve", reason="条件不够"))
    going_on = Conclusion(answers=answers, outcome="shortlisted", reason="急需")
    if criterion in DECISIVE:
        with pytest.raises(AssessmentError, match=CRITERIA[criterion][0]):
            check_outcome(going_on)
    else:
        check_outcome(going_on)
