"""A Pedersen key ceremony, all parties in one place (NOTES §6), written apart from `ballots.ceremony`.

Each scrutineer has a signing secret and a polynomial of degree threshold-1; the decryption secret of owner j
is the sum of all polynomials at j. The private messages are left out: nobody here has secrets from another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ballots.encoding import encode
from ballots.group import ORDER, Random, base_power, point_hex, random_scalar
from ballots.proofs import Proof, prove_knowledge
from ballots.trustees import (
    Certificate,
    CertificateSet,
    Coefficients,
    Context,
    PublicKey,
    SignedMessage,
    Threshold,
)


class Ceremony:
    """`size` scrutineers of whom any `threshold` can open; owners are numbered from 1."""

    def __init__(self, size: int, threshold: int, random: Random) -> None:
        self.size, self.threshold, self.random = size, threshold, random
        self.signers = [random_scalar(random) for _ in range(size)]
        self.receivers = [random_scalar(random) for _ in range(size)]
        self.polynomials = [[random_scalar(random) for _ in range(threshold)] for _ in range(size)]

    @property
    def secrets(self) -> dict[int, int]:
        """The decryption secret of each owner."""
        return {
            owner: sum(evaluate(row, owner) for row in self.polynomials) % ORDER
            for owner in range(1, self.size + 1)
        }

    def document(self) -> Threshold:
        certs = tuple(self.certificate(index) for index in range(1, self.size + 1))
        return self.agreed(certs)

    def agreed(self, certs: tuple[SignedMessage, ...]) -> Threshold:
        """The public part of the ceremony in which everybody agreed on these certificates."""
        owners = range(1, self.size + 1)
        return Threshold(
            threshold=self.threshold,
            certs=certs,
            coefexps=tuple(self.coefficients(index) for index in owners),
            signatures=tuple(self.agreement(index, certs) for index in owners),
            verification_keys=tuple(self.verification_key(index) for index in owners),
        )

    def certificate(self, owner: int, **changes: Any) -> SignedMessage:
        """The keys of scrutineer `owner`, signed; `changes` overwrite fields of the context or the keys."""
        context: dict[str, Any] = {
            "group": "Ed25519",
            "size": self.size,
            "threshold": self.threshold,
            "index": owner,
        }
        keys = {
            "verification": point_hex(base_power(self.signers[owner - 1])),
            "encryption": point_hex(base_power(self.receivers[owner - 1])),
        }
        context |= {name: value for name, value in changes.items() if name in context}
        keys |= {name: value for name, value in changes.items() if name in keys}
        return self.message(owner, encode(Certificate(context=Context(**context), **keys)).decode())

    def exponents(self, index: int) -> tuple[str, ...]:
        return tuple(point_hex(base_power(number)) for number in self.polynomials[index - 1])

    def coefficients(self, index: int) -> SignedMessage:
        return self.message(index, encode(Coefficients(coefexps=self.exponents(index))).decode())

    def agreement(self, index: int, certs: tuple[SignedMessage, ...]) -> Proof:
        together = CertificateSet(certs=certs, coefexps=self.exponents(index))
        return self.sign(index, f"certs_sig|{encode(together).decode()}")

    def verification_key(self, index: int) -> PublicKey:
        secret = self.secrets[index]
        public = point_hex(base_power(secret))
        return PublicKey(
            pok=prove_knowledge(f"pok|Ed25519|{public}|", secret, self.random),
            public_key=public,
            signature=self.sign(index, public),
        )

    def message(self, index: int, text: str) -> SignedMessage:
        return SignedMessage(message=text, signature=self.sign(index, text))

    def sign(self, index: int, text: str) -> Proof:
        return prove_knowledge(f"sigmsg|{text}|", self.signers[index - 1], self.random)


def evaluate(polynomial: Sequence[int], at: int) -> int:
    value = 0
    for number in reversed(polynomial):
        value = (value * at + number) % ORDER
    return value
