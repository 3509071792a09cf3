"""`/api/v/{code}`: what the ballot page calls. No cookie, no actor, no log, nothing that names anyone."""

from typing import Any, Literal

from litestar import MediaType, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct

from ballots.ballot import LIMIT
from ballots.errors import TooLarge
from voting import casting
from voting.actors import PUBLIC
from voting.casting import CardStanding
from voting.cycle import State
from voting.handing_out.trials import NOTE
from voting.rounds import Candidate, Receipt, Round, Session, choices
from voting.rules import Rules, rule_sentences
from voting.store import Store
from voting.wording import Body, Kind
from web.forms import read_body
from web.installation import Installation
from web.refusals import NoSuchPage, RequestTooLarge

Phase = Literal["waiting", "open", "closed", "announced", "published"]

PHASES: dict[State, Phase] = {
    "adopted": "waiting",
    "sealed": "waiting",
    "open": "open",
    "closed": "closed",
    "reconciled": "closed",
    "counted": "closed",
    "void": "closed",
    "announced": "announced",
    "published": "published",
}


class SessionHead(Struct, frozen=True, kw_only=True):
    """Where the card belongs."""

    code: str
    title: str
    congress: str
    body: Body


class RoundNotice(Struct, frozen=True, kw_only=True):
    """A round as the ballot page needs it; `election` is its exact text, None until it is sealed."""

    id: str
    title: str
    kind: Kind
    state: Phase
    form: Literal["select_k", "for_against", "grades"]
    places: int
    """Of a satisfaction round 0: nothing is chosen."""
    most_for: bool
    """Whether at most `places` of them may be approved."""
    trial: bool
    """试投: whatever is cast is thrown away."""
    choices: tuple[str, ...]
    """What may be said of each candidate, in the order of the election's answers; empty for `select_k`."""
    election: str | None
    candidates: tuple[Candidate, ...]
    notes: list[str]


class Notice(Struct, frozen=True, kw_only=True):
    """The session and its rounds by card whose rules the plenary has passed, in the order drafted."""

    session: SessionHead
    rounds: list[RoundNotice]


class Recorded(Struct, frozen=True):
    """Whether a ballot is in the box, and nothing else about it."""

    recorded: bool


def notice(store: Store, code: str) -> Notice:
    """What the page of a session shows. Raises NotFound."""
    with store.read() as tx:
        session = tx.sessions.by_code(PUBLIC, code)
        congress = tx.sessions.congress(session.congress)
        rounds = tx.rounds.of_session(PUBLIC, session.id)
    return Notice(
        session=session_head(session, congress.name),
        rounds=[_round_notice(one, session) for one in rounds if one.method == "electronic"],
    )


def session_head(session: Session, congress: str) -> SessionHead:
    """Where the card belongs; `congress` is its name."""
    return SessionHead(code=session.code, title=session.title, congress=congress, body=session.body)


@get("/api/v/{code:str}")
async def session_notice(
    request: Request[Any, Any, Any], house: NamedDependency[Installation], code: FromPath[str]
) -> Response[bytes]:
    """The session's rounds; 304 when nothing has changed, which is what most polls get."""
    sheet = await house.noticeboard.look(code, house.now(), lambda: notice(house.store, code))
    headers = {"etag": sheet.etag, "cache-control": "no-cache"}
    if request.headers.get("if-none-match") == sheet.etag:
        return Response(b"", status_code=304, headers=headers, media_type=MediaType.JSON)
    return Response(sheet.body, headers=headers, media_type=MediaType.JSON)


@post("/api/v/{code:str}/{round_id:str}/ballots", status_code=200)
async def cast_ballot(
    request: Request[Any, Any, Any],
    house: NamedDependency[Installation],
    code: FromPath[str],
    round_id: FromPath[str],
) -> Receipt:
    """Accept a ballot: when this answers, its proofs hold and it is on disk."""
    try:
        raw = await read_body(request, LIMIT)
    except RequestTooLarge:
        raise TooLarge from None
    return await house.proof_check.cast(casting.Posted(code, round_id, raw))


@get("/api/v/{code:str}/{round_id:str}/receipts/{digest:str}", sync_to_thread=True)
def ballot_recorded(
    house: NamedDependency[Installation],
    code: FromPath[str],
    round_id: FromPath[str],
    digest: FromPath[str],
) -> Recorded:
    """Whether the ballot of this digest is in the box."""
    _check_hex(digest)
    return Recorded(casting.is_recorded(house.store, code, round_id, digest))


@get("/api/v/{code:str}/{round_id:str}/cards/{credential:str}", sync_to_thread=True)
def card_standing(
    house: NamedDependency[Installation],
    code: FromPath[str],
    round_id: FromPath[str],
    credential: FromPath[str],
) -> CardStanding:
    """Whether a card has voted; asked with its public half by a page that has lost its memory."""
    _check_hex(credential)
    return casting.card_standing(house.store, code, round_id, credential)


def _round_notice(one: Round, session: Session) -> RoundNotice:
    return RoundNotice(
        id=one.id,
        title=one.title,
        kind=one.kind,
        state=PHASES[one.state],
        form=one.rules.ballot,
        places=one.rules.places if isinstance(one.rules, Rules) else 0,
        most_for=isinstance(one.rules, Rules) and one.rules.most_for,
        trial=one.trial,
        choices=choices(one),
        election=one.election.decode() if one.election else None,
        candidates=one.candidates,
        notes=[NOTE] if one.trial else rule_sentences(one.rules, session.all_deputies, session.body),
    )


def _check_hex(text: str) -> None:
    if len(text) != 64 or not set(text) <= set("0123456789abcdef"):
        raise NoSuchPage
