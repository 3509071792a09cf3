"""`/staff/{link}/links`: personal links are given out here, shown once with a QR code, and taken back."""

from datetime import timedelta
from typing import get_args

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting import links
from voting.errors import VotingError
from voting.paper_ballots.sheets import TELLERS
from voting.rounds import Session
from voting.scrutinising.keys import MOST_SCRUTINEERS
from voting.wording import words_for
from web.access import LinkRole, Visit
from web.errors import answer_to
from web.forms import Form
from web.pages.staff_home import appointed, role_names

MOST_DAYS = 366
USUAL_DAYS = 30


@get("/links/new", sync_to_thread=True)
def new_link(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """The form; a round's or a session's page fills in what it knows already."""
    return _form(visit, form)


@post("/links/new", status_code=200, sync_to_thread=True)
def issue_link(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """Give a link out. The answer is the only place where it is ever shown, hence no redirect."""
    role: LinkRole = form.choice("role", "身份", get_args(LinkRole))
    name = form.line("name", "姓名")
    number = _number(form, role)
    days = form.number("days", "有效期", 1, MOST_DAYS)
    session = visit.session(form.typed("session")) if role != "staff" else None
    if session and number and role == "scrutineer" and not form.faults:
        _check_appointed(visit, form, session, number, name)
    if form.faults:
        return _form(visit, form, 422)
    expires = visit.now + timedelta(days=days)
    house = visit.house
    try:
        token = links.issue(
            house.store,
            visit.actor,
            role,
            name,
            expires,
            session.id if session else None,
            number,
            now=visit.now,
            random=house.random,
        )
    except VotingError as error:
        form.fault("name", error.sentence)
        return _form(visit, form, answer_to(error).status)
    address = house.settings.address(f"/enter/{token}")
    return visit.page(
        "staff/link_shown.html",
        name=name,
        role=role_names(session)[role],
        address=address,
        expires=expires,
        back=_back(form),
    )


@post("/links/{link_id:str}/revoke", sync_to_thread=True)
def revoke_link(
    visit: NamedDependency[Visit], form: NamedDependency[Form], link_id: FromPath[str]
) -> Redirect:
    """From now on the link leads nowhere; what its holder did stays done."""
    links.revoke(visit.house.store, visit.actor, link_id, visit.now)
    return visit.go(_back(form))


def _number(form: Form, role: LinkRole) -> int | None:
    """Which scrutineer or teller; nobody else has a number."""
    if role == "teller":
        return form.number("number", "第几名计票人", 1, len(TELLERS))
    return form.number("number", "第几名监票人", 1, MOST_SCRUTINEERS) if role == "scrutineer" else None


def _check_appointed(visit: Visit, form: Form, session: Session, number: int, name: str) -> None:
    """A scrutineer's link works only with the very number and name that the plenary adopted."""
    people = appointed(visit, session.id)
    if people and (number, name) not in people:
        listed = "、".join(f"第{n}名{who}" for n, who in people)
        form.fault(
            "name",
            f"{words_for(body=session.body).meeting}通过的监票人名单是{listed}，没有第{number}名{name}。请核对。",
        )


def _form(visit: Visit, form: Form, status: int = 200) -> Response[str]:
    session_id = form.typed("session")
    session = visit.session(session_id) if session_id else None
    named = role_names(session)
    return visit.page(
        "staff/link_form.html",
        status,
        form=form,
        session=session,
        meeting=words_for(body=session.body if session else "congress").meeting,
        roles={role: named[role] for role in get_args(LinkRole) if (role == "staff") != bool(session)},
        usual_days=USUAL_DAYS,
        back=_back(form),
    )


def _back(form: Form) -> str:
    """Where the person came from: a page of this link, never an address from outside."""
    session, round_ = form.typed("session"), form.typed("round")
    if round_.isalnum():
        return f"/rounds/{round_}"
    return f"/sessions/{session}" if session.isalnum() else ""
