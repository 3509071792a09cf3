"""What a scrutineer's page is told: the keys this person helps to make, the rounds this person watches."""

from collections.abc import Sequence

from msgspec import Struct

from ballots.trustees import check_public_key
from voting import counting, tally_report
from voting.actors import Actor, NotYet
from voting.cycle import State
from voting.paper_ballots.agreeing import paper_text
from voting.rounds import Round, Scrutineer, words_of
from voting.scrutinising import empty_box
from voting.scrutinising.ceremonies import key_in_use, own_member
from voting.scrutinising.keys import Ceremony, Phase
from voting.sealing import own_entry, with_keys
from voting.store import Transaction
from web.access import Visit


class Colleague(Struct, frozen=True, kw_only=True):
    """A scrutineer in the making of a key: whether the page has done what is due, and compared the code."""

    name: str
    ready: bool
    compared: bool
    restored: bool


class KeyInMaking(Struct, frozen=True, kw_only=True):
    """A key that scrutineers make together. `certificate` is the own one (JSON text), once it is there."""

    id: str
    number: int
    threshold: int
    phase: Phase
    colleagues: list[Colleague]
    certificate: str | None
    dealt: bool
    received: bool
    compared: bool


class Confirmation(Struct, frozen=True, kw_only=True):
    """Scrutineer `number` has compared the head of the closed box: a proof as JSON text."""

    number: int
    signature: str


class EmptyBox(Struct, frozen=True, kw_only=True):
    """What lies in the sealed box before the voting begins."""

    ballots: int
    confirmed: bool


class PaperSheet(Struct, frozen=True, kw_only=True):
    """What the tellers agreed on, and whether this scrutineer has signed it."""

    text: str
    signed: bool


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
    ceremony: str | None
    """The key that the scrutineers make together; None: each has an own one."""
    needed: int
    """How many scrutineers open the box."""
    key_registered: bool
    public_key: str | None
    election: str | None
    trustees: str | None
    closing_head: str | None
    ballots: int | None
    """In the box."""
    returned: int | None
    """In the box and on paper, as the hall's screen says."""
    decrypted: bool
    opened: int
    """How many scrutineers have opened so far."""
    stuck: bool
    """As many have opened as are needed, and the sum did not open."""
    confirmations: list[Confirmation]
    empty: EmptyBox | None
    """For the 总监票人, from sealing to opening."""
    paper: PaperSheet | None
    report: str | None
    signed: bool


class Overview(Struct, frozen=True, kw_only=True):
    """Who this is, and the keys and rounds that list this name under this number."""

    name: str
    number: int
    ceremonies: list[KeyInMaking]
    rounds: list[Duty]


def overview_of(visit: Visit) -> Overview:
    """Everything the page shows."""
    actor, session = visit.actor, visit.actor.session or ""
    with visit.house.store.read() as tx:
        rounds = [one for one in tx.rounds.of_session(actor, session) if one.method == "electronic"]
        keys = {one.id: key_in_use(tx, actor, one) for one in rounds}
        duties = [_duty(visit, tx, one, keys[one.id]) for one in rounds]
        making = tx.ceremonies.of_session(actor, session)
    used = {key.id for key in keys.values() if key is not None}
    return Overview(
        name=actor.name,
        number=actor.scrutineer or 0,
        ceremonies=[_key(actor, one) for one in _shown(making, used)],
        rounds=duties,
    )


def _shown(newest_first: Sequence[Ceremony], used: set[str]) -> list[Ceremony]:
    """Keys that rounds wait for or were sealed with, and the newest."""
    return [one for at, one in enumerate(newest_first) if at == 0 or one.id in used]


def _key(actor: Actor, one: Ceremony) -> KeyInMaking:
    own, late = own_member(actor, one), set(one.waiting_for)
    return KeyInMaking(
        id=one.id,
        number=own.number,
        threshold=one.threshold,
        phase=one.phase,
        colleagues=[
            Colleague(
                name=other.name,
                ready=other.name not in late,
                compared=other.compared_at is not None,
                restored=other.restored_at is not None,
            )
            for other in one.members
        ],
        certificate=_text(own.certificate),
        dealt=own.deal is not None,
        received=own.share is not None,
        compared=own.compared_at is not None,
    )


def _duty(visit: Visit, tx: Transaction, one: Round, made: Ceremony | None) -> Duty:
    everybody = with_keys(tx.scrutineers.of(visit.actor, one.id), made)
    own = own_entry(visit.actor, everybody)
    names = words_of(one, tx.sessions.get(visit.actor, one.session))
    return Duty(
        id=one.id,
        title=one.title,
        act=names.act,
        presider=names.presider,
        state=one.state,
        uuid=one.uuid,
        ceremony=made.id if made else None,
        needed=counting.needed(one, everybody),
        key_registered=own.public_key is not None,
        public_key=check_public_key(own.public_key).public_key if own.public_key else None,
        election=_text(one.election),
        trustees=_text(one.trustees),
        closing_head=one.closing_head,
        ballots=one.returned if one.boxed is None else one.boxed,
        returned=one.returned,
        decrypted=own.decrypted,
        opened=sum(other.decrypted for other in everybody),
        stuck=counting.is_stuck(one, everybody),
        confirmations=_confirmations(everybody),
        empty=_empty(visit, tx, one, own),
        paper=_paper(visit, tx, one, own),
        report=_report(visit, tx, one),
        signed=own.signature is not None,
    )


def _confirmations(everybody: Sequence[Scrutineer]) -> list[Confirmation]:
    given = [(one.number, one.confirmation) for one in everybody]
    return [Confirmation(number=number, signature=raw.decode()) for number, raw in given if raw is not None]


def _empty(visit: Visit, tx: Transaction, one: Round, own: Scrutineer) -> EmptyBox | None:
    if one.state != "sealed" or not own.chief:
        return None
    done = any(step.step == empty_box.STEP for step in tx.steps.of(visit.actor, one.id))
    return EmptyBox(ballots=empty_box.ballots_in(tx, visit.actor, one), confirmed=done)


def _paper(visit: Visit, tx: Transaction, one: Round, own: Scrutineer) -> PaperSheet | None:
    text = paper_text(tx, visit.actor, one) if one.state == "closed" else None
    if text is None:
        return None
    signed = any(given.number == own.number for given in tx.paper.signatures(visit.actor, one.id))
    return PaperSheet(text=text, signed=signed)


def _report(visit: Visit, tx: Transaction, one: Round) -> str | None:
    try:
        return tally_report.report_of(tx, visit.actor, one).decode()
    except NotYet:
        return None


def _text(raw: bytes | None) -> str | None:
    return None if raw is None else raw.decode()
