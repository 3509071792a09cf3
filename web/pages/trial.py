"""`/staff/{link}/trial`: 试算, the 办法 on imagined counts, by the same functions as the real outcome.

Nothing is stored; the address holds what was typed, so that a trial can be kept as a bookmark.
"""

from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency

from voting.counts import MOST_PEOPLE, ApprovalCounts, DecisionCounts, SelectCounts
from voting.errors import CountsError
from voting.outcome import VERDICT_NAMES, Outcome, decide
from voting.rules import MOST_CANDIDATES, Rules, rule_sentences
from web.access import Visit
from web.forms import Form
from web.pages.rules_form import OPTIONS, read_rules

FIRST_SHOWN = {
    "candidates": 7,
    "places": 5,
    "all_deputies": 298,
    "present": 280,
    "issued": 280,
    "returned": 280,
    "invalid": 0,
    "blank": 0,
    "publish": "list_and_votes",
}
ATTENDANCE = {"all_deputies": "全体代表", "present": "实到", "issued": "发出", "returned": "收回"}


@get("/trial", sync_to_thread=True)
def trial(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """The form; once votes are filled in, the outcome beside it."""
    if not form.values:
        return _page(visit, Form.prefilled(**FIRST_SHOWN), None, None)
    number = form.number("candidates", "候选件数", 1, MOST_CANDIDATES)
    rules = read_rules(form, number)
    has_votes = any(form.typed(f"votes_{n}") for n in range(1, number + 1))
    outcome = _outcome(form, rules) if has_votes and not form.faults else None
    return _page(visit, form, rules, outcome)


def _outcome(form: Form, rules: Rules) -> Outcome | None:
    counts = _read_counts(form, rules)
    if form.faults:
        return None
    try:
        return decide(rules, counts)
    except CountsError as error:
        form.fault("counts", error.sentence)
        return None


def _read_counts(form: Form, rules: Rules) -> DecisionCounts:
    figures: dict[str, Any] = {
        name: form.number(name, label, 0, MOST_PEOPLE) for name, label in ATTENDANCE.items()
    }
    figures["invalid"] = form.number("invalid", "无效票", 0, MOST_PEOPLE)
    if rules.ballot == "select_k":
        blank = form.number("blank", "弃权票", 0, MOST_PEOPLE)
        return SelectCounts(**figures, votes=_column(form, rules, "votes", "得票"), blank=blank)
    return ApprovalCounts(
        **figures,
        for_votes=_column(form, rules, "votes", "赞成"),
        against=_column(form, rules, "against", "反对"),
        abstain=_column(form, rules, "abstain", "弃权"),
    )


def _column(form: Form, rules: Rules, name: str, label: str) -> tuple[int, ...]:
    numbers = range(1, rules.candidates + 1)
    return tuple(form.number(f"{name}_{n}", f"{n}号{label}", 0, MOST_PEOPLE) for n in numbers)


def _page(visit: Visit, form: Form, rules: Rules | None, outcome: Outcome | None) -> Response[str]:
    faulty = bool(form.faults)
    words = rule_sentences(rules, form.whole("all_deputies")) if rules and not faulty else []
    return visit.page(
        "staff/trial.html",
        422 if faulty else 200,
        form=form,
        options=OPTIONS,
        number=rules.candidates if rules else FIRST_SHOWN["candidates"],
        ballot=rules.ballot if rules else "select_k",
        attendance=ATTENDANCE,
        words=words,
        outcome=outcome,
        titles={n: f"{n}号" for n in range(1, MOST_CANDIDATES + 1)},
        verdicts=VERDICT_NAMES,
    )
