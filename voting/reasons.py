"""The words of an outcome: why each candidate was chosen or not, and what the report says of the whole.

Pure. Candidates are called by their printed number (3号). The sentences are those of the 计票结果报告单, with
every figure; what a round that publishes the list only may say of them stands in `voting.disclosure`.
"""

from __future__ import annotations

from collections.abc import Iterable

from voting.counts import Counts, DecisionCounts, SelectCounts, valid_ballots, votes_of
from voting.ranking import Cause, Ranking, cause
from voting.rules import Rules, half_of
from voting.wording import Words


def reason(rules: Rules, words: Words, ranking: Ranking, number: int, base: int, needed: int) -> str:
    """Why candidate `number` stands where it stands, with its votes and its place."""
    votes = ranking.votes[number - 1]
    got = f"得赞成票{votes}票，"
    passed = got + (f"超过{half_of(rules.base, words)}（至少{needed}票），" if rules.majority_floor else "")
    ends: dict[Cause, str] = {
        "within_places": f"{passed}{_place(rules, ranking, number)}入选。",
        "entered_tied": f"{passed}{_level(ranking, number)}，按票决办法一并入选。",
        "below_floor": f"{got}{_below_floor(rules, words, votes, base, needed)}，未入选。",
        "no_votes": "没有得到赞成票，未入选。",
        "outside_places": f"{passed}但{_position(ranking, number)}，不在应选{rules.places}件之内，未入选。",
        "tied": f"{passed}{_level(ranking, number)}，待定：{_tie_ends(rules, words, ranking)}。",
    }
    return ends[cause(ranking, number, majority_floor=rules.majority_floor)]


def report(
    rules: Rules, words: Words, counts: DecisionCounts, ranking: Ranking, needed: int
) -> tuple[str, ...]:
    """The sentences of the whole, in the order in which the 总监票人 reads them."""
    return (
        attendance(counts, words),
        returned_sentence(counts, words),
        valid_sentence(counts),
        _passed(rules, words, ranking, needed),
        _chosen(ranking),
        *_open_ends(rules, words, ranking),
    )


def void_report(counts: Counts, words: Words) -> tuple[str, ...]:
    """More came back than were given out: nothing was counted."""
    return (
        attendance(counts, words),
        f"发出{words.ballot}{counts.issued}张，收回{counts.returned}张，收回的票多于发出的票，{words.void}。",
        f"本次{words.act}不再计票，应当{words.again}。",
    )


def too_many_report(rules: Rules, counts: DecisionCounts, words: Words) -> tuple[str, ...]:
    """More 赞成 than the valid ballots can hold: some have given more than the rules allow."""
    total, valid = sum(votes_of(counts)), valid_ballots(counts)
    most = f"有效票{valid}张，赞成票合计{total}票，多于{rules.places * valid}票"
    return (
        attendance(counts, words),
        returned_sentence(counts, words, ended=False),
        f"每张票最多赞成{rules.places}件，{most}，{words.void}。",
        f"应当{words.again}。",
    )


def attendance(counts: Counts, words: Words) -> str:
    """全体, 实到 and the quorum; `check_counts` has seen to it that there is one."""
    return (
        f"{words.all_members}{counts.all_deputies}人，实到{counts.present}人，{words.enough}，符合法定人数。"
    )


def returned_sentence(counts: Counts, words: Words, *, ended: bool = True) -> str:
    """发出 and 收回; that the vote is valid, unless something else speaks against it."""
    if not ended:
        if counts.hands:
            return f"举手表决，{counts.returned}人参加表决。"
        return f"发出{words.ballot}{counts.issued}张，收回{counts.returned}张。"
    if counts.hands:
        return f"举手表决，{counts.returned}人参加表决，{words.valid}。"
    issued = f"发出{words.ballot}{counts.issued}张"
    if counts.returned == 0:
        return f"{issued}，没有收回{words.ballot}，{words.valid}。"
    compared = "等于" if counts.returned == counts.issued else "少于"
    return f"{issued}，收回{counts.returned}张，收回的票{compared}发出的票，{words.valid}。"


def valid_sentence(counts: Counts) -> str:
    """有效 and 无效; where hands were raised nothing can be invalid."""
    if counts.hands:
        return f"弃权{counts.blank}人。" if isinstance(counts, SelectCounts) else "没有举手的计为弃权。"
    split = f"有效票{valid_ballots(counts)}张，无效票{counts.invalid}张"
    if isinstance(counts, SelectCounts):
        return f"{split}；有效票中弃权票{counts.blank}张。"
    return f"{split}。"


def shortfall_ends(rules: Rules, words: Words) -> str:
    """What becomes of vacant places."""
    return {
        "presidium": f"由{words.presidium}决定另行票决或者缺额",
        "supplementary": "对未入选的项目另行票决",
        "vacant": "按票决办法缺额不补",
    }[rules.shortfall]


def numbers(chosen: Iterable[int]) -> str:
    """3号、1号、7号"""
    return "、".join(f"{number}号" for number in chosen)


def whole(rules: Rules, words: Words, base: int) -> str:
    """Of how many people or ballots more than half is needed."""
    return {
        "all_deputies": f"{words.all_members}{base}人",
        "present": f"{words.present_members}{base}人",
        "returned": f"收回的{base}张票",
    }[rules.base]


def _tie_ends(rules: Rules, words: Words, ranking: Ranking) -> str:
    """How the open places find their candidates."""
    many = f"这{len(ranking.tied)}件中还应选{ranking.tied_places}件，"
    return many + ("再次票决，得票多的入选" if rules.tie == "runoff" else f"由{words.presidium}决定")


def _below_floor(rules: Rules, words: Words, votes: int, base: int, needed: int) -> str:
    if votes * 2 == base:
        return f"正好是{whole(rules, words, base)}的一半，没有超过半数（至少{needed}票）"
    return f"没有超过{half_of(rules.base, words)}（至少{needed}票）"


def _place(rules: Rules, ranking: Ranking, number: int) -> str:
    if rules.candidates == rules.places:
        return ""  # 等额: nobody is compared with anybody
    return f"{_position(ranking, number)}，在应选{rules.places}件之内，"


def _position(ranking: Ranking, number: int) -> str:
    shared = "并列" if ranking.level_with(number) else ""
    return f"得票{shared}第{ranking.place_of(number)}位"


def _level(ranking: Ranking, number: int) -> str:
    return f"与{numbers(ranking.level_with(number))}得票相同"


def _passed(rules: Rules, words: Words, ranking: Ranking, needed: int) -> str:
    many = len(ranking.passed)
    head = f"候选项目{rules.candidates}件，应选{rules.places}件。"
    if rules.majority_floor:
        return f"{head}得赞成票超过{half_of(rules.base, words)}（至少{needed}票）的有{many}件。"
    return f"{head}不要求超过半数，得到赞成票的有{many}件。"


def _chosen(ranking: Ranking) -> str:
    if not ranking.chosen:
        return "没有项目入选。"
    if len(ranking.chosen) == 1:
        return f"入选1件：{numbers(ranking.chosen)}。"
    votes = [ranking.votes[number - 1] for number in ranking.chosen]
    equal = "（得票相同的按票面顺序排列）" if len(set(votes)) < len(votes) else ""
    return f"入选{len(ranking.chosen)}件，按得票由多到少为：{numbers(ranking.chosen)}{equal}。"


def _open_ends(rules: Rules, words: Words, ranking: Ranking) -> tuple[str, ...]:
    if ranking.tied:
        each = ranking.votes[ranking.tied[0] - 1]
        return (f"{numbers(ranking.tied)}得票相同（各{each}票），{_tie_ends(rules, words, ranking)}。",)
    if ranking.entered_tied:
        more = len(ranking.chosen) - rules.places
        return (f"{numbers(ranking.entered_tied)}得票相同，按票决办法一并入选，比应选件数多{more}件。",)
    if ranking.vacancies:
        return (f"入选件数比应选件数少{ranking.vacancies}件，{shortfall_ends(rules, words)}。",)
    return ()
