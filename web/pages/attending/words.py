"""`/deputy/…/words`: what citizens left for a deputy, and the answer."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.collecting import addressing
from voting.errors import TextError
from voting.handling.refusals import AlreadyDecided, FollowsAnother, HandlingInput
from voting.suggestions import STANDING_NAMES, Suggestion
from web.access import Visit
from web.errors import answer_to
from web.forms import Form


@get("/words", sync_to_thread=True)
def words(visit: NamedDependency[Visit]) -> Response[str]:
    """Those that wait for an answer first."""
    found = addressing.words_left(visit.house.store, visit.actor)
    waiting = [one for one in found if addressing.waits_for_deputy(one)]
    return visit.page(
        "attending/words.html",
        waiting=waiting,
        others=[one for one in found if one not in waiting],
        states=STANDING_NAMES,
    )


@get("/words/{suggestion_id:str}", sync_to_thread=True)
def word(visit: NamedDependency[Visit], suggestion_id: FromPath[str]) -> Response[str]:
    """One, with everything that was said."""
    return _page(visit, addressing.word(visit.house.store, visit.actor, suggestion_id), Form())


@post("/words/{suggestion_id:str}", sync_to_thread=True)
def answer(
    visit: NamedDependency[Visit], form: NamedDependency[Form], suggestion_id: FromPath[str]
) -> Response[str] | Redirect:
    """The citizen reads it with the query code."""
    store, actor = visit.house.store, visit.actor
    found = addressing.word(store, actor, suggestion_id)
    try:
        addressing.answer(store, actor, suggestion_id, form.typed("answer"), visit.now)
    except (TextError, HandlingInput) as error:
        form.fault("answer", error.sentence)
        return _page(visit, found, form, 422)
    except (AlreadyDecided, FollowsAnother) as error:
        found = addressing.word(store, actor, suggestion_id)
        return _page(visit, found, form, answer_to(error).status, notice=error.sentence)
    return visit.go(f"/words/{suggestion_id}")


def _page(
    visit: Visit, found: Suggestion, form: Form, status: int = 200, *, notice: str = ""
) -> Response[str]:
    return visit.page(
        "attending/word.html",
        status,
        one=found,
        open=addressing.waits_for_deputy(found),
        form=form,
        notice=notice,
        states=STANDING_NAMES,
    )
