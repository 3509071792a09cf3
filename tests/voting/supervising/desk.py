"""Supervision as its people enter it, and what stands in the database afterwards.

group = a_group(county, made)                       # led by the first deputy, with the second
visit = a_visit(county, made)                       # by the first deputy, with an opinion
order = an_order(county, made)                      # to the leading unit
change = asked(county, made, "money")               # by the government office
decided(county, made, change)                       # by the 常委会 (in a town the 人代会), approved
finished(county, made); accepted(county, made)
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from msgspec.structs import replace

from tests.county import Body, new_id
from tests.delivery import project
from tests.drafts import PDF
from voting.actors import Actor
from voting.days import today
from voting.delivering.projects import WHOLE, Project, ProjectState, yuan
from voting.photos import Prepared
from voting.store import Transaction
from voting.supervising import changing, completing, conferring, grouping, ordering, visiting
from voting.supervising.changes import Kind, ProjectChange, Step, Terms
from voting.supervising.completions import Accepted, ProjectCompletion, Reported, Result
from voting.supervising.conferences import Agreed, Conference
from voting.supervising.groups import Group
from voting.supervising.orders import BODIES, Order
from voting.supervising.visits import Seen, Visit

PICTURE: Final = Prepared(width=8, height=8, small=b"small", body=b"body")
DECISION: Final = ("决定.pdf", PDF)


def office(body: Body) -> Actor:
    """Who does the government's part."""
    return body.staff if body.level == "town" else body.government


def a_group(body: Body, *projects: Project, name: str = "第一监督小组", **fields: Any) -> Group:
    facts: dict[str, Any] = {
        "name": name,
        "leader": body.deputies[0].id,
        "members": (body.deputies[1].id,),
        "projects": tuple(one.id for one in projects),
    }
    wanted = grouping.Wanted(**(facts | fields))
    return grouping.make_group(body.store, body.staff, new_id(name), wanted, body.now())


def seen(body: Body, **fields: Any) -> Seen:
    facts: dict[str, Any] = {
        "day": today(body.now()),
        "who": "张桂兰、王建军",
        "seen": "路基完成约三公里，西山段没有护栏。",
        "opinion": "建议先装护栏再通车。",
    }
    return Seen(**(facts | fields))


def a_visit(body: Body, of: Project, actor: Actor | None = None, **fields: Any) -> Visit:
    """With one photo."""
    who = actor or body.deputy
    key = fields.pop("key", None) or new_id("visit")
    group = fields.pop("group", None)
    entered = seen(body, **fields)
    return visiting.enter(body.store, who, of.id, key, entered, [PICTURE], group, body.now())


def wanted_order(body: Body, of: Project, /, **fields: Any) -> ordering.Wanted:
    facts: dict[str, Any] = {
        "body": BODIES[body.level],
        "number": f"督〔2027〕{new_id('n')[:6]}号",
        "decision": "第十二次会议决定",
        "day": today(body.now()),
        "unit": of.lead_unit or "",
        "matter": "西山段护栏没有安装",
        "demand": "一个月内装好，报告结果。",
    }
    return ordering.Wanted(**(facts | fields))


def an_order(body: Body, of: Project, /, **fields: Any) -> Order:
    wanted = wanted_order(body, of, **fields)
    return ordering.issue(body.store, body.staff, of.id, new_id("order"), wanted, body.now())


def a_conference(body: Body, of: Project, *due: date) -> Conference:
    """With one commitment for each day."""
    agreed = Agreed(
        day=today(body.now()),
        subject="西山段征地",
        participants="人大城建工委、县交通运输局、东河镇",
        agreed="补偿款九月底前到位。",
        commitments=tuple(("东河镇", f"签完第{n}批协议", day) for n, day in enumerate(due, start=1)),
    )
    return conferring.record(body.store, body.staff, of.id, new_id("talk"), agreed, body.now())


def later(step: Step, days: int) -> Step:
    """A milestone that ends so many days later."""
    return replace(step, due=date.fromordinal(step.due.toordinal() + days))


def terms(of: Project, kind: Kind, steps: tuple[Step, ...] = ()) -> Terms:
    """Something else than what the project says."""
    state: ProjectState = "cancelled"
    return {
        "target": Terms(targets=(replace(of.targets[0], amount=of.targets[0].amount - 2),)),
        "money": Terms(planned=of.planned + yuan(of.targets[0].amount), funds="县财政全额安排"),
        "time": Terms(
            deadline=None if of.deadline is None else date.fromordinal(of.deadline.toordinal() + 30),
            steps=steps,
        ),
        "content": Terms(content="改造农村公路10.5公里。", place=of.place, standard=of.standard),
        "cancellation": Terms(state=state),
    }[kind]


def steps_of(tx: Transaction, of: Project) -> tuple[Step, ...]:
    found = tx.projects.milestones([of]).get(of.id, ())
    return tuple(Step(title=one.title, starts=one.starts, due=one.due, weight=one.weight) for one in found)


def asked(body: Body, of: Project, kind: Kind = "money", **fields: Any) -> ProjectChange:
    with body.store.read() as tx:
        steps = steps_of(tx, of)
    facts: dict[str, Any] = {
        "kind": kind,
        "reason": "西山段地质条件与勘察不符。",
        "after": terms(of, kind, tuple(later(one, 20) for one in steps)),
    }
    return changing.ask(
        body.store, office(body), of.id, new_id("change"), changing.Asked(**(facts | fields)), body.now()
    )


def decision(body: Body, /, **fields: Any) -> changing.Decided:
    """The body that may, approving, with its paper."""
    town = body.level == "town"
    facts: dict[str, Any] = {
        "approved": True,
        "body": "congress" if town else "committee",
        "day": today(body.now()),
        "number": "常委会〔2027〕5号",
        "session": "第二次会议" if town else "",
        "document": DECISION,
    }
    return changing.Decided(**(facts | fields))


def decided(body: Body, of: Project, change: ProjectChange, /, **fields: Any) -> ProjectChange:
    said = decision(body, **fields)
    return changing.decide(body.store, body.staff, of.id, change.id, said, body.now())


def finished(body: Body, of: Project, **fields: Any) -> ProjectCompletion:
    """As if its last report had said that all is done."""
    if now_in_store(body, of).progress != WHOLE:
        with body.store.write() as tx:
            tx.projects.change(of, progress=WHOLE, reported_at=body.now())
    key = fields.pop("key", None) or new_id("done")
    proof = fields.pop("proof", completing.Proof(photos=[PICTURE]))
    facts: dict[str, Any] = {"finished_on": today(body.now()), "text": "12.5公里全部通车。"}
    reported = Reported(**(facts | fields))
    return completing.finish(body.store, office(body), of.id, key, reported, proof, body.now())


def accepted(
    body: Body, of: Project, completion: ProjectCompletion, result: Result = "passed", /, **fields: Any
) -> ProjectCompletion:
    proof = fields.pop("proof", completing.Proof(document=("验收单.pdf", PDF)))
    facts: dict[str, Any] = {
        "result": result,
        "accepted_on": today(body.now()),
        "body": "县交通运输局、县发展改革局",
        "approvers": "周明、吴芳",
        "note": "" if result == "passed" else "标志牌没有装。",
    }
    said = Accepted(**(facts | fields))
    return completing.accept(body.store, office(body), of.id, completion.id, said, proof, body.now())


def belongings(body: Body) -> dict[str, str]:
    """Ids of a project that has everything of supervision, by the names that addresses give them."""
    made, done = project(body), project(body, "已经办结的项目")
    order = an_order(body, made)
    change = decided(body, made, asked(body, made))
    visit = a_visit(body, made, body.staff)
    with body.store.read() as tx:
        papers = tx.project_files.papers(body.staff, made)
        pictures = tx.project_files.pictures(body.staff, made)
    return {
        "project_id": made.id,
        "group_id": a_group(body, made).id,
        "visit_id": visit.id,
        "order_id": order.id,
        "conference_id": a_conference(body, made, today(body.now())).id,
        "change_id": change.id,
        "completion_id": finished(body, done).id,
        "paper_id": papers[0].id,
        "picture_id": pictures[0].id,
    }


def now_in_store(body: Body, of: Project) -> Project:
    with body.store.read() as tx:
        return tx.projects.get(body.staff, of.id)
