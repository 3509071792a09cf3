"""`/scrutineer/{link}/api`: what the scrutineer's page calls, with the cookie of the personal link.

Secrets never come here: keys, decryptions and signatures are made in the scrutineer's own browser.
"""

from typing import Any, TypeVar

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from msgspec import Struct

from ballots.trustees import check_public_key
from voting import counting, sealing
from voting.actors import NotYet
from voting.cycle import State
from voting.errors import InputError
from voting.rounds import Round, Scrutineer, words_of
from voting.sealing import own_entry
from web.access import Visit
from web.forms import read_body

MOST_BYTES = 256 * 1024
BEL = "application/octet-stream"

T = TypeVar("T")


class Duty(Struct, frozen=True, kw_only=True):
    """A round as one scrutineer's page needs it. `report` is the text to sign, once there are figures."""

    id: str
    title: str
    act: str
    """票决 or 测评."""
    presider: str
    """Who declares and announces."""
    state: State
    uuid: str | None
    key_registered: bool
    public_key: str | None
    election: str | None
    trustees: str | None
    closing_head: str | None
    ballots: int | None
    decrypted: bool
    opened: int
    """How many scrutineers have opened so far."""
    report: str | None
    signed: bool


class Overview(Struct, frozen=True, kw_only=True):
    """Who this is, and the rounds that list this name under this number."""

    name: str
    number: int
    rounds: list[Duty]


class OwnKey(Struct, frozen=True, forbid_unknown_fields=True):
    """The public half of the opening key (JSON text with its proof), and the report-signing key (hex)."""

    public_key: str
    signing_key: str


class Decryption(Struct, frozen=True, forbid_unknown_fields=True):
    """A partial decryption as JSON text."""

    decryption: str


class Signature(Struct, frozen=True, forbid_unknown_fields=True):
    """128 hex digits over the report's text."""

    signature: str


async def read_raw(request: Request[Any, Any, Any]) -> bytes:
    """The dependency `raw`: the body of a request."""
    return await read_body(request, MOST_BYTES)


@get("/api", sync_to_thread=True)
def overview(visit: NamedDependency[Visit]) -> Overview:
    """Everything the page shows."""
    store, actor = visit.house.store, visit.actor
    with store.read() as tx:
        rounds = tx.rounds.of_session(actor, actor.session or "")
        everybody = {one.id: tx.scrutineers.of(actor, one.id) for one in rounds}
    duties = [_duty(visit, one, everybody[one.id]) for one in rounds]
    return Overview(name=actor.name, number=actor.scrutineer or 0, rounds=duties)


@get("/api/{round_id:str}/ballots.bel", sync_to_thread=True)
def closed_archive(visit: NamedDependency[Visit], round_id: FromPath[str]) -> Response[bytes]:
    """The record as far as the sealed sum, to be checked before anything is opened."""
    return Response(counting.closed_archive(visit.house.store, visit.actor, round_id), media_type=BEL)


@post(
    "/api/{round_id:str}/key", status_code=204, dependencies={"raw": Provide(read_raw)}, sync_to_thread=True
)
def register_key(visit: NamedDependency[Visit], round_id: FromPath[str], raw: NamedDependency[bytes]) -> None:
    """Register or replace the own key."""
    key = _decode(raw, OwnKey)
    sealing.register_key(
        visit.house.store, visit.actor, round_id, key.public_key.encode(), key.signing_key, visit.now
    )


@post(
    "/api/{round_id:str}/decryption",
    status_code=204,
    dependencies={"raw": Provide(read_raw)},
    sync_to_thread=True,
)
def submit_decryption(
    visit: NamedDependency[Visit], round_id: FromPath[str], raw: NamedDependency[bytes]
) -> None:
    """Hand in the own part of opening the sum."""
    part = _decode(raw, Decryption).decryption.encode()
    counting.submit_decryption(visit.house.store, visit.actor, round_id, part, visit.now)


@post(
    "/api/{round_id:str}/signature",
    status_code=204,
    dependencies={"raw": Provide(read_raw)},
    sync_to_thread=True,
)
def sign_report(visit: NamedDependency[Visit], round_id: FromPath[str], raw: NamedDependency[bytes]) -> None:
    """Sign the report."""
    signature = _decode(raw, Signature).signature
    counting.sign_report(visit.house.store, visit.actor, round_id, signature, visit.now)


def _duty(visit: Visit, one: Round, everybody: tuple[Scrutineer, ...]) -> Duty:
    own = own_entry(visit.actor, everybody)
    names = words_of(one, visit.session(one.session))
    key = check_public_key(own.public_key).public_key if own.public_key else None
    return Duty(
        id=one.id,
        title=one.title,
        act=names.act,
        presider=names.presider,
        state=one.state,
        uuid=one.uuid,
        key_registered=own.public_key is not None,
        public_key=key,
        election=_text(one.election),
        trustees=_text(one.trustees),
        closing_head=one.closing_head,
        ballots=one.returned,
        decrypted=own.decrypted,
        opened=sum(other.decrypted for other in everybody),
        report=_report(visit, one),
        signed=own.signature is not None,
    )


def _report(visit: Visit, one: Round) -> str | None:
    try:
        return counting.report_text(visit.house.store, visit.actor, one.id).decode()
    except NotYet:
        return None


def _text(raw: bytes | None) -> str | None:
    return None if raw is None else raw.decode()


def _decode(raw: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise InputError("提交的内容无法读取，没有保存。请刷新页面后重试。") from None
