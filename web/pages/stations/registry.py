"""`/staff/…/stations`: the stations with their figures, one station with its duty and its receptions."""

import binascii

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting import attending, station_activities
from voting.attending import MOST_PEOPLE, Month, NotYetReceived, Received, StationEnded
from voting.days import CHINA
from voting.errors import TextError
from voting.lists import keeping
from voting.lists.kinds import KINDS
from voting.stations import KIND_NAMES, Activity
from web.access import Visit
from web.forms import Form

STATIONS = KINDS["stations"]


@get("/stations", sync_to_thread=True)
def stations(visit: NamedDependency[Visit]) -> Response[str]:
    """All of them with this year's figures and this quarter's activities."""
    return stations_page(visit, Form())


def stations_page(visit: Visit, form: Form, status: int = 200) -> Response[str]:
    opened = keeping.open_list(visit.house.store, visit.actor, STATIONS)
    year = visit.now.astimezone(CHINA).year
    return visit.page(
        "stations/registry.html",
        status,
        overview=station_activities.overview(visit.house.store, visit.actor, visit.now),
        form=form,
        stations=opened.current,
        ended=len(opened.ended),
        activity=attending.activity(visit.house.store, visit.actor, year),
        nothing=Activity(),
        kinds=KIND_NAMES,
        year=year,
    )


@get("/stations/{station_id:str}", sync_to_thread=True)
def station(
    visit: NamedDependency[Visit], form: NamedDependency[Form], station_id: FromPath[str]
) -> Response[str]:
    """Duty of the month `?month=2026-09`, receptions, the poster."""
    return _station(visit, station_id, form.typed("month"), Form())


@post("/stations/{station_id:str}/duty", sync_to_thread=True)
def put_on_duty(
    visit: NamedDependency[Visit], form: NamedDependency[Form], station_id: FromPath[str]
) -> Response[str] | Redirect:
    """A deputy on a day."""
    day = form.day("day", "值班日期")
    rota = attending.rota(visit.house.store, visit.actor, station_id, Month.of("", visit.now))
    deputy = form.choice("deputy", "代表", [one.id for one in rota.deputies] or [""])
    if not form.faults:
        try:
            attending.put_on_duty(visit.house.store, visit.actor, station_id, deputy, day, visit.now)
        except StationEnded as error:
            form.fault("deputy", error.sentence)
    if form.faults:
        return _station(visit, station_id, form.typed("day")[:7], form, 422)
    return visit.go(f"/stations/{station_id}?month={day:%Y-%m}#duty")


@post("/stations/{station_id:str}/duty/off", sync_to_thread=True)
def take_off_duty(
    visit: NamedDependency[Visit], form: NamedDependency[Form], station_id: FromPath[str]
) -> Response[str] | Redirect:
    """Not on that day after all."""
    day = form.day("day", "值班日期")
    if form.faults:
        return _station(visit, station_id, "", form, 422)
    deputy = form.typed("deputy")
    attending.take_off_duty(visit.house.store, visit.actor, station_id, deputy, day, visit.now)
    return visit.go(f"/stations/{station_id}?month={day:%Y-%m}#duty")


@post("/stations/{station_id:str}/receptions", sync_to_thread=True)
def receive(
    visit: NamedDependency[Visit], form: NamedDependency[Form], station_id: FromPath[str]
) -> Response[str] | Redirect:
    """One day's reception."""
    said = Received(
        key=form.typed("key"),
        day=form.day("received", "接待日期"),
        deputies=form.line("deputies", "接待代表"),
        people=form.number("people", "接待人次", 1, MOST_PEOPLE),
        note=form.prose("note", "说明"),
    )
    if not form.faults:
        try:
            attending.receive(visit.house.store, visit.actor, station_id, said, visit.now)
        except NotYetReceived as error:
            form.fault("received", error.sentence)
        except TextError as error:
            form.fault("deputies", error.sentence)
    if form.faults:
        return _station(visit, station_id, "", form, 422)
    return visit.go(f"/stations/{station_id}#receptions")


def _station(visit: Visit, station_id: str, month: str, form: Form, status: int = 200) -> Response[str]:
    shown = Month.of(month, visit.now)
    store, actor = visit.house.store, visit.actor
    rota = attending.rota(store, actor, station_id, shown)
    year = visit.now.astimezone(CHINA).year
    with store.read() as tx:
        village = tx.villages.get(actor, rota.station.village) if rota.station.village else None
    return visit.page(
        "stations/station.html",
        status,
        rota=rota,
        station=rota.station,
        kind=KIND_NAMES[rota.station.kind],
        village=village,
        receptions=attending.receptions(store, actor, station_id),
        figures=attending.activity(store, actor, year).get(station_id, Activity()),
        year=year,
        key=form.typed("key") or binascii.hexlify(visit.house.random(16)).decode(),
        form=form,
    )
