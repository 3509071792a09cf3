"""The rules as they are read out, and what is said where no round can be held under them: whole sentences."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from voting.counts import ApprovalCounts, SelectCounts, check_counts
from voting.errors import CountsError, RulesError
from voting.grading import Grading, least_for_half
from voting.rules import Rules, check_rules, rule_sentences

SELECT = Rules(ballot="select_k", candidates=7, places=5, publish="list")
EACH = Rules(ballot="for_against", candidates=3, places=3, publish="list_and_votes")
HALF = Grading(projects=2, half="more_than", publish="list")
BANDS = replace(HALF, method="bands", half=None, bands=(80, 60, 0))
POINTS = replace(BANDS, method="points", points=(100, 70, 30))

DECIDED = [
    "收回的票等于或者少于发出的票，票决有效；多于发出的票，票决无效。",
    "宣布结果后，经主席团同意，公布入选项目名单。",
]
TESTED = [
    "收回的票等于或者少于发出的票，测评有效；多于发出的票，测评无效。",
    "宣布结果后，经主席团同意，公布各项目的等次。",
    "收回的票不足5张的，只公布等次。",
]


def test_a_choice_of_some_is_told_in_these_words() -> None:
    assert rule_sentences(SELECT, 298) == [
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
        *DECIDED,
    ]


def test_a_choice_of_one_without_a_floor_is_told_in_these_words() -> None:
    rules = replace(SELECT, places=1, majority_floor=False, tie="all_enter", shortfall="vacant")
    assert rule_sentences(rules)[1:6] == [
        "每位代表最多选1件，多于1件的票无效。",
        "没有勾选的项目计为未赞成，不区分反对和弃权；一件都不选的是弃权票，弃权票有效，单独统计。",
        "不要求赞成票超过半数，取得赞成票最多的1件；没有得到赞成票的不能入选。",
        "因得票相同不能确定入选项目时，得票相同的项目一并入选，入选件数可以多于1件。",
        "没有项目入选时，缺额不补。",
    ]


def test_a_decision_on_each_is_told_in_these_words() -> None:
    assert rule_sentences(replace(EACH, base="present", shortfall="supplementary"), 298) == [
        "候选项目3件，应选3件，等额票决。",
        "对每件候选项目，在赞成、反对、弃权中选一项；纸质票上没有画符号的，计为弃权；手机投票须逐项选择。",
        "得赞成票超过实到代表半数的，方可入选。",
        "入选不足3件时，对未入选的项目另行票决。",
        DECIDED[0],
        "宣布结果后，经主席团同意，公布入选项目名单和得票数。",
    ]


def test_a_limit_on_those_in_favour_is_told_in_these_words() -> None:
    rules = replace(EACH, candidates=4, most_for=True, majority_floor=False, publish="with_archive")
    said = rule_sentences(rules)
    assert said[0] == "候选项目4件，应选3件，差额票决。"
    assert said[2] == (
        "每位代表赞成的最多3件：手机投票不能多选，纸质票赞成多于3件的无效；"
        "赞成票合计多于有效票的3倍的，票决无效。"
    )
    assert said[3] == "不要求赞成票超过半数，按得赞成票由多到少取前3件；没有得到赞成票的不能入选。"
    assert said[-1] == "宣布结果后，经主席团同意，公布入选项目名单、得票数和供复核的票箱记录。"
    assert rule_sentences(replace(EACH, majority_floor=False))[2] == (
        "不要求赞成票超过半数，得到赞成票的入选；没有得到赞成票的不能入选。"
    )


def test_a_test_by_halves_is_told_in_these_words() -> None:
    assert rule_sentences(HALF, 35) == [
        "测评项目2件，对每件在满意、基本满意、不满意、弃权中选一项。",
        "纸质票上没有选的，计为弃权；手机投票须逐件选择。",
        (
            "以全体代表（35人，至少18票）为基数，满意票超过半数（不含半数）的，为满意；"
            "满意、基本满意票合计超过半数（不含半数）的，为基本满意；其余为不满意。"
        ),
        "总体满意率是满意、基本满意票占有效票的比例，保留一位小数。",
        *TESTED,
    ]


def test_a_test_by_points_and_bands_is_told_in_these_words() -> None:
    assert rule_sentences(POINTS)[2] == (
        "满意100分、基本满意70分、不满意30分，取有效票的平均分；"
        "80以上为满意；60以上为基本满意；0以上为不满意。“以上”包括本数。"
    )
    assert rule_sentences(replace(BANDS, rates="opinions"))[2:4] == [
        "按总体满意率（%）定等次：80以上为满意；60以上为基本满意；0以上为不满意。“以上”包括本数。",
        "总体满意率是满意、基本满意票占表示了意见的票的比例，保留一位小数。",
    ]
    two_ways = replace(HALF, method="two_way", half="at_least", base="returned")
    assert rule_sentences(two_ways, 35)[2] == (
        "以收回的票为基数，满意票达到半数（含半数）的，为满意；其余为不满意。"
    )


def test_the_least_that_is_half_is_at_least_one() -> None:
    assert [least_for_half(base, "at_least") for base in (0, 1, 2, 3, 30, 35)] == [1, 1, 1, 2, 15, 18]
    assert [least_for_half(base, "more_than") for base in (0, 1, 2, 3, 30, 35)] == [1, 1, 2, 2, 16, 18]


REFUSED: list[tuple[Rules | Grading, dict[str, Any], str]] = [
    (SELECT, {"candidates": 0}, "候选项目至少要有1件。请先录入候选项目。"),
    (SELECT, {"candidates": 101}, "候选项目有101件，最多100件。请减少候选项目。"),
    (SELECT, {"places": 0}, "应选件数至少是1件。请修改应选件数。"),
    (
        SELECT,
        {"candidates": 1, "places": 1},
        "差额票决至少要有2件候选项目。只有1件候选项目时，请改用逐项表决票（逐项选赞成、反对或弃权）。",
    ),
    (
        SELECT,
        {"most_for": True},
        "“赞成的最多应选件数”只用于逐项表决票，并且候选项目要多于应选件数。请取消这一项，或者修改票的形式。",
    ),
    (
        SELECT,
        {"candidates": 5},
        (
            "应选5件，候选也是5件，是等额，不能用差额票决票。"
            "请减少应选件数，或者改用逐项表决票（逐项选赞成、反对或弃权）。"
        ),
    ),
    (HALF, {"projects": 0}, "测评项目应有1至100件，现在是0件。请核对。"),
    (
        HALF,
        {"half": None},
        (
            "没有写明正好一半算不算达到半数。办法里的“半数以上”和“不足半数（含半数）”会同时成立，"
            "请选定一种：须超过半数（不含半数），或者达到半数即可（含半数）。"
        ),
    ),
    (HALF, {"bands": (80, 60, 0)}, "按半数定等次时用不到分值和分数段。请删去，或者改用平均分、满意率分段。"),
    (HALF, {"favourable": 3}, "计入总体满意率的等次至少1个，且不能包括最后一等。请修改。"),
    (HALF, {"favourable": 0}, "计入总体满意率的等次至少1个，且不能包括最后一等。请修改。"),
    (BANDS, {"points": (3, 2, 1)}, "只有按平均分定等次时才用分值。请删去分值，或者改用平均分。"),
    (BANDS, {"bands": (60, 60, 0)}, "分数段有重叠：每个等次的下限应当低于上一等次的下限。请修改。"),
    (BANDS, {"bands": (80, 60, 1)}, "分数段有空缺：1以下没有对应的等次。最后一等的下限应当是0。"),
    (BANDS, {"bands": (80, 60, -1)}, "分数段的下限不能小于0。最后一等的下限应当是0。"),
    (BANDS, {"bands": (101, 60, 0)}, "第一等的下限超过了100，没有项目能够达到。请修改。"),
    (POINTS, {"points": (101, 70, 30)}, "分值应在0至100之间，并且从最好的等次起逐个减少。请修改。"),
    (POINTS, {"points": (100, 70, 70)}, "分值应在0至100之间，并且从最好的等次起逐个减少。请修改。"),
    (POINTS, {"points": (100, 70, -1)}, "分值应在0至100之间，并且从最好的等次起逐个减少。请修改。"),
]


@pytest.mark.parametrize(("rules", "change", "sentence"), REFUSED)
def test_rules_that_make_no_round_are_refused_in_these_words(
    rules: Rules | Grading, change: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(RulesError) as refused:
        check_rules(replace(rules, **change))
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("rules", "change"),
    [
        (SELECT, {"candidates": 100}),
        (SELECT, {"candidates": 2, "places": 1}),
        (EACH, {"candidates": 1, "places": 1}),
        (HALF, {"favourable": 1}),
        (BANDS, {"bands": (100, 60, 0)}),
        (POINTS, {"points": (100, 70, 0)}),
    ],
)
def test_what_lies_just_inside_the_bounds_makes_a_round(
    rules: Rules | Grading, change: dict[str, Any]
) -> None:
    check_rules(replace(rules, **change))


MARKED = SelectCounts(all_deputies=9, present=9, issued=9, returned=9, votes=(9, 9, 9, 9, 9, 0, 0), blank=0)
VOTED = ApprovalCounts(
    all_deputies=9,
    present=9,
    issued=9,
    returned=9,
    for_votes=(9, 8, 7),
    against=(0, 1, 1),
    abstain=(0, 0, 1),
)


@pytest.mark.parametrize(
    ("counts", "change", "sentence"),
    [
        (MARKED, {"all_deputies": 0}, "“全体代表人数”是0，不能小于1。请核对。"),
        (MARKED, {"present": -1}, "“实到人数”是-1，不能小于0。请核对。"),
        (MARKED, {"issued": 0}, "“发出票数”是0，不能小于1。请核对。"),
        (MARKED, {"returned": -1}, "“收回票数”是-1，不能小于0。请核对。"),
        (MARKED, {"invalid": -1}, "“无效票数”是-1，不能小于0。请核对。"),
        (MARKED, {"blank": -1}, "“弃权票数”是-1，不能小于0。请核对。"),
        (MARKED, {"votes": (9, 9, 9, 9, 9, 0, -1)}, "“7号得赞成票数”是-1，不能小于0。请核对。"),
        (MARKED, {"votes": (9,)}, "“得赞成票数”有1个数，候选项目是7件。请逐件填写。"),
        (VOTED, {"for_votes": (9, -1, 7)}, "“2号赞成票数”是-1，不能小于0。请核对。"),
        (VOTED, {"against": (0, 1, -1)}, "“3号反对票数”是-1，不能小于0。请核对。"),
        (VOTED, {"abstain": (-1, 0, 1)}, "“1号弃权票数”是-1，不能小于0。请核对。"),
        (VOTED, {"abstain": (0, 0)}, "“弃权票数”有2个数，候选项目是3件。请逐件填写。"),
        (MARKED, {"all_deputies": 100_001}, "“全体代表人数”大得不合情理，超过了100,000。请核对。"),
    ],
)
def test_a_figure_that_cannot_be_is_named(
    counts: SelectCounts | ApprovalCounts, change: dict[str, Any], sentence: str
) -> None:
    check_counts(SELECT if isinstance(counts, SelectCounts) else EACH, counts)
    with pytest.raises(CountsError) as refused:
        check_counts(SELECT if isinstance(counts, SelectCounts) else EACH, replace(counts, **change))
    assert str(refused.value) == sentence


def test_the_largest_congress_that_can_be_entered_has_100000_deputies() -> None:
    check_counts(SELECT, replace(MARKED, all_deputies=100_000, present=100_000, issued=100_000, returned=9))


def test_a_ballot_may_hold_just_as_much_as_is_said_and_no_more() -> None:
    check_rules(replace(HALF, levels=("满意", "不满意"), favourable=1))
    full = replace(HALF, projects=80, levels=("好", "较好", "一般", "差"))
    check_rules(full)
    check_rules(replace(full, projects=57, levels=("好", "较好", "一般", "较差", "差"), unknown=True))
    with pytest.raises(RulesError) as too_long:
        check_rules(replace(full, projects=81))
    assert str(too_long.value) == (
        "测评项目81件、每件5个选项，一张票上有405个选项，最多400个。请减少等次，或者分成几轮测评。"
    )
    for levels in (("满意",), ("一", "二", "三", "四", "五", "六")):
        with pytest.raises(RulesError, match=f"满意度等次应有2至5个，现在是{len(levels)}个"):
            check_rules(replace(HALF, levels=levels, favourable=1))


def test_a_choice_of_two_by_the_committee_speaks_of_its_members() -> None:
    said = rule_sentences(replace(SELECT, places=2, tie="presidium"), 35, "committee")
    assert said[1] == "每位常委会组成人员最多选2件，少于2件的票有效，多于2件的票无效。"
    assert said[3].startswith("得赞成票超过全体组成人员半数（全体组成人员35人，至少18票）的，方可入选")
    assert said[4] == "因得票相同不能确定入选项目时，由主任会议决定。"
    assert said[5] == "入选不足2件时，由主任会议决定另行票决或者缺额。"
