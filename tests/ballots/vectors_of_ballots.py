"""The vectors about ballots: sound ones of every kind, and each thing that can be wrong with one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ballots.ballot import tracker_of
from ballots.group import IDENTITY, ORDER, ORDER_2Q, point_hex
from tests.ballots import curve, torsion
from tests.ballots.tampered_ballot import TWO_STANCES, forged, readable
from tests.ballots.tampering import base
from tests.simulator import ANY_NUMBER, FREE, GRADES, SELECT, STANCES, Fields, Simulator, seeded

Case = dict[str, Any]
Named = tuple[str, Case]


def case(kind: str, comment: str, expect: str, exactly: str = "", **rest: Any) -> Case:
    narrower = {"exactly": exactly} if exactly else {}
    return {"kind": kind, "comment": comment, "expect": expect} | narrower | rest


def ballot(sim: Simulator, raw: bytes, comment: str, expect: str, exactly: str = "", **rest: Any) -> Case:
    texts = {"election": sim.election.raw.decode(), "ballot": raw.decode()}
    return case("ballot", comment, expect, exactly, **texts, **rest)


def sound() -> Iterator[Named]:
    for name, questions, choices in (
        ("two-of-three", (SELECT,), [[0, 1, 0, 1]]),
        ("one-of-three", (SELECT,), [[0, 0, 1, 0]]),
        ("blank", (SELECT,), [[1, 0, 0, 0]]),
        ("stances-on-two", (STANCES, STANCES), [[0, 1, 0], [0, 0, 1]]),
        ("levels-of-two", (GRADES, GRADES), [[1, 0, 0, 0], [0, 0, 0, 1]]),
        ("none-chosen-beside-a-blank", (ANY_NUMBER,), [[0, 0, 0]]),
        ("none-chosen", (FREE,), [[0, 0, 0]]),
        ("all-chosen", (FREE,), [[1, 1, 1]]),
        ("two-kinds-of-questions", (SELECT, STANCES), [[0, 1, 1, 0], [1, 0, 0]]),
    ):
        sim = Simulator(questions=questions, deputies=2, random=seeded(name))
        sim.ballots.clear()
        raw = sim.vote(0, choices)
        more = {"credential": sim.cards[0], "tracker": tracker_of(raw)}
        yield f"ballot-{name}", ballot(sim, raw, f"sound: {choices}", "ok", **more)


def changed(
    name: str, expect: str, change: Callable[[Simulator], object], exactly: str = "", start: str = "select"
) -> Named:
    """The second ballot of a sound election after `change`; the random numbers depend on the name only."""
    sim = base(start)
    sim.random = seeded(name)
    change(sim)
    return f"ballot-{name}", ballot(sim, sim.ballots[1], name.replace("-", " "), expect, exactly)


def edited(name: str, expect: str, change: Callable[[Fields], object], exactly: str = "") -> Named:
    """The second ballot with its fields changed, signed again by its card."""
    return changed(name, expect, lambda sim: sim.edit(1, change), exactly)


def replaced(name: str, old: bytes, new: bytes) -> Named:
    """The second ballot with its bytes changed, signed again by its card."""
    return changed(name, "Malformed", lambda sim: sim.rewrite(1, lambda raw: raw.replace(old, new, 1)))


def written_otherwise() -> Iterator[Named]:
    """Not JSON, other JSON, or the same JSON in another writing."""
    first = b'"answers":['
    yield replaced("space-after-a-colon", b'"choices":', b'"choices": ')
    yield replaced("line-break", b'"choices":', b'\n"choices":')
    yield replaced("escaped-letter", b'"answers"', b'"\\u0061nswers"')
    yield replaced("escaped-slash", b'{"election_uuid":"', b'{"election_uuid":"\\/')
    yield replaced("field-given-twice", b'{"election_uuid":', b'{"election_uuid":"","election_uuid":')
    yield replaced("field-of-another-name", b'"answers"', b'"answer"')
    yield replaced("not-a-number", first, first + b"NaN,")
    yield replaced("comma-too-many", first, first + b",")
    yield replaced("comment", first, first + b"/**/")
    yield replaced("nested-deeply", first, first + b"[" * 1500 + b"]" * 1500 + b",")
    yield replaced("nul-in-a-text", b'{"election_uuid":"', b'{"election_uuid":"\0')
    for name, text in (
        ("empty", ""),
        ("not-json", "票"),
        ("an-array", "[]"),
        ("a-number", "1"),
        ("null", "null"),
    ):
        yield f"ballot-{name}", ballot(base("select"), text.encode(), name, "Malformed")


def shaped_otherwise() -> Iterator[Named]:
    """Fields, answers or proofs that are missing or too many."""

    def answer(change: Callable[[Fields], object]) -> Callable[[Fields], object]:
        return lambda fields: change(fields["answers"][0])

    yield edited(
        "answer-too-many", "Malformed", lambda fields: fields["answers"].append(fields["answers"][0])
    )
    yield edited("no-answer", "Malformed", lambda fields: fields["answers"].clear())
    yield edited("blank-proof-missing", "Malformed", answer(lambda one: one.pop("blank_proof")))
    yield edited("overall-proof-short", "Malformed", answer(lambda one: one["overall_proof"].pop()))
    yield edited("individual-proof-missing", "Malformed", answer(lambda one: one["individual_proofs"].pop()))
    yield edited(
        "three-branches-for-a-bit",
        "Malformed",
        answer(lambda one: one["individual_proofs"][0].append(one["individual_proofs"][0][0])),
    )
    yield edited("field-too-many-in-a-proof", "Malformed", _first_proof(lambda proof: proof.update(more="")))
    yield changed(
        "signature-missing",
        "Malformed",
        lambda sim: sim.edit(1, lambda fields: fields.pop("signature"), sign=False),
    )


def _first_proof(change: Callable[[Fields], object]) -> Callable[[Fields], object]:
    return lambda fields: change(fields["answers"][0]["individual_proofs"][0][0])


def scalars() -> Iterator[Named]:
    """Numbers that are not 1 ≤ n < q in canonical base 10; modulo q they are right where they can be."""

    def response(change: Callable[[str], str]) -> Callable[[Fields], object]:
        return _first_proof(lambda proof: proof.update(response=change(proof["response"])))

    for name, change in {
        "zero": lambda _: "0",
        "order": lambda _: str(ORDER),
        "plus-the-order": lambda text: str(int(text) + ORDER),
        "minus-the-order": lambda text: str(int(text) - ORDER),
        "leading-zero": lambda text: "0" + text,
        "sign": lambda text: "+" + text,
        "space": lambda text: " " + text,
        "underscore": lambda text: text[:1] + "_" + text[1:],
        "fraction": lambda text: text + ".0",
        "hexadecimal": lambda text: hex(int(text)),
        "full-width": lambda text: text.translate({ord("0") + n: 0xFF10 + n for n in range(10)}),
        "empty": lambda _: "",
        "of-a-thousand-digits": lambda _: "1" * 1000,
        "of-five-thousand-digits": lambda _: "9" * 5000,
    }.items():
        yield edited(f"scalar-{name}", "BadScalar", response(change))
    yield edited("challenge-zero", "BadScalar", _first_proof(lambda proof: proof.update(challenge="0")))


def points() -> Iterator[Named]:
    """Points outside the group, and points written otherwise; in alpha, in beta, and in the card."""

    def at(part: str, text: str) -> Callable[[Fields], object]:
        return lambda fields: fields["answers"][0]["choices"][0].update({part: text})

    for number, point in enumerate(curve.TORSION):
        order = next(n for n in (1, 2, 4, 8) if curve.multiply(point, n) == curve.NEUTRAL)
        text = point_hex(curve.encode(point))
        yield edited(f"alpha-of-order-{order}-number-{number}", "BadPoint", at("alpha", text))
    for number, writing in enumerate(curve.careless_writings()[::4]):
        yield edited(f"alpha-not-canonical-{number}", "BadPoint", at("alpha", point_hex(writing)))
    yield edited("beta-of-twice-the-order", "BadPoint", at("beta", point_hex(ORDER_2Q)))
    yield edited("beta-short", "BadPoint", at("beta", "00" * 31))
    yield edited("beta-empty", "BadPoint", at("beta", ""))
    yield edited("beta-not-hex", "BadPoint", at("beta", "zz" * 32))
    yield edited("beta-with-spaces", "BadPoint", at("beta", " " + "01" * 31 + " "))
    yield changed("card-that-is-the-identity", "BadPoint", _anybodys)


def _anybodys(sim: Simulator) -> None:
    """Secret 0: a signature that anybody can give."""
    sim.ballots[1] = forged(sim, point_hex(IDENTITY), [0, 1, 0, 0], secret=0)


def points_that_prove() -> Iterator[Named]:
    """Everything holds but the group: these are the ones that matter."""
    yield changed("readable-by-everybody", "BadPoint", lambda sim: readable(sim, 1))
    for part in ("alpha", "beta"):
        name = f"{part}-with-a-part-outside-the-group"
        sim = Simulator(questions=(TWO_STANCES,), deputies=2, random=seeded(name))
        raw = torsion.cast(sim, 0, [0, 1], part)
        yield f"ballot-{name}", ballot(sim, raw, "every equation holds on the whole curve", "BadPoint")


def votes() -> Iterator[Named]:
    """Choices that the rules forbid, proved as well as can be; and proofs that are somebody else's."""
    for name, bits, exactly in (
        ("two-votes-for-one", [0, 2, 0, 0], "BadChoiceProof"),
        ("vote-taken-away", [0, 1, -1, 1], "BadChoiceProof"),
        ("more-than-places", [0, 1, 1, 1], "BadCountProof"),
        ("neither-choice-nor-blank", [0, 0, 0, 0], "BadCountProof"),
        ("choice-and-blank", [1, 1, 0, 0], "BadCountProof"),
    ):
        sim = Simulator(deputies=2, random=seeded(name))
        raw = sim.vote(0, [bits])
        yield f"ballot-{name}", ballot(sim, raw, f"forbidden: {bits}", "BadProof", exactly)
    for name, bits in (("two-levels-for-one-project", [1, 1, 0, 0]), ("no-level", [0, 0, 0, 0])):
        sim = Simulator(questions=(GRADES, GRADES), deputies=2, random=seeded(name))
        raw = sim.vote(0, [[1, 0, 0, 0], bits])
        yield f"ballot-{name}", ballot(sim, raw, f"forbidden: {bits}", "BadProof", "BadCountProof")
    yield changed("copied-from-another-card", "BadProof", _copied, "BadChoiceProof")
    yield edited("proofs-of-another-choice", "BadProof", _exchanged, "BadChoiceProof")
    yield edited(
        "blank-proof-reversed",
        "BadProof",
        lambda fields: fields["answers"][0]["blank_proof"].reverse(),
        "BadCountProof",
    )
    yield edited(
        "overall-proof-rotated",
        "BadProof",
        lambda fields: fields["answers"][0]["overall_proof"].append(
            fields["answers"][0]["overall_proof"].pop(0)
        ),
        "BadCountProof",
    )


def _copied(sim: Simulator) -> None:
    other: Fields = {}
    sim.copy().edit(2, other.update)
    sim.edit(1, lambda fields: fields.update(answers=other["answers"]))


def _exchanged(fields: Fields) -> None:
    proofs = fields["answers"][0]["individual_proofs"]
    proofs[1], proofs[2] = proofs[2], proofs[1]


def signatures() -> Iterator[Named]:
    """Ballots that their card did not sign, and ballots of another election."""
    yield edited(
        "for-another-uuid", "WrongElection", lambda fields: fields.update(election_uuid="AnotherUuid123")
    )
    yield edited(
        "for-another-fingerprint", "WrongElection", lambda fields: fields.update(election_hash="A" * 43)
    )
    yield changed("choices-replaced-without-the-card", "BadSignature", _usurped)
    yield changed("changed-after-signing", "BadSignature", lambda sim: sim.edit(1, _exchanged, sign=False))
    yield changed("signature-over-another-ballot", "BadSignature", _signature_of_another)


def _usurped(sim: Simulator) -> None:
    """Sealed and proved for the card by somebody who knows only its public half."""
    sim.ballots[1] = forged(sim, sim.card(1), [0, 1, 0, 0], secret=sim.card_secret(0))


def _signature_of_another(sim: Simulator) -> None:
    other = sim.copy()
    other.vote(1, [[0, 1, 0, 0]])
    found: Fields = {}
    other.edit(-1, found.update, sign=False)
    sim.edit(1, lambda fields: fields.update(signature=found["signature"]), sign=False)


SOURCES = (
    sound,
    written_otherwise,
    shaped_otherwise,
    scalars,
    points,
    points_that_prove,
    votes,
    signatures,
)
