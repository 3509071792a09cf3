"""`/scrutineer/{link}/api/ceremonies`: the messages by which scrutineers make a key together.

Every one is made and checked in the scrutineers' own browsers; a secret comes here only encrypted.
"""

from litestar import get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from msgspec import Struct

from voting.scrutinising import ceremonies, restoring
from web.access import Visit
from web.api.bodies import decode_body, read_raw


class Material(Struct, frozen=True, kw_only=True):
    """All messages so far (JSON texts) in the scrutineers' order, the own `share`, and what came of it."""

    certificates: list[str | None]
    deals: list[str | None]
    share: str | None
    trustees: str | None


class OwnCertificate(Struct, frozen=True, forbid_unknown_fields=True):
    """Certificate and endorsement as JSON texts, the report-signing key as hex."""

    certificate: str
    signing_key: str
    endorsement: str


class OwnDeal(Struct, frozen=True, forbid_unknown_fields=True):
    """A second message as JSON text."""

    deal: str


class OwnShare(Struct, frozen=True, forbid_unknown_fields=True):
    """A last message as JSON text."""

    share: str


class OwnSignature(Struct, frozen=True, forbid_unknown_fields=True):
    """A proof as JSON text."""

    signature: str


@get("/api/ceremonies/{ceremony_id:str}", sync_to_thread=True)
def material(visit: NamedDependency[Visit], ceremony_id: FromPath[str]) -> Material:
    """What the page needs for its next message."""
    with visit.house.store.read() as tx:
        one = tx.ceremonies.get(visit.actor, ceremony_id)
    return Material(
        certificates=[_text(member.certificate) for member in one.members],
        deals=[_text(member.deal) for member in one.members],
        share=_text(ceremonies.own_member(visit.actor, one).share),
        trustees=_text(one.trustees),
    )


@post(
    "/api/ceremonies/{ceremony_id:str}/certificate",
    status_code=204,
    dependencies={"raw": Provide(read_raw)},
    sync_to_thread=True,
)
def give_certificate(
    visit: NamedDependency[Visit], ceremony_id: FromPath[str], raw: NamedDependency[bytes]
) -> None:
    """The own two keys, and the one for reports."""
    own = decode_body(raw, OwnCertificate)
    ceremonies.give_certificate(
        visit.house.store,
        visit.actor,
        ceremony_id,
        own.certificate.encode(),
        own.signing_key,
        own.endorsement.encode(),
        visit.now,
    )


@post(
    "/api/ceremonies/{ceremony_id:str}/deal",
    status_code=204,
    dependencies={"raw": Provide(read_raw)},
    sync_to_thread=True,
)
def give_deal(visit: NamedDependency[Visit], ceremony_id: FromPath[str], raw: NamedDependency[bytes]) -> None:
    """The own portions for everybody."""
    dealt = decode_body(raw, OwnDeal).deal.encode()
    ceremonies.give_deal(visit.house.store, visit.actor, ceremony_id, dealt, visit.now)


@post(
    "/api/ceremonies/{ceremony_id:str}/share",
    status_code=204,
    dependencies={"raw": Provide(read_raw)},
    sync_to_thread=True,
)
def give_share(
    visit: NamedDependency[Visit], ceremony_id: FromPath[str], raw: NamedDependency[bytes]
) -> None:
    """What the portions came to."""
    share = decode_body(raw, OwnShare).share.encode()
    ceremonies.give_share(visit.house.store, visit.actor, ceremony_id, share, visit.now)


@post("/api/ceremonies/{ceremony_id:str}/compared", status_code=204, sync_to_thread=True)
def compared(visit: NamedDependency[Visit], ceremony_id: FromPath[str]) -> None:
    """The code was the same everywhere."""
    ceremonies.compare(visit.house.store, visit.actor, ceremony_id, visit.now)


@post(
    "/api/ceremonies/{ceremony_id:str}/restored",
    status_code=204,
    dependencies={"raw": Provide(read_raw)},
    sync_to_thread=True,
)
def restored(visit: NamedDependency[Visit], ceremony_id: FromPath[str], raw: NamedDependency[bytes]) -> None:
    """The backup code was typed on another device."""
    signature = decode_body(raw, OwnSignature).signature.encode()
    restoring.note_restored(visit.house.store, visit.actor, ceremony_id, signature, visit.now)


def _text(raw: bytes | None) -> str | None:
    return None if raw is None else raw.decode()
