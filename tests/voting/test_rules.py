"""Promises of voting/rules.py: no round under senseless rules, one way to write them, and plain words."""

from __future__ import annotations

import hashlib
import re
from fractions import Fraction
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from voting.errors import InputError, RulesError
from voting.rules import (
    FIELDS,
    BallotForm,
    Base,
    Extent,
    Rules,
    ShortfallPolicy,
    TiePolicy,
    check_rules,
    decode_rules,
    encode_rules,
    majority,
    rule_sentences,
    rules_hash,
)

SEVEN_TO_FIVE = Rules(ballot="select_k", candidates=7, places=5, publish="list_and_votes")


@st.composite
def sensible_rules(draw: st.DrawFn) -> Rules:
    candidates = draw(st.integers(2, 100))
    return Rules(
        ballot=draw(st.sampled_from(["select_k", "for_against"])),
        candidates=candidates,
        places=draw(st.integers(1, candidates - 1)),
        base=draw(st.sampled_from(get_args(Base))),
        majority_floor=draw(st.booleans()),
        tie=draw(st.sampled_from(get_args(TiePolicy))),
        shortfall=draw(st.sampled_from(get_args(ShortfallPolicy))),
        publish=draw(st.sampled_from(get_args(Extent))),
    )


@pytest.mark.parametrize(
    ("candidates", "places", "sentence"),
    [
        (5, 7, "应选7件，候选项目只有5件"),
        (5, 5, "是等额，不能用差额票决票"),
        (7, 0, "应选件数至少是1件"),
        (7, -1, "应选件数至少是1件"),
        (1, 1, "至少要有2件候选项目"),
        (0, 1, "候选项目至少要有1件"),
        (101, 5, "最多100件"),
    ],
)
def test_rules_that_make_no_sense_are_refused_with_what_to_change(
    candidates: int, places: int, sentence: str
) -> None:
    rules = Rules(ballot="select_k", candidates=candidates, places=places, publish="list")
    with pytest.raises(RulesError, match=sentence):
        check_rules(rules)
    with pytest.raises(RulesError, match=sentence):
        decode_rules(encode_rules(rules))
    with pytest.raises(RulesError, match=sentence):
        rule_sentences(rules)


def test_as_many_candidates_as_places_need_a_ballot_that_can_say_no() -> None:
    check_rules(Rules(ballot="for_against", candidates=5, places=5, publish="list"))
    check_rules(Rules(ballot="for_against", candidates=1, places=1, publish="list"))
    with pytest.raises(RulesError, match="请减少应选件数，或者改用逐项表决票"):
        check_rules(Rules(ballot="select_k", candidates=5, places=5, publish="list"))


def test_the_canonical_form_never_changes_because_it_is_hashed_into_elections() -> None:
    canonical = (
        b'{"version":1,"ballot":"select_k","candidates":7,"places":5,"base":"all_deputies",'
        b'"majority_floor":true,"tie":"runoff","shortfall":"presidium","most_for":false,'
        b'"publish":"list_and_votes"}'
    )
    assert encode_rules(SEVEN_TO_FIVE) == canonical
    assert rules_hash(SEVEN_TO_FIVE) == hashlib.sha256(canonical).hexdigest()
    assert rules_hash(SEVEN_TO_FIVE) == "c3b1cc8c84891388bb4aadde420a1ebaf8aab91ca4416034f4be12ada3faabea"


@given(sensible_rules())
def test_rules_survive_being_written_and_read(rules: Rules) -> None:
    assert decode_rules(encode_rules(rules)) == rules


def test_left_out_settings_take_the_defaults_of_the_law_and_publishing_has_none() -> None:
    least = b'{"ballot":"select_k","candidates":7,"places":5,"publish":"list_and_votes"}'
    assert decode_rules(least) == SEVEN_TO_FIVE
    with pytest.raises(InputError, match="缺少“公布的内容”（publish）"):
        decode_rules(b'{"ballot":"select_k","candidates":7,"places":5}')


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "文件是空的"),
        (b"\xef\xbb\xbf  ", "文件是空的"),
        (b"\xff\xfe{", "不是 UTF-8 编码"),
        (b'{"ballot":', "不是正确的 JSON：第1行第11个字符附近有误"),
        (b'{"places":5,"places":6}', "“places”写了两次"),
        (b'{"places":NaN}', "“NaN”，这不是数字"),
        (b'{"places":' + b"9" * 5000 + b"}", "过长的数字"),
        (b"[" * 30_000, "过深的括号"),
        (b"[]", "最外层应当是一对花括号"),
        (b'"select_k"', "最外层应当是一对花括号"),
        (b" " * 70_000, "超过64 KB"),
    ],
)
def test_a_file_that_is_not_rules_is_refused_with_what_to_do(raw: bytes, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        decode_rules(raw)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("ballot", "approval", "“表决票形式”（ballot）填写有误，应为select_k"),
        ("places", "5", "“应选件数”（places）填写有误，应为整数"),
        ("places", 5.5, "“应选件数”（places）填写有误"),
        ("places", True, "“应选件数”（places）填写有误"),
        ("places", None, "“应选件数”（places）填写有误"),
        ("version", 2, "“版本”（version）填写有误，应为1"),
        ("majority_floor", "yes", "“入选须超过半数”（majority_floor）填写有误，应为true"),
        ("threshold", 3, "不认识的项“threshold”"),
        ("长" * 50, 3, "不认识的项“" + "长" * 40 + "…”"),
    ],
)
def test_a_field_that_is_wrong_or_unknown_is_named_in_words(field: str, value: object, sentence: str) -> None:
    document = {"ballot": "select_k", "candidates": 7, "places": 5, "publish": "list", field: value}
    with pytest.raises(InputError, match=re.escape(sentence)):
        decode_rules(msgspec.json.encode(document))


def test_every_field_of_the_rules_has_a_name_in_words() -> None:
    assert tuple(FIELDS) == Rules.__struct_fields__


@given(st.integers(1, 100_000))
def test_a_majority_is_the_least_number_that_is_more_than_half(base: int) -> None:
    assert Fraction(majority(base), base) > Fraction(1, 2) >= Fraction(majority(base) - 1, base)


def test_the_rule_of_a_usual_round_reads_like_this() -> None:
    assert rule_sentences(SEVEN_TO_FIVE, 298) == [
        "候选项目7件，应选5件，差额票决。",
        "每位代表最多选5件，少于5件的票有效，多于5件的票无效。",
        "没有勾选的项目计为未赞成，不区分反对和弃权；一件都不选的是弃权票，弃权票有效，单独统计。",
        (
            "得赞成票超过全体代表半数（全体代表298人，至少150票）的，方可入选；"
            "超过半数的多于5件时，按得赞成票由多到少取前5件。"
        ),
        (
            "因得票相同不能确定入选项目时，对得票相同的项目再次票决，得票多的入选；"
            "再次票决仍然相同的，由主席团决定。"
        ),
        "入选不足5件时，由主席团决定另行票决或者缺额。",
        "收回的票等于或者少于发出的票，票决有效；多于发出的票，票决无效。",
        "宣布结果后，经主席团同意，公布入选项目名单和得票数。",
    ]


def test_a_round_with_as_many_candidates_as_places_says_nothing_about_ties() -> None:
    rules = Rules(
        ballot="for_against", candidates=5, places=5, base="present", shortfall="vacant", publish="list"
    )
    assert rule_sentences(rules, 67) == [
        "候选项目5件，应选5件，等额票决。",
        "对每件候选项目，在赞成、反对、弃权中选一项；纸质票上没有画符号的，计为弃权；手机投票须逐项选择。",
        "得赞成票超过实到代表半数的，方可入选。",
        "入选不足5件时，缺额不补。",
        "收回的票等于或者少于发出的票，票决有效；多于发出的票，票决无效。",
        "宣布结果后，经主席团同意，公布入选项目名单。",
    ]


def test_a_single_place_without_a_floor_is_said_in_the_singular() -> None:
    rules = Rules(
        ballot="select_k",
        candidates=2,
        places=1,
        majority_floor=False,
        tie="presidium",
        publish="with_archive",
    )
    text = "".join(rule_sentences(rules, 45))
    assert "每位代表最多选1件，多于1件的票无效。" in text
    assert "不要求赞成票超过半数，取得赞成票最多的1件；没有得到赞成票的不能入选。" in text
    assert "没有项目入选时，由主席团决定另行票决或者缺额。" in text
    assert "供复核的票箱记录" in text


@given(sensible_rules(), st.none() | st.integers(1, 3000))
def test_different_rules_are_told_in_different_words(rules: Rules, all_deputies: int | None) -> None:
    words = rule_sentences(rules, all_deputies)
    assert all(sentence.endswith("。") for sentence in words)
    for field, values in (("tie", get_args(TiePolicy)), ("shortfall", get_args(ShortfallPolicy))):
        others = [msgspec.structs.replace(rules, **{field: v}) for v in values if v != getattr(rules, field)]
        assert all(rule_sentences(other, all_deputies) != words for other in others)


def test_at_most_k_approvals_is_off_unless_chosen_and_says_what_cannot_be_seen() -> None:
    usual = Rules(ballot="for_against", candidates=3, places=2, publish="list")
    assert usual.most_for is False
    assert not [one for one in rule_sentences(usual) if "赞成的最多" in one]
    (said,) = [one for one in rule_sentences(replace(usual, most_for=True)) if "赞成的最多" in one]
    assert "最多2件" in said
    assert "合计多于有效票的2倍" in said


@pytest.mark.parametrize(("ballot", "candidates"), [("select_k", 3), ("for_against", 2)])
def test_at_most_k_approvals_belongs_to_ballots_that_could_have_more(
    ballot: BallotForm, candidates: int
) -> None:
    with pytest.raises(RulesError, match="只用于逐项表决票"):
        check_rules(Rules(ballot=ballot, candidates=candidates, places=2, most_for=True, publish="list"))
