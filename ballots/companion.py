"""Checks 24 to 30 and 32: what `round.json` says must be what the archive beside it says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple, TypeVar

import msgspec

from ballots.checks import Refused, checking, demand
from ballots.election import Election, Question, read_description
from ballots.encoding import sha256_hex
from ballots.record import (
    PaperRecord,
    RoundRecord,
    Signatory,
    check_signature,
    endorsement_text,
    paper_code,
    read_record,
    record_message,
)
from ballots.report import MEMBERS, OutcomeHead, RatingsHead, Report, report_text, session_title
from ballots.tally import is_enough, possible_counts
from ballots.trustees import Trustees
from ballots.trustees import check_signature as check_protocol_signature

PLACE = "round.json"
STANCES = ("赞成", "反对", "弃权")
T = TypeVar("T")
NO_PAPER = PaperRecord(issued=0, returned=0, invalid=0, rows=(), text="", scrutineers=())


class Facts(NamedTuple):
    """What the archive says."""

    election: Election
    trustees: Trustees
    listed: frozenset[str]
    used: frozenset[str]
    ballots: int
    result: tuple[tuple[int, ...], ...]
    closing_head: str
    head: str


class FormHead(msgspec.Struct, frozen=True, kw_only=True):
    """What kind of ballot the rules call for."""

    ballot: str


class RuleHead(msgspec.Struct, frozen=True, kw_only=True):
    """As much of the rules of a vote as the ballot paper shows; the rest is `voting`'s."""

    ballot: str
    candidates: int
    places: int
    most_for: bool = False


class GradingHead(msgspec.Struct, frozen=True, kw_only=True):
    """As much of the rules of a satisfaction test as the ballot paper shows."""

    projects: int
    levels: tuple[str, ...]
    unknown: bool


Paper = RuleHead | GradingHead


def check_companion(raw: bytes, facts: Facts) -> None:
    """All eight checks, in order. Raises Refused."""
    with checking(24, PLACE):
        record, envelope = read_record(raw)
        rules_hash, key = read_description(facts.election.document.description)
        check_signature(key, record_message(bytes(envelope.round)), envelope.signature)
    demand(sha256_hex(bytes(record.rules)) == rules_hash, 25, PLACE, "办法与封存时不同")
    rules = paper_of(record.rules)
    demand(asks_for(facts.election, rules), 25, PLACE, "票样与办法所写的项目件数、应选件数或者等次不同")
    check_identity(record, facts)
    check_figures(record, facts)
    check_counts(record, rules, facts)
    check_cards(record, facts)
    check_report(record, facts)
    if record.paper is not None:
        check_paper(record, record.paper, facts)
    check_words(record, facts)


def _glance(raw: msgspec.Raw, shape: type[T], check: int, reason: str) -> T:
    """Read some fields of a document whose other fields have their meaning elsewhere. Raises Refused."""
    try:
        return msgspec.json.decode(bytes(raw), type=shape)
    except msgspec.DecodeError:
        raise Refused(check, PLACE, reason) from None


def paper_of(rules: msgspec.Raw) -> Paper:
    """What the rules say of the ballot paper. Raises Refused."""
    form = _glance(rules, FormHead, 25, "办法无法读取").ballot
    kind: type[Paper] = GradingHead if form == "grades" else RuleHead
    return _glance(rules, kind, 25, "办法无法读取")


def asks_for(election: Election, rules: Paper) -> bool:
    """Whether the ballot paper is the one these rules call for."""
    if isinstance(rules, GradingHead):
        offered = (*rules.levels, *(["不了解"] if rules.unknown else []), "弃权")
        return _asks_each(election, rules.projects, offered)
    if rules.ballot == "for_against":
        return _asks_each(election, rules.candidates, STANCES)
    if rules.ballot != "select_k" or len(election.questions) != 1:
        return False
    question = election.questions[0]
    bounds = (question.min, question.max, len(question.answers))
    return question.has_blank and bounds == (1, rules.places, rules.candidates)


def _asks_each(election: Election, number: int, answers: tuple[str, ...]) -> bool:
    """Whether there are so many questions, each with exactly one of these answers."""
    one_of_them = all(_is_one_of(question, answers) for question in election.questions)
    return one_of_them and len(election.questions) == number


def _is_one_of(question: Question, answers: tuple[str, ...]) -> bool:
    bounds = (question.min, question.max, question.has_blank)
    return question.answers == answers and bounds == (1, 1, False)


def check_identity(record: RoundRecord, facts: Facts) -> None:
    """Check 26: the same round, under the same names."""
    document = facts.election.document
    same = (record.uuid, record.fingerprint, record.closing_head, record.archive_head)
    archive = (document.uuid, facts.election.fingerprint, facts.closing_head, facts.head)
    demand(same == archive, 26, PLACE, "不是这份记录的说明")
    named = document.administrator in {msgspec.UNSET, record.congress}
    demand(record.title == document.name and named, 26, PLACE, "名称与票样不同")


def check_figures(record: RoundRecord, facts: Facts) -> None:
    """Check 27: the figures fit one another and the archive; an electronic ballot cannot be invalid.

    A card that was exchanged for paper stays on the list, so that of what was handed out only bounds follow:
    every listed card that was not kept in reserve, and beyond the list nothing but paper.
    """
    figures, paper = record.figures, record.paper or NO_PAPER
    ordered = 0 <= figures.returned <= figures.issued <= figures.present <= figures.all_deputies
    papers = 0 <= paper.invalid <= paper.returned <= paper.issued
    demand(ordered and papers and figures.invalid == paper.invalid, 27, PLACE, "各项票数前后矛盾")
    demand(figures.returned == facts.ballots + paper.returned, 27, PLACE, "收回票数与表决票张数不同")
    handed_out = len(facts.listed - set(record.reserve_cards))
    demand(figures.issued >= handed_out, 27, PLACE, "发出少于名单中备用以外的投票卡")
    demand(figures.issued <= len(facts.listed) + paper.issued, 27, PLACE, "发出多于名单中的投票卡")


def check_counts(record: RoundRecord, rules: Paper, facts: Facts) -> None:
    """Check 28: the result, and the votes from which the outcome was drawn: those in the box and on paper."""
    demand(record.result == facts.result, 28, PLACE, "得票数与票箱记录不同")
    if record.paper is not None:
        on_paper, valid = record.paper.rows, record.paper.returned - record.paper.invalid
        demand(possible_counts(facts.election, on_paper, valid), 28, PLACE, "纸质票的得票数不可能")
        facts = facts._replace(result=_added(facts.result, on_paper))
    if isinstance(rules, GradingHead):
        rows = [(one.number, one.counts) for one in _ratings(record).grades]
        demand(rows == list(enumerate(facts.result, 1)), 28, PLACE, "测评结果中的票数与票箱记录不同")
        return
    stated = sorted((one.number, one.votes) for one in _outcome(record).standings)
    votes = list(enumerate(_votes(rules, facts), 1))
    if not stated and _is_void(rules, sum(number for _, number in votes), record):
        return
    demand(stated == votes, 28, PLACE, "票决结果中的得票数与票箱记录不同")


def _outcome(record: RoundRecord) -> OutcomeHead:
    return _glance(record.outcome, OutcomeHead, 28, "票决结果无法读取")


def _ratings(record: RoundRecord) -> RatingsHead:
    return _glance(record.outcome, RatingsHead, 28, "测评结果无法读取")


def _is_void(rules: RuleHead, given: int, record: RoundRecord) -> bool:
    """Whether there is more 赞成 than the ballots can hold where each gives K at most: nobody then stands."""
    most = rules.places * (record.figures.returned - record.figures.invalid)
    return rules.ballot == "for_against" and rules.most_for and given > most


def _votes(rules: RuleHead, facts: Facts) -> Iterator[int]:
    """Of each candidate in printed order: its marks, or its 赞成."""
    if rules.ballot == "select_k":
        yield from facts.result[0][1:]
    else:
        yield from (row[0] for row in facts.result)


def check_cards(record: RoundRecord, facts: Facts) -> None:
    """Check 29: dead cards, and reserve cards that stayed sealed, are on the list and did not vote."""
    reserve, activated = set(record.reserve_cards), set(record.activated_cards)
    demand(activated <= reserve, 29, PLACE, "启用的卡不在备用卡之中")
    demand(len(reserve) == len(record.reserve_cards), 29, PLACE, "备用卡重复")
    for card in record.reserve_cards:
        demand(card in facts.listed, 29, PLACE, f"备用的卡 {card[:16]}… 不在名单中")
        unused = card in activated or card not in facts.used
        demand(unused, 29, PLACE, f"没有启用的备用卡 {card[:16]}… 投了票")
    for card in record.dead_cards:
        demand(card in facts.listed, 29, PLACE, f"作废的卡 {card[:16]}… 不在名单中")
        demand(card not in facts.used, 29, PLACE, f"作废的卡 {card[:16]}… 投了票")


def check_report(record: RoundRecord, facts: Facts) -> None:
    """Check 30: the report is about this box, and as many scrutineers as open it signed it, each with a key
    of the own."""
    numbers = {one.number for one in record.scrutineers}
    known = numbers <= facts.trustees.keys.keys()
    demand(known and is_enough(facts.trustees, numbers), 30, PLACE, "签字的监票人不够，或者不是监票人")
    keys = {one.signing_key for one in record.scrutineers}
    demand(len(keys) == len(numbers) == len(record.scrutineers), 30, PLACE, "同一位监票人签字两次")
    for signatory in record.scrutineers:
        check_signatory(signatory, record.report, facts)
    lines = record.report.split("\n")
    about = lines[-1] == f"封箱码：{facts.closing_head}" and record.title in lines
    demand(about, 30, PLACE, "报告单不是这一轮的")


def check_paper(record: RoundRecord, paper: PaperRecord, facts: Facts) -> None:
    """Check 30 for what came on paper: a scrutineer of this round signed exactly these figures."""
    demand(bool(paper.scrutineers), 30, PLACE, "纸质票的记录没有监票人签字")
    lines = paper.text.split("\n")
    code = paper_code(paper.issued, paper.returned, paper.invalid, paper.rows)
    about = lines[-1] == f"核对码：{code}" and record.title in lines
    demand(about, 30, PLACE, "纸质票的记录不是这一轮的")
    signed = {one.number: one.signing_key for one in record.scrutineers}
    for signatory in paper.scrutineers:
        known = signatory.number in facts.trustees.keys
        same = signed.get(signatory.number, signatory.signing_key) == signatory.signing_key
        demand(known and same, 30, PLACE, "在纸质票记录上签字的不是监票人")
        check_signatory(signatory, paper.text, facts)


def check_signatory(signatory: Signatory, text: str, facts: Facts) -> None:
    """The signature, and that the owner of the key in the archive vouches for the key under it."""
    with checking(30, f"监票人{signatory.name}"):
        check_signature(signatory.signing_key, text.encode(), signatory.signature)
        signer = facts.trustees.signers.get(signatory.number)
        if signer is None:
            return
        demand(signatory.endorsement is not None, 30, f"监票人{signatory.name}", "签字的钥匙没有本人的担保")
        if signatory.endorsement is not None:
            endorsed = endorsement_text(signatory.signing_key)
            check_protocol_signature(endorsed, signer, signatory.endorsement)


def check_words(record: RoundRecord, facts: Facts) -> None:
    """Check 32: the sentences that were signed say the session, the figures, the counts, who is chosen and
    who the scrutineers are, and all of it as the record does."""
    lines = record.report.split("\n")
    for signed, stated in zip_longest(lines, report_text(report_of(record, facts.election)).split("\n")):
        demand(signed == stated, 32, PLACE, f"报告单写的是“{signed or ''}”，本轮说明是“{stated or ''}”")
    if record.all_scrutineers is msgspec.UNSET:
        return
    names = dict(enumerate(record.all_scrutineers, 1))
    demand(names.keys() == facts.trustees.keys.keys(), 32, PLACE, "监票人的人数与开箱钥匙的把数不同")
    on_paper = record.paper.scrutineers if record.paper else ()
    for one in (*record.scrutineers, *on_paper):
        demand(names.get(one.number) == one.name, 32, f"监票人{one.name}", "报告单写的是另一个姓名")


def report_of(record: RoundRecord, election: Election) -> Report:
    """What a report on exactly this record says. Raises Refused for rules or an outcome nobody can read."""
    rules = paper_of(record.rules)
    marked = isinstance(rules, RuleHead) and rules.ballot == "select_k"
    first = election.questions[0].answers
    rows = record.result if record.paper is None else _added(record.result, record.paper.rows)
    return Report(
        version=record.version,
        session=session_title(record.congress, record.session),
        title=record.title,
        body="committee" if f"\n应到{MEMBERS['committee']}" in record.report else "congress",
        figures=record.figures,
        candidates=first if marked else tuple(question.question for question in election.questions),
        answers=() if marked else first,
        rows=rows,
        outcome=_ratings(record) if isinstance(rules, GradingHead) else _outcome(record),
        scrutineers=() if record.all_scrutineers is msgspec.UNSET else record.all_scrutineers,
        closing_head=record.closing_head,
    )


def _added(
    result: tuple[tuple[int, ...], ...], paper: tuple[tuple[int, ...], ...]
) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(map(sum, zip(*rows, strict=True))) for rows in zip(result, paper, strict=True))
