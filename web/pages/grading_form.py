"""The 测评办法 as a form: one reading for drafting a round and for 试算.

Levels stand in a table, best first, each with the points and the lower bound that some methods need; rows
left empty at the end are no levels. What the rule leaves without a default (exactly half, the extent of
publication) is chosen by nobody but the office.
"""

from collections.abc import Sequence
from typing import Any, Final, get_args

from voting.errors import RulesError
from voting.grading import MOST_LEVELS, Grading, Half, Method, RateBase, check_grading
from voting.rule_fields import Base, Extent
from voting.wording import Words
from web.forms import Form

METHODS: Final[dict[Method, str]] = {
    "half": "按半数逐级定：满意票够半数定为满意；不够的，加上基本满意票再看；都不够的，为最后一等",
    "two_way": "按半数两分：满意票够半数定为满意，不够的一律为最后一等",
    "points": "计分：每个等次一个分值，取平均分，按分数段定等次",
    "bands": "按比例：看总体满意率（%）落在哪一段",
}
HALVES: Final[dict[Half, str]] = {
    "more_than": "不算达到，必须超过半数",
    "at_least": "算达到，半数以上包括正好一半",
}
RATES: Final[dict[RateBase, str]] = {
    "valid": "全部有效票（弃权、不了解也算在内）",
    "opinions": "表示了意见的票（弃权、不了解不算在内）",
}
EXTENTS: Final[dict[Extent, str]] = {
    "list": "只公布每个项目的等次",
    "list_and_votes": "公布等次、各等次票数和满意率",
    "with_archive": "公布等次、票数、满意率和供复核的票箱记录",
}
UNKNOWN: Final[dict[str, str]] = {
    "no": "不设，只有各等次和弃权",
    "yes": "设“不了解”，排在弃权前面",
}
ADD_UP: Final[dict[str, str]] = {
    "no": "各自四舍五入，合计可能是 99.9% 或者 100.1%",
    "yes": "调整尾数，合计正好 100%",
}
FAVOURABLE: Final[dict[str, str]] = {
    str(n): "只算第一等" if n == 1 else f"前 {n} 等合计" for n in range(1, MOST_LEVELS)
}
BY_HALF: Final[frozenset[Method]] = frozenset({"half", "two_way"})
USUAL_LEVELS: Final = ("满意", "基本满意", "不满意")


def options(words: Words) -> dict[str, dict[Any, str]]:
    """For the template `grading_form.html`: every choice in words."""
    bases: dict[Base, str] = {
        "all_deputies": words.all_members,
        "present": words.present_members,
        "returned": "收回的票",
    }
    return {
        "methods": dict(METHODS),
        "halves": dict(HALVES),
        "bases": dict(bases),
        "rates": dict(RATES),
        "extents": dict(EXTENTS),
        "unknown": UNKNOWN,
        "add_up": ADD_UP,
        "favourable": FAVOURABLE,
    }


def usual() -> dict[str, str]:
    """What a new form shows: three levels, and nothing where the office must choose."""
    return {f"level_{n}": name for n, name in enumerate(USUAL_LEVELS, start=1)}


def read_grading(form: Form, projects: int) -> Grading:
    """The rules as chosen; what does not fit is left in `form.faults`."""
    levels = _levels(form)
    method = form.choice("method", "定等次的办法", get_args(Method))
    rules = Grading(
        projects=projects,
        levels=levels,
        unknown=form.choice("unknown", "是否设“不了解”", ("no", "yes")) == "yes",
        method=method,
        half=form.choice("half", "票数正好是一半时怎么算", get_args(Half)) if method in BY_HALF else None,
        base=form.choice("base", "半数的基数", get_args(Base)),
        favourable=int(form.choice("favourable", "计入总体满意率的等次", tuple(FAVOURABLE))),
        rates=form.choice("rates", "计算满意率的分母", get_args(RateBase)),
        points=_column(form, "point", "分值", len(levels)) if method == "points" else (),
        bands=_column(form, "band", "下限", len(levels)) if method not in BY_HALF else (),
        add_up=form.choice("add_up", "比例的尾数", ("no", "yes")) == "yes",
        publish=form.choice("publish", "公布的范围", get_args(Extent)),
    )
    if not form.faults:
        _check(form, rules)
    return rules


def filled(rules: Grading) -> dict[str, str]:
    """The fields for these rules."""
    columns: dict[str, Sequence[object]] = {
        "level": rules.levels,
        "point": rules.points,
        "band": rules.bands,
    }
    rows = {
        f"{name}_{n}": str(value)
        for name, column in columns.items()
        for n, value in enumerate(column, start=1)
    }
    return {
        **rows,
        "unknown": "yes" if rules.unknown else "no",
        "method": rules.method,
        **({"half": rules.half} if rules.half else {}),
        "base": rules.base,
        "favourable": str(rules.favourable),
        "rates": rules.rates,
        "add_up": "yes" if rules.add_up else "no",
        "publish": rules.publish,
    }


def _levels(form: Form) -> tuple[str, ...]:
    """The names down to the last that is filled in; an empty one before it is a fault."""
    used = [n for n in range(1, MOST_LEVELS + 1) if form.typed(f"level_{n}").strip()]
    return tuple(form.line(f"level_{n}", f"第{n}等的名称") for n in range(1, max(used, default=0) + 1))


def _column(form: Form, name: str, label: str, rows: int) -> tuple[int, ...]:
    return tuple(form.number(f"{name}_{n}", f"第{n}等的{label}", 0, 100) for n in range(1, rows + 1))


def _check(form: Form, rules: Grading) -> None:
    try:
        check_grading(rules)
    except RulesError as error:
        form.fault(_field_of(error.sentence), error.sentence)


def _field_of(sentence: str) -> str:
    """Where on the form the sentence belongs."""
    if sentence.startswith("计入总体满意率"):
        return "favourable"
    return "candidates" if sentence.startswith("测评项目") else "levels"
