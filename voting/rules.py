"""The rules of a round (票决办法): every point on which places differ is a field.

What 地方组织法 fixes for elections (§25 过半数, §29 ties and shortfalls) a place's own 办法 may settle
otherwise for projects; the defaults follow the law. Pure.

The canonical JSON of the rules is hashed into the election's description, so that a stranger can see which
rules a ballot was cast under; the order of the fields is therefore part of the format.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Struct

from voting.errors import RulesError
from voting.grading import FIELDS as GRADING_FIELDS
from voting.grading import Grading, check_grading, grading_sentences
from voting.rule_fields import Base, Extent, described
from voting.strict_json import as_kind, parsed
from voting.wording import Body, Kind, Words, words_for

__all__ = [
    "MOST_CANDIDATES",
    "BallotForm",
    "Base",
    "Extent",
    "RoundRules",
    "Rules",
    "ShortfallPolicy",
    "TiePolicy",
    "check_rules",
    "decode_rules",
    "encode_rules",
    "half_of",
    "kind_of",
    "majority",
    "read_rules",
    "rule_sentences",
    "rules_hash",
]

MOST_CANDIDATES = 100

BallotForm = Literal["select_k", "for_against"]
TiePolicy = Literal["runoff", "presidium", "all_enter"]
ShortfallPolicy = Literal["presidium", "supplementary", "vacant"]

# The bounds stand in the published schema only: `check_rules` enforces them with a sentence.
_BOUNDS: dict[str, Any] = {"minimum": 1, "maximum": MOST_CANDIDATES}

FIELDS: dict[str, tuple[str, str]] = {
    "version": ("版本", "1"),
    "ballot": ("表决票形式", "select_k（差额，最多选 K 件）或者 for_against（逐项赞成、反对、弃权）"),
    "candidates": ("候选件数", "整数"),
    "places": ("应选件数", "整数"),
    "base": ("半数的基数", "all_deputies（全体代表）、present（实到代表）或者 returned（收回的票）"),
    "majority_floor": ("入选须超过半数", "true（是）或者 false（否）"),
    "tie": (
        "得票相同的处理",
        "runoff（再次票决）、presidium（主席团决定）或者 all_enter（一并入选）",
    ),
    "shortfall": (
        "入选不足的处理",
        "presidium（主席团决定）、supplementary（另行票决）或者 vacant（缺额不补）",
    ),
    "most_for": ("赞成的最多应选件数", "true（是）或者 false（否）；只用于逐项表决票"),
    "publish": (
        "公布的内容",
        "list（名单）、list_and_votes（名单和得票数）或者 with_archive（另加票箱记录）",
    ),
}
"""For every field: its name and what it may hold, in words."""


class Rules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """N candidates for K places, and how the votes decide. `check_rules` says whether they make sense."""

    version: Annotated[Literal[1], described(FIELDS, "version")] = 1
    ballot: Annotated[BallotForm, described(FIELDS, "ballot")]
    """`select_k`: mark at most K (差额). `for_against`: 赞成, 反对 or 弃权 on each (等额 needs it)."""
    candidates: Annotated[int, described(FIELDS, "candidates", **_BOUNDS)]
    places: Annotated[int, described(FIELDS, "places", **_BOUNDS)]
    base: Annotated[Base, described(FIELDS, "base")] = "all_deputies"
    """Of what more than half is needed: 全体代表, 实到代表 or 收回的票."""
    majority_floor: Annotated[bool, described(FIELDS, "majority_floor")] = True
    """Whether a candidate needs more than half of the base (过半数) to be chosen at all."""
    tie: Annotated[TiePolicy, described(FIELDS, "tie")] = "runoff"
    """Equal votes on both sides of the last place: vote again, 主席团 decides, or all of them enter."""
    shortfall: Annotated[ShortfallPolicy, described(FIELDS, "shortfall")] = "presidium"
    """Fewer chosen than places: 主席团 decides, another vote over the rest, or the places stay vacant."""
    most_for: Annotated[bool, described(FIELDS, "most_for")] = False
    """`for_against` only: at most K 赞成 on a ballot. The page sees to it, and a paper with more is invalid.
    A sealed ballot with more cannot be seen, only a sum beyond K × valid ballots, which makes it void."""
    publish: Annotated[Extent, described(FIELDS, "publish")]
    """What 公布 makes public. No default: the office must choose."""


RoundRules = Rules | Grading
"""The rules of a round of either kind: 票决办法 or 测评办法."""


def kind_of(rules: RoundRules) -> Kind:
    """Whether projects are chosen or rated under these rules."""
    return "satisfaction" if isinstance(rules, Grading) else "decision"


def check_rules(rules: RoundRules) -> None:
    """Raises RulesError, with the first thing that is wrong, unless a round can be held under `rules`."""
    if isinstance(rules, Grading):
        check_grading(rules)
    else:
        _check_numbers(rules)


def encode_rules(rules: RoundRules) -> bytes:
    """The one way to write the rules: compact JSON, every field, in the order of the class."""
    return msgspec.json.encode(rules)


def rules_hash(rules: RoundRules) -> str:
    """SHA-256 of `encode_rules`, 64 lower-case hex digits; stands in the election's description."""
    return hashlib.sha256(encode_rules(rules)).hexdigest()


def read_rules(raw: bytes) -> RoundRules:
    """Rules that `encode_rules` has written."""
    head = msgspec.json.decode(raw, type=_Head)
    kind: type[RoundRules] = Grading if head.ballot == "grades" else Rules
    return msgspec.json.decode(raw, type=kind)


def decode_rules(raw: bytes) -> RoundRules:
    """Rules from JSON, complete and sensible, told apart by "ballot". Raises InputError or RulesError."""
    value = parsed(raw, "办法")
    if value.get("ballot") == "grades":
        rules: RoundRules = as_kind(value, Grading, "测评办法", GRADING_FIELDS)
    else:
        rules = as_kind(value, Rules, "票决办法", FIELDS)
    check_rules(rules)
    return rules


class _Head(Struct):
    ballot: str


def majority(base: int) -> int:
    """The least number that is more than half of `base` (过半数, 地方组织法 §25): 327 → 164, 298 → 150."""
    return base // 2 + 1


def half_of(base: Base, words: Words) -> str:
    """What is halved, in words: 全体代表半数."""
    whole: dict[Base, str] = {
        "all_deputies": words.all_members,
        "present": words.present_members,
        "returned": "收回票数",
    }
    return f"{whole[base]}半数"


def rule_sentences(rules: RoundRules, all_deputies: int | None = None, body: Body = "congress") -> list[str]:
    """The rules in words, for the ballot, the report and the public page.

    With `all_deputies` the sentence on the majority says how many votes that is. Raises RulesError.
    """
    check_rules(rules)
    if isinstance(rules, Grading):
        return grading_sentences(rules, all_deputies, body)
    words = words_for("decision", body)
    return [
        *_how_to_mark(rules, words),
        _how_votes_decide(rules, words, all_deputies),
        *_when_tied(rules, words),
        _when_too_few(rules, words),
        "收回的票等于或者少于发出的票，票决有效；多于发出的票，票决无效。",
        f"宣布结果后，经{words.presidium}同意，公布{_EXTENTS[rules.publish]}。",
    ]


_EXTENTS: dict[Extent, str] = {
    "list": "入选项目名单",
    "list_and_votes": "入选项目名单和得票数",
    "with_archive": "入选项目名单、得票数和供复核的票箱记录",
}


def _check_numbers(rules: Rules) -> None:
    n, k = rules.candidates, rules.places
    if n < 1:
        raise RulesError("候选项目至少要有1件。请先录入候选项目。")
    if n > MOST_CANDIDATES:
        raise RulesError(f"候选项目有{n:,}件，最多{MOST_CANDIDATES}件。请减少候选项目。")
    if k < 1:
        raise RulesError("应选件数至少是1件。请修改应选件数。")
    if k > n:
        raise RulesError(
            f"应选{k:,}件，候选项目只有{n}件，应选件数不能多于候选件数。请减少应选件数或者增加候选项目。"
        )
    if rules.ballot == "select_k" and n == 1:
        raise RulesError(
            "差额票决至少要有2件候选项目。只有1件候选项目时，请改用逐项表决票（逐项选赞成、反对或弃权）。"
        )
    if rules.most_for and (rules.ballot != "for_against" or k == n):
        raise RulesError(
            "“赞成的最多应选件数”只用于逐项表决票，并且候选项目要多于应选件数。请取消这一项，或者修改票的形式。"
        )
    if rules.ballot == "select_k" and k == n:
        raise RulesError(
            f"应选{k}件，候选也是{n}件，是等额，不能用差额票决票。"
            "请减少应选件数，或者改用逐项表决票（逐项选赞成、反对或弃权）。"
        )


def _how_to_mark(rules: Rules, words: Words) -> list[str]:
    n, k = rules.candidates, rules.places
    if rules.ballot == "for_against":
        return [
            f"候选项目{n}件，应选{k}件" + ("，等额票决。" if n == k else "，差额票决。"),
            "对每件候选项目，在赞成、反对、弃权中选一项；纸质票上没有画符号的，计为弃权；手机投票须逐项选择。",
            *_most_for(rules, words),
        ]
    fewer = f"少于{k}件的票有效，" if k > 1 else ""
    return [
        f"候选项目{n}件，应选{k}件，差额票决。",
        f"每位{words.member}最多选{k}件，{fewer}多于{k}件的票无效。",
        "没有勾选的项目计为未赞成，不区分反对和弃权；一件都不选的是弃权票，弃权票有效，单独统计。",
    ]


def _most_for(rules: Rules, words: Words) -> list[str]:
    if not rules.most_for:
        return []
    k = rules.places
    seen = f"赞成票合计多于有效票的{k}倍的，{words.void}"
    return [f"每位{words.member}赞成的最多{k}件：手机投票不能多选，纸质票赞成多于{k}件的无效；{seen}。"]


def _how_votes_decide(rules: Rules, words: Words, all_deputies: int | None) -> str:
    n, k = rules.candidates, rules.places
    most = f"按得赞成票由多到少取前{k}件" if k > 1 else "取得赞成票最多的1件"
    if not rules.majority_floor:
        order = most if n > k else "得到赞成票的入选"
        return f"不要求赞成票超过半数，{order}；没有得到赞成票的不能入选。"
    figure = ""
    if all_deputies is not None and rules.base == "all_deputies":
        figure = f"（{words.all_members}{all_deputies}人，至少{majority(all_deputies)}票）"
    order = f"；超过半数的多于{k}件时，{most}" if n > k else ""
    return f"得赞成票超过{half_of(rules.base, words)}{figure}的，方可入选{order}。"


def _when_tied(rules: Rules, words: Words) -> list[str]:
    if rules.candidates == rules.places:
        return []  # everybody who passes finds a place
    decides = f"由{words.presidium}决定"
    then: dict[TiePolicy, str] = {
        "runoff": f"对得票相同的项目再次票决，得票多的入选；再次票决仍然相同的，{decides}",
        "presidium": decides,
        "all_enter": f"得票相同的项目一并入选，入选件数可以多于{rules.places}件",
    }
    return [f"因得票相同不能确定入选项目时，{then[rules.tie]}。"]


def _when_too_few(rules: Rules, words: Words) -> str:
    then: dict[ShortfallPolicy, str] = {
        "presidium": f"由{words.presidium}决定另行票决或者缺额",
        "supplementary": "对未入选的项目另行票决",
        "vacant": "缺额不补",
    }
    too_few = f"入选不足{rules.places}件" if rules.places > 1 else "没有项目入选"
    return f"{too_few}时，{then[rules.shortfall]}。"
