"""Forms of 从线索到候选项目 as people fill them in."""

from __future__ import annotations

from tests.county import Body
from tests.drafts import YEAR
from voting.screening.criteria import CRITERIA


def plan_fields(body: Body, **fields: object) -> dict[str, object]:
    """The form of a plan, filled in well."""
    return {
        "year": YEAR,
        "title": "东河村道路硬化",
        "content": "硬化通村道路，安装路灯。",
        "place": "东河村",
        "cost": "３２０．５万元",
        "funds": "县财政预算",
        "lead": body.units[0].id,
        "assisting": [body.units[1].id],
        "completion": "this_year",
        "stage": "10月底前完工",
        "indicator_1": "硬化道路",
        "amount_1": "12.5",
        "measure_1": "公里",
        **fields,
    }


def assessment_fields(**fields: object) -> dict[str, object]:
    """The form of 初选: every criterion met."""
    yes = {f"finding_{one}": "yes" for one in CRITERIA}
    return {**yes, "version": 1, "outcome": "shortlisted", "reason": "资金已落实", **fields}
