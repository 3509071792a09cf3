"""票决办法 and 测评办法 from the settings of a round: every switch is an article. Pure.

What a place's own rules decide otherwise is a setting (domain §1.7), so that the paper can say nothing that
the count does not do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from voting.documents.official import Grid, Text
from voting.documents.session.facts import RoundFacts, SessionFacts
from voting.documents.session.formal import Article, Block, Break, Chapter, Formal, blank, blank_date
from voting.documents.session.grading_articles import how_levels_are_found
from voting.documents.session.law import ORGANIC_LAW, power_to_decide
from voting.documents.session.marking import marking
from voting.documents.session.numerals import numeral
from voting.documents.session.voting_articles import (
    box,
    how_votes_decide,
    keeping,
    method,
    scrutineers,
    trouble,
)
from voting.documents.typesetting import chinese_date
from voting.grading import Grading
from voting.rounds import relation_name
from voting.rules import Extent, Rules

_EXTENTS: Final[dict[bool, dict[Extent, str]]] = {
    False: {
        "list": "入选项目名单，不公布得票数",
        "list_and_votes": "入选项目名单和得票数",
        "with_archive": "入选项目名单、得票数和供复核的电子票箱记录",
    },
    True: {
        "list": "各项目的等次，不公布票数",
        "list_and_votes": "各项目的等次、票数和满意率",
        "with_archive": "各项目的等次、票数、满意率和供复核的电子票箱记录",
    },
}


def rules_paper(facts: SessionFacts, of: RoundFacts) -> Formal:
    """The rules, as a draft until the plenary has passed them; the candidates are annexed."""
    chapters = (
        ("总　则", _general(facts, of)),
        ("投　票", [*method(of), *marking(of)]),
        ("监票和计票", [*scrutineers(facts, of), *box(facts, of), *_returned(of)]),
        ("结果的确定", _decides(of)),
        ("附　则", [*_published(of), *trouble(of), *keeping(of), *_last(of)]),
    )
    return Formal(
        title=f"{facts.title}\n{_subject(of)}{'' if _passed(of) else '（草案）'}",
        under=_under(facts, of),
        blocks=(*_numbered(chapters), *_annex(of)),
    )


def _subject(of: RoundFacts) -> str:
    name = "民生实事项目" if not isinstance(of.round.rules, Grading) else "民生实事项目满意度"
    further = f"（{relation_name(of.round.relation, of.round.kind)}）" if of.round.relation else ""
    return f"{name}{of.words.rules}{further}"


def _passed(of: RoundFacts) -> bool:
    return of.round.state != "drafted"


def _under(facts: SessionFacts, of: RoundFacts) -> str:
    if not _passed(of):
        return ""
    day = of.day_of("adopt")
    when = chinese_date(day) if day else blank_date()
    if facts.session.body == "committee":
        return f"（{when}{facts.title}通过）"
    passed_at, plenary = of.at("adopt"), facts.plenary
    sitting = plenary.title if plenary and passed_at and plenary.begun_at <= passed_at else ""
    return f"（{when}{facts.title}\n{sitting or f'第{blank(3)}次全体会议'}通过）"


def _numbered(chapters: Iterable[tuple[str, Iterable[str]]]) -> Iterator[Block]:
    place = 0
    for number, (title, articles) in enumerate(chapters, start=1):
        yield Chapter(f"第{numeral(number)}章　{title}")
        for words in articles:
            place += 1
            yield Article(f"第{numeral(place)}条", words)


def _general(facts: SessionFacts, of: RoundFacts) -> Iterator[str]:
    words, here = of.words, f"本{facts.place[-1:] or '地'}"
    if isinstance(of.round.rules, Rules):
        law = f"{power_to_decide(facts.congress.level)}的规定"
    else:
        law = f"{ORGANIC_LAW}等法律的规定"
    yield f"为了规范民生实事项目{words.act}工作，根据{law}，结合{here}实际，制定本办法。"
    yield _object(of)
    enough = "三分之二以上出席" if facts.session.body == "congress" else "过半数出席"
    yield (
        f"{words.act}在{facts.title}{'全体会议上' if facts.session.body == 'congress' else '上'}进行，"
        f"由{words.presider}主持。{words.all_members}{facts.session.all_deputies}人，"
        f"须有{words.all_members}的{enough}（至少{facts.quorum}人），方可进行{words.act}。"
    )


def _object(of: RoundFacts) -> str:
    rules = of.round.rules
    if isinstance(rules, Grading):
        return f"对{rules.projects}件民生实事项目的完成情况进行满意度测评。测评项目名单附后。"
    how = "等额" if rules.candidates == rules.places else "差额"
    further = f"本轮为{relation_name(of.round.relation)}。" if of.round.relation else ""
    return (
        f"{further}从{rules.candidates}件候选项目中，以{how}票决的方式决定{rules.places}件民生实事项目。"
        "候选项目名单附后，按票面顺序排列，不另提其他项目。"
    )


def _returned(of: RoundFacts) -> Iterator[str]:
    words = of.words
    if of.round.method == "hands":
        return
    yield (
        f"投票截止后，由总监票人报告发出和收回{words.ballot}的张数，"
        f"由{words.presider}宣布{words.act}是否有效。"
        f"收回的{words.ballot}等于或者少于发出的{words.ballot}，{words.valid}；"
        f"多于发出的{words.ballot}，{words.void}，应当{words.again}。"
    )


def _decides(of: RoundFacts) -> Iterator[str]:
    rules = of.round.rules
    if isinstance(rules, Grading):
        yield from how_levels_are_found(rules, of.words)
    else:
        yield from how_votes_decide(rules, of.words)
    yield (
        f"计票结束后，由监票人在{of.words.report}上签名，由总监票人报告计票结果，"
        f"由{of.words.presider}当场宣布。"
        "宣布以前，任何人不得泄露票数。"
    )


def _published(of: RoundFacts) -> Iterator[str]:
    rules = of.round.rules
    extent = _EXTENTS[isinstance(rules, Grading)][rules.publish]
    if of.round.method != "electronic":
        extent = extent.removesuffix("和供复核的电子票箱记录").replace("名单、得票数", "名单和得票数")
    yield f"宣布结果后，经{of.words.presidium}同意，以公告形式公布{extent}。"


def _last(of: RoundFacts) -> Iterator[str]:
    yield f"本办法未尽事宜，由{of.words.presidium}决定。"
    yield f"本办法经{of.words.meeting}通过后施行。"


def _annex(of: RoundFacts) -> tuple[Block, ...]:
    rows = tuple((str(one.number), one.title, one.unit or one.content or "") for one in of.candidates)
    return (
        Break(f"附件：{of.words.candidate}名单"),
        Grid(head=("序号", of.words.candidate, "责任单位"), widths=(14, 92, 50), rows=rows),
        Text(f"（共{len(rows)}件）", indented=False, side="right"),
    )
