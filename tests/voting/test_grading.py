"""Promises of voting/grading.py: no test under rules that leave something open, and plain words."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ballots.ballot import LIMIT
from ballots.election import Question
from tests.simulator import Simulator
from voting.errors import InputError, RulesError
from voting.grading import (
    FIELDS,
    Grading,
    Half,
    check_grading,
    columns,
    grading_sentences,
    least_for_half,
)
from voting.rules import (
    RoundRules,
    Rules,
    decode_rules,
    encode_rules,
    kind_of,
    read_rules,
    rule_sentences,
    rules_hash,
)

RULES = Grading(projects=2, half="more_than", publish="list_and_votes")
BANDS = replace(RULES, method="bands", half=None, bands=(80, 60, 0))
POINTS = replace(BANDS, method="points", points=(100, 70, 30))

SENSIBLE = {"half": RULES, "two_way": replace(RULES, method="two_way"), "bands": BANDS, "points": POINTS}


@pytest.mark.parametrize("rules", SENSIBLE.values(), ids=SENSIBLE)
def test_sensible_rules_pass_and_survive_being_written_and_read(rules: Grading) -> None:
    check_grading(rules)
    assert decode_rules(encode_rules(rules)) == rules
    assert read_rules(encode_rules(rules)) == rules


# What is refused


@pytest.mark.parametrize("method", ["half", "two_way"])
def test_the_office_must_say_whether_exactly_half_is_enough(method: str) -> None:
    with pytest.raises(RulesError, match="没有写明正好一半算不算达到半数"):
        check_grading(replace(RULES, method="half" if method == "half" else "two_way", half=None))


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (replace(RULES, projects=0), "应有1至100件"),
        (replace(RULES, projects=101), "应有1至100件"),
        (replace(RULES, projects=100, unknown=True), "一张票上有500个选项，最多400个"),
        (replace(RULES, projects=67, levels=tuple("甲乙丙丁戊")), "一张票上有402个选项"),
        (replace(RULES, levels=("满意",), favourable=1), "应有2至5个"),
        (replace(RULES, levels=tuple("甲乙丙丁戊己")), "应有2至5个"),
        (replace(RULES, levels=("满意", "满意"), favourable=1), "重名"),
        (replace(RULES, levels=("满意", "弃权"), favourable=1), "不能叫|也不能叫"),
        (replace(RULES, levels=("满意", "不了解"), favourable=1), "也不能叫"),
        (replace(RULES, favourable=3), "最后一等"),
        (replace(RULES, favourable=0), "至少1个"),
        (replace(RULES, bands=(80, 60, 0)), "用不到分值和分数段"),
        (replace(RULES, points=(100, 70, 30)), "用不到分值和分数段"),
        (replace(BANDS, points=(100, 70, 30)), "只有按平均分"),
        (replace(BANDS, bands=()), "分数段有0个"),
        (replace(BANDS, bands=(80, 60)), "分数段有2个"),
        (replace(BANDS, bands=(80, 80, 0)), "重叠"),
        (replace(BANDS, bands=(60, 80, 0)), "重叠"),
        (replace(BANDS, bands=(80, 60, 10)), "空缺：10以下"),
        (replace(BANDS, bands=(80, 60, -1)), "不能小于0"),
        (replace(BANDS, bands=(101, 60, 0)), "超过了100"),
        (replace(POINTS, points=()), "分值有0个"),
        (replace(POINTS, points=(100, 70)), "分值有2个"),
        (replace(POINTS, points=(100, 70, 70)), "逐个减少"),
        (replace(POINTS, points=(101, 70, 30)), "0至100之间"),
        (replace(POINTS, points=(100, 70, -1)), "0至100之间"),
    ],
)
def test_rules_that_leave_a_gap_or_overlap_or_mean_two_things_are_refused(rules: Grading, words: str) -> None:
    with pytest.raises(RulesError, match=words):
        check_grading(rules)


def test_the_longest_ballot_that_the_rules_allow_can_be_cast() -> None:
    """The fewer the answers to a question, the more its proofs weigh."""
    rules = replace(RULES, projects=100)
    check_grading(rules)
    question = Question(answers=columns(rules), min=1, max=1, question="项目")
    sim = Simulator(questions=(question,) * 100, deputies=1)
    assert len(sim.vote(0, [[1, 0, 0, 0]] * 100)) < LIMIT


@given(
    bands=st.lists(st.integers(-5, 105), min_size=3, max_size=3),
    value=st.fractions(0, 100),
)
def test_bands_that_pass_hold_every_value_exactly_once(bands: list[int], value: Fraction) -> None:
    rules = replace(BANDS, bands=tuple(bands))
    uppers = [Fraction(101), *map(Fraction, bands[:-1])]
    holding = [place for place, least in enumerate(bands) if least <= value < uppers[place] and least <= 100]
    try:
        check_grading(rules)
    except RulesError:
        return
    assert len(holding) == 1


# From a file


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"projects": None}, "测评办法缺少“测评项目件数”（projects），应填整数"),
        ({"publish": None}, "测评办法缺少“公布的内容”（publish）"),
        ({"projects": "2"}, "“测评项目件数”（projects）填写有误"),
        ({"half": "一半"}, "“正好一半算不算达到”（half）填写有误，应为more_than（不算，须超过半数）"),
        ({"levels": ["满意", " "]}, "“满意度等次”（levels）填写有误"),
        ({"bands": [80, 60.5, 0]}, "“各等次的下限”（bands）填写有误"),
        ({"places": 2}, "测评办法中有不认识的项“places”"),
        ({"half": None}, "没有写明正好一半"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_field_in_words(
    change: dict[str, object], sentence: str
) -> None:
    fields = {"ballot": "grades", "projects": 2, "half": "more_than", "publish": "list"} | change
    raw = msgspec.json.encode({name: value for name, value in fields.items() if value is not None})
    with pytest.raises((InputError, RulesError), match=re.escape(sentence)):
        decode_rules(raw)


def test_both_kinds_of_rules_are_told_apart_by_their_ballot() -> None:
    vote = Rules(ballot="for_against", candidates=2, places=2, publish="list")
    assert read_rules(encode_rules(vote)) == vote
    assert (kind_of(vote), kind_of(RULES)) == ("decision", "satisfaction")
    every: list[RoundRules] = [vote, *SENSIBLE.values()]
    assert len({rules_hash(rules) for rules in every}) == len(every)


def test_the_hash_changes_with_every_field() -> None:
    changed = [
        replace(RULES, half="at_least"),
        replace(RULES, unknown=True),
        replace(RULES, base="present"),
        replace(RULES, rates="opinions"),
        replace(RULES, add_up=True),
        replace(RULES, favourable=1),
        replace(RULES, publish="list"),
        replace(RULES, levels=("满意", "较满意", "不满意")),
    ]
    assert len({rules_hash(rules) for rules in (RULES, *changed)}) == len(changed) + 1


def test_every_field_has_a_name_in_words() -> None:
    assert set(FIELDS) == set(Grading.__struct_fields__)


# The rule in words


def test_unknown_is_offered_between_the_levels_and_abstaining() -> None:
    assert columns(RULES) == ("满意", "基本满意", "不满意", "弃权")
    assert columns(replace(RULES, unknown=True)) == ("满意", "基本满意", "不满意", "不了解", "弃权")


def test_the_sentence_says_whether_half_is_enough_and_how_many_votes_that_is() -> None:
    words = "".join(grading_sentences(RULES, 298))
    assert "以全体代表（298人，至少150票）为基数，满意票超过半数（不含半数）的，为满意" in words
    assert "满意、基本满意票合计超过半数（不含半数）的，为基本满意；其余为不满意。" in words
    words = "".join(grading_sentences(replace(RULES, half="at_least"), 298))
    assert "至少149票" in words
    assert "满意票达到半数（含半数）的" in words


def test_in_the_committee_its_members_rate_and_the_directors_approve() -> None:
    words = "".join(rule_sentences(RULES, 35, "committee"))
    assert "全体组成人员（35人，至少18票）" in words
    assert "经主任会议同意" in words
    assert "代表" not in words
    assert "主席团" not in words


def test_two_ways_leave_the_middle_out() -> None:
    words = "".join(grading_sentences(SENSIBLE["two_way"]))
    assert "基本满意票合计" not in words
    assert "其余为不满意" in words


@pytest.mark.parametrize("rules", SENSIBLE.values(), ids=SENSIBLE)
def test_every_level_is_named_in_the_rule(rules: Grading) -> None:
    words = "".join(grading_sentences(rules))
    assert all(name in words for name in rules.levels)
    assert "不足5张的，只公布等次" in words


@given(base=st.integers(1, 3000), half=st.sampled_from(get_args(Half)))
def test_the_least_number_that_has_the_half_has_it_and_one_less_has_not(base: int, half: Half) -> None:
    least = least_for_half(base, half)
    middle = Fraction(1, 2)
    if half == "at_least":
        assert Fraction(least, base) >= middle > Fraction(least - 1, base)
    else:
        assert Fraction(least, base) > middle >= Fraction(least - 1, base)
