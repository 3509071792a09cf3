"""`/staff/{link}/sessions/{id}/leave`: 请假, noted and withdrawn."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.checking_in.facts import expected
from voting.checking_in.finding import find
from voting.checking_in.leave import leave_list, note_leave, withdraw_leave
from voting.checking_in.plenaries import current_plenary
from voting.people import Deputy
from voting.rounds import Session
from web.access import Visit
from web.forms import Form

WHOLE = "session"
"""For the whole session, not one plenary."""


@get("/sessions/{session_id:str}/leave", sync_to_thread=True)
def page(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str]:
    """The list, and a form for one more."""
    return _page(visit, visit.session(session_id), form)


@post("/sessions/{session_id:str}/leave", sync_to_thread=True)
def note(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str] | Redirect:
    """One more; for the same deputy again, another reason."""
    session = visit.session(session_id)
    deputy = _who(visit, session, form)
    reason = form.line("reason", "请假事由")
    which = form.typed("which", WHOLE)
    if deputy is None or form.faults:
        return _page(visit, session, form, 422)
    plenary = None if which == WHOLE else which
    note_leave(visit.house.store, visit.actor, session.id, deputy.id, reason, visit.now, plenary)
    return visit.go(f"/sessions/{session.id}/leave")


@post("/sessions/{session_id:str}/leave/{leave_id:str}/withdraw", sync_to_thread=True)
def withdraw(visit: NamedDependency[Visit], session_id: FromPath[str], leave_id: FromPath[str]) -> Redirect:
    """It does not hold any more."""
    withdraw_leave(visit.house.store, visit.actor, session_id, leave_id, visit.now)
    return visit.go(f"/sessions/{session_id}/leave")


def _who(visit: Visit, session: Session, form: Form) -> Deputy | None:
    """The one deputy that is meant; a fault when there is none, or more than one."""
    text = form.line("who", "请假的代表")
    if not text:
        return None
    with visit.house.store.read() as tx:
        everybody = expected(session, tx.deputies.current(session.congress))
    found = find(everybody, text)
    exact = [one for one in found if text in {one.name, str(one.number)}]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        form.fault("who", f"名册里没有找到“{text}”。请填写姓名或者序号。")
    else:
        listed = "、".join(f"{one.number}号{one.name}（{one.delegation}）" for one in (exact or found)[:6])
        form.fault("who", f"“{text}”不止一位：{listed}。请改填序号。")
    return None


def _page(visit: Visit, session: Session, form: Form, status: int = 200) -> Response[str]:
    with visit.house.store.read() as tx:
        current = current_plenary(tx, visit.actor, session.id)
        listed = leave_list(tx, visit.actor, session.id)
    which = {WHOLE: "整个会期"} | ({current.id: f"只是{current.title}"} if current else {})
    return visit.page(
        "checking_in/leave.html",
        status,
        session=session,
        form=form,
        listed=listed,
        which=which,
        whole=WHOLE,
    )


OF_STAFF = [page, note, withdraw]
