"""`/`, `/r/{round}` and what belongs to it: for everybody, and only after 公布."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response.base import ASGIResponse

from voting import publishing
from voting.actors import PUBLIC, NotFound, NotYet
from voting.publishing import KeptBack, PublicResult, TrackerUnreadable
from voting.recording import sealed_rules_hash
from voting.rounds import Round, words_of
from voting.rules import rule_sentences
from voting.settling.deciding import known_settled
from web.access import download
from web.errors import answer_to
from web.forms import Form
from web.installation import Installation
from web.kept_pages import Settled
from web.pages.result_table import project_links, table_of
from web.pages.round_overview import follows
from web.refusals import NotPublished
from web.verifier import verify_pyz

BEL = "application/octet-stream"
PAGE = 50


@get("/", sync_to_thread=True)
def listing(house: NamedDependency[Installation], form: NamedDependency[Form]) -> Response[str]:
    """Published rounds, newest first, fifty on a page."""
    with house.store.read() as tx:
        found = tx.results.published(PAGE + 1, form.typed("after"))
        congresses = tx.sessions.congresses()
    more = found[PAGE - 1].id if len(found) > PAGE else None
    return house.templates.page("public/list.html", rounds=found[:PAGE], more=more, congresses=congresses)


@get("/r/{round_id:str}")
async def result(
    request: Request[Any, Any, Any], house: NamedDependency[Installation], round_id: FromPath[str]
) -> ASGIResponse:
    """The result, as far as the rules publish it."""

    def render() -> Settled:
        shown = _published(house, round_id)
        # Asked first: what is published while the page is made may be missing in it.
        settled = _leads_back(house, shown.round)
        return Settled(_page(house, shown, Form()).content, settled)

    page = await house.kept_pages.get(round_id, render)
    return page.answer(request)


@post("/r/{round_id:str}", status_code=200, sync_to_thread=True)
def find_tracker(
    house: NamedDependency[Installation], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str]:
    """Look a 回执号 up. By POST, so that no number stands in an address; nothing is kept."""
    shown = _published(house, round_id)
    try:
        found = publishing.find_tracker(house.store, round_id, form.typed("tracker"))
    except TrackerUnreadable as error:
        form.fault("tracker", error.sentence)
        return _page(house, shown, form, answer_to(error).status)
    return _page(house, shown, form, found=found)


@get("/r/{round_id:str}/technical", sync_to_thread=True)
def technical(house: NamedDependency[Installation], round_id: FromPath[str]) -> Response[str]:
    """The one page with the words of the trade."""
    shown = _published(house, round_id)
    if shown.round.method != "electronic":
        raise KeptBack("这一轮没有用投票卡，没有票箱记录和技术信息。")
    return house.templates.page(
        "public/technical.html",
        shown=shown,
        names=words_of(shown.round, shown.session),
        rules_hash=sealed_rules_hash(shown.round.election or b""),
        signing_key=house.signer.public_hex,
    )


@get("/r/{round_id:str}/archive.bel", sync_to_thread=True)
def archive(house: NamedDependency[Installation], round_id: FromPath[str]) -> Response[bytes]:
    """The record, if the rules publish it."""
    shown = _published(house, round_id)
    return download(publishing.archive(house.store, PUBLIC, shown.round.id), BEL, "archive.bel")


@get("/r/{round_id:str}/round.json", sync_to_thread=True)
def round_json(house: NamedDependency[Installation], round_id: FromPath[str]) -> Response[bytes]:
    """What the record does not say, signed."""
    shown = _published(house, round_id)
    body = publishing.round_json(house.store, PUBLIC, shown.round.id, house.signer)
    return download(body, "application/json", "round.json")


@get("/verify.pyz", sync_to_thread=True)
def verifier() -> Response[bytes]:
    """The program that checks a record."""
    return download(verify_pyz(), BEL, "verify.pyz")


def _leads_back(house: Installation, of: Round) -> bool:
    """Whether the round before, that the page names, has a page of its own by now, or never will; and no
    place is open about which the page would say more later."""
    with house.store.read() as tx:
        came_to = known_settled(tx, of)
        if came_to is not None and came_to.open_places:
            return False
        return of.previous is None or tx.rounds.get(PUBLIC, of.previous).state in {"published", "void"}


def _published(house: Installation, round_id: str) -> PublicResult:
    """Raises NotPublished also for what does not exist."""
    try:
        return publishing.public_result(house.store, round_id)
    except (NotFound, NotYet):
        raise NotPublished from None


def _page(
    house: Installation, shown: PublicResult, form: Form, status: int = 200, **context: Any
) -> Response[str]:
    published = shown.round
    with house.store.read() as tx:
        links = project_links(tx.rated.of_round(published), f"/t/{published.congress}")
        before = tx.rounds.get(PUBLIC, published.previous) if published.previous else None
        settled = known_settled(tx, published)
    return house.templates.page(
        "public/result.html",
        status,
        shown=shown,
        table=table_of(published, links, settled),
        decided=settled.sentences if settled else (),
        names=words_of(shown.round, shown.session),
        words=rule_sentences(shown.round.rules, shown.session.all_deputies, shown.session.body),
        before=before,
        follows=follows(shown.round),
        form=form,
        found=context.get("found"),
        address=house.settings.address(f"/r/{shown.round.id}"),
    )
