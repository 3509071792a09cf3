"""`/staff/{link}` and `…/sessions/{id}`: the congress's sessions; one session's rounds and links."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting import drafting, links
from voting.actors import ROLE_NAMES, Role
from voting.counts import MOST_PEOPLE
from voting.rounds import Link, Session
from voting.scrutinising.ceremonies import current_ceremony
from voting.wording import Body, words_for
from web.access import Visit
from web.errors import answer_to
from web.forms import Form
from web.pages.session_hub import steps_of
from web.pages.session_parts import session_parts

BODIES: dict[Body, str] = {
    "congress": "人民代表大会会议",
    "committee": "常委会会议（由常委会组成人员测评，不票决项目）",
}


@get("/", sync_to_thread=True)
def home(visit: NamedDependency[Visit]) -> Response[str]:
    """Sessions, a form for a new one, colleagues' links."""
    return _home(visit, Form())


@post("/", sync_to_thread=True)
def create_session(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """A new session."""
    title = form.line("title", "会议名称")
    body = _read_body_of_session(form)
    everybody = words_for(body=body).all_members
    all_deputies = form.number("all_deputies", f"{everybody}人数", 1, MOST_PEOPLE)
    if form.faults:
        return _home(visit, form, 422)
    store, random = visit.house.store, visit.house.random
    try:
        made = drafting.create_session(store, visit.actor, title, all_deputies, random, body)
    except drafting.NoCommittee as error:
        form.fault("body", error.sentence)
        return _home(visit, form, answer_to(error).status)
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
        names=words_for(body=shown.body),
        rounds=rounds,
        titles={one.id: one.title for one in rounds},
        steps=steps_of(visit, shown),
        links=_links(visit, shown.id),
        appointed=appointed(visit, shown.id),
        form=form,
        deputies_address=address(f"/v/{shown.code}"),
        hall_address=address(f"/hall/{shown.code}"),
        **session_parts(visit, shown),
    )


def _read_body_of_session(form: Form) -> Body:
    """A town's form does not ask: it has no 常委会."""
    return form.choice("body", "开什么会", tuple(BODIES)) if form.typed("body") else "congress"


def appointed(visit: Visit, session_id: str) -> list[tuple[int, str]]:
    """(number, name) of everybody whom a round of the session has as scrutineer, or who is to make a key."""
    with visit.house.store.read() as tx:
        rounds = tx.rounds.of_session(visit.actor, session_id)
        people = {(one.number, one.name) for r in rounds for one in tx.scrutineers.of(visit.actor, r.id)}
        making = current_ceremony(tx, visit.actor, session_id)
    return sorted(people | {(one.number, one.name) for one in (making.members if making else ())})


def _home(visit: Visit, form: Form, status: int = 200) -> Response[str]:
    with visit.house.store.read() as tx:
        congress = tx.sessions.congress(visit.actor.congress)
        sessions = tx.sessions.listing(visit.actor)
        by_account = tx.memberships.office_logs_in(visit.actor.congress)
    return visit.page(
        "staff/home.html",
        status,
        congress=congress,
        by_account=by_account,
        sessions=[(one, words_for(body=one.body)) for one in sessions],
        bodies={} if congress.level == "town" else BODIES,
        links=_links(visit, None),
        form=form,
    )


def _links(visit: Visit, session_id: str | None) -> list[dict[str, Any]]:
    """The links of a session, or of the staff, with whether they still lead anywhere."""
    found = links.listing(visit.house.store, visit.actor)
    named = role_names(visit.session(session_id) if session_id else None)
    return [
        {"link": one, "role": named[one.role], "state": _state(visit, one)}
        for one in found
        if one.session == session_id
    ]


def role_names(session: Session | None) -> dict[Role, str]:
    """Roles in words; who presides is called otherwise in a meeting of the 常委会."""
    return {**ROLE_NAMES, "chair": words_for(body=session.body if session else "congress").presider}


def _state(visit: Visit, one: Link) -> str:
    if one.revoked_at is not None:
        return "已收回"
    return "已过期" if one.expires <= visit.now else "有效"
