"""`/t/{congress}/deputies`: 代表名录 for everybody; `…/{deputy}`: leaving word for one of them."""

from __future__ import annotations

from typing import Any, Final

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.collecting import addressing, gate
from voting.collecting.codes import grouped
from voting.collecting.gate import GateError, SlipInvalid, TooMany
from voting.collecting.submitting import AlreadySent, Sent, submit
from voting.errors import VotingError
from voting.people import Deputy
from voting.rounds import Congress
from web.errors import answer_to
from web.forms import Form
from web.installation import Installation
from web.pages.collecting.fields import read_entry, secrets
from web.pages.collecting.public_form import device, mark_of

_STALE: Final = (SlipInvalid, AlreadySent)
"""After these the old slip is of no more use."""


@get("/t/{congress:str}/deputies", sync_to_thread=True)
def directory(house: NamedDependency[Installation], congress: FromPath[str]) -> Response[str]:
    """Names, delegations, days of duty; no telephone numbers."""
    found = addressing.directory(house.store, congress, house.now())
    return house.templates.page("attending/deputies.html", found=found)


@get("/t/{congress:str}/deputies/{deputy_id:str}", sync_to_thread=True)
def word_form(
    request: Request[Any, Any, Any],
    house: NamedDependency[Installation],
    congress: FromPath[str],
    deputy_id: FromPath[str],
) -> Response[str]:
    """The empty form. Raises DeputyGone, NotFound."""
    mark, cookie = device(request, house)
    page = _page(house, congress, deputy_id, Form(), mark)
    if cookie is not None:
        page.set_cookie(cookie)
    return page


@post("/t/{congress:str}/deputies/{deputy_id:str}", sync_to_thread=True)
def leave_word(
    request: Request[Any, Any, Any],
    house: NamedDependency[Installation],
    form: NamedDependency[Form],
    congress: FromPath[str],
    deputy_id: FromPath[str],
) -> Response[str] | Redirect:
    """Take it, or show it again with everything typed. Raises DeputyGone, NotFound."""
    mark = mark_of(request, house)
    _who(house, congress, deputy_id)
    said = _read(form, mark, deputy_id)
    if form.faults:
        return _page(house, congress, deputy_id, form, mark, 422)
    try:
        _, code = submit(house.store, congress, said, secrets(house), house.now())
    except (GateError, TooMany, AlreadySent) as error:
        return _again(house, congress, deputy_id, form, mark, error)
    return Redirect(f"/t/{congress}/sent/{grouped(code)}", status_code=303)


def _read(form: Form, mark: str, deputy_id: str) -> Sent:
    entry = read_entry(form, categories=False)
    form.confirmed("consent", "我已阅读并同意")
    if form.typed("website"):
        form.fault("website", "这一栏请不要填写，清空后再提交。")
    return Sent(
        slip=form.typed("slip"),
        nonce=form.typed("work"),
        mark=mark,
        complaint=False,
        entry=entry,
        to=deputy_id,
    )


def _again(
    house: Installation, congress: str, deputy_id: str, form: Form, mark: str, error: VotingError
) -> Response[str]:
    if isinstance(error, _STALE):
        form = form.with_values({"slip": "", "work": ""})
    return _page(house, congress, deputy_id, form, mark, answer_to(error).status, notice=error.sentence)


def _who(house: Installation, congress: str, deputy_id: str) -> tuple[Congress, Deputy]:
    """Raises DeputyGone, NotFound."""
    with house.store.read() as tx:
        here = tx.sessions.congress(congress)
        return here, addressing.addressee(tx, congress, deputy_id)


def _page(
    house: Installation,
    congress: str,
    deputy_id: str,
    form: Form,
    mark: str,
    status: int = 200,
    *,
    notice: str = "",
) -> Response[str]:
    here, deputy = _who(house, congress, deputy_id)
    slip = form.typed("slip") or gate.give_slip(
        secrets(house).slips, congress, mark, house.now(), house.random
    )
    return house.templates.page(
        "attending/word_form.html",
        status,
        congress=here,
        deputy=deputy,
        form=form,
        slip=slip,
        notice=notice,
        bits=gate.WORK_BITS,
    )
