"""`…/sessions/{id}/papers`: every paper of a session, what it lacks, and how ballots are printed."""

from __future__ import annotations

from typing import Final

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting import congress_settings
from voting.documents.glyphs import WANTING, wanting
from voting.documents.session import papers as catalogue
from voting.documents.session.ballot_paper import BallotPaperSettings, Mark
from voting.documents.session.facts import SessionFacts, facts_of_session
from voting.duties import demand
from web.access import Visit
from web.forms import Form

MARKS: Final[dict[Mark, str]] = {"○": "画“○”", "√": "画“√”"}
ONE_BOX: Final = {
    "columns": "赞成、反对、弃权各一栏，在其中一栏画符号",
    "one": "每件项目一栏：赞成画符号，反对画“×”，弃权不画",
}
SIZES: Final = {"a4": "A4", "a3": "A3"}


@get("/sessions/{session_id:str}/papers", sync_to_thread=True)
def papers(visit: NamedDependency[Visit], session_id: FromPath[str]) -> Response[str]:
    """The list, for the whole session and round by round."""
    facts = facts_of_session(visit.house.store, visit.actor, session_id, visit.now)
    return visit.page(
        "session_papers/list.html",
        facts=facts,
        session=facts.session,
        whole=list(catalogue.of_session(facts)),
        rounds=[(one, list(catalogue.of_round(facts, one))) for one in facts.rounds],
        states=catalogue.STATE_NAMES,
        sizes=SIZES,
        coloured=_coloured(facts),
        unprintable=wanting(_names(facts)),
        wanting=WANTING,
    )


@get("/sessions/{session_id:str}/papers/ballot", sync_to_thread=True)
def ballot_form(visit: NamedDependency[Visit], session_id: FromPath[str]) -> Response[str]:
    """The signs on a paper ballot."""
    demand(visit.actor, "change_settings")
    return _ballot_form(visit, session_id, _prefilled(settings_of(visit)))


@post("/sessions/{session_id:str}/papers/ballot", sync_to_thread=True)
def set_ballot_form(
    visit: NamedDependency[Visit], session_id: FromPath[str], form: NamedDependency[Form]
) -> Response[str] | Redirect:
    """For all rounds of the congress."""
    demand(visit.actor, "change_settings")
    visit.session(session_id)
    mark = form.choice("mark", "赞成的符号", tuple(MARKS))
    one_box = form.choice("one_box", "逐项表决票的样式", tuple(ONE_BOX)) == "one"
    if form.faults:
        return _ballot_form(visit, session_id, form, 422)
    new = msgspec.structs.replace(settings_of(visit), mark=mark, one_box=one_box)
    congress_settings.change(visit.house.store, visit.actor, new, visit.now)
    return visit.go(f"/sessions/{session_id}/papers")


def settings_of(visit: Visit) -> BallotPaperSettings:
    """Of the visitor's congress."""
    with visit.house.store.read() as tx:
        return tx.settings.get(visit.actor.congress, BallotPaperSettings)


def _ballot_form(visit: Visit, session_id: str, form: Form, status: int = 200) -> Response[str]:
    session = visit.session(session_id)
    return visit.page(
        "session_papers/ballot.html", status, session=session, form=form, marks=MARKS, boxes=ONE_BOX
    )


def _prefilled(now: BallotPaperSettings) -> Form:
    return Form.prefilled(mark=now.mark, one_box="one" if now.one_box else "columns")


def _coloured(facts: SessionFacts) -> tuple[str, ...]:
    """Delegations large enough for a colour of their own."""
    sizes = {name: sum(one.delegation == name for one in facts.deputies) for name in facts.delegations}
    return tuple(name for name, members in sizes.items() if members >= facts.fewest_paper)


def _names(facts: SessionFacts) -> str:
    """Where a character may stand that no font here has."""
    people = [one.name for of in facts.rounds for one in of.scrutineers]
    titles = [one.title for of in facts.rounds for one in of.candidates]
    return "".join([*people, *titles, *(one.deputy.name for one in facts.leave)])
