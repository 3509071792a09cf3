"""交办: the letter that hands a year's chosen projects to the government, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import asdict, replace

from voting.actors import Actor, NotFound
from voting.days import today
from voting.delivering.letters import Letter, check_letter, proposed, title_of
from voting.delivering.overviews import promise_of
from voting.delivering.projects import Handover, Project, ProjectError, ProjectStep
from voting.duties import demand
from voting.rounds import Candidate, Congress, full_title
from voting.store import Store, Transaction
from voting.store.visible import is_id


class Matter(Struct, frozen=True, kw_only=True):
    """What a letter is about: those it would hand over, and the text proposed for it."""

    congress: Congress
    year: int
    projects: tuple[Project, ...]
    letter: Letter


class Handed(Struct, frozen=True, kw_only=True):
    """A letter and what it handed over: `promised` as it was voted on."""

    congress: Congress
    handover: Handover
    projects: tuple[Project, ...]
    promised: tuple[Candidate, ...]
    changeable: bool


def matter(store: Store, actor: Actor, year: int, now: datetime) -> Matter:
    """What waits for a letter. Raises Forbidden."""
    demand(actor, "hand_over")
    with store.read() as tx:
        congress = tx.sessions.congress(actor.congress)
        projects = _waiting(tx, actor, year)
        session = _session_title(tx, actor, congress, projects)
        letter = proposed(congress, session, year, projects, today(now))
        return Matter(congress=congress, year=year, projects=projects, letter=letter)


def handed(store: Store, actor: Actor, handover_id: str) -> Handed:
    """For whoever reads projects. Raises NotFound, Forbidden."""
    demand(actor, "read_projects")
    with store.read() as tx:
        found = tx.projects.handover(actor, handover_id)
        projects = _of(tx, actor, found)
        return Handed(
            congress=tx.sessions.congress(found.congress),
            handover=found,
            projects=projects,
            promised=tuple(promise_of(tx, one) for one in projects),
            changeable=all(one.state == "handed" for one in projects),
        )


def hand_over(
    store: Store,
    actor: Actor,
    handover_id: str,
    year: int,
    letter: Letter,
    now: datetime,
    listed: Sequence[str] | None = None,
) -> Handover:
    """All projects of the year that wait for it; the same form sent twice makes one letter.

    `listed` are the projects that the writer saw below the text: if others wait by now, nothing goes out.
    Raises ProjectError, ProjectStep, PlanError, TextError, NotFound, Forbidden.
    """
    demand(actor, "hand_over")
    checked = _checked(letter, now)
    if not is_id(handover_id):
        raise ProjectStep("页面已经过期。请重新打开“交办”再填写。")
    with store.write() as tx:
        tx.projects.alone(actor.congress)
        made = _made(tx, actor, handover_id)
        if made is not None:
            return made
        projects = _waiting(tx, actor, year)
        if not projects:
            raise ProjectStep(f"{year}年没有等待交办的项目。请先把票决结果转为项目，或者录入项目。")
        if listed is not None and [one.id for one in projects] != list(listed):
            raise ProjectError(
                "等待交办的项目刚才有变动，交办函没有发出。请核对下面的清单和正文，再点“交办”。"
            )
        _demand_free_number(tx, actor, year, checked.number, "")
        new = Handover(
            id=handover_id,
            congress=actor.congress,
            year=year,
            by=actor.name,
            at=now,
            round=next((one.round for one in projects if one.round), None),
            **asdict(checked),
        )
        tx.projects.add_handover(new)
        for one in projects:
            tx.projects.change(one, state="handed", handover=new.id)
        tx.audit.add(actor, "hand_over", now, "handover", new.id, after=_said(checked, projects))
        _tell_office(tx, actor, new, len(projects), now)
        return new


def change_letter(store: Store, actor: Actor, handover_id: str, letter: Letter, now: datetime) -> Handover:
    """Number, date or text, until a plan of its projects is published. Raises as `hand_over`."""
    demand(actor, "hand_over")
    checked = _checked(letter, now)
    with store.write() as tx:
        tx.projects.alone(actor.congress)
        before = tx.projects.handover(actor, handover_id)
        _demand_unplanned(_of(tx, actor, before))
        _demand_free_number(tx, actor, before.year, checked.number, before.id)
        after = replace(before, **asdict(checked))
        changed = {name: value for name, value in asdict(checked).items() if asdict(before)[name] != value}
        if not changed:
            return before
        old = {name: asdict(before)[name] for name in changed}
        tx.audit.add(
            actor, "change_letter", now, "handover", before.id, before=_plain(old), after=_plain(changed)
        )
        tx.projects.change_handover(before, **changed)
        return after


def take_back(store: Store, actor: Actor, handover_id: str, now: datetime) -> None:
    """As if it had not been sent: its projects wait for a letter again; taken back twice is once.

    Raises ProjectStep, NotFound, Forbidden.
    """
    demand(actor, "hand_over")
    with store.write() as tx:
        tx.projects.alone(actor.congress)
        letter = tx.projects.handover(actor, handover_id)
        projects = _of(tx, actor, letter)
        _demand_unplanned(projects)
        for one in projects:
            tx.projects.change(one, state="chosen", handover=None)
        tx.audit.add(actor, "take_back_letter", now, "handover", letter.id, before={"number": letter.number})
        tx.projects.drop_handover(letter)


def letters_of(tx: Transaction, actor: Actor, year: int) -> tuple[Handover, ...]:
    """Of the actor's congress."""
    return tx.projects.handovers(actor, actor.congress, year)


def _waiting(tx: Transaction, actor: Actor, year: int) -> tuple[Project, ...]:
    return tuple(one for one in tx.projects.of_year(actor, actor.congress, year) if one.state == "chosen")


def _of(tx: Transaction, actor: Actor, letter: Handover) -> tuple[Project, ...]:
    return tuple(
        one for one in tx.projects.of_year(actor, letter.congress, letter.year) if one.handover == letter.id
    )


def _session_title(tx: Transaction, actor: Actor, congress: Congress, projects: tuple[Project, ...]) -> str:
    """Of the round that chose them; empty where none here did."""
    chosen_in = next((one.round for one in projects if one.round), None)
    if chosen_in is None:
        return ""
    of = tx.rounds.get(actor, chosen_in)
    return full_title(congress, tx.sessions.get(actor, of.session))


def _checked(letter: Letter, now: datetime) -> Letter:
    checked = check_letter(letter)
    if not date(2000, 1, 1) <= checked.day <= today(now):
        raise ProjectError("交办函的日期不能晚于今天，也不能早于2000年。请核对日期。")
    return checked


def _made(tx: Transaction, actor: Actor, handover_id: str) -> Handover | None:
    try:
        return tx.projects.handover(actor, handover_id)
    except NotFound:
        return None


def _demand_free_number(tx: Transaction, actor: Actor, year: int, number: str, own: str) -> None:
    if any(one.number == number and one.id != own for one in letters_of(tx, actor, year)):
        raise ProjectError(f"文号“{number}”已经用过。请核对文号。")


def _demand_unplanned(projects: tuple[Project, ...]) -> None:
    for one in projects:
        if one.state != "handed":
            raise ProjectStep(
                f"“{one.title}”的实施方案已经公布，交办函不能再修改或者撤回。确需调整的，请办理项目调整。"
            )


def _said(letter: Letter, projects: tuple[Project, ...]) -> dict[str, object]:
    return {**_plain(asdict(letter)), "listed": [f"{one.number} {one.title}" for one in projects]}


def _plain(fields: dict[str, object]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}


def _tell_office(tx: Transaction, actor: Actor, letter: Handover, number: int, now: datetime) -> None:
    """Whoever assigns the units; in a town whoever sent it does."""
    if actor.town:
        return
    tx.notices.add(
        letter.congress,
        kind="handed_over",
        text=f"收到{title_of(letter.year)}：{number}件项目，请逐项制定实施方案",
        path=f"/projects?year={letter.year}",
        about=letter.id,
        due=None,
        at=now,
        role="government_office",
    )
