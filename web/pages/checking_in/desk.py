"""签到台: `/usher/{link}/` at a door, `/staff/{link}/sessions/{id}/desk` beside it.

One tap or one scan checks a deputy in; it can be taken back. Without a script every step is a form and a
page; with it the same pages' parts are renewed in place, and the figures every two seconds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.checking_in import attendance, passes, plenaries
from voting.checking_in.attendance import Passed
from voting.checking_in.facts import Attendance, Move
from voting.checking_in.finding import MOST_FOUND, find
from voting.checking_in.refusals import NoPlenary
from voting.errors import VotingError
from voting.rounds import Session
from voting.wording import words_for
from web.access import Visit
from web.errors import answer_to
from web.forms import Form

MOST_TYPED = 40
"""No name is longer; what is longer was not typed to find anybody."""
RECENT = 5


@dataclass(frozen=True)
class Desk:
    """One desk of one session; `path` is where its pages lie below the visit's own."""

    visit: Visit
    session: Session
    path: str

    @cached_property
    def everybody(self) -> tuple[Attendance, ...]:
        """Who is expected at the plenary that is on; nobody without one."""
        with self.visit.house.store.read() as tx:
            plenary = plenaries.current_plenary(tx, self.visit.actor, self.session.id)
            return attendance.attendance(tx, self.visit.actor, plenary) if plenary else ()

    def plenary_id(self) -> str:
        """Of the plenary that is on. Raises NoPlenary."""
        with self.visit.house.store.read() as tx:
            plenary = plenaries.current_plenary(tx, self.visit.actor, self.session.id)
        if plenary is None:
            raise NoPlenary
        return plenary.id

    def page(self, form: Form, status: int = 200) -> Response[str]:
        """What was looked for, what happened last, the figures."""
        text = form.typed("q").strip()
        found = find([one.deputy for one in self.everybody], text[:MOST_TYPED])
        by_id = {one.deputy.id: one for one in self.everybody}
        done = by_id.get(form.typed("done"))
        return self.visit.page(
            "checking_in/desk.html",
            status,
            **self.figures(),
            form=form,
            text=text,
            found=[by_id[one.id] for one in found if done is None or one.id != done.deputy.id],
            many=len(found) == MOST_FOUND,
            done=done,
            how=form.typed("how"),
            recent=self._recent(),
        )

    def figures(self) -> dict[str, Any]:
        """应到, 实到 and what follows from them, for the page and for the script."""
        with self.visit.house.store.read() as tx:
            standing = plenaries.standing(tx, self.visit.actor, self.session.id)
        return {
            "session": self.session,
            "names": words_for(body=self.session.body),
            "standing": standing,
            "desk": self.visit.base + self.path,
        }

    def _recent(self) -> list[tuple[Attendance, Move]]:
        """What this desk did last, newest first."""
        own = [
            (one, one.moves[-1])
            for one in self.everybody
            if one.moves and one.moves[-1].desk == self.visit.actor.name
        ]
        return sorted(own, key=lambda one: one[1].at, reverse=True)[:RECENT]

    def scan(self, form: Form) -> Response[str] | Redirect:
        """A pass checks its deputy in at once; what was typed is looked for."""
        text, actor = form.typed("text"), self.visit.actor
        try:
            plenary = self.plenary_id()
            with self.visit.house.store.read() as tx:
                deputy = passes.holder(tx, actor, self.session.id, text)
            if deputy is None:
                return self._go(q=text.strip()[:MOST_TYPED])
            done = attendance.check_in(self.visit.house.store, actor, plenary, deputy.id, self.visit.now)
        except VotingError as error:
            return self._refused(form, error)
        return self._done("in", done)

    def act(self, form: Form, how: str, moment: Callable[[], Passed]) -> Response[str] | Redirect:
        """One of the buttons beside a deputy."""
        try:
            done = moment()
        except VotingError as error:
            return self._refused(form, error)
        return self._done(how, done)

    def _done(self, how: str, done: Passed) -> Redirect:
        return self._go(done=done.deputy.id, how=f"{how}-again" if done.again else how)

    def _refused(self, form: Form, error: VotingError) -> Response[str]:
        form.fault("text", error.sentence)
        return self.page(form, answer_to(error).status)

    def _go(self, **query: str) -> Redirect:
        return self.visit.go(f"{self.path or '/'}?{urlencode(query)}")


def _at_door(visit: Visit) -> Desk:
    return Desk(visit, visit.session(visit.actor.session or ""), "")


def _of_staff(visit: Visit, session_id: str) -> Desk:
    return Desk(visit, visit.session(session_id), f"/sessions/{session_id}/desk")


def _in(desk: Desk, form: Form) -> Response[str] | Redirect:
    store, actor, now = desk.visit.house.store, desk.visit.actor, desk.visit.now
    plenary, deputy = form.typed("plenary"), form.typed("deputy")
    return desk.act(form, "in", lambda: attendance.check_in(store, actor, plenary, deputy, now))


def _out(desk: Desk, form: Form) -> Response[str] | Redirect:
    store, actor, now = desk.visit.house.store, desk.visit.actor, desk.visit.now
    plenary, deputy = form.typed("plenary"), form.typed("deputy")
    return desk.act(form, "out", lambda: attendance.check_out(store, actor, plenary, deputy, now))


def _undo(desk: Desk, form: Form) -> Response[str] | Redirect:
    store, actor, now = desk.visit.house.store, desk.visit.actor, desk.visit.now
    plenary, deputy, place = form.typed("plenary"), form.typed("deputy"), form.whole("place")
    nth = -1 if place is None else place
    return desk.act(form, "undo", lambda: attendance.undo(store, actor, plenary, deputy, nth, now))


def _figures(desk: Desk) -> Response[str]:
    return desk.visit.page("checking_in/figures.html", **desk.figures())


@get("/", sync_to_thread=True)
def door(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """The usher's desk; `?q=` is what was typed, `?done=` whom the last tap was for."""
    return _at_door(visit).page(form)


@get("/figures", sync_to_thread=True)
def door_figures(visit: NamedDependency[Visit]) -> Response[str]:
    """The figures alone, for the script."""
    return _figures(_at_door(visit))


@post("/scan", sync_to_thread=True)
def door_scan(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """A pass, or something typed."""
    return _at_door(visit).scan(form)


@post("/in", sync_to_thread=True)
def door_in(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """签到, 补签到."""
    return _in(_at_door(visit), form)


@post("/out", sync_to_thread=True)
def door_out(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """离场."""
    return _out(_at_door(visit), form)


@post("/undo", sync_to_thread=True)
def door_undo(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """A slip is taken back."""
    return _undo(_at_door(visit), form)


@get("/sessions/{session_id:str}/desk", sync_to_thread=True)
def staff_desk(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str]:
    """The same desk for staff."""
    return _of_staff(visit, session_id).page(form)


@get("/sessions/{session_id:str}/desk/figures", sync_to_thread=True)
def staff_figures(visit: NamedDependency[Visit], session_id: FromPath[str]) -> Response[str]:
    """The figures alone, for the script."""
    return _figures(_of_staff(visit, session_id))


@post("/sessions/{session_id:str}/desk/scan", sync_to_thread=True)
def staff_scan(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str] | Redirect:
    """A pass, or something typed."""
    return _of_staff(visit, session_id).scan(form)


@post("/sessions/{session_id:str}/desk/in", sync_to_thread=True)
def staff_in(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str] | Redirect:
    """签到, 补签到."""
    return _in(_of_staff(visit, session_id), form)


@post("/sessions/{session_id:str}/desk/out", sync_to_thread=True)
def staff_out(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str] | Redirect:
    """离场."""
    return _out(_of_staff(visit, session_id), form)


@post("/sessions/{session_id:str}/desk/undo", sync_to_thread=True)
def staff_undo(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str] | Redirect:
    """A slip is taken back."""
    return _undo(_of_staff(visit, session_id), form)


DOOR = [door, door_figures, door_scan, door_in, door_out, door_undo]
OF_STAFF = [staff_desk, staff_figures, staff_scan, staff_in, staff_out, staff_undo]
