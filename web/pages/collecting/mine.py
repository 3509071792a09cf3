"""`/t/{congress}/find` and `/t/{congress}/mine/{code}`: what became of the own suggestion."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.collecting.codes import CodeUnknown, CodeUnreadable, grouped, query_hash, read_code
from voting.collecting.gate import TooMany
from voting.collecting.tracking import find as find_code
from voting.collecting.tracking import own, track
from voting.errors import TextError
from voting.handling.confirming import confirm_by_code
from voting.handling.facts import GRADE_NAMES
from voting.handling.refusals import AlreadyConfirmed, HandlingError, HandlingInput
from voting.suggestions import KIND_NAMES, ROUTE_NAMES, STANDING_NAMES
from web.errors import answer_to
from web.forms import Form
from web.installation import Installation
from web.pages.collecting.public_form import device


@get("/t/{congress:str}/find", sync_to_thread=True)
def find(
    request: Request[Any, Any, Any], house: NamedDependency[Installation], congress: FromPath[str]
) -> Response[str]:
    """Where the code is typed."""
    page = _find_page(house, congress, Form())
    _, cookie = device(request, house)
    if cookie is not None:
        page.set_cookie(cookie)
    return page


@post("/t/{congress:str}/find", sync_to_thread=True)
def found(
    request: Request[Any, Any, Any],
    house: NamedDependency[Installation],
    form: NamedDependency[Form],
    congress: FromPath[str],
) -> Response[str] | Redirect:
    """To the suggestion, or the sentence that says what is wrong with the code."""
    mark, cookie = device(request, house)
    try:
        code = find_code(house.store, congress, form.typed("code"), _known(mark, cookie), house.now())
    except (CodeUnreadable, CodeUnknown, TooMany) as error:
        form.fault("code", error.sentence)
        return _find_page(house, congress, form, answer_to(error).status)
    return Redirect(f"/t/{congress}/mine/{grouped(code)}", status_code=303)


@get("/t/{congress:str}/mine/{code:str}", sync_to_thread=True)
def mine(house: NamedDependency[Installation], congress: FromPath[str], code: FromPath[str]) -> Response[str]:
    """Everything about it. Raises CodeUnreadable, CodeUnknown."""
    return _page(house, congress, code, Form())


@post("/t/{congress:str}/mine/{code:str}", sync_to_thread=True)
def confirm(
    house: NamedDependency[Installation],
    form: NamedDependency[Form],
    congress: FromPath[str],
    code: FromPath[str],
) -> Response[str] | Redirect:
    """答复确认."""
    read = read_code(code)
    own(house.store, congress, read)
    grade = form.choice("grade", "满意不满意", tuple(GRADE_NAMES))
    if form.faults:
        return _page(house, congress, code, form, 422)
    try:
        confirm_by_code(house.store, query_hash(read), grade, form.typed("text"), house.now())
    except (TextError, HandlingInput) as error:
        form.fault("text", error.sentence)
        return _page(house, congress, code, form, 422)
    except (AlreadyConfirmed, HandlingError) as error:
        return _page(house, congress, code, form, answer_to(error).status, notice=error.sentence)
    return Redirect(f"/t/{congress}/mine/{grouped(read)}", status_code=303)


def _known(mark: str, cookie: object) -> str:
    """A mark that was only made now counts as none."""
    from voting.collecting.gate import NO_MARK

    return mark if cookie is None else NO_MARK


def _find_page(house: Installation, congress: str, form: Form, status: int = 200) -> Response[str]:
    with house.store.read() as tx:
        here = tx.sessions.congress(congress)
    return house.templates.page("collecting/find.html", status, congress=here, form=form)


def _page(
    house: Installation, congress: str, code: str, form: Form, status: int = 200, *, notice: str = ""
) -> Response[str]:
    it = track(house.store, congress, code)
    return house.templates.page(
        "collecting/mine.html",
        status,
        it=it,
        one=it.suggestion,
        congress=it.congress,
        code=grouped(read_code(code)),
        form=form,
        notice=notice,
        kinds=KIND_NAMES,
        states=STANDING_NAMES,
        routes=ROUTE_NAMES,
        grades=GRADE_NAMES,
    )
