"""The two 总监票人报告词: what was given out and came back, and what the count came to. Pure.

Two reports, because two decisions hang on them (domain §1.2): whether the vote is valid, before anybody has
opened the box, and what it came to.
"""

from __future__ import annotations

from collections.abc import Iterator

from voting.counts import valid_ballots
from voting.disclosure import PublicRatings, PublicStanding, disclose
from voting.documents.official import Text
from voting.documents.report import TallyReport
from voting.documents.report_table import title_of
from voting.documents.session.facts import RoundFacts, SessionFacts
from voting.documents.session.formal import Block, Formal, blank, day_words
from voting.grading import Grading
from voting.ratings import UNGRADED, percent


def returned_report(facts: SessionFacts, of: RoundFacts) -> Formal:
    """（一）投票情况. Figures from closing on; before, places for them."""
    words, one = of.words, of.round
    present = one.present if one.present is not None else facts.checked_in
    lines: list[Block] = [
        Text(f"{words.presider}、{words.members}：", indented=False),
        Text(f"现在，我报告{of.title}的投票情况。"),
        Text(
            f"{words.entitled}{facts.session.all_deputies}人，实到{_figure(present)}人，发出{words.ballot}"
            f"{_figure(one.issued)}张，收回{words.ballot}{_figure(one.returned)}张{_not_cast(of)}。"
        ),
        Text(_judged(of)),
        Text(f"报告完毕，请{words.presider}宣布。"),
    ]
    return _signed(facts, of, "总监票人报告词（一）\n投票情况", lines)


def counted_report(facts: SessionFacts, of: RoundFacts) -> Formal:
    """（二）计票结果. Figures once this reader may see them, and no further than the rules publish."""
    words = of.words
    lines: list[Block] = [
        Text(f"{words.presider}、{words.members}：", indented=False),
        Text(f"现在，我报告{of.title}的计票结果。"),
        *(_counted(of, of.tally) if of.tally else _to_be_counted(of)),
        Text(f"{words.report}已经由总监票人、监票人签名。"),
        Text(f"报告完毕，请{words.presider}宣布。"),
    ]
    return _signed(facts, of, "总监票人报告词（二）\n计票结果", lines)


def returned_against(of: RoundFacts) -> str:
    """收回的表决票少于发出的表决票, from closing on."""
    issued, returned = of.round.issued or 0, of.round.returned or 0
    against = "等于" if returned == issued else "少于" if returned < issued else "多于"
    return f"收回的{of.words.ballot}{against}发出的{of.words.ballot}"


def _figure(number: int | None) -> str:
    return blank(3) if number is None else str(number)


def _not_cast(of: RoundFacts) -> str:
    issued, returned = of.round.issued, of.round.returned
    if issued is None or returned is None:
        return f"，未投{blank(3)}张"
    return f"，未投{issued - returned}张" if returned < issued else ""


def _judged(of: RoundFacts) -> str:
    words = of.words
    if of.round.issued is None or of.round.returned is None:
        return (
            f"收回的{words.ballot}{blank(3)}（等于、少于、多于）发出的{words.ballot}，根据{words.rules}，"
            f"{words.act}{blank(2)}（有效、无效）。"
        )
    verdict = words.void if of.round.returned > of.round.issued else words.valid
    return f"{returned_against(of)}，根据{words.rules}，{verdict}。"


def _counted(of: RoundFacts, tally: TallyReport) -> Iterator[Block]:
    counts, words = tally.counts, of.words
    shown = disclose(tally.rules, tally.outcome, counts.body)
    split = f"其中有效票{valid_ballots(counts)}张，无效票{counts.invalid}张"
    by_ballot = f"收回{words.ballot}{counts.returned}张，{split}。"
    yield Text(f"举手表决，{counts.returned}人参加表决。" if counts.hands else by_ballot)
    if isinstance(shown, PublicRatings):
        yield Text("各项目的测评结果是：")
        for grade in shown.grades:
            rate = f"，总体满意率{percent(grade.overall)}" if shown.with_votes else ""
            yield Text(
                f"{grade.number}．{title_of(tally.candidates, grade.number)}："
                f"{grade.level or UNGRADED}{rate}。"
            )
        return
    if shown.with_votes:
        yield Text("各候选项目的得票，按票面顺序是：")
        for standing in sorted(shown.standings, key=lambda one: one.number):
            yield Text(
                f"{standing.number}．{title_of(tally.candidates, standing.number)}：{_votes(standing)}。"
            )
    for sentence in shown.sentences:
        yield Text(sentence)


def _votes(standing: PublicStanding) -> str:
    if standing.against is None:
        return f"得赞成票{standing.votes}票"
    return f"赞成{standing.votes}票，反对{standing.against}票，弃权{standing.abstain}票"


def _to_be_counted(of: RoundFacts) -> Iterator[Block]:
    words = of.words
    yield Text(
        f"收回{words.ballot}{_figure(of.round.returned)}张，其中有效票{blank(3)}张，无效票{blank(3)}张。"
    )
    for one in of.candidates:
        yield Text(f"{one.number}．{one.title}：{_places_for_votes(of)}。")


def _places_for_votes(of: RoundFacts) -> str:
    rules = of.round.rules
    if isinstance(rules, Grading):
        return f"{blank(6)}"
    if rules.ballot == "select_k":
        return f"得赞成票{blank(3)}票"
    return f"赞成{blank(3)}票，反对{blank(3)}票，弃权{blank(3)}票"


def _signed(facts: SessionFacts, of: RoundFacts, title: str, lines: list[Block]) -> Formal:
    chief = next((one.name for one in of.scrutineers if one.chief), blank(6))
    opened = of.day_of("open")
    return Formal(
        title=f"{facts.title}\n{title}",
        under=of.title,
        blocks=tuple(lines),
        issuer=f"总监票人：{chief}",
        day=day_words(opened),
    )
