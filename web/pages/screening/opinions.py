"""`/unit/{link}/opinions`: what a unit was asked, and its opinion."""

from typing import Final, get_args

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.screening import advising, overviews
from voting.screening.drafts import OPINION_NAMES, Opinion, reason_of
from voting.screening.plans import facts
from web.access import Visit
from web.forms import Form
from web.pages.screening.plan_form import typed

OPINIONS: Final[tuple[Opinion, ...]] = get_args(Opinion)


@get("/opinions", sync_to_thread=True)
def opinions(visit: NamedDependency[Visit]) -> Response[str]:
    """Open ones first, by their last day."""
    return visit.page(
        "screening/opinions.html",
        asked=overviews.asked_of_unit(visit.house.store, visit.actor, visit.now),
        names=OPINION_NAMES,
    )


@get("/opinions/{asked_id:str}", sync_to_thread=True)
def opinion(visit: NamedDependency[Visit], asked_id: FromPath[str]) -> Response[str]:
    """The plan, and the form or what was said."""
    return _page(visit, asked_id, Form())


@post("/opinions/{asked_id:str}", sync_to_thread=True)
def give_opinion(
    visit: NamedDependency[Visit], asked_id: FromPath[str], form: NamedDependency[Form]
) -> Response[str] | Redirect:
    """Once."""
    said = form.choice("opinion", "可行性意见", OPINIONS)
    text = typed(form, "text", lambda words: reason_of(words, "意见和理由"), "")
    if form.faults:
        return _page(visit, asked_id, form, 422)
    advising.give(visit.house.store, visit.actor, asked_id, said, text, visit.now)
    return visit.go(f"/opinions/{asked_id}")


def _page(visit: Visit, asked_id: str, form: Form, status: int = 200) -> Response[str]:
    asked, draft, plan = overviews.asked(visit.house.store, visit.actor, asked_id, visit.now)
    return visit.page(
        "screening/opinion.html",
        status,
        asked=asked,
        draft=draft,
        facts=facts(plan),
        form=form,
        names=OPINION_NAMES,
    )
