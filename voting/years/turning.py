"""新年度: opened from the old one in one step, with what the old one left.

Settings, lists and categories belong to no year: they stay. The call for suggestions is drafted with its
days a year later. What is ticked becomes drafts for 预审; the frozen list of the year before stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from msgspec import Struct

from voting.actors import Actor
from voting.collecting.calling import CallText, add_call
from voting.collecting.window import Call
from voting.days import today
from voting.delivering.entering import continued
from voting.duties import demand
from voting.ledger import Day
from voting.screening.drafts import check_year
from voting.screening.plans import PlanError, check_plan
from voting.screening.proposing import add_draft
from voting.screening.sketching import sketch
from voting.store import Store, Transaction
from voting.years.facts import Carried, OpenedYear, YearStep
from voting.years.gathering import left_over
from voting.years.leftovers import Again, Leftover, Leftovers, draft_id, written_history

MOST_TICKED: Final = 100


class Opening(Struct, frozen=True, kw_only=True):
    """What the page of a new year shows. `call`: the draft that pressing would make, or None; `calls`: those
    that the year has already."""

    year: int
    opened: OpenedYear | None
    left: Leftovers
    call: CallText | None
    calls: tuple[Call, ...]


def opening(store: Store, actor: Actor, year: int, now: datetime) -> Opening:
    """Raises DraftStep, YearStep, Forbidden."""
    demand(actor, "keep_year")
    _check(year, now)
    with store.read() as tx:
        calls = tx.calls.listing(actor)
        return Opening(
            year=year,
            opened=tx.opened_years.get(actor.congress, year),
            left=left_over(tx, actor, year, _day(tx, actor, now)),
            call=_later(calls, year),
            calls=tuple(one for one in calls if one.year == year),
        )


def open_year(
    store: Store, actor: Actor, year: int, ticked: Sequence[str], *, with_call: bool, now: datetime
) -> tuple[str, ...]:
    """The year is open, its call drafted, and each ticked thing (`Leftover.key`) is a draft, or a project's
    next stage; a suggestion that is raised year after year is the sketch of a draft: their ids. Pressed again
    it makes only what is not there yet.

    Raises YearStep, PlanError, CallError, DraftStep, ProjectError, ProjectStep, Forbidden.
    """
    demand(actor, "keep_year")
    _check(year, now)
    if len(ticked) > MOST_TICKED:
        raise YearStep(f"一次最多选{MOST_TICKED}件，现在选了{len(ticked)}件。请分几次办理。")
    with store.write() as tx:
        tx.drafts.alone(actor.congress)
        if tx.opened_years.get(actor.congress, year) is None:
            tx.opened_years.add(OpenedYear(congress=actor.congress, year=year, by=actor.name, at=now))
            tx.audit.add(actor, "open_year", now, "opened_year", after={"year": year})
        text = _later(tx.calls.listing(actor), year) if with_call else None
        if text is not None:
            add_call(tx, actor, text, now)
        left = left_over(tx, actor, year, _day(tx, actor, now)) if ticked else None
        known: dict[str, Leftover | Again] = {}
        if left is not None:
            known |= {one.key: one for one in left.things}
            known |= {one.key: one for one in left.again}
        return tuple(_take(tx, actor, year, key, known.get(key), now) for key in dict.fromkeys(ticked))


def _take(
    tx: Transaction, actor: Actor, year: int, key: str, thing: Leftover | Again | None, now: datetime
) -> str:
    """The id of the draft, the stage or the sketch, also if it had been made before."""
    if not isinstance(thing, Again):
        made = draft_id(actor.congress, year, key)
        if thing is None and (tx.sketches.find(actor, made) or tx.drafts.find(actor, made)):
            return made
        return _carry(tx, actor, year, thing, now)
    return sketch(tx, actor, draft_id(actor.congress, year, key), year, thing.id, now).id


def _carry(tx: Transaction, actor: Actor, year: int, thing: Leftover | None, now: datetime) -> str:
    """The draft's id, also if it had been made before."""
    if thing is None:
        raise YearStep("选中的一件现在已经不在上年遗留的清单里。请刷新页面后重新选择。")
    there = thing.taken or thing.followed
    if there is not None:
        return there
    if thing.why == "staged":
        return continued(tx, actor, tx.projects.lock(actor, thing.id), now).id
    if thing.plan is None:
        raise YearStep(f"“{thing.title}”不能转入：{thing.obstacle}")
    try:
        plan = check_plan(thing.plan)
        made = add_draft(tx, actor, draft_id(actor.congress, year, thing.key), year, plan, (), now)
    except PlanError as error:
        raise PlanError(f"“{thing.title}”不能转入：{error.sentence}") from None
    earlier = thing.id if thing.kind == "candidate" and "-" not in thing.id else None
    carried = Carried(
        congress=actor.congress,
        draft=made.id,
        kind=thing.kind,
        year=thing.year,
        history=written_history(thing.history),
        by=actor.name,
        at=now,
        project=thing.id if thing.kind == "project" else None,
        earlier=earlier,
    )
    tx.opened_years.carry(carried)
    tx.audit.add(actor, "carry_over", now, "draft", made.id, after={"title": made.title, "year": year})
    return made.id


def _check(year: int, now: datetime) -> None:
    """Raises DraftStep or YearStep: a year is opened in the one before it, or in its own first half."""
    check_year(year)
    if year > today(now).year + 1:
        raise YearStep(f"{year}年还早：新年度最早在上一年开启。")
    if year < today(now).year:
        raise YearStep(f"{year}年已经过去，不能再开启。")


def _day(tx: Transaction, actor: Actor, now: datetime) -> Day:
    return Day(today(now), tx.ledger.yellow(actor))


def _later(calls: Sequence[Call], year: int) -> CallText | None:
    """Last year's call a year later; None if there was none, or this year has one."""
    if any(one.year == year for one in calls):
        return None
    before = next((one for one in calls if one.year == year - 1), None)
    if before is None:
        return None

    def renewed(words: str) -> str:
        return _year_in_words(year).sub(lambda found: str(int(found[0]) + 1), words)

    return CallText(
        year=year,
        title=renewed(before.title),
        text=renewed(before.text),
        issuers=before.issuers,
        opens=_a_year_later(before.opens),
        closes=_a_year_later(before.closes),
    )


def _year_in_words(year: int) -> re.Pattern[str]:
    """The two years before it, standing alone: not within a telephone number, also one with gaps."""
    return re.compile(rf"(?<!\d)(?!(?<=\d[ -])\d{{4}}[ -]\d)(?:{year - 1}|{year - 2})(?!\d)")


def _a_year_later(day: date) -> date:
    """29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
