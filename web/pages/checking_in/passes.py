"""`/staff/{link}/sessions/{id}/passes`: 出席证 for everybody, or one anew."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.checking_in import passes
from voting.checking_in.facts import Pass, expected
from voting.documents.session.passes import passes_pdf
from voting.errors import VotingError
from voting.rounds import Session, full_title
from web.access import Visit
from web.errors import answer_to
from web.forms import Form
from web.refusals import NoSuchPage


@get("/sessions/{session_id:str}/passes", sync_to_thread=True)
def page(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str]:
    """Who has a pass and who has not; `?renewed=` whose was made anew."""
    return _page(visit, visit.session(session_id), form)


@post("/sessions/{session_id:str}/passes", sync_to_thread=True)
def make(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str] | Redirect:
    """A pass for everybody who has none; those that were printed stay good."""
    session = visit.session(session_id)
    house = visit.house
    try:
        passes.make_passes(house.store, visit.actor, session.id, visit.now, house.random)
    except VotingError as error:
        form.fault("make", error.sentence)
        return _page(visit, session, form, answer_to(error).status)
    return visit.go(f"/sessions/{session.id}/passes")


@post("/sessions/{session_id:str}/passes/{deputy_id:str}/renew", sync_to_thread=True)
def renew(visit: NamedDependency[Visit], session_id: FromPath[str], deputy_id: FromPath[str]) -> Redirect:
    """补办: the old pass leads to nobody from now on."""
    house = visit.house
    passes.replace_pass(house.store, visit.actor, session_id, deputy_id, visit.now, house.random)
    return visit.go(f"/sessions/{session_id}/passes?renewed={deputy_id}#renewed")


@get("/sessions/{session_id:str}/passes.pdf", sync_to_thread=True)
def all_of_them(visit: NamedDependency[Visit], session_id: FromPath[str]) -> Response[bytes]:
    """Every pass, eight on a sheet."""
    session, made = _passes(visit, session_id)
    return _pdf(visit, session, made, made, "出席证.pdf")


@get("/sessions/{session_id:str}/passes/{deputy_id:str}/pass.pdf", sync_to_thread=True)
def one_of_them(
    visit: NamedDependency[Visit], session_id: FromPath[str], deputy_id: FromPath[str]
) -> Response[bytes]:
    """One pass alone."""
    session, made = _passes(visit, session_id)
    own = [one for one in made if one.deputy.id == deputy_id]
    if not own:
        raise NoSuchPage
    return _pdf(visit, session, own, made, f"出席证 {own[0].deputy.name}.pdf")


def _passes(visit: Visit, session_id: str) -> tuple[Session, tuple[Pass, ...]]:
    with visit.house.store.read() as tx:
        return tx.sessions.get(visit.actor, session_id), passes.passes(tx, visit.actor, session_id)


def _pdf(
    visit: Visit, session: Session, printed: list[Pass] | tuple[Pass, ...], made: tuple[Pass, ...], name: str
) -> Response[bytes]:
    """Raises NoSuchPage when there is nothing to print."""
    if not printed:
        raise NoSuchPage
    with visit.house.store.read() as tx:
        title = full_title(tx.sessions.congress(session.congress), session)
    delegations = [one.deputy.delegation for one in made]
    return visit.download(passes_pdf(title, printed, delegations, visit.now), "application/pdf", name)


def _page(visit: Visit, session: Session, form: Form, status: int = 200) -> Response[str]:
    with visit.house.store.read() as tx:
        everybody = expected(session, tx.deputies.current(session.congress))
        made = {one.deputy.id for one in passes.passes(tx, visit.actor, session.id)}
    return visit.page(
        "checking_in/passes.html",
        status,
        session=session,
        form=form,
        everybody=everybody,
        made=made,
        renewed=next((one for one in everybody if one.id == form.typed("renewed")), None),
    )


OF_STAFF = [page, make, renew, all_of_them, one_of_them]
