"""The people of one session, and everything they hold: real cards, keys, ballots.

    hall = Hall(store)                    # staff have drafted a round: three candidates for two places
    hall.reach("open")                    # … through every step before it
    receipt = hall.cast(0, 1, 3)          # the first card marks candidates 1 and 3
    hall.reach("published")               # closes, counts, signs, announces

The same arguments give the same bytes: randomness is seeded, and each step is a minute after the last.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from nacl.signing import SigningKey

from ballots import sealing as ballot_sealing
from ballots import tally, trustees
from ballots.credentials import base58, generate_uuid
from ballots.election import Election
from ballots.group import Random
from tests import common_key, remembered
from tests.audited import verified
from voting import (
    announcing,
    casting,
    closing,
    counting,
    drafting,
    opening,
    publishing,
    reconciling,
    sealing,
    tally_report,
)
from voting.actors import Actor, Role, system
from voting.cards import Deck, make_deck, public_file
from voting.cycle import State
from voting.grading import Grading, columns
from voting.handing_out import replacing
from voting.rounds import Candidate, Receipt, Round
from voting.rules import RoundRules, Rules
from voting.signing import Signer
from voting.store import Store
from voting.wording import Body

SELECT: Final = Rules(ballot="select_k", candidates=3, places=2, publish="with_archive")
"""差额: two of three."""
STANCES: Final = Rules(ballot="for_against", candidates=2, places=2, publish="with_archive")
"""等额: both of two, each for or against."""
GRADES: Final = Grading(projects=2, half="more_than", publish="with_archive")
"""满意度测评: two projects, each 满意, 基本满意, 不满意 or 弃权."""

TITLES: Final = ("农村公路改造", "校园食堂改建", "社区养老服务站", "口袋公园", "老旧小区加装电梯")
NAMES: Final = ("陈秀英", "赵建国", "周丽华")
"""监票人, the chief first."""
SESSIONS: Final[dict[Body, str]] = {
    "congress": "第十九届人民代表大会第五次会议",
    "committee": "第十九届人大常委会第三十次会议",
}
OPENING_DAY: Final = datetime(2026, 1, 25, 1, 0, tzinfo=UTC)

STATES: Final[tuple[State, ...]] = (
    "drafted",
    "adopted",
    "sealed",
    "open",
    "closed",
    "reconciled",
    "counted",
    "announced",
    "published",
)


@dataclass
class Seeded:
    """Random bytes that are the same for the same name, each call others; a copy goes on by itself."""

    name: str
    calls: int = -1

    def __call__(self, size: int) -> bytes:
        self.calls += 1
        return hashlib.shake_256(f"{self.name}|{self.calls}".encode()).digest(size)


def seeded(name: str) -> Random:
    return Seeded(name)


@dataclass
class Minutes:
    """A clock that is a minute later at each look."""

    start: datetime
    passed: int = -1

    def __call__(self) -> datetime:
        self.passed += 1
        return self.start + timedelta(minutes=self.passed)


def candidates(number: int) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(number=n, title=title, cost=f"{n}00万元", unit="县交通局")
        for n, title in enumerate(TITLES[:number], start=1)
    )


class Hall:
    """A county congress, or its committee, in session with one round. Everybody's links are left out: see
    `test_links`."""

    remembers = False
    """Whether what the same steps left before may stand for taking them: see `tests.remembered`."""

    def __init__(
        self,
        store: Store,
        folder: Path,
        *,
        rules: RoundRules = SELECT,
        deputies: int = 6,
        scrutineers: int = 2,
        name: str = "hall",
        body: Body = "congress",
        threshold: int | None = None,
        remembers: bool = False,
    ) -> None:
        self.store, self.rules, self.deputies, self.name = store, rules, deputies, name
        self.names, self.threshold, self.remembers = NAMES[:scrutineers], threshold, remembers
        self.random = seeded(name)
        self.key_file = folder / f"{name}.key"
        self.signer = Signer.create(self.key_file, self.random)
        self.now: Callable[[], datetime] = Minutes(OPENING_DAY)
        self._step(f"convene the {body}", lambda: self._convene(body))

    def _convene(self, body: Body) -> None:
        self.congress = drafting.create_congress(self.store, system(""), "示例县人民代表大会", "county")
        self.staff = Actor(role="staff", congress=self.congress.id, name="刘科长")
        self.session = drafting.create_session(
            self.store, self.staff, SESSIONS[body], self.deputies, seeded(f"{self.name}, the code"), body
        )
        self._take_seats()
        self.seeds = [base58(22, self.random) for _ in self.scrutineers]
        self.cards: Deck = make_deck(self.deputies, [generate_uuid(self.random)], self.random)
        self.round = self.draft("民生实事项目票决")

    def _step(self, name: str, by: Callable[[], object]) -> None:
        if self.remembers and isinstance(self.now, Minutes):
            remembered.take(self, name, by)
        else:
            by()

    def _take_seats(self) -> None:
        """Everybody who has a part in this session and no other."""
        self.chair, self.operator = self._in_session("chair", "王主席"), self._in_session("operator", "小李")
        self.usher = self._in_session("usher", "签到台小周")
        self.tellers = [self._in_session("teller", name, n) for n, name in ((1, "计票甲"), (2, "计票乙"))]
        self.scrutineers = [
            self._in_session("scrutineer", one, number) for number, one in enumerate(self.names, start=1)
        ]

    def turn_to(self, other: Round) -> None:
        """Go on with another round of the congress, in whatever session, with cards of its own."""
        with self.store.read() as tx:
            self.session = tx.sessions.get(self.staff, other.session)
        self._take_seats()
        self.round, self.rules = other, other.rules
        self.cards = make_deck(self.deputies, [generate_uuid(self.random)], self.random)

    def _in_session(self, role: Role, name: str, number: int | None = None) -> Actor:
        return Actor(
            role=role, congress=self.congress.id, name=name, session=self.session.id, scrutineer=number
        )

    @property
    def size(self) -> int:
        """How many projects are voted on."""
        rules = self.rules
        return rules.projects if isinstance(rules, Grading) else rules.candidates

    # Staff

    def draft(self, title: str) -> Round:
        return drafting.create_round(
            self.store,
            self.staff,
            self.session.id,
            title,
            self.rules,
            candidates(self.size),
            self.now(),
        )

    def adopt(self) -> Round:
        names = [one.name for one in self.scrutineers]
        return drafting.adopt(self.store, self.staff, self.round.id, names, self.now(), self.threshold)

    def load_cards(self) -> Round:
        return sealing.load_cards(self.store, self.staff, self.round.id, self.cards_file(), self.now())

    def seal(self) -> Round:
        """With all that must be there before."""
        self.load_cards()
        if self.threshold is not None:
            common_key.make(self, common_key.of_round(self).id)
            return self.freeze()
        for number in range(1, len(self.scrutineers) + 1):
            self.register_key(number)
        return self.freeze()

    def freeze(self) -> Round:
        return sealing.seal(self.store, self.staff, self.round.id, self.signer.public_hex, self.now())

    def hand_out(self, number: int) -> None:
        """All cards but the first so many are counted back, before opening."""
        for credential, *_ in self.cards.derived[number:]:
            replacing.declare_dead(self.store, self.staff, self.round.id, credential, self.now())

    def open(self) -> Round:
        return opening.open_round(
            self.store, self.staff, self.round.id, self.deputies, self.deputies, self.now()
        )

    def close(self) -> Round:
        return closing.close_round(self.store, self.staff, self.round.id, self.now())

    def publish(self) -> Round:
        return publishing.publish(
            self.store, self.staff, self.round.id, "第5号", date(2026, 1, 26), "主席团会议同意", self.now()
        )

    # Chair

    def declare_valid(self) -> Round:
        return reconciling.declare_valid(self.store, self.chair, self.round.id, self.now())

    def declare_void(self) -> Round:
        return reconciling.declare_void(self.store, self.chair, self.round.id, "设备故障", self.now())

    def announce(self) -> Round:
        for number in self.enough:
            self.sign(number)
        return announcing.announce(self.store, self.chair, self.round.id, self.now())

    # Scrutineers, by number

    def register_key(self, number: int) -> None:
        sealing.register_key(
            self.store,
            self.scrutineers[number - 1],
            self.round.id,
            trustees.make_public_key(self.secret(number), self.random),
            self.report_key(number).verify_key.encode().hex(),
            self.now(),
        )

    @property
    def enough(self) -> range:
        """The numbers of as many scrutineers as open the box."""
        return range(1, (self.threshold or len(self.scrutineers)) + 1)

    def secret(self, number: int) -> int:
        if self.threshold is not None:
            return common_key.secret(self, number)
        return trustees.secret_from_seed(self.seeds[number - 1])

    def report_key(self, number: int) -> SigningKey:
        seed = f"piaojue-report|{self.seeds[number - 1]}"
        return SigningKey(hashlib.sha256(seed.encode()).digest())

    def decryption(self, number: int) -> bytes:
        closed = self.current()
        assert closed.encrypted_tally is not None
        return tally.partial_decryption(
            self.election(), closed.encrypted_tally, self.secret(number), self.random
        )

    def decrypt(self, number: int) -> Round:
        return counting.submit_decryption(
            self.store, self.scrutineers[number - 1], self.round.id, self.decryption(number), self.now()
        )

    def count(self) -> Round:
        return [self.decrypt(number) for number in self.enough][-1]

    def signature(self, number: int) -> str:
        scrutineer = self.scrutineers[number - 1]
        text = tally_report.report_text(self.store, scrutineer, self.round.id)
        return self.report_key(number).sign(text).signature.hex()

    def sign(self, number: int) -> None:
        counting.sign_report(
            self.store,
            self.scrutineers[number - 1],
            self.round.id,
            self.signature(number),
            self.now(),
        )

    # Deputies, by card from 0

    def uuid(self) -> str:
        return next(iter(self.cards.public))

    def cards_file(self) -> bytes:
        return public_file(self.uuid(), self.cards.public[self.uuid()])

    def ballot(self, card: int, *marks: int) -> bytes:
        """A sealed ballot: `marks` are the candidates chosen, or in an 等额 round approved, or of a test the
        answer to each project, counted from 1."""
        credential = self.cards.credentials[card]
        return ballot_sealing.seal(self.election(), credential, bits(self.rules, marks), self.random)

    def cast(self, card: int, *marks: int) -> Receipt:
        return self.hand_in(self.ballot(card, *marks))

    def hand_in(self, raw: bytes) -> Receipt:
        return casting.cast(self.store, self.session.code, self.round.id, raw, self.signer)

    # Anybody

    def current(self) -> Round:
        with self.store.read() as tx:
            return tx.rounds.get(self.staff, self.round.id)

    def election(self) -> Election:
        return Election.parse(self.current().election or b"")

    def reach(self, state: State) -> Round:
        """Take every step up to `state`; a void round is reached from a closed one."""
        last = "closed" if state == "void" else state
        steps: dict[str, Callable[[], Round]] = {
            "adopted": self.adopt,
            "sealed": self.seal,
            "open": self.open,
            "closed": self.close,
            "reconciled": self.declare_valid,
            "counted": self.count,
            "announced": self.announce,
            "published": self.publish,
        }
        here = self.current().state

        def walk() -> None:
            for after in STATES[STATES.index(here) + 1 : STATES.index(last) + 1]:
                steps[after]()

        self._step(f"from {here} to {last}", walk)
        return self.declare_void() if state == "void" else self.current()

    def audit(self) -> None:
        """Finish the round if it has begun, and let the verifiers judge its whole record."""
        with self.store.read() as tx:
            deleted = self.round.id not in {one.id for one in tx.rounds.listing(self.staff)}
        if deleted or self.current().state in {"drafted", "adopted", "sealed", "void"}:
            return
        self.reach("announced")
        archive = publishing.archive(self.store, self.staff, self.round.id)
        record = publishing.round_json(self.store, self.staff, self.round.id, self.signer)
        verified(archive, record)


def bits(rules: RoundRules, marks: Sequence[int]) -> list[list[int]]:
    """Marks as the seal takes them."""
    if isinstance(rules, Grading):
        return [[int(answer == mark) for answer, _ in enumerate(columns(rules), 1)] for mark in marks]
    return _stances(rules, marks) if rules.ballot == "for_against" else _chosen(rules, marks)


def _chosen(rules: Rules, marks: Sequence[int]) -> list[list[int]]:
    """Bits of a 差额 ballot, the blank first: marking nobody is 弃权."""
    return [[int(not marks), *(int(number in marks) for number in range(1, rules.candidates + 1))]]


def _stances(rules: Rules, marks: Sequence[int]) -> list[list[int]]:
    """Bits of an 等额 ballot: 赞成, 反对, 弃权 for each candidate."""
    return [[1, 0, 0] if number in marks else [0, 1, 0] for number in range(1, rules.candidates + 1)]
