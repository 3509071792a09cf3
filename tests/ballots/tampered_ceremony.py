"""Check 6 for Pedersen keys: what may be wrong in the ceremony, signed anew by those who sign it."""

from __future__ import annotations

from copy import copy

from msgspec.structs import replace

from ballots.encoding import encode
from ballots.group import ORDER_2Q, base_power, point_hex
from ballots.proofs import Proof, prove_knowledge
from ballots.trustees import Coefficients, PublicKey, SignedMessage, Threshold
from tests.ballots.tampering import fails
from tests.ceremony import Ceremony
from tests.simulator import Simulator


def with_ceremony(sim: Simulator, document: Threshold) -> bytes:
    sim.trustees = encode([("Pedersen", document)])
    return sim.archive()


def with_certificate(sim: Simulator, **changes: object) -> bytes:
    """The first certificate changed; everybody agrees on it."""
    ceremony = sim.ceremony
    sound = ceremony.document().certs
    return with_ceremony(sim, ceremony.agreed((ceremony.certificate(1, **changes), *sound[1:])))


def with_coefficients(sim: Simulator, *exponents: str) -> bytes:
    """The first scrutineer commits to these coefficients."""
    ceremony = sim.ceremony
    sound = ceremony.document()
    message = ceremony.message(1, encode(Coefficients(coefexps=exponents)).decode())
    return with_ceremony(sim, replace(sound, coefexps=(message, *sound.coefexps[1:])))


def with_first_key(sim: Simulator, **changes: object) -> bytes:
    sound = sim.ceremony.document()
    first: PublicKey = replace(sound.verification_keys[0], **changes)
    return with_ceremony(sim, replace(sound, verification_keys=(first, *sound.verification_keys[1:])))


def wrong(proof: Proof) -> Proof:
    return replace(proof, response=str(int(proof.response) ^ 1))


@fails(6, event=0, base="threshold")
def certificate_for_another_threshold(sim: Simulator) -> bytes:
    return with_certificate(sim, threshold=1)


@fails(6, event=0, base="threshold")
def certificate_for_another_place(sim: Simulator) -> bytes:
    return with_certificate(sim, index=2)


@fails(6, event=0, base="threshold")
def certificate_for_another_size(sim: Simulator) -> bytes:
    return with_certificate(sim, size=4)


@fails(6, event=0, base="threshold")
def certificate_for_another_group(sim: Simulator) -> bytes:
    return with_certificate(sim, group="BELENIOS-2048")


@fails(6, event=0, base="threshold")
def certificate_with_a_key_outside_the_group(sim: Simulator) -> bytes:
    return with_certificate(sim, encryption=point_hex(ORDER_2Q))


@fails(6, event=0, base="threshold")
def certificate_not_signed_by_its_key(sim: Simulator) -> bytes:
    return with_certificate(sim, verification=point_hex(base_power(7)))


@fails(6, event=0, base="threshold")
def certificate_with_another_signature(sim: Simulator) -> bytes:
    """Everybody agreed on it, all the same."""
    sound = sim.ceremony.document().certs
    unsigned = SignedMessage(message=sound[0].message, signature=wrong(sound[0].signature))
    return with_ceremony(sim, sim.ceremony.agreed((unsigned, *sound[1:])))


@fails(6, event=0, base="threshold")
def coefficients_not_signed(sim: Simulator) -> bytes:
    sound = sim.ceremony.document()
    first = sound.coefexps[0]
    unsigned = SignedMessage(message=first.message, signature=wrong(first.signature))
    return with_ceremony(sim, replace(sound, coefexps=(unsigned, *sound.coefexps[1:])))


def held(sim: Simulator, ceremony: Ceremony) -> bytes:
    """This ceremony, signed and proved; where the joint key is as it was, the sum is opened anew."""
    same = [row[0] for row in ceremony.polynomials] == [row[0] for row in sim.ceremony.polynomials]
    sim.ceremony, sim.secrets = ceremony, ceremony.secrets
    sim.trustees = encode([("Pedersen", ceremony.document())])
    if same:
        sim.close()
    return sim.archive()


@fails(6, event=0, base="threshold")
def one_coefficient_more(sim: Simulator) -> bytes:
    """A polynomial of higher degree: three would be needed where two are promised."""
    ceremony = Ceremony(3, 2, sim.random)
    ceremony.polynomials[0].append(7)
    return held(sim, ceremony)


@fails(6, event=0, base="threshold")
def coefficient_that_is_the_identity(sim: Simulator) -> bytes:
    """A constant polynomial: every share of it is the whole secret."""
    ceremony = copy(sim.ceremony)
    ceremony.polynomials = [[ceremony.polynomials[0][0], 0], *ceremony.polynomials[1:]]
    return held(sim, ceremony)


@fails(6, event=0, base="threshold")
def coefficients_nobody_agreed_on(sim: Simulator) -> bytes:
    return with_coefficients(sim, *reversed(sim.ceremony.exponents(1)))


@fails(6, event=0, base="threshold")
def certificates_nobody_agreed_on(sim: Simulator) -> bytes:
    """The third scrutineer was shown other certificates than stand in the archive."""
    ceremony = sim.ceremony
    sound = ceremony.document()
    shown = (*sound.certs[:2], ceremony.certificate(3))
    signatures = (*sound.signatures[:2], ceremony.agreement(3, shown))
    return with_ceremony(sim, replace(sound, signatures=signatures))


@fails(6, event=0, base="threshold")
def share_key_that_is_not_the_sum(sim: Simulator) -> bytes:
    """Proved and signed, but not what the polynomials give: this scrutineer's part would open nothing."""
    public = point_hex(base_power(7))
    proof = prove_knowledge(f"pok|Ed25519|{public}|", 7, sim.random)
    return with_first_key(sim, public_key=public, pok=proof, signature=sim.ceremony.sign(1, public))


@fails(6, event=0, base="threshold")
def share_key_without_proof(sim: Simulator) -> bytes:
    return with_first_key(sim, pok=wrong(sim.ceremony.document().verification_keys[0].pok))


@fails(6, event=0, base="threshold")
def share_key_signed_by_another(sim: Simulator) -> bytes:
    public = sim.ceremony.verification_key(1).public_key
    return with_first_key(sim, signature=sim.ceremony.sign(2, public))


@fails(6, event=0, base="threshold")
def share_key_not_signed(sim: Simulator) -> bytes:
    key = sim.ceremony.verification_key(1)
    return with_first_key(sim, signature=PublicKey(pok=key.pok, public_key=key.public_key).signature)


@fails(6, event=0, base="threshold")
def scrutineer_without_share(sim: Simulator) -> bytes:
    sound = sim.ceremony.document()
    return with_ceremony(sim, replace(sound, verification_keys=sound.verification_keys[:2]))


@fails(6, event=0, base="threshold")
def threshold_of_nobody(sim: Simulator) -> bytes:
    return with_ceremony(sim, replace(sim.ceremony.document(), threshold=0))


@fails(6, event=0, base="threshold")
def threshold_above_the_number(sim: Simulator) -> bytes:
    """A ceremony in order, but the sum could never be opened."""
    return held(sim, Ceremony(3, 4, sim.random))


@fails(6, event=0, base="threshold")
def field_that_no_ceremony_has(sim: Simulator) -> bytes:
    sim.trustees = sim.trustees.replace(b'{"threshold"', b'{"more":1,"threshold"')
    return sim.archive()
