"""Which candidates of an announced round become projects, and in which order they are numbered. Pure.

Where the rules publish the votes, most votes come first (domain §1.5: 按得票多少排序). Where they publish the
list only, the printed order stands: a project's number must not tell its rank.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from voting.delivering.projects import ProjectError, yuan
from voting.outcome import Outcome
from voting.rounds import Candidate
from voting.rules import Rules
from voting.screening.plans import Plan, PlanError, UnitName, read_amount
from voting.text import Prose, clean_prose

_WAN: Final = re.compile(r"(?:约|共)?([0-9０-９,，.．]+)万元")
_ELSEWHERE: Final = {"runoff": "再次票决", "supplementary": "另行票决"}


class Added(Struct, frozen=True, kw_only=True):
    """Candidates that the 主席团 made projects where votes left places open; `decision` says when and how."""

    numbers: tuple[int, ...] = ()
    decision: Prose = ""


NOBODY: Final = Added()


def numbers_of(rules: Rules, outcome: Outcome, added: Added) -> tuple[int, ...]:
    """Printed numbers of the candidates that are projects, in the order of the projects' own numbers."""
    chosen = outcome.chosen if rules.publish != "list" else tuple(sorted(outcome.chosen))
    return (*chosen, *sorted(added.numbers))


def open_places(outcome: Outcome) -> int:
    """How many projects the 主席团 may still name."""
    return outcome.tied_places + outcome.vacancies if outcome.next_step == "presidium" else 0


def eligible(outcome: Outcome) -> tuple[int, ...]:
    """For whom: after a tie the tied, after a shortfall whoever was not chosen, as printed."""
    if not open_places(outcome):
        return ()
    if outcome.tied:
        return tuple(sorted(outcome.tied))
    return tuple(sorted(one.number for one in outcome.standings if one.status == "not_chosen"))


def check_added(outcome: Outcome, added: Added) -> Added:
    """Raises ProjectError or TextError unless the 主席团 may add these."""
    if not added.numbers:
        return NOBODY
    decision = clean_prose(added.decision, "主席团的决定")
    if outcome.next_step in _ELSEWHERE:
        raise ProjectError(
            f"按票决办法，尚未确定的名额由{_ELSEWHERE[outcome.next_step]}产生，不能由主席团增列。请先进行票决。"
        )
    if len(set(added.numbers)) != len(added.numbers):
        raise ProjectError("同一个候选项目选了两次。请每个只选一次。")
    open_to, places = eligible(outcome), open_places(outcome)
    strange = [number for number in added.numbers if number not in open_to]
    if strange:
        raise ProjectError(f"{strange[0]}号不在主席团可以决定的候选项目之内。请核对编号。")
    if len(added.numbers) > places:
        raise ProjectError(f"还有{places}个名额由主席团决定，现在选了{len(added.numbers)}个。请减少。")
    if not decision:
        raise ProjectError("请写明主席团的决定，例如：大会主席团第三次会议决定，2027年1月26日。")
    return Added(numbers=added.numbers, decision=decision)


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
