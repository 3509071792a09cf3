"""`/staff/…/stations/{id}/activities`, `/staff/…/activities/quota`: what a station did, and what it owes."""

import binascii

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting import station_activities
from voting.activities import KIND_NAMES, MOST_QUOTA
from voting.attending import NotYetReceived, StationEnded
from voting.errors import TextError
from voting.station_activities import Done
from web.access import Visit
from web.forms import Form
from web.pages.stations.registry import stations_page


@post("/activities/quota", sync_to_thread=True)
def set_quota(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """How many in each quarter; 0 counts none."""
    least = form.number("least", "每季度活动次数", 0, MOST_QUOTA)
    if form.faults:
        return stations_page(visit, form, 422)
    station_activities.set_quota(visit.house.store, visit.actor, least, visit.now)
    return visit.go("/stations")


@get("/stations/{station_id:str}/activities", sync_to_thread=True)
def activities(visit: NamedDependency[Visit], station_id: FromPath[str]) -> Response[str]:
    """A station's log."""
    return _page(visit, station_id, Form())


@post("/stations/{station_id:str}/activities", sync_to_thread=True)
def enter(
    visit: NamedDependency[Visit], form: NamedDependency[Form], station_id: FromPath[str]
) -> Response[str] | Redirect:
    """One more."""
    done = Done(
        key=form.typed("key"),
        day=form.day("day", "活动日期"),
        kind=form.choice("kind", "活动类型", tuple(KIND_NAMES)),
        words=form.prose("words", "活动内容"),
    )
    if not form.faults:
        try:
            station_activities.enter(visit.house.store, visit.actor, station_id, done, visit.now)
        except (NotYetReceived, StationEnded) as error:
            form.fault("day", error.sentence)
        except TextError as error:
            form.fault("words", error.sentence)
    if form.faults:
        return _page(visit, station_id, form, 422)
    return visit.go(f"/stations/{station_id}/activities")


def _page(visit: Visit, station_id: str, form: Form, status: int = 200) -> Response[str]:
    store, actor = visit.house.store, visit.actor
    found = station_activities.activities(store, actor, station_id)
    overview = station_activities.overview(store, actor, visit.now)
    with store.read() as tx:
        station = tx.stations.get(actor, station_id)
    return visit.page(
        "attending/activities.html",
        status,
        station=station,
        activities=found,
        overview=overview,
        done=overview.done.get(station.id, 0),
        kinds=KIND_NAMES,
        key=form.typed("key") or binascii.hexlify(visit.house.random(16)).decode(),
        form=form,
    )
