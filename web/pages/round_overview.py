"""The round's page for staff: the next step, the steps taken, what is voted on and by which rules."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from litestar import Response

from voting import casting, sealing, tally_report
from voting.checking_in.plenaries import standing
from voting.conclusions import Conclusion
from voting.cycle import STEP_NAMES, Step, already, state_name, step_name, steps
from voting.disclosure import PublicRatings, disclose
from voting.handing_out.leftovers import Count, count_of
from voting.paper_ballots.agreeing import dealt_with
from voting.rounds import Relation, Round, Session, StepRecord, relation_name, words_of
from voting.rules import rule_sentences
from voting.scrutinising.ceremonies import key_in_use
from voting.settling.deciding import settled_chosen
from voting.settling.hub import waiting_for
from voting.store import Transaction
from web.access import Visit
from web.forms import Form
from web.pages.agenda import unreturned
from web.pages.result_table import project_links, table_of
from web.pages.round_parts import hall_parts

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
    "redraft": "撤回登记，改回草拟",
    "load_cards": "装入投票卡名单",
    "unload_cards": "投票卡名单移到另一轮",
    "register_key": "生成开箱钥匙",
    "declare_dead": "作废投票卡",
    "use_deck": "领用投票卡",
    "give_back": "代表离场交回投票卡",
    "replace_card": "换领投票卡",
    "activate_reserve": "启用备用卡",
    "open_trial": "开始试投",
    "discard_trial": "结束试投",
    "confirm_empty": "空箱检查",
    "confirm_box": "核对封箱码",
    "decrypt": "开箱",
    "refuse_part": "开箱结果没有通过检验，没有采用",
    "undecodable": "已有的几份开箱结果打不开票箱，要更多监票人开箱",
    "misfit_part": "这名监票人的开箱结果与其他人的不符，没有采用",
    "sign": "在报告单上签字",
    "exchange_paper": "投票卡换纸质票",
    "cast_paper": "用备用卡代投纸质票",
    "spoil_paper": "登记无效的纸质票",
    "unspoil_paper": "撤销登记无效的纸质票",
    "agree_paper": "两名计票人录入一致",
    "sign_paper": "在纸质票计票记录上签字",
    "sign_with_pen": "在纸质报告单上签字",
    "switch_to_paper": "改用纸质票",
    "settle": "登记对未定名额的决定",
    "withdraw_resolution": "撤回登记的决定",
    "make_known": "宣布对未定名额的决定",
}
_WITHOUT_NOTE: Final = frozenset({"seal", "register_key", "declare_dead", "exchange_paper", "confirm_empty"})
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


class Opening(NamedTuple):
    """What is known before opening; None where check-in or the cards say nothing."""

    present: int | None
    cards: int | None
    """Handed out, if the round were opened now."""
    short: str
    """Why the round will not open, if so."""
    few: str
    """What has to be ready where only a few deputies use paper."""


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
        key = key_in_use(tx, visit.actor, shown)
        everybody = sealing.with_keys(tx.scrutineers.of(visit.actor, round_id), key)
        taken = tx.steps.of(visit.actor, round_id)
        cards = tx.cards.count(visit.actor, round_id)
        before = tx.rounds.get(visit.actor, shown.previous) if shown.previous else None
        links = project_links(tx.rated.of_round(shown), visit.base)
        opening = _opening(tx, visit, shown, cards)
        settled = settled_chosen(tx, shown)
        repeated = tx.rounds.following(visit.actor, round_id, "repeat")
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
        missing=sealing.missing(shown, everybody, key),
        turnout=casting.turnout(visit.house.store, visit.actor, shown.id),
        waiting_for=waiting_for(shown, everybody),
        words=rule_sentences(shown.rules, session.all_deputies, session.body),
        outcome=_as_staff_may_see(shown, session, outcome),
        table=table_of(shown, links, settled),
        relations={"repeat": words_of(shown, session).again} if _to_be_repeated(shown, outcome) else {},
        today=visit.now,
        opening=opening,
        box_seen_empty=shown.trial or any(one.step == "confirm_empty" for one in taken),
        unreturned=unreturned(shown),
        repeated=repeated,
        **hall_parts(visit, shown),
    )


def _to_be_repeated(shown: Round, outcome: Conclusion | None) -> bool:
    """Declared void, or by its own count: more 赞成 than its ballots can hold."""
    return shown.state == "void" or (outcome is not None and outcome.status == "void")


def _opening(tx: Transaction, visit: Visit, shown: Round, cards: int) -> Opening:
    present = standing(tx, visit.actor, shown.session)
    deck = tx.decks.get(visit.actor, shown.deck) if shown.deck else None
    count = count_of(tx, deck) if deck and deck.erased_at is None else None
    short = f"实到{present.present}人，不足法定人数{present.quorum}人，现在不能开始。"
    return Opening(
        present=present.present if present.plenary else None,
        cards=count.out if count else cards or None,
        short=short if present.plenary and not present.quorate else "",
        few=_few(dealt_with(tx, visit.actor, shown).fewest, count),
    )


def _few(fewest: int, count: Count | None) -> str:
    told = f"1至{fewest - 1}张的，每张要用一张备用卡代投，"
    if count is None:
        return f"{told}这批卡没有备用卡，所以只能是0张，或者不少于{fewest}张。"
    return f"{told}现在封存的备用卡{count.reserve}张。"


def milestones(shown: Round, taken: Sequence[StepRecord]) -> list[Milestone]:
    """The line of steps; a void round ends with 票决无效."""
    last = {one.step: one for one in taken}
    line = [step for step in LINE if step != "seal" or shown.method == "electronic"]
    if shown.state == "void":
        line = [*(step for step in line if step in last), "declare_void"]
    following = steps(shown.state, shown.method)
    phases = {step: _phase(shown, step, following) for step in line}
    return [
        Milestone(step, step_name(step, shown.kind), phase, last.get(step) if phase == "done" else None)
        for step, phase in phases.items()
    ]


def follows(shown: Round) -> str:
    """What this round is to the one before and why it was held; nothing for a first one."""
    return f"{relation_name(shown.relation, shown.kind)}：{WHY[shown.relation]}" if shown.relation else ""


def _outcome(visit: Visit, shown: Round) -> Conclusion | None:
    if shown.state not in {"announced", "published"}:
        return None
    return tally_report.figures(visit.house.store, visit.actor, shown.id).outcome


def _as_staff_may_see(
    shown: Round, session: Session, outcome: Conclusion | None
) -> Conclusion | PublicRatings | None:
    """Of a test with so few ballots that figures would tell who chose what, no more than everybody."""
    if outcome is not None and shown.tells_who:
        seen = disclose(shown.rules, outcome, session.body)
        return seen if isinstance(seen, PublicRatings) else None
    return outcome


def _phase(shown: Round, step: Step, following: Sequence[Step]) -> str:
    if already(shown.state, step) or shown.state == "void":
        return "done"
    return "now" if step in following else "later"


def _log_line(shown: Round, one: StepRecord) -> LogLine:
    named = {**OTHER_STEPS} | {str(step): step_name(step, shown.kind) for step in STEP_NAMES}
    return LogLine(named.get(one.step, one.step), one, "" if one.step in _WITHOUT_NOTE else one.note)
