"""What 示例县 looks back on: last year's projects and their score, this year's, and the first drafts."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from msgspec import Struct

from ballots.group import Random
from voting.actors import Actor
from voting.days import today
from voting.demo.afterwards import answer_visit, correct_report
from voting.demo.appraisal import AGO, rate
from voting.demo.delivery import Offices, last_year, this_year, watch
from voting.demo.sitting import FIRST, roster
from voting.screening import judging, proposing
from voting.screening.drafts import next_year
from voting.screening.plans import Plan, Target, UnitName
from voting.screening.sketching import sketch
from voting.signing import Signer
from voting.store import Store
from voting.years.annual import annual_report
from voting.years.issuing import Issue, issue


class Past(Struct, frozen=True, kw_only=True):
    """What a newcomer is led to: the published test, the unit that is late, a deputy who has been there."""

    rated: str
    unit: str
    deputy: str


def look_back(
    store: Store, signer: Signer, staff: Actor, members: int, now: datetime, random: Random
) -> Past:
    """Two years by the moments that the pages call."""
    with store.write() as tx:
        deputies = list(tx.deputies.current(staff.congress))
        if not deputies:
            deputies = roster(staff.congress, len(FIRST), random)
            tx.deputies.add_many(deputies)
    of, year = Offices(store, staff, random), next_year(now) - 1
    done = last_year(of, year - 1)
    projects = this_year(of, year, now)
    late = projects[0]
    visit, deputy = watch(of, projects, now)
    answer_visit(of, late, of.unit(of.units.index(late.lead_unit or "")), visit, deputy, now)
    correct_report(of, late, now)
    rated = rate(of, signer, done, year - 1, members, now, random)
    _report(of, signer, year - 1, now)
    _sift(of, now)
    return Past(rated=rated.id, unit=late.lead_unit or "", deputy=deputies[0].id)


def _report(of: Offices, signer: Signer, year: int, now: datetime) -> None:
    """The annual report of the year that was rated, published and signed."""
    then = now - AGO + timedelta(days=6)
    title = f"{year}年民生实事项目年度报告"
    said = Issue(year=year, title=title, number="", day=today(then))
    issue(
        of.store, of.staff, signer, said, f"{title}.docx", annual_report(of.store, of.staff, year, then), then
    )


def _sift(of: Offices, now: datetime) -> None:
    """Two drafts from what people said: one waits for 预审, one for 初选; a third is to be filled in."""
    with of.store.read() as tx:
        said = tx.drafts.waiting_suggestions(of.government, next_year(now), None, 20)
    for title, words, unit, cost in (
        ("临河急弯护栏安装", "护栏", 0, 260),
        ("通学路路灯安装", "路灯", 3, 90),
    ):
        sources = [one.id for one in said if words in one.text or words in one.title]
        plan = Plan(
            title=title,
            content="在群众反映的路段逐处查看，补齐设施，当年完成。",
            place="东溪镇、北岭乡",
            cost=Decimal(cost),
            funds="县财政预算",
            lead_unit=_unit(of, unit),
            completion="this_year",
            targets=(Target(indicator="安装", amount=Decimal(12), measure="处"),),
        )
        made = proposing.propose(of.store, of.government, of.id(), next_year(now), plan, sources, now)
    judging.judge(of.store, of.staff, made.id, 1, "taken", "群众反映集中，当年能办成。", now)
    with of.store.write() as tx:
        tx.drafts.alone(of.staff.congress)
        for one in said:
            if "公交车" in one.title:
                sketch(tx, of.staff, of.id(), next_year(now), one.id, now)


def _unit(of: Offices, place: int) -> UnitName:
    with of.store.read() as tx:
        unit = tx.units.get(of.staff, of.units[place])
    return UnitName(id=unit.id, name=unit.name)
