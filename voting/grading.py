"""The rules of a satisfaction test (满意度测评办法). Pure.

    half      the best level that, with all better ones, has half of the base; the last level otherwise
    two_way   the best level if it has half of the base, otherwise the last
    points    the mean of the levels' points, sorted into bands
    bands     the 总体满意率 in per cent, sorted into bands

Every ballot gives each project exactly one level, 不了解 (where offered) or 弃权; no mark is 弃权. Places
differ on all of it (domain: 镇海 2022, 石泉, 深圳 2011 §7), hence settings. A published rule may contradict
itself when exactly half are satisfied (镇海: 半数以上 is 基本满意, 不足半数（含半数） is 不满意): `half` has
no value until the office chooses one.

The canonical JSON is hashed into the election's description, as that of `voting.rules`.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any, Final, Literal

from msgspec import Struct

from voting.errors import RulesError
from voting.rule_fields import Base, Extent, described
from voting.text import Line
from voting.wording import Body, Words, words_for

Method = Literal["half", "two_way", "points", "bands"]
Half = Literal["more_than", "at_least"]
RateBase = Literal["valid", "opinions"]

MOST_PROJECTS: Final = 100
MOST_LEVELS: Final = 5
MOST_ANSWERS: Final = 400
"""On a whole ballot: it must stay within `ballots.ballot.LIMIT`, and a phone must be able to seal it."""
FEWEST_RETURNED: Final = 5
"""Of fewer ballots no figures are shown outside the hall: they would tell who chose what."""
ABSTAIN: Final = "弃权"
UNKNOWN: Final = "不了解"

_BOUNDS: Final[dict[str, Any]] = {"minimum": 1, "maximum": MOST_PROJECTS}

FIELDS: Final[dict[str, tuple[str, str]]] = {
    "version": ("版本", "1"),
    "ballot": ("测评票形式", "grades"),
    "projects": ("测评项目件数", "整数"),
    "levels": ("满意度等次", f"2至{MOST_LEVELS}个名称，从最好的等次起"),
    "unknown": ("是否设“不了解”", "true（是）或者 false（否）"),
    "method": ("定等次的方法", "half（过半数）、two_way（分两等）、points（平均分）或者 bands（满意率）"),
    "half": ("正好一半算不算达到", "more_than（不算，须超过半数）或者 at_least（算，含半数）"),
    "base": ("半数的基数", "all_deputies（全体）、present（实到）或者 returned（收回的票）"),
    "favourable": ("计入总体满意率的等次个数", "整数，从最好的等次起"),
    "rates": ("满意率的分母", "valid（有效票）或者 opinions（表示了意见的票）"),
    "points": ("各等次的分值", "0至100的整数，从最好的等次起"),
    "bands": ("各等次的下限", "0至100的整数，从最好的等次起，最后一个是0"),
    "add_up": ("百分比是否凑成100", "true（是）或者 false（否）"),
    "publish": ("公布的内容", "list（等次）、list_and_votes（等次和票数）或者 with_archive（另加票箱记录）"),
}
"""For every field: its name and what it may hold, in words."""


class Grading(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """测评办法. `check_grading` says whether it makes sense."""

    version: Annotated[Literal[1], described(FIELDS, "version")] = 1
    ballot: Annotated[Literal["grades"], described(FIELDS, "ballot")] = "grades"
    projects: Annotated[int, described(FIELDS, "projects", **_BOUNDS)]
    levels: Annotated[tuple[Line, ...], described(FIELDS, "levels")] = ("满意", "基本满意", "不满意")
    unknown: Annotated[bool, described(FIELDS, "unknown")] = False
    """Whether 不了解 is offered beside 弃权."""
    method: Annotated[Method, described(FIELDS, "method")] = "half"
    half: Annotated[Half | None, described(FIELDS, "half")] = None
    """Whether exactly half is enough: 半数以上 (at_least) or 过半数 (more_than). The methods `half` and
    `two_way` need it."""
    base: Annotated[Base, described(FIELDS, "base")] = "all_deputies"
    """Of what half is needed."""
    favourable: Annotated[int, described(FIELDS, "favourable")] = 2
    """How many levels, from the best, make up the 总体满意率."""
    rates: Annotated[RateBase, described(FIELDS, "rates")] = "valid"
    """Of what rates and points are taken: all valid ballots, or those with an opinion on the project."""
    points: Annotated[tuple[int, ...], described(FIELDS, "points")] = ()
    """0 to 100 for each level, for the method `points`."""
    bands: Annotated[tuple[int, ...], described(FIELDS, "bands")] = ()
    """The least points or per cent of each level, best first, the last 0; for `points` and `bands`."""
    add_up: Annotated[bool, described(FIELDS, "add_up")] = False
    """Whether the percentages of one project are rounded so that they add up to 100."""
    publish: Annotated[Extent, described(FIELDS, "publish")]
    """What 公布 makes public. No default: the office must choose."""


def columns(rules: Grading) -> tuple[str, ...]:
    """What is offered for each project, in the order of the ballot; also the figures of a row."""
    return (*rules.levels, *([UNKNOWN] if rules.unknown else []), ABSTAIN)


def check_grading(rules: Grading) -> None:
    """Raises RulesError, with the first thing that is wrong."""
    if not 1 <= rules.projects <= MOST_PROJECTS:
        raise RulesError(f"测评项目应有1至{MOST_PROJECTS}件，现在是{rules.projects}件。请核对。")
    _check_levels(rules)
    _check_length(rules)
    if rules.method in {"half", "two_way"}:
        _check_half(rules)
    else:
        _check_bands(rules)
    if rules.method == "points":
        _check_points(rules)
    elif rules.points:
        raise RulesError("只有按平均分定等次时才用分值。请删去分值，或者改用平均分。")


def grading_sentences(rules: Grading, all_deputies: int | None = None, body: Body = "congress") -> list[str]:
    """The rule in words, for the ballot, the report and the public page. Raises RulesError.

    With `all_deputies` the sentence on the half says how many votes that is.
    """
    check_grading(rules)
    words = words_for("satisfaction", body)
    favourable = "、".join(rules.levels[: rules.favourable])
    return [
        f"测评项目{rules.projects}件，对每件在{'、'.join(columns(rules))}中选一项。",
        f"纸质票上没有选的，计为{ABSTAIN}；手机投票须逐件选择。",
        _how_levels_are_found(rules, words, all_deputies),
        f"总体满意率是{favourable}票占{rate_base(rules)}的比例，保留一位小数。",
        "收回的票等于或者少于发出的票，测评有效；多于发出的票，测评无效。",
        f"宣布结果后，经{words.presidium}同意，公布{_EXTENTS[rules.publish]}。",
        f"收回的票不足{FEWEST_RETURNED}张的，只公布等次。",
    ]


_EXTENTS: Final[dict[Extent, str]] = {
    "list": "各项目的等次",
    "list_and_votes": "各项目的等次、票数和满意率",
    "with_archive": "各项目的等次、票数、满意率和供复核的票箱记录",
}


def base_name(rules: Grading, words: Words) -> str:
    """Of what half is needed, in words."""
    names: dict[Base, str] = {
        "all_deputies": words.all_members,
        "present": words.present_members,
        "returned": "收回的票",
    }
    return names[rules.base]


def half_words(half: Half | None) -> tuple[str, str]:
    """What has to be done with the half, and which half is meant."""
    return ("达到", "半数（含半数）") if half == "at_least" else ("超过", "半数（不含半数）")


def rate_base(rules: Grading) -> str:
    """Of what rates are taken, in words."""
    return "有效票" if rules.rates == "valid" else "表示了意见的票"


def least_for_half(base: int, half: Half | None) -> int:
    """The least number of votes that has the half of `base`: of 35 18; of 30 15 or, more than half, 16."""
    return max(1, -(-base // 2)) if half == "at_least" else base // 2 + 1


def _check_levels(rules: Grading) -> None:
    levels = rules.levels
    if not 2 <= len(levels) <= MOST_LEVELS:
        raise RulesError(f"满意度等次应有2至{MOST_LEVELS}个，现在是{len(levels)}个。请修改。")
    if len({*levels, ABSTAIN, UNKNOWN}) != len(levels) + 2:
        raise RulesError(f"满意度等次不能重名，也不能叫“{ABSTAIN}”或者“{UNKNOWN}”。请修改。")
    if not 1 <= rules.favourable < len(levels):
        raise RulesError("计入总体满意率的等次至少1个，且不能包括最后一等。请修改。")


def _check_length(rules: Grading) -> None:
    each = len(columns(rules))
    if rules.projects * each > MOST_ANSWERS:
        raise RulesError(
            f"测评项目{rules.projects}件、每件{each}个选项，一张票上有{rules.projects * each}个选项，"
            f"最多{MOST_ANSWERS}个。请减少等次，或者分成几轮测评。"
        )


def _check_half(rules: Grading) -> None:
    if rules.half is None:
        raise RulesError(
            "没有写明正好一半算不算达到半数。办法里的“半数以上”和“不足半数（含半数）”会同时成立，"
            "请选定一种：须超过半数（不含半数），或者达到半数即可（含半数）。"
        )
    if rules.bands or rules.points:
        raise RulesError("按半数定等次时用不到分值和分数段。请删去，或者改用平均分、满意率分段。")


def _check_points(rules: Grading) -> None:
    points = rules.points
    if len(points) != len(rules.levels):
        raise RulesError(f"等次有{len(rules.levels)}个，分值有{len(points)}个。请给每个等次填写分值。")
    if not all(0 <= one <= 100 for one in points) or any(a <= b for a, b in pairwise(points)):
        raise RulesError("分值应在0至100之间，并且从最好的等次起逐个减少。请修改。")


def _check_bands(rules: Grading) -> None:
    """One band for each level, from its least value up to the next better one: no gap, no overlap."""
    bands = rules.bands
    if len(bands) != len(rules.levels):
        raise RulesError(f"等次有{len(rules.levels)}个，分数段有{len(bands)}个。请给每个等次填写下限。")
    if any(a <= b for a, b in pairwise(bands)):
        raise RulesError("分数段有重叠：每个等次的下限应当低于上一等次的下限。请修改。")
    if bands[-1] > 0:
        raise RulesError(f"分数段有空缺：{bands[-1]}以下没有对应的等次。最后一等的下限应当是0。")
    if bands[-1] < 0:
        raise RulesError("分数段的下限不能小于0。最后一等的下限应当是0。")
    if bands[0] > 100:
        raise RulesError("第一等的下限超过了100，没有项目能够达到。请修改。")


def _how_levels_are_found(rules: Grading, words: Words, all_deputies: int | None) -> str:
    if rules.method in {"half", "two_way"}:
        return _by_half(rules, words, all_deputies)
    bands = "；".join(f"{least}以上为{name}" for name, least in zip(rules.levels, rules.bands, strict=True))
    if rules.method == "bands":
        return f"按总体满意率（%）定等次：{bands}。“以上”包括本数。"
    each = "、".join(f"{name}{one}分" for name, one in zip(rules.levels, rules.points, strict=True))
    return f"{each}，取{rate_base(rules)}的平均分；{bands}。“以上”包括本数。"


def _by_half(rules: Grading, words: Words, all_deputies: int | None) -> str:
    bar, best = "".join(half_words(rules.half)), rules.levels[0]
    steps = [f"{best}票{bar}的，为{best}"]
    if rules.method == "half":
        for place in range(1, len(rules.levels) - 1):
            names = "、".join(rules.levels[: place + 1])
            steps.append(f"{names}票合计{bar}的，为{rules.levels[place]}")
    figure = ""
    if all_deputies is not None and rules.base == "all_deputies":
        figure = f"（{all_deputies}人，至少{least_for_half(all_deputies, rules.half)}票）"
    return f"以{base_name(rules, words)}{figure}为基数，{'；'.join(steps)}；其余为{rules.levels[-1]}。"
