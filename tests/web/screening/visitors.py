"""Forms of 从线索到候选项目 as people fill them in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.county import Body
from tests.drafts import YEAR
from tests.refusals import Dump, dump
from voting.screening.criteria import CRITERIA
from voting.store import Store


@contextmanager
def unchanged(store: Store) -> Iterator[None]:
    """The block succeeds and changes nothing.

    When somebody was last seen, and how far the log is chained, does not count.
    """
    before = _subjects(store)
    yield
    after = _subjects(store)
    assert [name for name in after if after[name] != before[name]] == []


def _subjects(store: Store) -> Dump:
    kept = {name: rows for name, rows in dump(store).items() if name != "login"}
    own = [row for row in kept["setting"] if row[1] == "screening"]
    return {**kept, "audit": [row[:2] for row in kept["audit"]], "setting": own}


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
