"""What the service knows of a round and its surroundings: frozen facts that cross the store's line.

An update is a new struct (`msgspec.structs.replace`) handed back to the store inside the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct

from ballots.archive import EventType
from ballots.report import session_title
from voting.actors import Actor, Role
from voting.cycle import Method, State
from voting.grading import FEWEST_RETURNED, Grading, columns
from voting.rules import RoundRules, kind_of
from voting.text import Line, Prose
from voting.wording import Body, Kind, Words, words_for

Level = Literal["county", "town"]
Relation = Literal["runoff", "supplementary", "repeat", "retest"]
"""再次票决 after a tie, 另行票决 after a shortfall, 重新票决 after a void round, 再测评 of projects that were
put right: the new round names the old."""


class Congress(Struct, frozen=True, kw_only=True):
    """人大: one body, county or town."""

    id: str
    name: Line
    level: Level


class Session(Struct, frozen=True, kw_only=True):
    """次会议; `code` (8 Base58 characters) stands in the cards' address, `all_deputies` is 应到.

    Of a committee's session (常委会会议) all the deputies are its members, 全体组成人员.
    """

    id: str
    congress: str
    code: str
    title: Line
    all_deputies: int
    body: Body = "congress"


def full_title(congress: Congress, session: Session) -> str:
    """The session's name on papers, with its place once: 示例县第十八届人民代表大会第二次会议."""
    return session_title(congress.name, session.title)


class Candidate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """候选项目 or 测评项目: what the deputies read when they unfold it. `number` is the printed order from 1;
    `unit` is the body that is responsible."""

    number: int
    title: Line
    content: Prose = ""
    place: Prose = ""
    cost: Prose = ""
    unit: Prose = ""
    deadline: Prose = ""


class Publication(Struct, frozen=True, kw_only=True):
    """公布: the 公告's number and date, the 主席团's approval, and when it was put on the net."""

    number: Line
    date: date
    approval: Line
    at: datetime


class Round(Struct, frozen=True, kw_only=True):
    """票决（轮）, from its rules to its announcement; None means: not yet there at this state.

    The counts are not in here: `tally_report.figures` gives them to whom they may be given.
    """

    id: str
    congress: str
    session: str
    title: Line
    state: State
    rules: RoundRules
    candidates: tuple[Candidate, ...]
    drafted_at: datetime
    previous: str | None = None
    relation: Relation | None = None
    method: Method = "electronic"
    trial: bool = False
    """试投: its ballots are discarded at closing, and nobody has a key to them."""
    plenary: str | None = None
    """The 全体会议 in which it is opened; None where nobody was checked in by this service."""
    deck: str | None = None
    """The cards of a whole plenary from which `uuid` and `credentials` were taken."""
    ceremony: str | None = None
    """The k-of-n key of the scrutineers; None: each has an own key, and all are needed."""
    threshold: int | None = None
    """How many scrutineers open the box; None before adoption, and where all are needed."""
    uuid: str | None = None
    """Comes with the cards' file; once sealed it is never used again."""
    credentials: bytes | None = None
    """`public_credentials` of the archive: JSON, sorted by value; fixed at opening."""
    trustees: bytes | None = None
    election: bytes | None = None
    fingerprint: str | None = None
    present: int | None = None
    issued: int | None = None
    opened_at: datetime | None = None
    paper: int = 0
    """Paper ballots handed out, among `issued`."""
    boxed: int | None = None
    """Electronic ballots in the box at closing."""
    returned: int | None = None
    """收回: those in the box and, once the tellers agree, those on paper."""
    closing_head: str | None = None
    """封箱码: hash of the EncryptedTally event, 64 hex digits; shown in the hall before anybody decrypts."""
    encrypted_tally: bytes | None = None
    void_reason: str | None = None
    published: Publication | None = None

    @property
    def kind(self) -> Kind:
        """Whether projects are chosen or rated."""
        return kind_of(self.rules)

    @property
    def tells_who(self) -> bool:
        """Whether so few rated that the figures would tell who chose what."""
        return self.kind == "satisfaction" and (self.returned or 0) < FEWEST_RETURNED


def relation_name(relation: Relation, kind: Kind = "decision") -> str:
    """What a further round is called."""
    return {
        "runoff": "再次票决",
        "supplementary": "另行票决",
        "repeat": words_for(kind).again,
        "retest": "再测评",
    }[relation]


def words_of(of: Round, session: Session | None = None) -> Words:
    """What things are called in this round; `session` says whether it is deputies who vote."""
    return words_for(of.kind, session.body if session else "congress")


def choices(of: Round) -> tuple[str, ...]:
    """What is offered for each candidate where one answers for each; nothing for `select_k`."""
    if isinstance(of.rules, Grading):
        return columns(of.rules)
    return ("赞成", "反对", "弃权") if of.rules.ballot == "for_against" else ()


class Scrutineer(Struct, frozen=True, kw_only=True):
    """监票人 of one round; number 1 is the 总监票人. Keys and signature are None until given."""

    congress: str
    round: str
    number: int
    name: Line
    chief: bool
    public_key: bytes | None = None
    signing_key: str | None = None
    decrypted: bool = False
    signature: str | None = None
    endorsement: bytes | None = None
    """The scrutineer's key in the archive vouches for `signing_key`: a proof (JSON); None for Single keys."""
    confirmation: bytes | None = None
    """A proof (JSON) by that key: the head of the closed box is the one this scrutineer compared."""


class Receipt(Struct, frozen=True, kw_only=True):
    """What a deputy gets: φ, the 回执号, and the installation's signature over both."""

    fingerprint: str
    tracker: str
    signature: str


class StepRecord(Struct, frozen=True, kw_only=True):
    """Who did what and when. `round` is None for steps of the congress itself (a link, a session)."""

    congress: str
    round: str | None
    step: str
    at: datetime
    role: Role
    name: str
    link: str | None
    note: str = ""


class Link(Struct, frozen=True, kw_only=True):
    """A personal way in, without its token. `session` is None for staff; `scrutineer` is a number."""

    id: str
    congress: str
    role: Role
    name: Line
    session: str | None
    scrutineer: int | None
    expires: datetime
    issued_by: Line
    revoked_at: datetime | None


ANNOUNCED: Final = frozenset({"announced", "published"})
"""States in which everybody may have the counts."""


def shows_figures(actor: Actor, counted: Round, scrutineers: tuple[Scrutineer, ...]) -> bool:
    """Whether the counts may be given to this actor now.

    First to the scrutineers; once enough of them have signed, to the presiding chair and the operator; after
    宣布 to everybody. Nobody else sees them earlier, in whatever form.
    """
    if counted.state in ANNOUNCED:
        return True
    if counted.state != "counted":
        return False
    if actor.role == "scrutineer" or (actor.role == "teller" and counted.method != "electronic"):
        return True  # two tellers have counted what is on paper, and know it
    return actor.role in {"chair", "operator"} and enough_signatures(counted, scrutineers)


def enough_signatures(counted: Round, scrutineers: Sequence[Scrutineer]) -> bool:
    """Whether as many have signed the report as have to."""
    return sum(one.signature is not None for one in scrutineers) >= needed(counted, len(scrutineers))


def needed(of: Round, scrutineers: int) -> int:
    """How many of so many scrutineers open the box and sign the report: `threshold` of them, or all.

    On paper, where no device of theirs is needed, more than half sign: one who has left holds nobody up.
    """
    if of.threshold is not None:
        return of.threshold
    return scrutineers if of.method == "electronic" else scrutineers // 2 + 1


def shows_record(actor: Actor, recorded: Round, last: EventType) -> bool:
    """Whether the actor may have the record up to the event `last`.

    As far as the encrypted sum: the scrutineers, once the round is closed, to check it before they decrypt.
    The whole: everybody with a role after 宣布; the public after 公布, if the rules publish it.
    """
    if recorded.method != "electronic":
        return False
    if actor.role == "public":
        published = recorded.state == "published" and recorded.rules.publish == "with_archive"
        return published and not recorded.tells_who
    if recorded.state in {"announced", "published"}:
        return True
    closed = recorded.state in {"closed", "reconciled", "counted"}
    return actor.role == "scrutineer" and closed and last == "EncryptedTally"
