"""`/chair/{link}`: the presiding chair's page. One large button at a time, and above it what to read out."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting import announcing, casting, reconciling
from voting.checking_in.plenaries import standing
from voting.documents.script import script_lines
from voting.errors import VotingError
from voting.reconciling import too_many
from voting.rounds import Round, words_of
from voting.settling import deciding
from voting.settling.hub import waiting_for
from voting.store import Store
from voting.wording import Words
from web.access import Visit
from web.errors import answer_to
from web.forms import Form
from web.pages.agenda import RUNNING, current_round, names_in, spoken_of_together
from web.pages.round_parts import chair_parts
from web.pages.tally import report_for

Moment = Callable[[Store, Any, str, datetime], object]


@get("/", sync_to_thread=True)
def chair(visit: NamedDependency[Visit]) -> Response[str]:
    """The round that the session is busy with."""
    return chair_page(visit, current_round(visit.rounds()), Form())


@get("/rounds/{round_id:str}", sync_to_thread=True)
def chair_round(visit: NamedDependency[Visit], round_id: FromPath[str]) -> Response[str]:
    """One round."""
    return chair_page(visit, visit.round(round_id), Form())


@get("/rounds/{round_id:str}/void", sync_to_thread=True)
def void_form(visit: NamedDependency[Visit], round_id: FromPath[str]) -> Response[str]:
    """Why, and once more whether."""
    return _void_page(visit, visit.round(round_id), Form())


@post("/rounds/{round_id:str}/valid", sync_to_thread=True)
def declare_valid(visit: NamedDependency[Visit], round_id: FromPath[str]) -> Response[str] | Redirect:
    """宣布票决有效."""
    return _act(visit, round_id, reconciling.declare_valid)


@post("/rounds/{round_id:str}/announce", sync_to_thread=True)
def announce(visit: NamedDependency[Visit], round_id: FromPath[str]) -> Response[str] | Redirect:
    """宣布结果: from then on the hall's screen shows it."""
    return _act(visit, round_id, announcing.announce)


@post("/rounds/{round_id:str}/settled", sync_to_thread=True)
def announce_settled(visit: NamedDependency[Visit], round_id: FromPath[str]) -> Response[str] | Redirect:
    """宣布 what was decided about places that the votes left open."""
    return _act(visit, round_id, deciding.make_known)


@post("/rounds/{round_id:str}/void", sync_to_thread=True)
def declare_void(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """宣布票决无效: the ballots stay sealed for ever."""
    shown = visit.round(round_id)
    reason = form.prose("reason", "无效的理由")
    form.confirmed("confirm", f"确认已在会场宣布{_names(visit, shown).void}")
    if form.faults:
        return _void_page(visit, shown, form, 422)
    try:
        reconciling.declare_void(visit.house.store, visit.actor, shown.id, reason, visit.now)
    except VotingError as error:
        form.fault("reason", error.sentence)
        return _void_page(visit, shown, form, answer_to(error).status)
    return visit.go(f"/rounds/{shown.id}")


def _act(visit: Visit, round_id: str, moment: Moment) -> Response[str] | Redirect:
    """One press, one effect: pressed again, or by two at once, it changes nothing more."""
    try:
        moment(visit.house.store, visit.actor, round_id, visit.now)
    except VotingError as error:
        form = Form()
        form.fault("step", error.sentence)
        return chair_page(visit, visit.round(round_id), form, answer_to(error).status)
    return visit.go(f"/rounds/{round_id}")


def chair_page(visit: Visit, shown: Round | None, form: Form, status: int = 200) -> Response[str]:
    """What the chair sees of a round, and what a press did not do."""
    session = visit.session(visit.actor.session or "")
    rounds = visit.rounds()
    people = visit.scrutineers(shown.id) if shown else ()
    report = report_for(visit, shown) if shown else None
    running = current_round(rounds)
    with visit.house.store.read() as tx:
        present = standing(tx, visit.actor, session.id)
    return visit.page(
        "chair/round.html",
        status,
        round=shown,
        session=session,
        names=names_in(session, shown),
        others=[one for one in rounds if one != shown],
        now_running=running if running != shown and running and running.state in RUNNING else None,
        form=form,
        standing=present,
        together=[
            (one, casting.turnout(visit.house.store, visit.actor, one.id))
            for one in (spoken_of_together(rounds, shown) if shown else ())
        ],
        too_many=too_many(shown) if shown else False,
        waiting_for=waiting_for(shown, people) if shown else (),
        people=len(people),
        speech=list(script_lines(report)) if report else [],
        **chair_parts(visit, shown),
    )


def _void_page(visit: Visit, shown: Round, form: Form, status: int = 200) -> Response[str]:
    return visit.page(
        "chair/void.html",
        status,
        round=shown,
        names=_names(visit, shown),
        form=form,
        too_many=too_many(shown),
    )


def _names(visit: Visit, shown: Round) -> Words:
    return words_of(shown, visit.session(shown.session))
