"""`/`, `/r/{round}` and what belongs to it: for everybody, and only after 公布."""

from typing import Any

from litestar import MediaType, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from voting import publishing
from voting.actors import PUBLIC, NotFound, NotYet
from voting.outcome import VERDICT_NAMES
from voting.publishing import PublicResult, TrackerUnreadable
from voting.rounds import Round
from voting.rules import rule_sentences, rules_hash
from web.access import download
from web.errors import answer_to
from web.forms import Form
from web.installation import Installation
from web.pages.round_overview import FOLLOWS
from web.refusals import NotPublished
from web.verifier import verify_pyz

BEL = "application/octet-stream"
FOR_A_MINUTE = {"cache-control": "public, max-age=60"}


@get("/", sync_to_thread=True)
def listing(house: NamedDependency[Installation]) -> Response[str]:
    """Published rounds, newest first."""
    with house.store.read() as tx:
        rounds = tx.rounds.listing(PUBLIC)
        sessions = {one.session: tx.sessions.get(PUBLIC, one.session) for one in rounds}
        congresses = {one.id: one for one in tx.sessions.congresses()}
    return house.templates.page("public/list.html", rounds=rounds, sessions=sessions, congresses=congresses)


@get("/r/{round_id:str}")
async def result(house: NamedDependency[Installation], round_id: FromPath[str]) -> Response[str]:
    """The result, as far as the rules publish it."""

    def render() -> str:
        return _page(house, _published(house, round_id), Form()).content

    text = await house.kept_pages.get(round_id, render)
    return Response(text, media_type=MediaType.HTML, headers=FOR_A_MINUTE)


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
    return house.templates.page(
        "public/technical.html",
        shown=shown,
        rules_hash=rules_hash(shown.round.rules),
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


def _published(house: Installation, round_id: str) -> PublicResult:
    """Raises NotPublished also for what does not exist."""
    try:
        return publishing.public_result(house.store, round_id)
    except (NotFound, NotYet):
        raise NotPublished from None


def _page(
    house: Installation, shown: PublicResult, form: Form, status: int = 200, **context: Any
) -> Response[str]:
    return house.templates.page(
        "public/result.html",
        status,
        shown=shown,
        titles={one.number: one.title for one in shown.round.candidates},
        verdicts=VERDICT_NAMES,
        words=rule_sentences(shown.round.rules, shown.session.all_deputies),
        before=_before(house, shown.round),
        follows=FOLLOWS[shown.round.relation] if shown.round.relation else "",
        form=form,
        found=context.get("found"),
        address=house.settings.address(f"/r/{shown.round.id}"),
    )


def _before(house: Installation, shown: Round) -> Round | None:
    """The round after which this one was held."""
    if shown.previous is None:
        return None
    with house.store.read() as tx:
        return tx.rounds.get(PUBLIC, shown.previous)
