"""The round's page for staff: the next step, the steps taken, what is voted on and by which rules."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from litestar import Response

from voting import casting, counting, sealing
from voting.conclusions import Conclusion
from voting.cycle import STEP_NAMES, Step, already, state_name, step_name, steps
from voting.disclosure import PublicRatings, disclose
from voting.outcome import Outcome
from voting.rounds import Relation, Round, Scrutineer, Session, StepRecord, words_of
from voting.rules import rule_sentences
from voting.wording import words_for
from web.access import Visit
from web.forms import Form
from web.pages.result_table import project_links, table_of

# Ends in order; 票决无效 stands outside the line.
LINE: Final[tuple[Step, ...]] = (
    "adopt",
    "seal",
    "open",
    "close",
    "declare_valid",
    "count",
    "announce",
    "publish",
)
OTHER_STEPS: Final[Mapping[str, str]] = {
    "draft": "草拟",
    "change": "修改草拟",
    "load_cards": "装入投票卡名单",
    "unload_cards": "投票卡名单移到另一轮",
    "register_key": "生成开箱钥匙",
    "declare_dead": "作废投票卡",
    "decrypt": "开箱",
    "sign": "在报告单上签字",
}
_WITHOUT_NOTE: Final = frozenset({"seal", "register_key", "declare_dead"})
"""Their notes are codes for the record, not words for a page."""

WHY: Final[dict[Relation, str]] = {
    "runoff": "上一轮这些项目得票相同，名额不够",
    "supplementary": "上一轮入选的项目不足应选件数，由未入选的项目再投",
    "repeat": "上一轮已宣布无效，项目和办法不变",
    "retest": "上一次测评以后整改的项目，再测一次",
}
"""Why a further round is held; its page names the round before."""


class Milestone(NamedTuple):
    """A step of the line on the page."""

    step: Step
    name: str
    phase: str
    """done · now · later"""
    record: StepRecord | None


class LogLine(NamedTuple):
    """Something somebody did."""

    name: str
    record: StepRecord
    note: str


def round_page(visit: Visit, round_id: str, form: Form, status: int = 200) -> Response[str]:
    """The whole page with a form that may have faults. Raises NotFound."""
    with visit.house.store.read() as tx:
        shown = tx.rounds.get(visit.actor, round_id)
        session = tx.sessions.get(visit.actor, shown.session)
        everybody = tx.scrutineers.of(visit.actor, round_id)
        taken = tx.steps.of(visit.actor, round_id)
        cards = tx.cards.count(visit.actor, round_id)
        before = tx.rounds.get(visit.actor, shown.previous) if shown.previous else None
        links = project_links(tx.rated.of_round(shown), visit.base)
    outcome = _outcome(visit, shown)
    return visit.page(
        "staff/round.html",
        status,
        round=shown,
        session=session,
        before=before,
        follows=follows(shown),
        form=form,
        names=words_of(shown, session),
        state_name=state_name(shown.state, shown.kind),
        milestones=milestones(shown, taken),
        log=[_log_line(shown, one) for one in reversed(taken)],
        scrutineers=everybody,
        cards=cards,
        missing=sealing.missing(shown, everybody),
        turnout=casting.turnout(visit.house.store, visit.actor, shown.id),
        waiting_for=waiting_for(shown, everybody),
        words=rule_sentences(shown.rules, session.all_deputies, session.body),
        outcome=_as_staff_may_see(shown, session, outcome),
        table=table_of(shown, links),
        relations={one: relation_name(shown, one) for one in relations(shown, outcome)},
        today=visit.now,
    )


def milestones(shown: Round, taken: Sequence[StepRecord]) -> list[Milestone]:
    """The line of steps; a void round ends with 票决无效."""
    last = {one.step: one for one in taken}
    line = LINE if shown.state != "void" else (*_until_void(last), "declare_void")
    following = steps(shown.state)
    return [
        Milestone(step, step_name(step, shown.kind), _phase(shown, step, following), last.get(step))
        for step in line
    ]


def relation_name(of: Round, relation: Relation) -> str:
    """What a further round after this one is called."""
    named: dict[Relation, str] = {
        "runoff": "再次票决",
        "supplementary": "另行票决",
        "repeat": words_for(of.kind).again,
        "retest": "再测评",
    }
    return named[relation]


def follows(shown: Round) -> str:
    """What this round is to the one before and why it was held; nothing for a first one."""
    return f"{relation_name(shown, shown.relation)}：{WHY[shown.relation]}" if shown.relation else ""


def waiting_for(shown: Round, everybody: Sequence[Scrutineer]) -> list[str]:
    """Names of the scrutineers whose turn it is."""
    if shown.state == "reconciled":
        return [one.name for one in everybody if not one.decrypted]
    if shown.state == "counted":
        return [one.name for one in everybody if one.signature is None]
    return []


def relations(shown: Round, outcome: Conclusion | None) -> list[Relation]:
    """The further rounds that the outcome allows."""
    if shown.state == "void":
        return ["repeat"]
    if not isinstance(outcome, Outcome):
        return []
    runoff: list[Relation] = ["runoff"] if outcome.next_step == "runoff" else []
    vacant = outcome.vacancies and outcome.next_step in {"supplementary", "presidium"}
    return [*runoff, "supplementary"] if vacant else runoff


def _outcome(visit: Visit, shown: Round) -> Conclusion | None:
    if shown.state not in {"announced", "published"}:
        return None
    return counting.figures(visit.house.store, visit.actor, shown.id).outcome


def _as_staff_may_see(
    shown: Round, session: Session, outcome: Conclusion | None
) -> Conclusion | PublicRatings | None:
    """Of a test with so few ballots that figures would tell who chose what, no more than everybody."""
    if outcome is not None and shown.tells_who:
        seen = disclose(shown.rules, outcome, session.body)
        return seen if isinstance(seen, PublicRatings) else None
    return outcome


def _until_void(last: Mapping[str, StepRecord]) -> list[Step]:
    return [step for step in LINE if step in last]


def _phase(shown: Round, step: Step, following: Sequence[Step]) -> str:
    if already(shown.state, step) or shown.state == "void":
        return "done"
    return "now" if step in following else "later"


def _log_line(shown: Round, one: StepRecord) -> LogLine:
    named = {**OTHER_STEPS} | {str(step): step_name(step, shown.kind) for step in STEP_NAMES}
    return LogLine(named.get(one.step, one.step), one, "" if one.step in _WITHOUT_NOTE else one.note)
