"""`…/liaisons`: 双联. The office sees everybody's, a deputy the own; both enter contacts."""

import binascii

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting import liaisons
from voting.actors import NotFound
from voting.contacts import CHANNEL_NAMES
from voting.duties import may
from voting.errors import TextError
from voting.liaisons import ContactTooEarly, LiaisonRefused, Said, Wanted
from web.access import Visit
from web.forms import Form
from web.pages.collecting.fields import lists


@get("/liaisons", sync_to_thread=True)
def overview(visit: NamedDependency[Visit]) -> Response[str]:
    """Every deputy, who is missing whom, and who had no contact this quarter."""
    found = liaisons.overview(visit.house.store, visit.actor, visit.now)
    return visit.page("attending/liaisons.html", overview=found)


@get("/liaisons", sync_to_thread=True)
def own(visit: NamedDependency[Visit]) -> Response[str]:
    """A deputy's own."""
    return _page(visit, visit.actor.deputy or "", Form())


@get("/liaisons/{deputy_id:str}", sync_to_thread=True)
def circle(visit: NamedDependency[Visit], deputy_id: FromPath[str]) -> Response[str]:
    """One deputy's."""
    return _page(visit, deputy_id, Form())


@post("/liaisons/{deputy_id:str}", sync_to_thread=True)
def add(
    visit: NamedDependency[Visit], form: NamedDependency[Form], deputy_id: FromPath[str]
) -> Response[str] | Redirect:
    """Another deputy (`other`), or a citizen (`name`, `village`)."""
    wanted = Wanted(other=form.typed("other"), name=form.typed("name"), village=form.typed("village"))
    if form.typed("whom") == "deputy" and not wanted.other:
        form.fault("other", "请选择一位代表。")
    else:
        try:
            liaisons.add(visit.house.store, visit.actor, deputy_id, wanted, visit.now)
        except (LiaisonRefused, TextError) as error:
            form.fault("other" if wanted.other else "name", error.sentence)
    if form.faults:
        return _page(visit, deputy_id, form, 422)
    return visit.go(f"/liaisons/{deputy_id}")


@post("/liaisons/{deputy_id:str}/contacts", sync_to_thread=True)
def enter(
    visit: NamedDependency[Visit], form: NamedDependency[Form], deputy_id: FromPath[str]
) -> Response[str] | Redirect:
    """走访, 座谈, 电话, 微信."""
    said = Said(
        key=form.typed("key"),
        liaison=form.typed("liaison"),
        day=form.day("day", "联系日期"),
        channel=form.choice("channel", "联系方式", tuple(CHANNEL_NAMES)),
        note=form.prose("note", "内容"),
    )
    if not form.faults:
        try:
            liaisons.enter(visit.house.store, visit.actor, said, visit.now)
        except ContactTooEarly as error:
            form.fault("day", error.sentence)
        except NotFound:
            form.fault("liaison", "请选择联系对象。")
    if form.faults:
        return _page(visit, deputy_id, form, 422)
    return visit.go(f"/liaisons/{deputy_id}")


@post("/liaisons/{deputy_id:str}/end/{liaison_id:str}", sync_to_thread=True)
def end(visit: NamedDependency[Visit], deputy_id: FromPath[str], liaison_id: FromPath[str]) -> Redirect:
    """It goes on no longer."""
    liaisons.end(visit.house.store, visit.actor, liaison_id, visit.now)
    return visit.go(f"/liaisons/{deputy_id}")


def _page(visit: Visit, deputy_id: str, form: Form, status: int = 200) -> Response[str]:
    store, actor = visit.house.store, visit.actor
    found = liaisons.circle(store, actor, deputy_id, visit.now)
    assigns = may(actor, "keep_liaisons")
    with store.read() as tx:
        deputies = tx.deputies.current(actor.congress) if assigns and found.deputy.committee else ()
    names = {one.liaison.id: one.name for one in found.partners}
    return visit.page(
        "attending/circle.html",
        status,
        circle=found,
        contacts=liaisons.contacts(store, actor, deputy_id),
        names=names,
        assigns=assigns,
        others=[one for one in deputies if one.id != deputy_id],
        channels=CHANNEL_NAMES,
        towns=lists(store, actor.congress)["towns"],
        key=form.typed("key") or binascii.hexlify(visit.house.random(16)).decode(),
        form=form,
    )
