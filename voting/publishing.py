"""公布: what the rules let everybody see, under the 公告's number and as the 主席团 or 主任会议 approved.

Two acts: the chair announces in the hall, the office publishes on the net, and never more than the rules
chose: the list, the list with the votes, or also the record for recounting. The head of the record is
published in any case, so that it can be opened later, and a 回执号 can always be looked up.
"""

from __future__ import annotations

import re
from base64 import b64decode
from datetime import date, datetime

import msgspec
from msgspec import Struct

from ballots.election import Election
from ballots.record import OLDEST, RoundRecord, SignedRecord, record_message
from ballots.tally import Result
from voting.actors import PUBLIC, Actor, NotYet, require
from voting.casting import tracker_from
from voting.cycle import advance, already
from voting.disclosure import Disclosure, PublicRatings, disclose
from voting.errors import VotingError
from voting.handing_out.decks import declared
from voting.paper_ballots.agreeing import few_papers, recorded_paper, signatory
from voting.recording import archive as put_together
from voting.recording import head, sealed_rules
from voting.rounds import (
    Congress,
    Publication,
    Round,
    Session,
    full_title,
    shows_record,
    words_of,
)
from voting.signing import Signer
from voting.store import Store, Transaction
from voting.tally_report import attendance, figures_of, opened_second, signed_report
from voting.text import clean_line

_TRACKER = re.compile(r"[A-Za-z0-9+/]{12,43}")


class KeptBack(VotingError):
    """What the rules of the round do not publish."""

    sentence = "按本轮的办法，票箱记录不对外公布。"


class BoxErased(VotingError):
    """保存期限: what was not published is not kept for ever."""

    sentence = (
        "这一轮不公布的票箱记录已经到保存期限，里面的票已删除，不能再下载、重新计票或者查询回执号。"
        "宣布过的结果不受影响。"
    )


class TrackerUnreadable(VotingError):
    """No 回执号, nor the beginning of one."""

    sentence = "回执号写法不对。请输入完整的回执号（43个字符），或者它开头的至少12个字符。"


class PublicResult(Struct, frozen=True, kw_only=True):
    """A published round as everybody may see it."""

    round: Round
    session: Session
    congress: Congress
    disclosure: Disclosure | PublicRatings
    archive_head: str
    with_archive: bool

    @property
    def session_title(self) -> str:
        """The session's name with its place."""
        return full_title(self.congress, self.session)


def publish(
    store: Store, actor: Actor, round_id: str, number: str, date: date, approval: str, now: datetime
) -> Round:
    """`number` and `date` are those of the 公告, `approval` is how the 主席团 or the 主任会议 agreed.

    Raises TextError, WrongStep, NotFound, Forbidden.
    """
    require(actor, "staff")
    with store.write() as tx:
        announced = tx.rounds.lock(actor, round_id)
        names = words_of(announced, tx.sessions.get(actor, announced.session))
        publication = Publication(
            number=clean_line(number, "公告编号"),
            date=date,
            approval=clean_line(approval, f"{names.presidium}的意见"),
            at=now,
        )
        before = announced.published
        if before is not None and msgspec.structs.replace(publication, at=before.at) == before:
            return announced
        state = advance(announced.state, "publish", announced.kind, announced.method)
        tx.steps.add(actor, announced, "publish", now, note=publication.number)
        return tx.rounds.change(announced, state=state, published=publication)


def public_result(store: Store, round_id: str) -> PublicResult:
    """For the public page. Raises NotYet before 公布, NotFound."""
    with store.read() as tx:
        published = tx.rounds.get(PUBLIC, round_id)
        if published.state != "published":
            raise NotYet("尚未公布。公布以后可以在这里查看。")
        session = tx.sessions.get(PUBLIC, published.session)
        outcome = figures_of(tx, PUBLIC, published).outcome
        return PublicResult(
            round=published,
            session=session,
            congress=tx.sessions.congress(published.congress),
            disclosure=disclose(published.rules, outcome, session.body),
            archive_head=head(tx, published).parent or "",
            with_archive=has_archive(tx, published),
        )


def archive(store: Store, actor: Actor, round_id: str) -> bytes:
    """The whole `.bel` file. Raises NotYet, KeptBack, BoxErased, NotFound."""
    with store.read() as tx:
        finished = _open_record(tx, actor, round_id)
        _refuse_erased(tx, finished)
        return put_together(tx.record.entries(actor, round_id, "Result"), opened_second(finished))


def round_json(store: Store, actor: Actor, round_id: str, signer: Signer) -> bytes:
    """What the archive does not say, signed. Raises NotYet, KeptBack, SigningKeyError, NotFound."""
    with store.read() as tx:
        finished = _open_record(tx, actor, round_id)
        signer.refuse_foreign(Election.parse(finished.election or b""))
        body = msgspec.json.encode(_record(tx, actor, finished))
        return msgspec.json.encode(
            SignedRecord(round=msgspec.Raw(body), signature=signer.sign(record_message(body)))
        )


def find_tracker(store: Store, round_id: str, text: str) -> bool:
    """Whether the ballot of this 回执号, or of this beginning of one, is in the record; nothing about its
    content. Raises TrackerUnreadable, NotYet before closing, BoxErased, NotFound.
    """
    lowest, highest = digests(text)
    with store.read() as tx:
        asked = tx.rounds.get(PUBLIC, round_id)
        if not already(asked.state, "close"):
            raise NotYet("投票截止以后才能查询回执号。")
        _refuse_erased(tx, asked)
        return tx.box.holds(PUBLIC, round_id, lowest, highest)


def digests(text: str) -> tuple[str, str]:
    """The lowest and the highest digest (64 hex digits) whose tracker begins like this.

    Raises TrackerUnreadable.
    """
    tracker = "".join(text.split())
    if not _TRACKER.fullmatch(tracker):
        raise TrackerUnreadable
    lowest, highest = (b64decode(tracker.ljust(43, fill) + "=").hex() for fill in "A/")
    if len(tracker) == 43 and tracker_from(lowest) != tracker:
        raise TrackerUnreadable
    return lowest, highest


def _refuse_erased(tx: Transaction, finished: Round) -> None:
    if tx.keeping.record_of(finished.congress, "archives", finished.id) is not None:
        raise BoxErased


def has_archive(tx: Transaction, published: Round) -> bool:
    """Whether everybody may have the record of the round."""
    by_card = published.method == "electronic" and not few_papers(tx, published)
    return by_card and shows_record(PUBLIC, published, "Result")


def _open_record(tx: Transaction, actor: Actor, round_id: str) -> Round:
    """The round, if the actor may have its whole record. Raises NotYet, KeptBack."""
    finished = tx.rounds.get(actor, round_id)
    if finished.method != "electronic":
        raise KeptBack("这一轮没有用投票卡，没有票箱记录。")
    if actor.role == "public" and few_papers(tx, finished):
        raise KeptBack("收回的纸质票太少，公布票箱记录等于说出用纸质票的人的选择，不对外公布。")
    if shows_record(actor, finished, "Result"):
        return finished
    if finished.state == "published":
        if finished.tells_who:
            raise KeptBack("收回的票太少，公布票箱记录等于说出各人的选择，不对外公布。")
        raise KeptBack
    raise NotYet("票箱记录现在还不能查看。")


def _record(tx: Transaction, actor: Actor, finished: Round) -> RoundRecord:
    figures, cards = figures_of(tx, actor, finished), declared(tx, finished)
    version, report = signed_report(tx, actor, finished)
    everybody = tx.scrutineers.of(actor, finished.id)
    return RoundRecord(
        version=version,
        congress=tx.sessions.congress(finished.congress).name,
        session=tx.sessions.get(actor, finished.session).title,
        title=finished.title,
        uuid=finished.uuid or "",
        fingerprint=finished.fingerprint or "",
        rules=msgspec.Raw(sealed_rules(tx, finished)),
        figures=attendance(figures.counts),
        dead_cards=cards.dead,
        reserve_cards=cards.reserve,
        activated_cards=cards.activated,
        paper=recorded_paper(tx, actor, finished),
        result=msgspec.json.decode(tx.rounds.result(actor, finished.id), type=Result).result,
        outcome=msgspec.Raw(msgspec.json.encode(figures.outcome)),
        report=report.decode(),
        scrutineers=tuple(signatory(one, one.signature) for one in everybody if one.signature is not None),
        all_scrutineers=msgspec.UNSET if version == OLDEST else tuple(one.name for one in everybody),
        closing_head=finished.closing_head or "",
        archive_head=head(tx, finished).parent or "",
    )
