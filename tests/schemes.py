"""What 政府办 types into 实施方案: a plan without a gap, and the form of it as it is sent.

a_scheme(county)                         # three milestones of 2027, led by the county's first unit
fields(county, due_2="2027-04-01")       # the same as a form, with one field typed otherwise
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tests.county import Body
from tests.delivery import STEPS
from voting.delivering.projects import yuan
from voting.delivering.schemes import Scheme, Share, Step
from voting.screening.plans import Target


def a_scheme(body: Body, **changed: Any) -> Scheme:
    facts: dict[str, Any] = {
        "lead_unit": body.units[0].id,
        "assisting": (body.units[2].id,),
        "shares": (Share(title="东河镇段", unit=body.units[1].id),),
        "chief": "副县长周明",
        "watcher": "副主任吴芳",
        "deadline": date(2027, 10, 31),
        "standard": "四级公路标准，一次验收合格。",
        "targets": (Target(indicator="改造公路", amount=Decimal("12.5"), measure="公里"),),
        "planned": yuan(Decimal("320.5")),
        "funds": "县财政200.5万元，上级补助120万元",
        "steps": tuple(
            Step(title=title, starts=starts, due=due, weight=weight) for title, starts, due, weight in STEPS
        ),
    }
    return Scheme(**{**facts, **changed})


def fields(body: Body, **changed: object) -> dict[str, object]:
    """The form, filled in well; `version` is the caller's."""
    said: dict[str, object] = {
        "lead": body.units[0].id,
        "assisting": [body.units[2].id],
        "part_1": "东河镇段",
        "part_unit_1": body.units[1].id,
        "chief": "副县长周明",
        "watcher": "副主任吴芳",
        "deadline": "2027-10-31",
        "completion": "this_year",
        "stage": "",
        "standard": "四级公路标准，一次验收合格。",
        "indicator_1": "改造公路",
        "amount_1": "１２．５",
        "measure_1": "公里",
        "planned": "320.5万元",
        "funds": "县财政200.5万元，上级补助120万元",
    }
    for row, (title, starts, due, weight) in enumerate(STEPS, start=1):
        said |= {
            f"step_{row}": title,
            f"starts_{row}": starts.isoformat(),
            f"due_{row}": due.isoformat(),
            f"weight_{row}": weight,
        }
    return {**said, **changed}
