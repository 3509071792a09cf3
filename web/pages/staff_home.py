"""`/staff/{link}` and `…/sessions/{id}`: the congress's sessions; one session's rounds and links."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting import drafting, links
from voting.actors import ROLE_NAMES
from voting.counts import MOST_PEOPLE
from voting.rounds import Link, Session
from web.access import Visit
from web.forms import Form


@get("/", sync_to_thread=True)
def home(visit: NamedDependency[Visit]) -> Response[str]:
    """Sessions, a form for a new one, colleagues' links."""
    return _home(visit, Form())


@post("/", sync_to_thread=True)
def create_session(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """A new session."""
    title = form.line("title", "会议名称")
    all_deputies = form.number("all_deputies", "全体代表人数", 1, MOST_PEOPLE)
    if form.faults:
        return _home(visit, form, 422)
    made = drafting.create_session(visit.house.store, visit.actor, title, all_deputies, visit.house.random)
    return visit.go(f"/sessions/{made.id}")


@get("/sessions/{session_id:str}", sync_to_thread=True)
def session(visit: NamedDependency[Visit], session_id: FromPath[str]) -> Response[str]:
    """One session."""
    return session_page(visit, visit.session(session_id), Form())


def session_page(visit: Visit, shown: Session, form: Form, status: int = 200) -> Response[str]:
    """Rounds, the people and their links, the addresses of the hall."""
    with visit.house.store.read() as tx:
        rounds = tx.rounds.of_session(visit.actor, shown.id)
    address = visit.house.settings.address
    return visit.page(
        "staff/session.html",
        status,
        session=shown,
        rounds=rounds,
        links=_links(visit, shown.id),
        appointed=appointed(visit, shown.id),
        form=form,
        deputies_address=address(f"/v/{shown.code}"),
        hall_address=address(f"/hall/{shown.code}"),
    )


def appointed(visit: Visit, session_id: str) -> list[tuple[int, str]]:
    """(number, name) of everybody whom a round of the session has as scrutineer."""
    with visit.house.store.read() as tx:
        rounds = tx.rounds.of_session(visit.actor, session_id)
        people = {(one.number, one.name) for r in rounds for one in tx.scrutineers.of(visit.actor, r.id)}
    return sorted(people)


def _home(visit: Visit, form: Form, status: int = 200) -> Response[str]:
    with visit.house.store.read() as tx:
        congress = tx.sessions.congress(visit.actor.congress)
        sessions = tx.sessions.listing(visit.actor)
    return visit.page(
        "staff/home.html",
        status,
        congress=congress,
        sessions=sessions,
        links=_links(visit, None),
        form=form,
    )


def _links(visit: Visit, session_id: str | None) -> list[dict[str, Any]]:
    """The links of a session, or of the staff, with whether they still lead anywhere."""
    found = links.listing(visit.house.store, visit.actor)
    return [
        {"link": one, "role": ROLE_NAMES[one.role], "state": _state(visit, one)}
        for one in found
        if one.session == session_id
    ]


def _state(visit: Visit, one: Link) -> str:
    if one.revoked_at is not None:
        return "已收回"
    return "已过期" if one.expires <= visit.now else "有效"
