"""The 票决办法 as a form: one reading for drafting a round and for 试算."""

from typing import Any, Final, get_args

from voting.errors import RulesError
from voting.rules import (
    MOST_CANDIDATES,
    BallotForm,
    Base,
    Extent,
    Rules,
    ShortfallPolicy,
    TiePolicy,
    check_rules,
)
from web.forms import Form

BALLOTS: Final[dict[BallotForm, str]] = {
    "select_k": "差额票决票：在候选项目中勾选，最多选到应选件数",
    "for_against": "逐项表决票：对每件项目选赞成、反对或弃权（等额必须用这一种）",
}
BASES: Final[dict[Base, str]] = {
    "all_deputies": "全体代表",
    "present": "实到代表",
    "returned": "收回的票",
}
TIES: Final[dict[TiePolicy, str]] = {
    "runoff": "对得票相同的项目再次票决",
    "presidium": "由主席团决定",
    "all_enter": "得票相同的一并入选",
}
SHORTFALLS: Final[dict[ShortfallPolicy, str]] = {
    "presidium": "由主席团决定另行票决或者缺额",
    "supplementary": "对未入选的项目另行票决",
    "vacant": "缺额不补",
}
EXTENTS: Final[dict[Extent, str]] = {
    "list": "只公布入选项目名单",
    "list_and_votes": "公布名单和得票数",
    "with_archive": "公布名单、得票数和供复核的票箱记录",
}
FLOORS: Final[dict[str, str]] = {"yes": "要，超过半数方可入选", "no": "不要，只按得票多少"}

OPTIONS: Final[dict[str, dict[Any, str]]] = {
    "ballots": dict(BALLOTS),
    "bases": dict(BASES),
    "ties": dict(TIES),
    "shortfalls": dict(SHORTFALLS),
    "extents": dict(EXTENTS),
    "floors": dict(FLOORS),
}
"""For the template `rules_form.html`."""


def read_rules(form: Form, candidates: int) -> Rules:
    """The rules as chosen; what does not fit is left in `form.faults`."""
    rules = Rules(
        ballot=form.choice("ballot", "表决票形式", get_args(BallotForm)),
        candidates=candidates,
        places=form.number("places", "应选件数", 0, MOST_CANDIDATES),
        base=form.choice("base", "计算过半数的基数", get_args(Base)),
        majority_floor=form.choice("majority_floor", "是否要求超过半数", ("yes", "no")) == "yes",
        tie=form.choice("tie", "得票相同时怎么办", get_args(TiePolicy)),
        shortfall=form.choice("shortfall", "入选不足时怎么办", get_args(ShortfallPolicy)),
        most_for=form.typed("most_for") == "yes",
        publish=form.choice("publish", "公布的范围", get_args(Extent)),
    )
    if not form.faults:
        try:
            check_rules(rules)
        except RulesError as error:
            form.fault("places", error.sentence)
    return rules


def filled(rules: Rules) -> dict[str, str]:
    """The fields for these rules."""
    return {
        "ballot": rules.ballot,
        "places": str(rules.places),
        "base": rules.base,
        "majority_floor": "yes" if rules.majority_floor else "no",
        "tie": rules.tie,
        "shortfall": rules.shortfall,
        "most_for": "yes" if rules.most_for else "",
        "publish": rules.publish,
    }
