"""草拟: a session, its rounds, what is voted on and by which rules, until the plenary has adopted them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from msgspec.structs import replace

from ballots.credentials import base58
from ballots.group import Random
from voting import retesting
from voting.actors import Actor, require
from voting.counts import MOST_PEOPLE
from voting.cycle import Method, advance, already
from voting.errors import VotingError
from voting.grading import Grading
from voting.handing_out.decks import without_cards
from voting.outcome import Outcome
from voting.rounds import Candidate, Congress, Level, Relation, Round, Session, relation_name, words_of
from voting.rules import RoundRules, Rules, check_rules, kind_of
from voting.runoff import runoff_candidates, runoff_rules, supplementary_candidates, supplementary_rules
from voting.scrutinising.ceremonies import key_of_round, refuse_conflicts
from voting.scrutinising.keys import appointed
from voting.settling.deciding import decided_again
from voting.store import Store, Transaction
from voting.tally_report import figures_of
from voting.text import LINE_LENGTH, clean_line, clean_prose
from voting.wording import Body, Words, words_for


class DraftError(VotingError):
    """A round or a session that cannot be held as it was entered."""

    sentence = "录入的内容需要修改。请修改后重试。"


class TitleTaken(DraftError):
    """Two rounds of a session must be told apart on every paper."""

    sentence = "本次会议已经有同名的一轮。请换一个名称。"


class AlreadyAdopted(DraftError):
    """Rules and candidates that the plenary has passed."""

    sentence = "会议已经通过办法，不能再修改。确需修改的，请另建一轮并重新通过。"


class NoFollowUp(DraftError):
    """A round after which this kind of further round is not held."""

    sentence = "按办法，这一轮之后不能另开一轮。"


class NoCommittee(DraftError):
    """A town has no standing committee (地方组织法): its 主席团 prepares and supervises."""

    sentence = "乡镇人大没有常委会，不能建常委会会议。请改为人民代表大会会议。"


def create_congress(store: Store, actor: Actor, name: str, level: Level) -> Congress:
    """One body of the installation; the installation's own command makes it. Raises TextError, Forbidden."""
    require(actor, "system")
    new = Congress(id=uuid4().hex, name=clean_line(name, "人大名称"), level=level)
    with store.write() as tx:
        tx.sessions.add_congress(new)
    return new


def create_session(
    store: Store, actor: Actor, title: str, all_deputies: int, random: Random, body: Body = "congress"
) -> Session:
    """A session of the congress, or of its committee: then `all_deputies` are 全体组成人员.

    Raises TextError, DraftError, NoCommittee, Forbidden.
    """
    require(actor, "staff", "system")
    if not 1 <= all_deputies <= MOST_PEOPLE:
        everybody = words_for("decision", body).all_members
        raise DraftError(f"{everybody}人数应在 1 至 {MOST_PEOPLE:,} 之间。请核对。")
    name = clean_line(title, "会议名称")
    with store.write() as tx:
        congress = tx.sessions.congress(actor.congress)
        if body == "committee" and congress.level == "town":
            raise NoCommittee
        code = base58(8, random)
        while tx.sessions.is_taken(code):
            code = base58(8, random)
        new = Session(
            id=uuid4().hex,
            congress=actor.congress,
            code=code,
            title=name,
            all_deputies=all_deputies,
            body=body,
        )
        tx.sessions.add(new)
    return new


def create_round(  # noqa: PLR0913, PLR0917 - one argument for each fact of a round
    store: Store,
    actor: Actor,
    session_id: str,
    title: str,
    rules: RoundRules,
    candidates: Sequence[Candidate],
    now: datetime,
    method: Method = "electronic",
) -> Round:
    """A draft. Entering the same once more gives the round that is there.

    Raises RulesError, TextError, DraftError, TitleTaken, NotFound, Forbidden.
    """
    with store.write() as tx:
        return add_round(tx, actor, session_id, title, rules, candidates, now, method=method)


def add_round(  # noqa: PLR0913, PLR0917 - a round, and the one it comes after
    tx: Transaction,
    actor: Actor,
    session_id: str,
    title: str,
    rules: RoundRules,
    candidates: Sequence[Candidate],
    now: datetime,
    previous: str | None = None,
    relation: Relation | None = None,
    method: Method = "electronic",
) -> Round:
    """As `create_round`, within a transaction that does more.

    A 再测评 (`relation` "retest") is of some of the projects of the round `previous`, which may have been
    held in another session; all other further rounds are made by `follow_up`. Raises also NoRetest.
    """
    require(actor, "staff")
    new = Round(
        id=uuid4().hex,
        congress=actor.congress,
        session=session_id,
        title=clean_line(title, f"{words_for(kind_of(rules)).act}名称"),
        state="drafted",
        rules=rules,
        candidates=checked(rules, candidates),
        drafted_at=now,
        previous=previous,
        relation=relation,
        method=method,
    )
    if previous is not None or relation is not None:
        new = replace(new, previous=retesting.follows(tx, actor, new))
    return _add(tx, actor, new, now)


def change_round(  # noqa: PLR0913, PLR0917 - one argument for each fact of a round
    store: Store,
    actor: Actor,
    round_id: str,
    title: str,
    rules: RoundRules,
    candidates: Sequence[Candidate],
    now: datetime,
    method: Method | None = None,
) -> Round:
    """Until the plenary has adopted the rules; without a `method` it stays as it is.

    Raises as `create_round`, and AlreadyAdopted.
    """
    require(actor, "staff")
    fields: dict[str, object] = {
        "title": clean_line(title, f"{words_for(kind_of(rules)).act}名称"),
        "rules": rules,
        "candidates": checked(rules, candidates),
    }
    if method is not None:
        fields["method"] = method
    with store.write() as tx:
        draft = tx.rounds.lock(actor, round_id)
        if draft.state != "drafted":
            raise AlreadyAdopted
        if replace(draft, **fields) == draft:
            return draft
        tx.sessions.lock(actor, draft.session)
        taken = tx.rounds.titled(actor, draft.session, str(fields["title"]))
        if taken is not None and taken.id != draft.id:
            raise TitleTaken
        tx.steps.add(actor, draft, "change", now)
        if method not in {None, "electronic"}:
            draft = without_cards(tx, draft)
        return tx.rounds.change(draft, **fields)


def follow_up(
    store: Store,
    actor: Actor,
    round_id: str,
    relation: Relation,
    now: datetime,
    method: Method | None = None,
) -> Round:
    """再次票决, 另行票决, or after 票决无效 重新票决: a draft made from the round before, once.

    It is held like that one, unless `method` says otherwise.

    Raises NoFollowUp, NotFound, Forbidden.
    """
    require(actor, "staff")
    with store.write() as tx:
        return follow(tx, actor, tx.rounds.lock(actor, round_id), relation, now, method)


def follow(
    tx: Transaction,
    actor: Actor,
    before: Round,
    relation: Relation,
    now: datetime,
    method: Method | None = None,
) -> Round:
    """As `follow_up`, within a transaction that does more; `before` is locked."""
    made = tx.rounds.following(actor, before.id, relation)
    if made is not None:
        return made
    rules, numbers = _continued(tx, actor, before, relation)
    chosen = [before.candidates[number - 1] for number in numbers]
    new = Round(
        id=uuid4().hex,
        congress=before.congress,
        session=before.session,
        title=_continued_title(before, relation),
        state="drafted",
        rules=rules,
        candidates=checked(rules, chosen),
        drafted_at=now,
        previous=before.id,
        relation=relation,
        method=method or before.method,
    )
    held = _add(tx, actor, new, now)
    if relation == "repeat":
        tx.rated.copy(before, held)
    return held


def adopt(
    store: Store,
    actor: Actor,
    round_id: str,
    names: Sequence[str],
    now: datetime,
    threshold: int | None = None,
) -> Round:
    """The plenary has passed the rules and the scrutineers, the 总监票人 first.

    With a `threshold` smaller than their number that many open the box, with the key that exactly these have
    made together beforehand, or else make now; otherwise each makes an own key and all are needed.
    Raises TextError, AppointmentError, WrongStep, NotFound, Forbidden.
    """
    require(actor, "staff")
    people = appointed(names)
    with store.write() as tx:
        draft = tx.rounds.lock(actor, round_id)
        if already(draft.state, "adopt"):
            before = tuple(one.name for one in tx.scrutineers.of(actor, round_id))
            if (before, draft.threshold or len(before)) == (people, threshold or len(people)):
                return draft
        state = advance(draft.state, "adopt", draft.kind)
        refuse_conflicts(tx, actor, draft.session, people)
        boxed = draft.method == "electronic"  # on paper there is no box to open
        key = key_of_round(tx, actor, draft, people, threshold, now) if boxed else None
        tx.scrutineers.appoint(draft, people)
        tx.steps.add(actor, draft, "adopt", now, note="、".join(people))
        if key is None:
            return tx.rounds.change(draft, state=state)
        return tx.rounds.change(draft, state=state, ceremony=key.id, threshold=key.threshold)


def checked(rules: RoundRules, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Candidates as they will stand on the ballot. Raises RulesError, TextError, DraftError."""
    check_rules(rules)
    words = words_for(kind_of(rules))
    many = rules.projects if isinstance(rules, Grading) else rules.candidates
    if len(candidates) != many:
        raise DraftError(
            f"{words.rules}写的是{words.candidate}{many}件，录入的是{len(candidates)}件。请核对。"
        )
    cleaned = tuple(_cleaned(number, one, words) for number, one in enumerate(candidates, start=1))
    seen: dict[str, int] = {}
    for one in cleaned:
        same = seen.setdefault("".join(one.title.split()), one.number)
        if same != one.number:
            raise DraftError(f"第{same}件和第{one.number}件{words.candidate}的名称相同。请核对。")
    return cleaned


def _cleaned(number: int, one: Candidate, words: Words) -> Candidate:
    where = f"第{number}件{words.candidate}的"
    return Candidate(
        number=number,
        title=clean_line(one.title, f"{where}名称"),
        content=clean_prose(one.content, f"{where}内容"),
        place=clean_prose(one.place, f"{where}地点"),
        cost=clean_prose(one.cost, f"{where}投资"),
        unit=clean_prose(one.unit, f"{where}责任单位"),
        deadline=clean_prose(one.deadline, f"{where}完成时限"),
    )


def _add(tx: Transaction, actor: Actor, new: Round, now: datetime) -> Round:
    tx.sessions.lock(actor, new.session)
    same = tx.rounds.titled(actor, new.session, new.title)
    if same is not None:
        drawn = (new.rules, new.candidates, new.method)
        if same.state == "drafted" and (same.rules, same.candidates, same.method) == drawn:
            return same
        raise TitleTaken
    tx.rounds.add(new)
    tx.steps.add(actor, new, "draft", now)
    return new


def _continued(
    tx: Transaction, actor: Actor, before: Round, relation: Relation
) -> tuple[RoundRules, tuple[int, ...]]:
    """Rules of the next round, and the numbers its candidates had in the one before."""
    if relation == "repeat":
        return _repeated(tx, actor, before)
    if before.state not in {"announced", "published"}:
        raise NoFollowUp("结果还没有宣布，不能另开一轮。请在宣布结果之后再建。")
    outcome = figures_of(tx, actor, before).outcome
    if isinstance(before.rules, Grading) or not isinstance(outcome, Outcome) or relation == "retest":
        raise NoFollowUp("满意度测评之后没有再次票决和另行票决。整改以后再测评的，请另建一轮再测评。")
    _demand_open(tx, before)
    decided = decided_again(tx, before)
    if relation == "runoff":
        return _runoff(before.rules, outcome, decided=decided)
    return _supplementary(before.rules, outcome, decided=decided)


def _repeated(tx: Transaction, actor: Actor, before: Round) -> tuple[RoundRules, tuple[int, ...]]:
    words = words_of(before)
    if before.trial:
        raise NoFollowUp("试投不计票，不用重新投。需要时请另行开始一次试投。")
    if before.state != "void" and not _came_to_nothing(tx, actor, before):
        raise NoFollowUp(f"只有{words.void}的，才{words.again}。")
    retest = tx.rounds.following(actor, before.id, "retest")
    if retest is not None:
        raise NoFollowUp(f"这一轮之后已经有再测评“{retest.title}”，不必再{words.again}。")
    return before.rules, tuple(one.number for one in before.candidates)


def _demand_open(tx: Transaction, before: Round) -> None:
    """Raises NoFollowUp if it was decided that there is no other ballot."""
    resolution = tx.resolutions.of(before)
    if resolution is not None and resolution.way != "another_round":
        raise NoFollowUp(f"{resolution.by}已经登记了对未定名额的决定，不再另开一轮。登记有误的，请先撤回。")


def _came_to_nothing(tx: Transaction, actor: Actor, before: Round) -> bool:
    """Whether the announced count itself made the vote void."""
    if before.state not in {"announced", "published"}:
        return False
    return figures_of(tx, actor, before).outcome.status == "void"


def _runoff(rules: Rules, outcome: Outcome, *, decided: bool) -> tuple[Rules, tuple[int, ...]]:
    if not outcome.tied or (outcome.next_step != "runoff" and not decided):
        raise NoFollowUp("没有因得票相同而需要再次票决的项目。")
    return runoff_rules(rules, outcome), runoff_candidates(outcome)


def _supplementary(rules: Rules, outcome: Outcome, *, decided: bool) -> tuple[Rules, tuple[int, ...]]:
    """There are as many more candidates than places as before: 差额 stays 差额, 等额 stays 等额."""
    if not outcome.vacancies or outcome.next_step == "vacant":
        raise NoFollowUp("应选项目没有缺额，或者按票决办法缺额不补，不能另行票决。")
    if outcome.next_step == "presidium" and not decided:
        raise NoFollowUp("是否另行票决由主席团决定。请先登记主席团的决定，再新建另行票决。")
    return supplementary_rules(rules, outcome), supplementary_candidates(outcome)


def _continued_title(before: Round, relation: Relation) -> str:
    suffix = f"（{relation_name(relation, before.kind)}）"
    return before.title[: LINE_LENGTH - len(suffix)] + suffix
