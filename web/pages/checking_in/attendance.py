"""`/staff/{link}/sessions/{id}/attendance`: the plenaries of a session and who is at each of them."""

from collections.abc import Callable
from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.actors import Actor
from voting.checking_in import plenaries
from voting.checking_in.attendance import attendance
from voting.checking_in.facts import Attendance, Plenary
from voting.checking_in.table import attendance_csv, attendance_xlsx
from voting.errors import VotingError
from voting.rounds import Session
from voting.store import Transaction
from voting.wording import words_for
from web.access import Visit
from web.errors import answer_to
from web.forms import Form
from web.refusals import NoSuchPage

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN: Final[dict[str, tuple[str, Callable[[Attendance], bool]]]] = {
    "all": ("全部", lambda one: True),  # noqa: ARG005 - each of these is asked about a deputy
    "absent": ("未到", lambda one: one.presence == "absent" and one.leave is None),
    "present": ("在会场", lambda one: one.presence == "present"),
    "left": ("已离场", lambda one: one.presence == "left"),
    "leave": ("请假", lambda one: one.leave is not None),
}
"""Which deputies a list shows: its words, and who is in it."""


@get("/sessions/{session_id:str}/attendance", sync_to_thread=True)
def page(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str]:
    """The plenary that is on, or the newest, or `?plenary=`; `?show=` narrows the list."""
    return _page(visit, visit.session(session_id), form)


@post("/sessions/{session_id:str}/plenaries", sync_to_thread=True)
def begin(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str] | Redirect:
    """A new 全体会议."""
    session = visit.session(session_id)
    title = form.line("title", "会议名称")
    if not form.faults:
        try:
            plenaries.begin_plenary(visit.house.store, visit.actor, session.id, title, visit.now)
        except VotingError as error:
            form.fault("title", error.sentence)
            return _page(visit, session, form, answer_to(error).status)
    if form.faults:
        return _page(visit, session, form, 422)
    return visit.go(_home(session))


@post("/sessions/{session_id:str}/plenaries/{plenary_id:str}/{step:str}", sync_to_thread=True)
def turn(
    visit: NamedDependency[Visit],
    form: NamedDependency[Form],
    session_id: FromPath[str],
    plenary_id: FromPath[str],
    step: FromPath[str],
) -> Response[str] | Redirect:
    """签到 ends or goes on, the plenary ends or goes on."""
    moments = {
        "close": plenaries.close_check_in,
        "open": plenaries.open_check_in,
        "end": plenaries.end_plenary,
        "resume": plenaries.resume_plenary,
    }
    if step not in moments:
        raise NoSuchPage
    session = visit.session(session_id)
    with visit.house.store.read() as tx:
        plenary = _plenary(tx, visit.actor, session.id, plenary_id)
    if step == "end":
        form.confirmed("confirm", "确认结束这次全体会议")
    if not form.faults:
        try:
            moments[step](visit.house.store, visit.actor, plenary.id, visit.now)
        except VotingError as error:
            form.fault("step", error.sentence)
            return _page(visit, session, form, answer_to(error).status)
    return _page(visit, session, form, 422) if form.faults else visit.go(_home(session))


@get("/sessions/{session_id:str}/plenaries/{plenary_id:str}/attendance.csv", sync_to_thread=True)
def as_csv(
    visit: NamedDependency[Visit], session_id: FromPath[str], plenary_id: FromPath[str]
) -> Response[bytes]:
    """The whole list."""
    plenary, everybody = _of(visit, session_id, plenary_id)
    return visit.download(attendance_csv(everybody), "text/csv; charset=utf-8", f"{plenary.title}签到.csv")


@get("/sessions/{session_id:str}/plenaries/{plenary_id:str}/attendance.xlsx", sync_to_thread=True)
def as_xlsx(
    visit: NamedDependency[Visit], session_id: FromPath[str], plenary_id: FromPath[str]
) -> Response[bytes]:
    """The whole list."""
    plenary, everybody = _of(visit, session_id, plenary_id)
    return visit.download(attendance_xlsx(plenary.title, everybody), XLSX, f"{plenary.title}签到.xlsx")


def _home(session: Session) -> str:
    return f"/sessions/{session.id}/attendance"


def _of(visit: Visit, session_id: str, plenary_id: str) -> tuple[Plenary, tuple[Attendance, ...]]:
    """Raises NoSuchPage."""
    with visit.house.store.read() as tx:
        plenary = _plenary(tx, visit.actor, session_id, plenary_id)
        return plenary, attendance(tx, visit.actor, plenary)


def _plenary(tx: Transaction, actor: Actor, session_id: str, plenary_id: str) -> Plenary:
    """The one of this session. Raises NoSuchPage, NotFound."""
    plenary = tx.plenaries.get(actor, plenary_id)
    if plenary.session != session_id:
        raise NoSuchPage
    return plenary


def _page(visit: Visit, session: Session, form: Form, status: int = 200) -> Response[str]:
    with visit.house.store.read() as tx:
        all_of_them = tx.plenaries.listing(visit.actor, session.id)
        standing = plenaries.standing(tx, visit.actor, session.id)
        wanted = form.typed("plenary") or (all_of_them[0].id if all_of_them else "")
        shown = next((one for one in all_of_them if one.id == wanted), None)
        everybody = attendance(tx, visit.actor, shown) if shown else ()
        roster = len(tx.deputies.current(session.congress))
    show = form.typed("show") if form.typed("show") in SHOWN else "all"
    return visit.page(
        "checking_in/attendance.html",
        status,
        session=session,
        names=words_for(body=session.body),
        form=form,
        standing=standing,
        desk=f"{visit.base}/sessions/{session.id}/desk",
        plenaries=all_of_them,
        shown=shown,
        everybody=everybody,
        listed=[one for one in everybody if SHOWN[show][1](one)],
        show=show,
        **_counted(everybody),
        roster=roster,
        next_title=_next_title(len(all_of_them)),
    )


def _counted(everybody: tuple[Attendance, ...]) -> dict[str, Any]:
    """The tabs with how many each has, and the delegations with who of them is there."""
    tabs = [
        (key, words, sum(1 for one in everybody if wanted(one))) for key, (words, wanted) in SHOWN.items()
    ]
    delegations: dict[str, list[int]] = {}
    for one in everybody:
        counts = delegations.setdefault(one.deputy.delegation, [0, 0])
        counts[0] += 1
        counts[1] += one.presence == "present"
    return {"tabs": tabs, "delegations": [(name, *counts) for name, counts in delegations.items()]}


def _next_title(before: int) -> str:
    """第一次全体会议 and so on; the office may type another."""
    digits = "一二三四五六七八九十"
    return f"第{digits[before]}次全体会议" if before < len(digits) else ""


OF_STAFF = [page, begin, turn, as_csv, as_xlsx]
