"""公告 of a round's result, by the 主席团, in the form of GB/T 9704. Pure.

It says no more than the rules publish (`disclosure`); what the 主席团 decided on open places is named as
such.
"""

from __future__ import annotations

from collections.abc import Iterator

from voting.days import CHINA
from voting.disclosure import Disclosure, PublicRatings, PublicStanding, disclose
from voting.documents.official import Grid, Text
from voting.documents.report import TallyReport
from voting.documents.report_table import title_of
from voting.documents.session.facts import RoundFacts, SessionFacts
from voting.documents.session.formal import Block, Formal, blank, blank_date, day_words
from voting.documents.typesetting import chinese_date
from voting.grading import Grading
from voting.ratings import UNGRADED, percent
from voting.rounds import choices


def announcement(facts: SessionFacts, of: RoundFacts) -> Formal:
    """Number and date are those of 公布, or places for them. Raises ValueError while there are no figures."""
    if of.tally is None:
        raise ValueError(of.round.state)
    published = of.round.published
    shown = disclose(of.round.rules, of.tally.outcome, facts.session.body)
    body = _ratings(of, shown) if isinstance(shown, PublicRatings) else _chosen(facts, of, of.tally, shown)
    return Formal(
        title=f"{facts.title}\n公　告",
        under=f"（{published.number if published else f'第{blank(2)}号'}）",
        blocks=(Text(_opening(facts, of)), *body, Text("现予公告。")),
        issuer=_issuer(facts),
        day=day_words(published.date if published else None),
    )


def _issuer(facts: SessionFacts) -> str:
    if facts.session.body == "committee":
        return f"{facts.place}人民代表大会常务委员会"
    return f"{facts.title}主席团"


def _opening(facts: SessionFacts, of: RoundFacts) -> str:
    opened = of.round.opened_at
    day = chinese_date(opened.astimezone(CHINA)) if opened else blank_date()
    where = "全体会议" if facts.session.body == "congress" else ""
    how = "以举手表决的方式" if of.round.method == "hands" else "以无记名投票的方式"
    rules = of.round.rules
    if isinstance(rules, Grading):
        return f"{day}，{facts.title}{where}{how}，对{rules.projects}件民生实事项目进行了满意度测评。"
    return f"{day}，{facts.title}{where}{how}，对{rules.candidates}件民生实事候选项目进行了票决。"


def _chosen(facts: SessionFacts, of: RoundFacts, tally: TallyReport, shown: Disclosure) -> Iterator[Block]:
    by_votes = [one for one in shown.standings if one.status == "chosen"]
    added = of.settled.by_presidium if of.settled else ()
    if not by_votes and not added:
        yield Text("没有项目入选。")
        return
    order = "按得票由多到少排列" if shown.with_votes else "按票面顺序排列"
    many = len(by_votes) + len(added)
    if by_votes:
        ordered = f"（{order}）" if len(by_votes) > 1 else ""
        yield Text(f"票决产生的民生实事项目共{len(by_votes)}件{ordered}：")
    for place, standing in enumerate(by_votes, start=1):
        yield Text(f"{place}．{title_of(tally.candidates, standing.number)}{_votes(standing)}")
    if added:
        yield Text(f"根据{of.words.rules}，由{of.words.presidium}决定列入的民生实事项目{len(added)}件：")
    for place, number in enumerate(added, start=len(by_votes) + 1):
        yield Text(f"{place}．{title_of(tally.candidates, number)}")
    if by_votes and added:
        yield Text(f"以上共{many}件，为{facts.title}决定的民生实事项目。")
    if earlier := _chosen_before(facts, of):
        whole = (*earlier, *_titles(of, tally, shown))
        yield Text(f"连同此前票决产生的{len(earlier)}件，{facts.title}决定的民生实事项目共{len(whole)}件：")
        yield from (Text(f"{place}．{title}") for place, title in enumerate(whole, start=1))


def _chosen_before(facts: SessionFacts, of: RoundFacts) -> tuple[str, ...]:
    """Titles from the rounds that this one completes, the first round's first."""
    completes = of.round.relation in {"runoff", "supplementary"} and of.round.previous
    earlier = facts.of(completes) if completes else None
    if earlier is None or earlier.tally is None:
        return ()
    shown = disclose(earlier.round.rules, earlier.tally.outcome, facts.session.body)
    if isinstance(shown, PublicRatings):
        return ()
    return (*_chosen_before(facts, earlier), *_titles(earlier, earlier.tally, shown))


def _titles(of: RoundFacts, tally: TallyReport, shown: Disclosure) -> tuple[str, ...]:
    by_votes = [one.number for one in shown.standings if one.status == "chosen"]
    added = of.settled.by_presidium if of.settled else ()
    return tuple(title_of(tally.candidates, number) for number in (*by_votes, *added))


def _votes(standing: PublicStanding) -> str:
    if standing.votes is None:
        return ""
    if standing.against is None:
        return f"（{standing.votes}票）"
    return f"（赞成{standing.votes}票，反对{standing.against}票，弃权{standing.abstain}票）"


def _ratings(of: RoundFacts, shown: PublicRatings) -> Iterator[Block]:
    yield Text("各项目的测评结果如下：")
    levels = choices(of.round) if shown.with_votes else ()
    rows = tuple(
        (
            str(one.number),
            title_of(of.candidates, one.number),
            *(str(figure) for figure in (one.counts or ()) if shown.with_votes),
            *([percent(one.overall)] if shown.with_votes else []),
            one.level or UNGRADED,
        )
        for one in shown.grades
    )
    narrow = (*(13 for _ in levels), *([18] if shown.with_votes else []), 22)
    head = ("序号", "项目", *levels, *(["总体满意率"] if shown.with_votes else []), "等次")
    yield Grid(head=head, widths=(12, 156 - 12 - sum(narrow), *narrow), rows=rows)
    if shown.overall is not None:
        yield Text(f"全部项目的总体满意率为{percent(shown.overall)}。")
