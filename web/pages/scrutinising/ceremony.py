"""`…/sessions/{id}/ceremony`: 拟任监票人 make the key together; who is waited for, beginning anew."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from voting.errors import VotingError
from voting.scrutinising.ceremonies import begin_ceremony, current_ceremony
from voting.scrutinising.keys import MOST_SCRUTINEERS
from voting.wording import words_for
from web.access import Visit
from web.errors import answer_to
from web.forms import Form


@get("/sessions/{session_id:str}/ceremony", sync_to_thread=True)
def ceremony(visit: NamedDependency[Visit], session_id: FromPath[str]) -> Response[str]:
    """How far the newest is, and the form for another."""
    return _page(visit, session_id, Form())


@post("/sessions/{session_id:str}/ceremony", sync_to_thread=True)
def begin(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str] | Redirect:
    """One name a line, the 总监票人 first; left empty, more than half of them open."""
    names = [line.strip() for line in form.typed("names").splitlines() if line.strip()]
    if not names:
        form.fault("names", "请填写拟任监票人姓名，每行一名，第一名是总监票人。")
    threshold = None
    if form.typed("threshold"):
        threshold = form.number("threshold", "到场几名就能开箱", 1, MOST_SCRUTINEERS)
    if form.faults:
        return _page(visit, session_id, form, 422)
    try:
        begin_ceremony(visit.house.store, visit.actor, session_id, names, threshold, visit.now)
    except VotingError as error:
        form.fault("names", error.sentence)
        return _page(visit, session_id, form, answer_to(error).status)
    return visit.go(f"/sessions/{session_id}/ceremony")


def _page(visit: Visit, session_id: str, form: Form, status: int = 200) -> Response[str]:
    with visit.house.store.read() as tx:
        session = tx.sessions.get(visit.actor, session_id)
        key = current_ceremony(tx, visit.actor, session_id)
    names = words_for(body=session.body)
    return visit.page("scrutinising/ceremony.html", status, session=session, key=key, form=form, names=names)


OF_STAFF: list[ControllerRouterHandler] = [ceremony, begin]
