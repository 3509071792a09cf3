"""测评结果通报 and 公告, 整改通知: what goes out after a satisfaction test. Pure."""

from __future__ import annotations

from datetime import date
from typing import Final

from voting.disclosure import disclose
from voting.documents.official import Block, Grid, Label, Official, Text
from voting.documents.typesetting import chinese_date
from voting.grading import columns, grading_sentences
from voting.rating.comparison import signed
from voting.rating.ladder import Rung, Talk
from voting.rating.rectifications import Rectification
from voting.rating.results import Results
from voting.ratings import UNGRADED, percent
from voting.rounds import Level, full_title
from voting.wording import words_for

ISSUERS: Final[dict[Level, str]] = {"county": "人大常委会办公室", "town": "人大主席团"}
"""Who reports the results to the units, and orders 整改; after the place's name."""
_ACROSS: Final = 262
_UPRIGHT: Final = 156
"""Width of the type area in mm."""


def report(results: Results, day: date) -> Official:
    """测评结果通报, for the offices and the units: by project, by unit, against the year before.

    It goes no further than the rules let anybody see: where they publish levels only, or few have rated, it
    has no figures.
    """
    shown = disclose(results.rules, results.ratings, results.session.body)
    blocks: list[Block] = [
        *(Text(one) for one in _opening(results)),
        *(Text(one) for one in shown.sentences),
        Label("各项目测评结果"),
        _projects(results, with_votes=shown.with_votes),
    ]
    if shown.with_votes and results.units:
        blocks += [Label("各责任单位"), _units(results)]
    bad = [one for one in results.projects if one.score.bad]
    if bad:
        names = "、".join(f"“{one.score.title}”" for one in bad)
        blocks.append(Text(f"{names}的测评等次偏低，责任单位应当按照要求限期整改并报告。"))
    blocks += [
        Label("测评办法"),
        *(Text(one) for one in _rules(results)),
        *_signed(_issuer(results), day),
    ]
    return Official(title=f"关于{_subject(results)}结果的通报", blocks=tuple(blocks), across=True)


def announcement(results: Results, day: date) -> Official:
    """公告: the levels, and what figures the rules publish; with the number and date of its publication."""
    shown = disclose(results.rules, results.ratings, results.session.body)
    published = results.round.published
    number, day = (published.number, published.date) if published else ("", day)
    blocks: list[Block] = [
        *([Label(number, "centre")] if number else []),
        *(Text(one) for one in _opening(results)),
        *(Text(one) for one in shown.sentences),
        _projects(results, with_votes=shown.with_votes, compared=False),
        Text("现予公告。"),
        *_signed(_announcer(results), day),
    ]
    return Official(title=f"{_subject(results)}结果公告", blocks=tuple(blocks))


def order(matter: Rectification, unit: str, place: str, level: Level, test: str) -> Official:
    """整改通知, to the responsible unit."""
    blocks: tuple[Block, ...] = (
        Text(f"{unit}：", indented=False),
        Text(f"在{test}中，你单位负责的“{matter.title}”测评等次为{matter.level}。现责成你单位限期整改："),
        *(Text(line) for line in matter.demands.split("\n") if line),
        Text(
            f"请制定整改方案并组织实施，于{chinese_date(matter.due)}前（{matter.months}个月内）完成整改，"
            "书面报告整改情况并申请验收。整改情况向社会公开，直至销号。"
        ),
        *_signed(place + ISSUERS[level], matter.ordered_on),
    )
    return Official(title="关于责成限期整改的通知", blocks=blocks)


def summons(matter: Rectification, rung: Rung, talk: Talk, unit: str) -> Official:
    """约见记录, as it was entered; to be signed by both sides."""
    day = chinese_date(rung.day) if rung.day else ""
    rows = (
        ("整改事项", matter.title),
        ("责任单位", unit),
        ("决定机关", rung.body),
        ("约见时间", day),
        ("约见地点", talk.place),
        ("被约见人", talk.summoned),
        ("约见人", talk.hosts),
        ("约见事由", rung.text),
        ("约见内容", talk.said),
        ("当场作出的承诺", talk.promised or "无"),
    )
    blocks: tuple[Block, ...] = (
        Grid(widths=(36, 120), rows=rows),
        Text("被约见人（签字）：　　　　　　　　　　约见人（签字）：", indented=False),
    )
    return Official(title="约见记录", blocks=blocks)


def _subject(results: Results) -> str:
    return results.round.title


def _opening(results: Results) -> list[str]:
    words = words_for("satisfaction", results.session.body)
    when = results.round.opened_at
    day = f"{chinese_date(when)}，" if when else ""
    title = full_title(results.congress, results.session)
    return [f"{day}{title}对{len(results.round.candidates)}件{words.candidate}进行了满意度测评。"]


def _rules(results: Results) -> list[str]:
    return grading_sentences(results.rules, results.session.all_deputies, results.session.body)


def _projects(results: Results, *, with_votes: bool, compared: bool = True) -> Grid:
    levels = columns(results.rules) if with_votes else ()
    rates = ("总体满意率",) if with_votes else ()
    against = ("办结情况", "上年满意率") if compared and with_votes else ("办结情况",) if compared else ()
    head = ("序号", "项目", "责任单位", *levels, *rates, "等次", *against)
    rows = []
    for one in results.projects:
        score = one.score
        votes = tuple(str(figure) for figure in score.counts or ()) if with_votes else ()
        rate = (percent(score.overall),) if with_votes else ()
        last = ((one.done, percent(one.last)) if with_votes else (one.done,)) if compared else ()
        level = score.level or UNGRADED
        rows.append((str(score.number), score.title, one.unit, *votes, *rate, level, *last))
    return Grid(head=head, widths=_widths(head, _ACROSS if compared else _UPRIGHT), rows=tuple(rows))


def _widths(head: tuple[str, ...], whole: int) -> tuple[int, ...]:
    """In mm: what the named columns leave is the project's."""
    known = {"序号": 12, "责任单位": 32, "总体满意率": 17, "等次": 17, "办结情况": 24, "上年满意率": 17}
    others = {name: known.get(name, 13) for name in head if name != "项目"}
    return tuple(whole - sum(others.values()) if name == "项目" else others[name] for name in head)


def _units(results: Results) -> Grid:
    head: tuple[str, ...] = ("责任单位", "各等次件数", "平均总体满意率", "上年", "增减（百分点）")
    widths: tuple[int, ...] = (72, 90, 36, 28, 36)
    if results.ranking:
        head, widths = ("排名", *head), (18, 64, 80, *widths[2:])
    rows = [
        (
            *([str(one.rank or "—")] if results.ranking else []),
            one.name,
            "，".join(f"{name}{many}件" for name, many in one.levels),
            percent(one.mean),
            percent(one.last),
            signed(one.change),
        )
        for one in results.units
    ]
    return Grid(head=head, widths=widths, rows=tuple(rows))


def _issuer(results: Results) -> str:
    return _place(results) + ISSUERS[results.congress.level]


def _announcer(results: Results) -> str:
    if results.session.body == "committee":
        return _place(results) + "人大常委会"
    return full_title(results.congress, results.session) + "主席团"


def _place(results: Results) -> str:
    return results.congress.name.removesuffix("人民代表大会")


def _signed(issuer: str, day: date) -> tuple[Block, Block]:
    return (
        Text(issuer, indented=False, side="right"),
        Text(chinese_date(day), indented=False, side="right"),
    )
