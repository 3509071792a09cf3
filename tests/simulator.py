"""A whole election in memory that is its own adversary.

    sim = Simulator(questions=(SELECT,), deputies=4, scrutineers=2)  # all but the last have voted; closed
    sim.archive()                                                    # sound, made by `ballots`
    sim.replay(1); sim.close(); sim.archive()                        # unsound in exactly one thing

Every mutation leaves the sum, the decryptions and the result as they were; `close` makes them anew, so that
a test chooses whether the tamperer did. The chain of hashes is always made anew by `archive`. The same
arguments give the same bytes.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final, Self

import msgspec
from nacl.signing import SigningKey

from ballots import archive as bel
from ballots import credentials, sealing, tally, trustees
from ballots.ballot import Ballot, tracker_of
from ballots.companion import asks_for, paper_of, report_of
from ballots.election import (
    Election,
    ElectionDocument,
    Question,
    description,
    encode_credentials,
    encode_election,
)
from ballots.encoding import encode, sha256_base64, sha256_hex
from ballots.group import Random, base_power, point_bytes, point_hex
from ballots.proofs import prove_knowledge
from ballots.record import VERSION, Figures, RoundRecord, Signatory, endorsement_text, record_message
from ballots.report import report_text
from ballots.trustees import Group, Trustees
from tests.ceremony import Ceremony
from tests.papers import outcome_for, rules_for, way

SELECT: Final = Question(
    answers=("农村公路改造", "校园食堂改建", "社区养老服务站"),
    blank=True,
    min=1,
    max=2,
    question="请选出不超过2件",
)
"""差额: at most two of three, or a deliberate blank."""
STANCES: Final = Question(answers=("赞成", "反对", "弃权"), min=1, max=1, question="农村公路改造")
"""等额: one of three stances on one candidate."""
GRADES: Final = Question(
    answers=("满意", "基本满意", "不满意", "弃权"), min=1, max=1, question="农村公路改造"
)
"""满意度测评: one of the levels of one project."""
ANY_NUMBER: Final = Question(answers=("甲", "乙"), blank=True, min=0, max=2, question="任选")
"""As many as one likes, none included, and a blank besides."""
FREE: Final = Question(answers=("甲", "乙", "丙"), min=0, max=3, question="任选，不设弃权")
TIMESTAMP: Final = 1_769_299_200

Choices = Sequence[Sequence[int]]
Fields = dict[str, Any]
"""JSON as Python has it: the adversary may write anything."""


def seeded(name: str) -> Random:
    """Random bytes that are the same for the same name, each call others."""
    calls = count()
    return lambda size: hashlib.shake_256(f"{name}|{next(calls)}".encode()).digest(size)


@dataclass
class Step:
    """One event of the archive with its data; `changes` overwrite its fields, `rewrite` its bytes."""

    kind: str
    data: list[bytes]
    changes: Fields = field(default_factory=dict)
    rewrite: Callable[[bytes], bytes] = bytes


class Simulator:
    """See above. `threshold`: a Pedersen key of which so many are needed; `secrets`: given Single keys."""

    def __init__(
        self,
        *,
        questions: Sequence[Question] = (SELECT,),
        deputies: int = 4,
        scrutineers: int = 2,
        threshold: int | None = None,
        secrets: Sequence[int] = (),
        name: str = "示例县民生实事项目票决",
        random: Random | None = None,
    ) -> None:
        self.random = random or seeded("simulator")
        self.uuid = credentials.generate_uuid(self.random)
        self.installation = SigningKey(self.random(32))
        self.reporters = [SigningKey(self.random(32)) for _ in range(scrutineers)]
        self.threshold = threshold
        self._make_keys(secrets or self._new_secrets(scrutineers))
        self.rules = rules_for(questions)
        self.document = ElectionDocument(
            version=1,
            description=description(sha256_hex(self.rules), self.installation.verify_key.encode().hex()),
            name=name,
            group="Ed25519",
            public_key=point_hex(self.keys.joint),
            questions=tuple(questions),
            uuid=self.uuid,
        )
        self.election = Election.parse(encode_election(self.document))
        self.cards = [credentials.generate(self.random) for _ in range(deputies)]
        self.credentials = encode_credentials(sorted(map(self.card, range(len(self.cards)))))
        self.plain: list[Choices] = []
        self.ballots: list[bytes] = []
        for deputy in range(deputies - 1):
            self.vote(deputy, [way(question, deputy) for question in questions])
        self.close()

    def _new_secrets(self, scrutineers: int) -> list[int]:
        seeds = (credentials.base58(22, self.random) for _ in range(scrutineers))
        return [trustees.secret_from_seed(seed) for seed in seeds]

    def _make_keys(self, secrets: Sequence[int]) -> None:
        self.ceremony = Ceremony(len(secrets), self.threshold or 1, self.random)
        if self.threshold is None:
            self.secrets = dict(enumerate(secrets, 1))
            keys = [trustees.make_public_key(secret, self.random) for secret in secrets]
            self.trustees = trustees.trustees_document(keys)
        else:
            self.secrets = self.ceremony.secrets
            self.trustees = encode([("Pedersen", self.ceremony.document())])

    def copy(self) -> Self:
        """Another one that can be tampered with; the parts themselves are never changed in place."""
        other = copy.copy(self)
        other.cards, other.ballots, other.plain = [*self.cards], [*self.ballots], [*self.plain]
        other.parts = [*self.parts]
        return other

    def card(self, deputy: int) -> str:
        """The public half of a deputy's card."""
        return credentials.public_credential(self.uuid, self.cards[deputy])

    def card_secret(self, deputy: int) -> int:
        return credentials.secret_scalar(self.uuid, self.cards[deputy])

    # What honest people do

    def vote(self, deputy: int, choices: Choices) -> bytes:
        """This deputy's ballot, sealed and put in; what the rules forbid is sealed all the same."""
        raw = sealing.seal(self.election, self.cards[deputy], choices, self.random)
        self.ballots.append(raw)
        self.plain.append(choices)
        return raw

    def close(self) -> None:
        """Sum the ballots, open the sum with as many scrutineers as are needed, and count, unchecked."""
        answers = [msgspec.json.decode(raw, type=Ballot).answers for raw in self.ballots]
        self.tally = tally.sum_ballots(self.election, answers)
        self.sized = tally.sized_tally(self.tally, len(self.ballots))
        self.open_with(*sorted(self.secrets)[: self.threshold])

    def open_with(self, *owners: int) -> None:
        """The sum opened by these scrutineers; a tampered sum may hold up to ten per ballot."""
        self.parts = [(owner, self.part(owner)) for owner in owners]
        bound = 10 * len(self.ballots)
        self.result = tally.decrypt(self.election, self.keys, self.tally, dict(self.parts), bound)

    def part(self, owner: int) -> bytes:
        return tally.partial_decryption(self.election, self.tally, self.secrets[owner], self.random)

    @property
    def keys(self) -> Trustees:
        """What the document of the keys says if nobody has tampered with it."""
        keys = {owner: base_power(secret) for owner, secret in self.secrets.items()}
        if self.threshold is None:
            return Trustees(tuple(Group(1, {owner: key}, key, {}) for owner, key in keys.items()))
        joint = base_power(sum(polynomial[0] for polynomial in self.ceremony.polynomials))
        signers = {owner: base_power(secret) for owner, secret in enumerate(self.ceremony.signers, 1)}
        return Trustees((Group(self.threshold, keys, joint, signers),))

    @property
    def counts(self) -> list[list[int]]:
        """The plain sum of what was sealed, per question and choice."""
        rows: list[list[int]] = [[0] * question.size for question in self.election.questions]
        for choices in self.plain:
            rows = [
                [a + b for a, b in zip(row, bits, strict=True)]
                for row, bits in zip(rows, choices, strict=True)
            ]
        return rows

    @property
    def unused_cards(self) -> list[str]:
        """The cards on the list, as it says them, with which nobody voted."""
        used = {msgspec.json.decode(raw)["credential"] for raw in self.ballots}
        return [card for card in msgspec.json.decode(self.credentials) if card not in used]

    @property
    def trackers(self) -> list[str]:
        return [tracker_of(raw) for raw in self.ballots]

    def found_again(self, raw: bytes) -> None:
        """Make these bytes the election, unchecked; everybody votes in it as before."""
        document = msgspec.json.decode(raw, type=ElectionDocument)
        key = point_bytes(document.public_key.lower())
        self.document, self.election, self.uuid = document, Election(raw, document, key), document.uuid
        self.credentials = encode_credentials(sorted(map(self.card, range(len(self.cards)))))
        choices, self.plain, self.ballots = self.plain, [], []
        for deputy, bits in enumerate(choices):
            self.vote(deputy, bits)
        self.close()

    # The archive

    def setup_step(self) -> Step:
        election = self.election.raw
        setup = bel.setup_data(election, self.trustees, self.credentials)
        return Step("Setup", [election, self.trustees, self.credentials, setup])

    def steps(self) -> list[Step]:
        """The events as they stand now, to be written by `write`."""
        return [
            self.setup_step(),
            *(Step("Ballot", [raw]) for raw in self.ballots),
            Step("EndBallots", []),
            Step("EncryptedTally", [self.tally, self.sized]),
            *(
                Step("PartialDecryption", [raw, tally.owned_decryption(owner, raw)])
                for owner, raw in self.parts
            ),
            Step("Result", [self.result]),
        ]

    def archive(self) -> bytes:
        return write(self.steps())

    def setup_archive(self) -> bytes:
        """Only the Setup event: what belenios-tool checks single ballots against."""
        return write([self.setup_step()])

    # Tampering with ballots, numbered from 0

    def replay(self, number: int) -> None:
        """The same ballot once more, at the end."""
        self.ballots.append(self.ballots[number])

    def drop(self, number: int) -> None:
        del self.ballots[number]

    def swap(self, one: int, other: int) -> None:
        self.ballots[one], self.ballots[other] = self.ballots[other], self.ballots[one]

    def stranger(self, choices: Choices) -> None:
        """A flawless ballot of a card that is not on the list."""
        self.cards.append(credentials.generate(self.random))
        self.vote(-1, choices)

    def edit(self, number: int, change: Callable[[Fields], object], *, sign: bool = True) -> None:
        """Change a ballot's fields; then sign it as its owner would, or leave the old signature."""
        fields: Fields = msgspec.json.decode(self.ballots[number])
        if not sign:
            change(fields)
            self.ballots[number] = encode(fields)
            return
        fields.pop("signature")
        change(fields)
        self.rewrite(number, lambda _: encode(fields))

    def rewrite(self, number: int, change: Callable[[bytes], bytes]) -> None:
        """Change the bytes of a ballot, without its signature, in any way; and sign those bytes."""
        raw = self.ballots[number]
        self.ballots[number] = signed(change(unsigned(raw)), self.secret_of(raw), self.random)

    def secret_of(self, raw: bytes) -> int:
        """The signing secret of the card that a ballot was cast with."""
        public = msgspec.json.decode(raw)["credential"]
        secrets = map(self.card_secret, range(len(self.cards)))
        return next(secret for secret in secrets if point_hex(base_power(secret)) == public)

    # round.json

    @property
    def follows_rules(self) -> bool:
        """Whether the ballot paper is one that a congress votes with; the protocol knows others."""
        return asks_for(self.election, paper_of(msgspec.Raw(self.rules)))

    def record(self, *, signer: SigningKey | None = None, **changes: object) -> bytes:
        """The round.json of the archive as it stands, with these fields changed, signed afterwards."""
        body = encode(msgspec.structs.replace(self.sound_record(), **changes))
        return self.sign_record(body, signer)

    def sign_record(self, body: bytes, signer: SigningKey | None = None) -> bytes:
        signature = (signer or self.installation).sign(record_message(body)).signature.hex()
        return b'{"round":' + body + b',"signature":"' + signature.encode() + b'"}'

    def sound_record(self) -> RoundRecord:
        voted = len(self.ballots)
        result = msgspec.json.decode(self.result, type=tally.Result).result
        unsigned = RoundRecord(
            version=VERSION,
            congress="示例县人民代表大会",
            session="第一次会议",
            title=self.document.name,
            uuid=self.uuid,
            fingerprint=self.election.fingerprint,
            rules=msgspec.Raw(self.rules),
            figures=Figures(
                all_deputies=voted + 2, present=voted + 1, issued=voted, returned=voted, invalid=0
            ),
            dead_cards=(),
            reserve_cards=tuple(self.unused_cards),
            activated_cards=(),
            paper=None,
            result=result,
            outcome=outcome_for(self.rules, result),
            report="",
            scrutineers=(),
            all_scrutineers=tuple(f"监票人{number}" for number, _ in enumerate(self.reporters, 1)),
            closing_head=self.head("EncryptedTally"),
            archive_head=self.head("Result"),
        )
        return self.reported(unsigned)

    def reported(self, record: RoundRecord) -> RoundRecord:
        """With the report on exactly this record, which all scrutineers have read and signed."""
        report = report_text(report_of(record, self.election))
        return self.signed_report(record, report)

    def signed_report(self, record: RoundRecord, report: str) -> RoundRecord:
        """With this report, whatever it says, signed by all scrutineers."""
        signed = (signatory(number, key, report.encode()) for number, key in enumerate(self.reporters, 1))
        return msgspec.structs.replace(
            record, report=report, scrutineers=tuple(self.endorsed(one) for one in signed)
        )

    def endorsed(self, one: Signatory, by: int | None = None) -> Signatory:
        """Vouched for with the key of the ceremony, where there was one; `by`: with another owner's."""
        if self.threshold is None:
            return one
        signer = self.ceremony.signers[(by or one.number) - 1]
        text = f"sigmsg|{endorsement_text(one.signing_key)}|"
        return msgspec.structs.replace(one, endorsement=prove_knowledge(text, signer, self.random))

    def head(self, kind: bel.EventType) -> str:
        """The hash of the (last) event of this kind."""
        events = [*events_of(self.steps())]
        return next(sha256_hex(raw) for raw in reversed(events) if msgspec.json.decode(raw)["type"] == kind)


def decryption_step(owner: int, raw: bytes) -> Step:
    return Step("PartialDecryption", [raw, tally.owned_decryption(owner, raw)])


def signatory(number: int, key: SigningKey, report: bytes) -> Signatory:
    return Signatory(
        number=number,
        name=f"监票人{number}",
        signing_key=key.verify_key.encode().hex(),
        signature=key.sign(report).signature.hex(),
    )


def unsigned(ballot: bytes) -> bytes:
    """The bytes of a ballot that its signature is over."""
    return ballot[: ballot.rindex(b',"signature":')] + b"}"


def signed(body: bytes, secret: int, random: Random) -> bytes:
    """These bytes, a JSON object, with the signature of a card over them appended as a ballot has it."""
    digest = sha256_base64(body)
    proof = prove_knowledge(f"sig|{digest}|", secret, random)
    return body[:-1] + b',"signature":' + encode({"hash": digest, "proof": proof}) + b"}"


def events_of(steps: Sequence[Step]) -> list[bytes]:
    """The events, chained."""
    parent, events = None, list[bytes]()
    for height, step in enumerate(steps):
        payload = sha256_hex(step.data[-1]) if step.data else None
        fields = {"parent": parent, "height": height, "type": step.kind, "payload": payload} | step.changes
        present = {name: value for name, value in fields.items() if value is not None}
        events.append(step.rewrite(encode(present)))
        parent = sha256_hex(events[-1])
    return events


def write(steps: Sequence[Step], timestamp: int = TIMESTAMP) -> bytes:
    """The archive of these events: the chain is always whole, unless a step's changes break it."""
    parts = [bel.start(timestamp)]
    for step, event in zip(steps, events_of(steps), strict=True):
        parts += (bel.record(f"{sha256_hex(data)}.data.json", data, timestamp) for data in step.data)
        parts.append(bel.record(f"{sha256_hex(event)}.event.json", event, timestamp))
    return b"".join(parts)
