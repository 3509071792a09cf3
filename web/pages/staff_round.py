"""`…/rounds/{id}`: one round at the secretariat's desk.

The next step stands on top, with who must take it and what is missing. Each step is a POST that answers with
a redirect, or with this page and what was typed.
"""

from collections.abc import Callable
from datetime import date

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting import closing, drafting, opening, publishing, redrafting, sealing
from voting.counts import MOST_PEOPLE
from voting.errors import VotingError
from voting.rounds import Relation, words_of
from voting.scrutinising.keys import MOST_SCRUTINEERS
from voting.wording import Words
from web.access import Visit
from web.errors import answer_to
from web.forms import Form
from web.pages.round_overview import round_page

RELATIONS: tuple[Relation, ...] = ("runoff", "supplementary", "repeat")


@get("/rounds/{round_id:str}", sync_to_thread=True)
def staff_round(visit: NamedDependency[Visit], round_id: FromPath[str]) -> Response[str]:
    """The round as it stands."""
    return round_page(visit, round_id, Form())


@post("/rounds/{round_id:str}/adopt", sync_to_thread=True)
def adopt(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """The plenary has passed the rules and the scrutineers: one name a line, the 总监票人 first."""
    names = [line.strip() for line in form.typed("names").splitlines() if line.strip()]
    if not names:
        form.fault("names", "请填写监票人姓名，每行一名，第一名是总监票人。")
    threshold = None
    if form.typed("threshold"):
        threshold = form.number("threshold", "到场几名就能开箱", 1, MOST_SCRUTINEERS)
    called = _names(visit, round_id)
    form.confirmed("confirm", f"{called.meeting}已通过{called.rules}和监票人名单")
    return _step(
        visit,
        form,
        round_id,
        "names",
        lambda: drafting.adopt(visit.house.store, visit.actor, round_id, names, visit.now, threshold),
    )


@post("/rounds/{round_id:str}/redraft", sync_to_thread=True)
def redraft(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """Entered as passed by mistake."""
    return _step(
        visit,
        form,
        round_id,
        "redraft",
        lambda: redrafting.redraft(visit.house.store, visit.actor, round_id, visit.now),
    )


@post("/rounds/{round_id:str}/delete", sync_to_thread=True)
def delete_draft(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """A draft that nobody needs; on to its session."""
    session_id = visit.round(round_id).session
    form.confirmed("delete", "这一轮不再需要")
    done = _step(
        visit,
        form,
        round_id,
        "delete",
        lambda: redrafting.delete_draft(visit.house.store, visit.actor, round_id, visit.now),
    )
    return visit.go(f"/sessions/{session_id}") if isinstance(done, Redirect) else done


@post("/rounds/{round_id:str}/cards", sync_to_thread=True)
def load_cards(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """The public file of `piaojue cards`."""
    raw = form.file("cards", "投票卡名单文件")
    return _step(
        visit,
        form,
        round_id,
        "cards",
        lambda: sealing.load_cards(visit.house.store, visit.actor, round_id, raw, visit.now),
    )


@post("/rounds/{round_id:str}/seal", sync_to_thread=True)
def seal(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """Freeze the election."""
    form.confirmed("confirm", "项目、办法和监票人都已核对无误")
    house = visit.house
    return _step(
        visit,
        form,
        round_id,
        "confirm",
        lambda: sealing.seal(house.store, visit.actor, round_id, house.signer.public_hex, visit.now),
    )


@post("/rounds/{round_id:str}/open", sync_to_thread=True)
def open_round(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """实到 and 发出 are known; the box opens. Where hands are raised nothing is given out."""
    present = form.number("present", f"{_names(visit, round_id).present_members}人数", 1, MOST_PEOPLE)
    by_hands = visit.round(round_id).method == "hands"
    issued = present if by_hands else form.number("issued", "发出票数", 1, MOST_PEOPLE)
    paper = form.number("paper", "其中纸质票", 0, MOST_PEOPLE) if form.typed("paper") else 0
    house = visit.house
    return _step(
        visit,
        form,
        round_id,
        "present",
        lambda: opening.open_round(
            house.store, visit.actor, round_id, present, issued, visit.now, paper=paper
        ),
    )


@post("/rounds/{round_id:str}/close", sync_to_thread=True)
def close_round(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """No ballot enters any more."""
    form.confirmed("confirm", "主持人已宣布截止投票")
    missing = form.number("missing", "没有交回的纸质票", 0, MOST_PEOPLE) if form.typed("missing") else 0
    return _step(
        visit,
        form,
        round_id,
        "missing" if "missing" in form.values else "confirm",
        lambda: closing.close_round(visit.house.store, visit.actor, round_id, visit.now, missing),
    )


@post("/rounds/{round_id:str}/publish", sync_to_thread=True)
def publish(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """公布: an act of its own, with the 公告 and the 主席团's approval."""
    number = form.line("number", "公告编号")
    day = form.day("date", "公告日期")
    presidium = _names(visit, round_id).presidium
    approval = form.line("approval", f"{presidium}的意见")
    form.confirmed("confirm", f"公告已经{presidium}同意")
    return _step(
        visit,
        form,
        round_id,
        "number",
        lambda: _publish(visit, round_id, number, day, approval),
    )


@post("/rounds/{round_id:str}/follow-up", sync_to_thread=True)
def follow_up(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """再次票决, 另行票决 or 重新票决: a new draft made from this round."""
    relation = form.choice("relation", "后续票决", RELATIONS)
    if form.faults:
        return round_page(visit, round_id, form, 422)
    try:
        made = drafting.follow_up(visit.house.store, visit.actor, round_id, relation, visit.now)
    except VotingError as error:
        form.fault("relation", error.sentence)
        return round_page(visit, round_id, form, answer_to(error).status)
    return visit.go(f"/rounds/{made.id}")


def _names(visit: Visit, round_id: str) -> Words:
    """What things are called in this round. Raises NotFound."""
    shown = visit.round(round_id)
    return words_of(shown, visit.session(shown.session))


def _publish(visit: Visit, round_id: str, number: str, day: date, approval: str) -> None:
    publishing.publish(visit.house.store, visit.actor, round_id, number, day, approval, visit.now)


def _step(
    visit: Visit, form: Form, round_id: str, field: str, take: Callable[[], object]
) -> Response[str] | Redirect:
    """Take the step unless the form has faults; a refusal stands beside `field`, what was typed stays."""
    if form.faults:
        return round_page(visit, round_id, form, 422)
    try:
        take()
    except VotingError as error:
        form.fault(field, error.sentence)
        return round_page(visit, round_id, form, answer_to(error).status)
    return visit.go(f"/rounds/{round_id}")
