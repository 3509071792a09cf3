"""`…/drafts/{id}`: one candidate on its way, with the form of its next step."""

from typing import Final, Literal, get_args

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.duties import may
from voting.errors import VotingError
from voting.screening import advising, judging, overviews, proposing, shortlisting
from voting.screening.criteria import (
    CRITERIA,
    FINDING_NAMES,
    OUTCOME_NAMES,
    Answer,
    AssessmentError,
    Conclusion,
    Finding,
    Outcome,
    check_answer,
    check_outcome,
)
from voting.screening.drafts import (
    OPINION_NAMES,
    STATE_NAMES,
    VERDICT_NAMES,
    DraftStep,
    Verdict,
    next_year,
    reason_of,
)
from voting.screening.plans import differences, facts
from voting.screening.slates import STAGE_NAMES
from web.access import Visit
from web.forms import Form
from web.pages.screening.plan_form import typed

VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
FINDINGS: Final[tuple[Finding, ...]] = get_args(Finding)
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
ASIDE: Final[tuple[Literal["reserve", "dropped"], ...]] = ("reserve", "dropped")


@get("/drafts/{draft_id:str}", sync_to_thread=True)
def draft_page(visit: NamedDependency[Visit], draft_id: FromPath[str]) -> Response[str]:
    """Everything about it."""
    return _page(visit, draft_id, Form())


@get("/drafts/{draft_id:str}/versions", sync_to_thread=True)
def compare(
    visit: NamedDependency[Visit], draft_id: FromPath[str], form: NamedDependency[Form]
) -> Response[str]:
    """Two versions side by side: by default the last two."""
    shown = overviews.whole(visit.house.store, visit.actor, draft_id, visit.now)
    last = len(shown.versions)
    old = min(max(form.whole("old") or last - 1, 1), last)
    new = min(max(form.whole("new") or last, 1), last)
    compared = differences(shown.versions[old - 1].plan, shown.versions[new - 1].plan)
    return visit.page(
        "screening/compare.html",
        shown=shown,
        old=shown.versions[old - 1],
        new=shown.versions[new - 1],
        compared=compared,
        verdicts=VERDICT_NAMES,
    )


@post("/drafts/{draft_id:str}/judge", sync_to_thread=True)
def judge(
    visit: NamedDependency[Visit], draft_id: FromPath[str], form: NamedDependency[Form]
) -> Response[str] | Redirect:
    """预审."""
    verdict = form.choice("verdict", "预审意见", VERDICTS)
    reason = typed(form, "reason", lambda text: reason_of(text, "预审理由"), "")
    if form.faults:
        return _page(visit, draft_id, form, 422)
    version = form.whole("version") or 0
    judging.judge(visit.house.store, visit.actor, draft_id, version, verdict, reason, visit.now)
    return visit.go(f"/drafts/{draft_id}")


@post("/drafts/{draft_id:str}/assess", sync_to_thread=True)
def assess(
    visit: NamedDependency[Visit], draft_id: FromPath[str], form: NamedDependency[Form]
) -> Response[str] | Redirect:
    """初选."""
    answers = tuple(_answer(form, criterion) for criterion in CRITERIA)
    outcome = form.choice("outcome", "初选结论", OUTCOMES)
    reason = typed(form, "reason", lambda text: reason_of(text, "初选理由"), "")
    said = Conclusion(answers=answers, outcome=outcome, reason=reason)
    if not form.faults:
        try:
            check_outcome(said)
        except AssessmentError as error:
            form.fault("outcome", error.sentence)
    if form.faults:
        return _page(visit, draft_id, form, 422)
    version = form.whole("version") or 0
    shortlisting.assess(visit.house.store, visit.actor, draft_id, version, said, visit.now)
    return visit.go(f"/drafts/{draft_id}")


@post("/drafts/{draft_id:str}/aside", sync_to_thread=True)
def set_aside(
    visit: NamedDependency[Visit], draft_id: FromPath[str], form: NamedDependency[Form]
) -> Response[str] | Redirect:
    """储备库, or not at all."""
    outcome = form.choice("aside", "处理", ASIDE)
    reason = typed(form, "aside_reason", reason_of, "")
    if form.faults:
        return _page(visit, draft_id, form, 422)
    shortlisting.set_aside(visit.house.store, visit.actor, draft_id, outcome, reason, visit.now)
    return visit.go(f"/drafts/{draft_id}")


@post("/drafts/{draft_id:str}/take-out", sync_to_thread=True)
def take_out(
    visit: NamedDependency[Visit], draft_id: FromPath[str], form: NamedDependency[Form]
) -> Response[str] | Redirect:
    """从储备库取出."""
    year = form.number("year", "年度", 2000, 2100)
    if form.faults:
        return _page(visit, draft_id, form, 422)
    proposing.take_out(visit.house.store, visit.actor, draft_id, year, visit.now)
    return visit.go(f"/drafts/{draft_id}")


@post("/drafts/{draft_id:str}/opinions", sync_to_thread=True)
def ask_opinions(
    visit: NamedDependency[Visit], draft_id: FromPath[str], form: NamedDependency[Form]
) -> Response[str] | Redirect:
    """征求可行性意见."""
    due = form.day("due", "答复期限")
    units = list(form.values.get("unit", ()))
    if not units:
        form.fault("unit", "请至少选择一个单位。")
    if not form.faults:
        try:
            advising.ask(visit.house.store, visit.actor, draft_id, units, due, visit.now)
        except DraftStep as error:
            form.fault("due", error.sentence)
    if form.faults:
        return _page(visit, draft_id, form, 422)
    return visit.go(f"/drafts/{draft_id}")


def _answer(form: Form, criterion: str) -> Answer:
    name, _ = CRITERIA[criterion]
    finding = form.choice(f"finding_{criterion}", f"“{name}”是否符合", FINDINGS)
    answer = Answer(criterion=criterion, finding=finding, words=form.typed(f"words_{criterion}"))
    if f"finding_{criterion}" in form.faults:
        return answer
    try:
        return check_answer(answer)
    except VotingError as error:
        form.fault(f"words_{criterion}", error.sentence)
        return answer


def _page(visit: Visit, draft_id: str, form: Form, status: int = 200) -> Response[str]:
    shown = overviews.whole(visit.house.store, visit.actor, draft_id, visit.now)
    asked = {one.feasibility.unit for one in shown.opinions}
    with visit.house.store.read() as tx:
        carried = tx.opened_years.carried_to(visit.actor, [draft_id]).get(draft_id)
    return visit.page(
        "screening/draft.html",
        status,
        shown=shown,
        carried=carried,
        facts=facts(shown.plan),
        form=form,
        criteria=CRITERIA,
        findings=FINDING_NAMES,
        outcomes=OUTCOME_NAMES,
        verdicts=VERDICT_NAMES,
        states=STATE_NAMES,
        stages=STAGE_NAMES,
        opinions=OPINION_NAMES,
        askable=[(one.id, one.name) for one in shown.units if one.id not in asked],
        open_for_opinions=shown.draft.state in advising.OPEN,
        year=max(next_year(visit.now), shown.draft.year),
        may={action: may(visit.actor, action) for action in ("draft", "judge", "shortlist")},
    )
