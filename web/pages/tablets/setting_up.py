"""`…/sessions/{id}/tablets`: how a tablet is set up in the hall, and how long it waits."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.congress_settings import change
from voting.tablets import (
    LONGEST_IDLE,
    LONGEST_RECEIPT,
    SHORTEST_IDLE,
    SHORTEST_RECEIPT,
    TabletSettings,
)
from web.access import Visit
from web.forms import Form


@get("/sessions/{session_id:str}/tablets", sync_to_thread=True)
def setting_up(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str]:
    """The address, as text and as a code, and the seconds as they are set."""
    with visit.house.store.read() as tx:
        kept = tx.settings.get(visit.actor.congress, TabletSettings)
    shown = Form.prefilled(receipt_seconds=kept.receipt_seconds, idle_seconds=kept.idle_seconds)
    return _page(visit, session_id, shown, saved=form.typed("saved") == "1")


@post("/sessions/{session_id:str}/tablets", sync_to_thread=True)
def change_patience(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str] | Redirect:
    """For all tablets of the congress, from the next time that they load the page."""
    receipt = form.number("receipt_seconds", "回执号停留秒数", SHORTEST_RECEIPT, LONGEST_RECEIPT)
    idle = form.number("idle_seconds", "无人操作秒数", SHORTEST_IDLE, LONGEST_IDLE)
    if form.faults:
        return _page(visit, session_id, form, 422)
    visit.session(session_id)
    wanted = TabletSettings(receipt_seconds=receipt, idle_seconds=idle)
    change(visit.house.store, visit.actor, wanted, visit.now)
    return visit.go(f"/sessions/{session_id}/tablets?saved=1")


def _page(
    visit: Visit, session_id: str, form: Form, status: int = 200, *, saved: bool = False
) -> Response[str]:
    session = visit.session(session_id)
    address = visit.house.settings.address(f"/v/{session.code}/tablet")
    return visit.page(
        "tablets/setting_up.html", status, session=session, address=address, form=form, saved=saved
    )
