"""`/scrutineer/{link}/api`: what the scrutineer's page calls, with the cookie of the personal link.

Secrets never come here: keys, decryptions and signatures are made in the scrutineer's own browser.
"""

from litestar import Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from msgspec import Struct

from voting import counting, sealing
from voting.paper_ballots import agreeing
from voting.scrutinising import confirming, empty_box
from web.access import Visit
from web.api.bodies import decode_body, read_raw
from web.api.duties import Overview, overview_of

BEL = "application/octet-stream"


class OwnKey(Struct, frozen=True, forbid_unknown_fields=True):
    """The public half of the opening key (JSON text with its proof), and the report-signing key (hex)."""

    public_key: str
    signing_key: str


class Decryption(Struct, frozen=True, forbid_unknown_fields=True):
    """A partial decryption as JSON text."""

    decryption: str


class Signature(Struct, frozen=True, forbid_unknown_fields=True):
    """128 hex digits over a text; for the head of a box, a proof as JSON text."""

    signature: str


@get("/api", sync_to_thread=True)
def overview(visit: NamedDependency[Visit]) -> Overview:
    """Everything the page shows."""
    return overview_of(visit)


@get("/api/{round_id:str}/ballots.bel", sync_to_thread=True)
def closed_archive(visit: NamedDependency[Visit], round_id: FromPath[str]) -> Response[bytes]:
    """The record as far as the sealed sum, to be checked before anything is opened."""
    return Response(counting.closed_archive(visit.house.store, visit.actor, round_id), media_type=BEL)


@post(
    "/api/{round_id:str}/key", status_code=204, dependencies={"raw": Provide(read_raw)}, sync_to_thread=True
)
def register_key(visit: NamedDependency[Visit], round_id: FromPath[str], raw: NamedDependency[bytes]) -> None:
    """Register or replace the own key."""
    key = decode_body(raw, OwnKey)
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
    part = decode_body(raw, Decryption).decryption.encode()
    counting.submit_decryption(visit.house.store, visit.actor, round_id, part, visit.now)


@post(
    "/api/{round_id:str}/signature",
    status_code=204,
    dependencies={"raw": Provide(read_raw)},
    sync_to_thread=True,
)
def sign_report(visit: NamedDependency[Visit], round_id: FromPath[str], raw: NamedDependency[bytes]) -> None:
    """Sign the report."""
    signature = decode_body(raw, Signature).signature
    counting.sign_report(visit.house.store, visit.actor, round_id, signature, visit.now)


@post(
    "/api/{round_id:str}/confirmation",
    status_code=204,
    dependencies={"raw": Provide(read_raw)},
    sync_to_thread=True,
)
def confirm_box(visit: NamedDependency[Visit], round_id: FromPath[str], raw: NamedDependency[bytes]) -> None:
    """The head of the closed box was compared."""
    signature = decode_body(raw, Signature).signature.encode()
    confirming.confirm_box(visit.house.store, visit.actor, round_id, signature, visit.now)


@post("/api/{round_id:str}/empty", status_code=204, sync_to_thread=True)
def confirm_empty(visit: NamedDependency[Visit], round_id: FromPath[str]) -> None:
    """空箱检查."""
    empty_box.confirm_empty(visit.house.store, visit.actor, round_id, visit.now)


@post(
    "/api/{round_id:str}/paper", status_code=204, dependencies={"raw": Provide(read_raw)}, sync_to_thread=True
)
def sign_paper(visit: NamedDependency[Visit], round_id: FromPath[str], raw: NamedDependency[bytes]) -> None:
    """Sign what the tellers agreed on."""
    signature = decode_body(raw, Signature).signature
    agreeing.sign_paper(visit.house.store, visit.actor, round_id, signature, visit.now)
