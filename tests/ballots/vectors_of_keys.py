"""The vectors about cards, the scrutineers' keys, sums, their decryption and receipts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from ballots import trustees
from ballots.encoding import encode
from ballots.group import IDENTITY, ORDER, ORDER_2Q, base_power, point_hex
from ballots.proofs import prove_knowledge
from ballots.record import receipt_message
from tests.ballots.tampering import base
from tests.ballots.vectors_of_ballots import Case, Named, case
from tests.simulator import Fields, Simulator, seeded

CARD = "Aa111-Bb2222-Cc333-Dd4444"


def cards() -> Iterator[Named]:
    """Writings of a card that are not 5-6-5-6 in Base58; what people type is put right before."""
    uuid = "ShiYanPiaoJue27"
    for name, typed in {
        "empty": "",
        "a-letter-short": CARD[:-1],
        "a-letter-long": CARD + "A",
        "groups-of-other-lengths": "Aa111B-b2222-Cc333-Dd4444",
        "three-groups": "Aa111-Bb2222Cc333-Dd4444",
        "dash-at-the-end": CARD + "-",
        "space-in-front": " " + CARD,
        "line-break-behind": CARD + "\n",
        "spaces-for-dashes": CARD.replace("-", " "),
        "capital-o": CARD.replace("A", "O"),
        "capital-i": CARD.replace("A", "I"),
        "full-width": CARD.replace("A", "\uff21"),
        "nul": CARD.replace("A", "\0"),
    }.items():
        yield f"card-{name}", case("public_credential", name, "Malformed", uuid=uuid, credential=typed)


def keys() -> Iterator[Named]:
    random = seeded("keys")
    secret = trustees.secret_from_seed("Bei9YongMa4Jian3PiaoAa")
    sound = trustees.make_public_key(secret, random)
    yield "key", case("trustee_key", "made from a backup code", "ok", public_key=sound.decode())

    def wrong(name: str, change: Callable[[Fields], object]) -> Named:
        fields: Fields = msgspec.json.decode(sound)
        change(fields)
        return f"key-{name}", case("trustee_key", name, "BadTrustee", public_key=encode(fields).decode())

    def without_secret(point: bytes) -> Fields:
        text = point_hex(point)
        return {"pok": prove_knowledge(f"pok|Ed25519|{text}|", 0, random), "public_key": text}

    yield wrong("of-somebody-else", lambda key: key.update(public_key=point_hex(base_power(7))))
    yield wrong("that-is-the-identity", lambda key: key.update(without_secret(IDENTITY)))
    yield wrong("of-twice-the-order", lambda key: key.update(without_secret(ORDER_2Q)))
    yield wrong("with-another-response", lambda key: key["pok"].update(response="1"))
    yield wrong("with-a-leading-zero", lambda key: key["pok"].update(response="0" + key["pok"]["response"]))
    yield wrong("with-a-further-field", lambda key: key.update(more=""))
    yield wrong("in-upper-case", lambda key: key.update(public_key=key["public_key"].upper()))


def sums() -> Iterator[Named]:
    for name, sim in (
        ("three-ballots", base("select")),
        ("two-questions", base("stances")),
        ("nobody", base("nobody")),
    ):
        texts = {"election": sim.election.raw.decode(), "encrypted_tally": sim.tally.decode()}
        ballots = [raw.decode() for raw in sim.ballots]
        yield f"sum-{name}", case("sum", name, "ok", **texts, ballots=ballots)


def decryptions() -> Iterator[Named]:
    sim = base("select")
    sound = sim.parts[0][1]

    def of(name: str, expect: str, decryption: bytes, start: Simulator = sim, owner: int = 1) -> Named:
        return f"opening-{name}", _decryption(start, name, expect, decryption, owner)

    def wrong(name: str, change: Callable[[Fields], object]) -> Named:
        fields: Fields = msgspec.json.decode(sound)
        change(fields)
        return of(name, "BadDecryption", encode(fields))

    yield of("of-three-ballots", "ok", sound)
    yield of("of-nobody", "ok", base("nobody").parts[0][1], base("nobody"))
    yield of("by-another-scrutineer", "BadDecryption", sound, owner=2)
    yield of("with-a-space", "BadDecryption", sound.replace(b",", b", ", 1))
    yield wrong("with-another-factor", lambda part: part["decryption_factors"][0].reverse())
    yield wrong("without-a-factor", lambda part: part["decryption_factors"][0].pop())
    yield wrong("with-a-proof-too-many", lambda part: part["decryption_proofs"].append([]))
    yield wrong(
        "outside-the-group",
        lambda part: part["decryption_factors"][0].__setitem__(0, point_hex(ORDER_2Q)),
    )
    yield wrong(
        "with-a-scalar-plus-the-order",
        lambda part: part["decryption_proofs"][0][0].update(
            response=str(int(part["decryption_proofs"][0][0]["response"]) + ORDER)
        ),
    )


def _decryption(sim: Simulator, name: str, expect: str, decryption: bytes, owner: int) -> Case:
    return case(
        "opening",
        name.replace("-", " "),
        expect,
        election=sim.election.raw.decode(),
        encrypted_tally=sim.tally.decode(),
        public_key=point_hex(base_power(sim.secrets[owner])),
        decryption=decryption.decode(),
    )


def receipts() -> Iterator[Named]:
    sim = base("select")
    fingerprint, own, other = sim.election.fingerprint, sim.trackers[0], sim.trackers[1]

    def signature(tracker: str) -> str:
        return sim.installation.sign(receipt_message(fingerprint, tracker)).signature.hex()

    def receipt(name: str, expect: str, **changes: str) -> Named:
        sound = {"fingerprint": fingerprint, "tracker": own, "signature": signature(own)}
        texts = {"election": sim.election.raw.decode(), "tracker": own}
        return f"receipt-{name}", case("receipt", name, expect, **texts, receipt=sound | changes)

    yield receipt("sound", "ok")
    yield receipt("of-another-ballot", "BadSignature", tracker=other, signature=signature(other))
    yield receipt("signed-for-another-ballot", "BadSignature", signature=signature(other))
    yield receipt("of-another-election", "BadSignature", fingerprint="A" * 43)
    yield receipt("in-upper-case", "BadSignature", signature=signature(own).upper())
    yield receipt("with-a-byte-too-many", "BadSignature", signature=signature(own) + "00")
    yield receipt("with-a-byte-too-few", "BadSignature", signature=signature(own)[:-2])
    yield receipt("not-signed", "BadSignature", signature="00" * 64)


SOURCES = (cards, keys, sums, decryptions, receipts)
