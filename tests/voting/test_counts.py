"""Promises of voting/counts.py: figures that cannot all be true are refused, and the wrong one is named."""

from __future__ import annotations

import re
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from voting.counts import (
    FIELDS,
    ApprovalCounts,
    GradeCounts,
    SelectCounts,
    check_attendance,
    check_counts,
    decode_counts,
    is_quorate,
    quorum,
    valid_ballots,
    votes_of,
)
from voting.errors import CountsError, InputError
from voting.rules import Rules

SELECT = Rules(ballot="select_k", candidates=3, places=2, publish="list")
APPROVE = Rules(ballot="for_against", candidates=2, places=2, publish="list")

# 45 deputies, 40 there, 39 ballots back, 1 of them invalid, 2 blank: 36 that mark one or two of three.
MARKED = SelectCounts(
    all_deputies=45, present=40, issued=40, returned=39, invalid=1, blank=2, votes=(30, 20, 12)
)
APPROVED = ApprovalCounts(
    all_deputies=45,
    present=40,
    issued=40,
    returned=39,
    invalid=1,
    for_votes=(38, 20),
    against=(0, 10),
    abstain=(0, 8),
)


def test_true_figures_pass() -> None:
    check_counts(SELECT, MARKED)
    check_counts(APPROVE, APPROVED)
    assert valid_ballots(MARKED) == 38
    assert votes_of(MARKED) == (30, 20, 12)
    assert votes_of(APPROVED) == (38, 20)


def test_the_tightest_possible_figures_pass() -> None:
    check_counts(SELECT, replace(MARKED, votes=(36, 36, 0)))
    check_counts(SELECT, replace(MARKED, votes=(12, 12, 12)))
    check_counts(SELECT, replace(MARKED, returned=0, invalid=0, blank=0, votes=(0, 0, 0)))
    check_counts(SELECT, replace(MARKED, blank=38, votes=(0, 0, 0)))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"all_deputies": 0}, "“全体代表人数”是0，不能小于1"),
        ({"present": -1}, "“实到人数”是-1，不能小于0"),
        ({"present": 46}, "实到46人，多于全体代表45人"),
        ({"present": 29, "issued": 29}, "不足三分之二（至少30人）"),
        ({"issued": 41}, "发出41张票，多于实到40人"),
        ({"issued": 0}, "“发出票数”是0，不能小于1"),
        ({"returned": -1}, "“收回票数”是-1"),
        ({"returned": 10**12}, "“收回票数”大得不合情理"),
        ({"invalid": -1}, "“无效票数”是-1"),
        ({"invalid": 40}, "无效票40张，多于收回的39张"),
        ({"blank": -1}, "“弃权票数”是-1"),
        ({"blank": 39}, "弃权票39张，多于有效票38张"),
        ({"votes": (30, 20)}, "“得赞成票数”有2个数，候选项目是3件"),
        ({"votes": (30, 20, -1)}, "“3号得赞成票数”是-1"),
        ({"votes": (30, 37, 0)}, "2号得37票，多于作了选择的有效票36张"),
        ({"votes": (36, 36, 1)}, "合计73票.*合计不能多于72票"),
        ({"votes": (35, 0, 0)}, "合计35票，而作了选择的有效票有36张、每张至少选1件"),
    ],
)
def test_a_figure_that_contradicts_the_others_is_named(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(CountsError, match=sentence):
        check_counts(SELECT, replace(MARKED, **change))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"for_votes": (38,)}, "“赞成票数”有1个数，候选项目是2件"),
        ({"against": (0, 10, 0)}, "“反对票数”有3个数"),
        ({"abstain": ()}, "“弃权票数”有0个数"),
        ({"against": (0, -1)}, "“2号反对票数”是-1"),
        ({"for_votes": (38, 21)}, "2号赞成21票、反对10票、弃权8票，合计39票，与有效票38张不符"),
        ({"invalid": 0}, "1号赞成38票、反对0票、弃权0票，合计38票，与有效票39张不符"),
    ],
)
def test_a_row_that_does_not_add_up_is_named(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(CountsError, match=sentence):
        check_counts(APPROVE, replace(APPROVED, **change))


def test_counts_of_another_kind_of_ballot_are_refused() -> None:
    with pytest.raises(CountsError, match="用的是差额票决票，票数却是逐项表决票的"):
        check_counts(SELECT, APPROVED)
    with pytest.raises(CountsError, match="用的是逐项表决票，票数却是差额票决票的"):
        check_counts(APPROVE, MARKED)


def test_more_ballots_back_than_given_out_is_no_contradiction_and_nothing_further_is_looked_at() -> None:
    check_counts(SELECT, replace(MARKED, returned=41, votes=(), blank=99))


@given(st.lists(st.sets(st.integers(1, 4), max_size=3), max_size=12), st.integers(0, 3))
def test_whatever_ballots_are_cast_their_count_passes(ballots: list[set[int]], invalid: int) -> None:
    rules = Rules(ballot="select_k", candidates=4, places=3, publish="list")
    counts = SelectCounts(
        all_deputies=20,
        present=20,
        issued=20,
        returned=len(ballots) + invalid,
        invalid=invalid,
        votes=tuple(sum(number in ballot for ballot in ballots) for number in range(1, 5)),
        blank=sum(not ballot for ballot in ballots),
    )
    check_counts(rules, counts)


@given(st.integers(1, 100_000))
def test_a_quorum_is_the_least_number_that_is_two_thirds_of_all(all_deputies: int) -> None:
    least = quorum(all_deputies)
    assert Fraction(least, all_deputies) >= Fraction(2, 3) > Fraction(least - 1, all_deputies)
    assert is_quorate(all_deputies, least)
    assert not is_quorate(all_deputies, least - 1)


@pytest.mark.parametrize(("all_deputies", "least"), [(327, 218), (45, 30), (298, 199), (1, 1)])
def test_quorums_of_real_congresses(all_deputies: int, least: int) -> None:
    assert quorum(all_deputies) == least


@pytest.mark.parametrize(("members", "least"), [(35, 18), (30, 16), (19, 10), (1, 1)])
def test_a_committee_needs_more_than_half_of_its_members(members: int, least: int) -> None:
    assert quorum(members, "committee") == least
    check_attendance(members, least, least, "committee")
    with pytest.raises(CountsError, match=f"全体组成人员{members}人，实到{least - 1}人，没有超过半数"):
        check_attendance(members, least - 1, 1, "committee")


def test_what_opens_a_vote_can_be_counted_afterwards() -> None:
    check_attendance(327, 314, 314)
    with pytest.raises(CountsError, match="全体代表327人，实到217人，不足三分之二（至少218人）"):
        check_attendance(327, 217, 217)


@pytest.mark.parametrize("counts", [MARKED, APPROVED])
def test_counts_survive_being_written_and_read(counts: SelectCounts | ApprovalCounts) -> None:
    assert decode_counts(msgspec.json.encode(counts)) == counts


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b'{"present":40}', "票数缺少“表决票形式”（ballot）"),
        (b'{"ballot":"by_acclamation"}', "“表决票形式”（ballot）填写有误"),
        (b'{"ballot":"grades","rows":[["5"]]}', "“各项目的票数”（rows）填写有误，应为每个项目一行整数"),
        (
            b'{"ballot":"select_k","body":"party","all_deputies":45}',
            "“会议”（body）填写有误，应为congress（人民代表大会会议）或者 committee",
        ),
        (b'{"ballot":"select_k","all_deputies":45}', "票数缺少“"),
        (b'{"ballot":"select_k","yes":1}', "不认识的项“yes”"),
        (b'{"ballot":"select_k","issued":"40"}', "“发出票数”（issued）填写有误，应为整数"),
        (b'{"ballot":"select_k","votes":[1,"2"]}', "“得赞成票数”（votes）填写有误，应为按票面顺序排列的整数"),
    ],
)
def test_counts_that_cannot_be_read_are_refused_with_the_field_in_words(raw: bytes, sentence: str) -> None:
    with pytest.raises(InputError, match=re.escape(sentence)):
        decode_counts(raw)


def test_every_field_of_the_counts_has_a_name_in_words() -> None:
    kinds = (SelectCounts, ApprovalCounts, GradeCounts)
    assert set(FIELDS) == {"ballot"}.union(*(kind.__struct_fields__ for kind in kinds))
