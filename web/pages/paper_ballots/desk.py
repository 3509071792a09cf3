"""Paper on the round's page of staff and chair: a card for a paper ballot, 改用纸质票, signatures by pen."""

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from ballots.errors import BallotError
from voting.errors import VotingError
from voting.paper_ballots import exchanging, methods, switching
from web.access import Visit
from web.errors import answer_to
from web.forms import Form
from web.pages import chair, round_overview
from web.pages.paper_ballots import teller


@post("/rounds/{round_id:str}/papers/exchange", sync_to_thread=True)
def exchange(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """A card that has not voted for a paper ballot."""
    card = form.line("exchanged_card", "投票卡编号")
    if form.faults:
        return round_overview.round_page(visit, round_id, form, 422)
    try:
        exchanging.exchange_for_paper(visit.house.store, visit.actor, round_id, card, visit.now)
    except (VotingError, BallotError) as error:
        form.fault("exchanged_card", error.sentence)
        return round_overview.round_page(visit, round_id, form, answer_to(error).status)
    return visit.go(f"/rounds/{round_id}")


@post("/rounds/{round_id:str}/papers/switch", sync_to_thread=True)
def switch(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """改用纸质票, once it was said in the hall: the round that is now held on paper. A refusal is a page of
    its own."""
    form.confirmed("switched", "主持人已在会场宣布改用纸质票")
    if form.faults and visit.actor.role == "chair":
        return chair.chair_page(visit, visit.round(round_id), form, 422)
    if form.faults:
        return round_overview.round_page(visit, round_id, form, 422)
    now_on_paper = switching.switch_to_paper(visit.house.store, visit.actor, round_id, visit.now)
    return visit.go(f"/rounds/{now_on_paper.id}")


@post("/rounds/{round_id:str}/papers/signed", sync_to_thread=True)
def sign_with_pen(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """These have signed the printed report."""
    numbers = [int(one) for one in form.values.get("signed", ()) if one.isascii() and one.isdigit()]
    if not numbers:
        form.fault("signed", "请勾选已经在纸质报告单上签字的监票人。")
        if visit.actor.role == "staff":
            return round_overview.round_page(visit, round_id, form, 422)
        return teller.teller_page(visit, visit.round(round_id), form, 422)
    methods.signed_with_pen(visit.house.store, visit.actor, round_id, numbers, visit.now)
    return visit.go(f"/rounds/{round_id}")
