"""What of a candidate is carried over to its project, as far as papers agree. Pure.

Which candidates become projects, and in which order they are numbered, `voting.settling` says: where the
rules publish the votes, most votes come first (domain §1.5: 按得票多少排序), else the printed order stands,
for a project's number must not tell its rank.
"""

from __future__ import annotations

import re
from typing import Final

from voting.delivering.projects import yuan
from voting.rounds import Candidate
from voting.screening.plans import Plan, PlanError, UnitName, read_amount

_WAN: Final = re.compile(r"(?:约|共)?([0-9０-９,，.．]+)万元")


def same_title(one: str, other: str) -> bool:
    """Offices put blanks into titles on one paper and leave them out on the next."""
    return "".join(one.split()) == "".join(other.split())


def cost_of(candidate: Candidate) -> int:
    """元, where the ballot says `320.5万元`; 0 where it says anything else."""
    found = _WAN.search("".join(candidate.cost.split()))
    try:
        return yuan(read_amount(found[1], "投资")) if found else 0
    except PlanError:
        return 0


def units_of(plan: Plan, current: dict[str, str]) -> tuple[str | None, tuple[str, ...]]:
    """Lead and assisting units of a plan, as far as they still exist; `current` are names by id."""

    def there(unit: UnitName) -> bool:
        return unit.id in current

    lead = plan.lead_unit.id if there(plan.lead_unit) else None
    return lead, tuple(one.id for one in plan.assisting_units if there(one))
