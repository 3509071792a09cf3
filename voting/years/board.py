"""年度: one board for each congress, gathered from all rooms in a number of statements that does not grow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from msgspec import Struct

from voting.actors import Actor, system
from voting.collecting.window import Call
from voting.cycle import STATE_NAMES as ROUND_STATES
from voting.cycle import already
from voting.days import today
from voting.delivering.handing import waiting_rounds
from voting.delivering.projects import Project
from voting.duties import demand, may
from voting.ledger import Day, Filters
from voting.rating.overviews import scores_of_projects
from voting.rating.rectifications import Rectification
from voting.rating.scores import Score
from voting.ratings import UNGRADED
from voting.reporting.lights import COLOR_NAMES, Color
from voting.reporting.overviews import Known, known_of
from voting.rounds import Round
from voting.screening.drafts import Draft, next_year
from voting.screening.slates import Slate
from voting.store import Store, Transaction
from voting.years.facts import YearSettings
from voting.years.stages import (
    Line,
    Matter,
    Next,
    YearBoard,
    due_next,
    in_words,
    late_first,
    state_of,
    steps_of,
)
from voting.years.votes import rounds_of, slates_of

SOON: Final = 45
"""Last days so far ahead are shown."""


class Board(Struct, frozen=True, kw_only=True):
    """The year in preparation, the one before it, and one more that still goes on (整改 mostly comes in the
    year after next); or the one that was asked for."""

    day: date
    years: tuple[YearBoard, ...]
    others: tuple[int, ...]
    settings: YearSettings
    opened: int | None


class _Facts(Struct, frozen=True):
    """What is known of a year; `scores` and `known` by project."""

    year: int
    day: date
    calls: tuple[Call, ...]
    suggestions: int
    drafts: tuple[Draft, ...]
    slates: tuple[Slate, ...]
    rounds: tuple[Round, ...]
    waiting: tuple[Round, ...]
    projects: tuple[Project, ...]
    units: Mapping[str, str]
    known: Mapping[str, Known]
    scores: Mapping[str, tuple[Score, ...]]
    rectifications: tuple[Rectification, ...]


def board(store: Store, actor: Actor, now: datetime, year: int | None = None) -> Board:
    """Raises Forbidden."""
    demand(actor, "keep_year")
    day, coming = today(now), next_year(now)
    wanted = [year] if year else [coming, coming - 1, coming - 2]
    with store.read() as tx:
        settings = tx.settings.get(actor.congress, YearSettings)
        boards = [_of_year(tx, actor, one, day, settings) for one in wanted]
        if not year and not boards[-1].goes_on:
            boards.pop()
        known = {*tx.projects.years(actor, actor.congress), *tx.drafts.years(actor), coming}
        return Board(
            day=day,
            years=tuple(boards),
            others=tuple(sorted(known - {one.year for one in boards}, reverse=True)),
            settings=settings,
            opened=tx.opened_years.last(actor.congress),
        )


def _of_year(tx: Transaction, actor: Actor, year: int, day: date, settings: YearSettings) -> YearBoard:
    facts = _facts(tx, actor, year, day)
    lines = (
        _collecting(facts),
        _screening(actor, facts),
        _voting(actor, facts),
        _handing(actor, facts),
        _delivering(facts),
        _rating(actor, facts),
        _rectifying(facts),
    )
    matters = [*_matters(facts), *_orders(tx, actor, facts)]
    return YearBoard(
        year=year,
        steps=steps_of(settings.steps, lines),
        lines=lines,
        late=late_first(matters),
        due=due_next(one for one in matters if (one.due - day).days <= SOON),
        lights=_lights(facts),
    )


def _facts(tx: Transaction, actor: Actor, year: int, day: date) -> _Facts:
    projects = tx.projects.of_year(actor, actor.congress, year)
    slates = slates_of(tx, actor, year)
    rounds = rounds_of(tx, actor, year, slates, projects)
    hits = tx.ledger.hits(actor, Filters(year=year), Day(day, 0))
    ids = {one.id for one in rounds}
    return _Facts(
        year=year,
        day=day,
        calls=tuple(one for one in tx.calls.listing(actor) if one.year == year),
        suggestions=tx.ledger.count(hits),
        drafts=tx.drafts.of_year(actor, year),
        slates=slates,
        rounds=rounds,
        waiting=tuple(one for one in waiting_rounds(tx, system(actor.congress)) if one.id in ids),
        projects=projects,
        units={one.id: one.name for one in tx.units.all(actor.congress)} if projects else {},
        known=known_of(tx, actor, projects, day),
        scores=scores_of_projects(tx, actor, projects) if projects else {},
        rectifications=tx.rectifications.of_projects(actor, projects) if projects else (),
    )


def _button(words: str, path: str, *, mine: bool, who: str) -> Next:
    return Next(words=words, path=path if mine else "", who="" if mine else who)


def _collecting(of: _Facts) -> Line:
    published = [one for one in of.calls if one.published_at is not None]
    closed = [one for one in published if one.closes < of.day]
    finished = bool(of.slates) or bool(of.projects) or (bool(closed) and len(closed) == len(published))
    number = f"收到{of.suggestions}件" if of.suggestions else ""
    if any(one.opens <= of.day <= one.closes for one in published):
        last = max(one.closes for one in published)
        words = "，".join(filter(None, [f"正在征集，到{last.month}月{last.day}日截止", number]))
        return Line(
            phase="collecting",
            state="running",
            words=words,
            next=Next(words="看收到的意见", path=f"/ledger?year={of.year}"),
        )
    if published:
        words = "，".join(filter(None, ["征集已结束" if finished else "征集公告已发布，还没有开始", number]))
        return Line(phase="collecting", state="done" if finished else "running", words=words)
    draft = of.calls[0] if of.calls else None
    step = (
        Next(words="发布征集公告", path=f"/calls/{draft.id}")
        if draft
        else Next(words="写征集公告", path="/calls")
    )
    state = state_of(begun=bool(of.calls) or of.suggestions > 0, finished=finished)
    words = "征集公告已起草，还没有发布" if draft else number or "没有征集公告"
    return Line(phase="collecting", state=state, words=words, next=None if finished else step)


def _screening(actor: Actor, of: _Facts) -> Line:
    frozen = [one for one in of.slates if one.frozen_at is not None]
    states = Counter(one.state for one in of.drafts)
    if frozen or of.rounds or of.projects:
        words = (
            f"名单已确定（{frozen[0].title}）"
            if frozen
            else f"候选项目{len(of.drafts)}件"
            if of.drafts
            else "已完成"
        )
        return Line(phase="screening", state="done", words=words)
    if not of.drafts:
        step = _button(
            "从线索拟候选项目",
            f"/drafts/sources?year={of.year}",
            mine=may(actor, "draft"),
            who="政府办",
        )
        return Line(phase="screening", state="ahead", words="还没有候选项目", next=step)
    waiting = states["submitted"]
    words = f"候选项目{len(of.drafts)}件：" + in_words(
        [
            (waiting, "待预审"),
            (states["amend"] + states["returned"], "待修改"),
            (states["taken"], "待初选"),
            (states["shortlisted"], "通过初选"),
            (states["reserve"], "放入储备库"),
            (states["dropped"], "不列入"),
        ]
    )
    step = Next(
        words="预审" if waiting and may(actor, "judge") else "办理候选项目和名单",
        path=f"/drafts?year={of.year}",
    )
    return Line(phase="screening", state="running", words=words, next=step)


def _voting(actor: Actor, of: _Facts) -> Line:
    held = [one for one in of.rounds if already(one.state, "announce") and one.state != "void"]
    if held or of.projects:
        chosen = f"，票决产生{len(of.projects)}件" if of.projects else ""
        words = (
            f"“{held[0].title}”{ROUND_STATES[held[0].state]}{chosen}" if held else f"项目{len(of.projects)}件"
        )
        return Line(phase="voting", state="done", words=words)
    if of.rounds:
        last = of.rounds[0]
        step = _button("打开票决", f"/rounds/{last.id}", mine=actor.role == "staff", who="人大工作人员")
        words = f"“{last.title}”{ROUND_STATES[last.state]}"
        return Line(phase="voting", state="running", words=words, next=step)
    frozen = next((one for one in of.slates if one.frozen_at is not None), None)
    if frozen is None:
        return Line(phase="voting", state="ahead", words="等候选项目名单确定")
    step = _button("建立票决", f"/slates/{frozen.id}", mine=may(actor, "make_round"), who="人大工作人员")
    return Line(phase="voting", state="running", words="名单已确定，等待票决", next=step)


def _handing(actor: Actor, of: _Facts) -> Line:
    chosen = [one for one in of.projects if one.state == "chosen"]
    handed = [one for one in of.projects if one.state == "handed"]
    mine = may(actor, "hand_over")
    if of.waiting and not of.projects:
        begin = _button("把入选项目转为交办", "/projects", mine=mine, who="人大工作人员")
        return Line(phase="handing", state="running", words="结果已宣布，等待交办", next=begin)
    if not of.projects:
        return Line(phase="handing", state="ahead", words="等票决结果")
    step: Next | None = None
    if chosen:
        step = _button("发出交办函", f"/projects?year={of.year}", mine=mine, who="人大工作人员")
    elif handed:
        step = _button(
            "制定实施方案", f"/projects?year={of.year}", mine=may(actor, "plan_project"), who="政府办"
        )
    words = in_words(
        [
            (len(chosen), "待交办"),
            (len(handed), "已交办、待公布实施方案"),
            (len(of.projects) - len(chosen) - len(handed), "已公布实施方案"),
        ]
    )
    finished = not chosen and not handed
    return Line(phase="handing", state=state_of(begun=True, finished=finished), words=words, next=step)


def _delivering(of: _Facts) -> Line:
    states = Counter(one.state for one in of.projects)
    begun = len(of.projects) - states["chosen"] - states["handed"]
    open_ = states["planned"] + states["finished"]
    if not begun:
        return Line(phase="delivering", state="ahead", words="等实施方案")
    words = in_words(
        [
            (states["planned"], "正在实施"),
            (states["finished"], "已办结、待验收"),
            (states["accepted"], "已验收"),
            (states["cancelled"], "已取消"),
        ]
    )
    step = Next(words="看进度", path=f"/projects?year={of.year}") if open_ else None
    state = state_of(begun=True, finished=not open_ and begun == len(of.projects))
    return Line(phase="delivering", state=state, words=words, next=step)


def _rating(actor: Actor, of: _Facts) -> Line:
    rateable = [one for one in of.projects if one.state in {"planned", "finished", "accepted"}]
    rated = [one for one in rateable if of.scores.get(one.id)]
    step = _button("组织测评", "/rating", mine=may(actor, "rate"), who="人大工作人员")
    if not rated:
        ready = any(one.state in {"finished", "accepted"} for one in rateable)
        words = "项目已有办结，可以组织测评" if ready else "等项目办结"
        return Line(phase="rating", state="ahead", words=words, next=step if ready else None)
    levels = Counter(of.scores[one.id][-1].level or UNGRADED for one in rated)
    words = f"已测评{len(rated)}件：" + "，".join(
        f"{level}{number}件" for level, number in levels.most_common()
    )
    missing = len(rateable) - len(rated)
    if missing:
        words += f"；{missing}件没有测评"
    return Line(
        phase="rating",
        state=state_of(begun=True, finished=not missing),
        words=words,
        next=step if missing else None,
    )


def _rectifying(of: _Facts) -> Line:
    bad = [scores for scores in of.scores.values() if scores[-1].bad]
    open_ = [one for one in of.rectifications if one.open]
    if not of.rectifications:
        if bad:
            step = Next(words="责成整改", path="/rectifications")
            return Line(
                phase="rectifying", state="running", words=f"{len(bad)}件测评不满意，等待责成整改", next=step
            )
        rated = bool(of.scores)
        words = "没有需要整改的" if rated else "等测评结果"
        return Line(phase="rectifying", state="done" if rated else "ahead", words=words)
    words = in_words([(len(open_), "正在整改"), (len(of.rectifications) - len(open_), "已销号")])
    look = Next(words="看整改", path="/rectifications") if open_ else None
    return Line(phase="rectifying", state=state_of(begun=True, finished=not open_), words=words, next=look)


def _matters(of: _Facts) -> Iterator[Matter]:
    """What has a last day."""
    for call in of.calls:
        if call.published_at is not None and call.opens <= of.day <= call.closes:
            yield _matter("征集截止", "", call.closes, of.day, f"/calls/{call.id}")
    for one in of.projects:
        who = of.units.get(one.lead_unit or "", "")
        if one.state == "planned" and one.deadline is not None:
            yield _matter(f"“{one.title}”完成时限", who, one.deadline, of.day, f"/projects/{one.id}")
        for owed in of.known[one.id].owed if one.id in of.known else ():
            words = f"“{one.title}”{owed.period.words}进度报告"
            yield _matter(words, who, owed.due, of.day, f"/projects/{one.id}/progress")
    for matter in of.rectifications:
        if matter.open:
            who = of.units.get(matter.unit, "")
            yield _matter(
                f"“{matter.title}”整改", who, matter.due, of.day, f"/projects/{matter.project}/rating"
            )


def _orders(tx: Transaction, actor: Actor, of: _Facts) -> Iterator[Matter]:
    ids = {one.id for one in of.projects}
    for order in tx.orders.waiting(actor.congress) if ids else ():
        if order.project in ids:
            who = of.units.get(order.unit, "")
            path = f"/projects/{order.project}/supervision"
            yield _matter(f"答复督办单“{order.number}”", who, order.due, of.day, path)


def _matter(what: str, who: str, due: date, day: date, path: str) -> Matter:
    return Matter(what=what, who=who, due=due, days_late=(day - due).days, path=path)


def _lights(of: _Facts) -> tuple[tuple[Color, str, int], ...]:
    counts: Sequence[tuple[Color, int]] = Counter(one.light.color for one in of.known.values()).most_common()
    found = dict(counts)
    return tuple((color, name, found[color]) for color, name in COLOR_NAMES.items() if color in found)
