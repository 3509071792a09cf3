"""`…/rating/new` and `…/rectifications/{id}/retest`: which projects, in which session, by which 办法."""

from __future__ import annotations

from collections.abc import Sequence

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.days import today
from voting.duties import demand
from voting.grading import Grading
from voting.rating import rounds_over_projects
from voting.rating.completion_report import punctuality
from voting.rating.overviews import completions_of
from voting.rating.rated import PROPOSED, Choice, choices
from voting.rating.rectifications import Rectification
from voting.rating.rounds_over_projects import Wanted
from voting.rounds import Round, Session
from voting.wording import words_for
from web.access import Visit
from web.forms import Form
from web.pages import grading_form
from web.pages.rating.attempt import attempt

Offered = list[tuple[Choice, str, str]]
"""(what, who is responsible, in time or not)."""


@get("/rating/new", sync_to_thread=True)
def new_rating(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """With what was delivered already ticked."""
    demand(visit.actor, "rate")
    year = _year(visit, form)
    proposed = [one.key for one, _, _ in _offered(visit, year) if _is_proposed(one)]
    filled = Form.prefilled(year=year, title=f"{year}年民生实事项目满意度测评", **grading_form.usual())
    return _page(visit, Form({**filled.values, "chosen": proposed}), year)


@post("/rating/new", sync_to_thread=True)
def make_rating(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """Then staff go on in the round's own pages."""
    demand(visit.actor, "rate")
    year = _year(visit, form)
    keys = list(form.values.get("chosen", ()))
    wanted = read_wanted(visit, form, len(keys))
    made: list[Round] = []
    status = attempt(
        form,
        "chosen",
        lambda: made.append(
            rounds_over_projects.make_round(visit.house.store, visit.actor, wanted, keys, visit.now)
        ),
    )
    return _page(visit, form, year, status) if status else visit.go(f"/rounds/{made[0].id}")


@get("/rectifications/{matter_id:str}/retest", sync_to_thread=True)
def new_retest(visit: NamedDependency[Visit], matter_id: FromPath[str]) -> Response[str]:
    """By the same rules as the test before; what can be chosen hangs on the matter it began with."""
    demand(visit.actor, "rate")
    first = _matter(visit, matter_id)
    with visit.house.store.read() as tx:
        before = tx.rounds.get(visit.actor, first.round)
    rules = grading_form.filled(before.rules) if isinstance(before.rules, Grading) else {}
    filled = Form.prefilled(title=f"{before.title}（再测评）"[:120], **rules)
    return _retest_page(visit, Form({**filled.values, "chosen": [first.id]}), first)


@post("/rectifications/{matter_id:str}/retest", sync_to_thread=True)
def make_retest(
    visit: NamedDependency[Visit], form: NamedDependency[Form], matter_id: FromPath[str]
) -> Response[str] | Redirect:
    """再测评 as a round of its own."""
    demand(visit.actor, "rate")
    first = _matter(visit, matter_id)
    keys = list(form.values.get("chosen", ()))
    wanted = read_wanted(visit, form, len(keys))
    made: list[Round] = []
    status = attempt(
        form,
        "chosen",
        lambda: made.append(
            rounds_over_projects.make_retest(visit.house.store, visit.actor, wanted, keys, visit.now)
        ),
    )
    return _retest_page(visit, form, first, status) if status else visit.go(f"/rounds/{made[0].id}")


def read_wanted(visit: Visit, form: Form, number: int) -> Wanted:
    """Session, title and rules; what does not fit is left in `form.faults`."""
    offered = tuple(one.id for one in sessions(visit))
    session = form.choice("session", "会议", offered) if offered else ""
    if not offered:
        form.fault("session", "还没有会议。请先在“会议票决”中新建本次会议。")
    title = form.line("title", "测评名称")
    rules = grading_form.read_grading(form, max(number, 1))
    return Wanted(session=session, title=title, rules=rules)


def sessions(visit: Visit) -> tuple[Session, ...]:
    """The newest last, as staff made them."""
    with visit.house.store.read() as tx:
        return tx.sessions.listing(visit.actor)


def common(visit: Visit) -> dict[str, object]:
    """What every form of a round shows."""
    return {
        "options": grading_form.options(words_for("satisfaction")),
        "session_options": [(one.id, one.title) for one in sessions(visit)],
    }


def _year(visit: Visit, form: Form) -> int:
    year = form.whole("year")
    if year and 2000 <= year <= 2100:
        return year
    with visit.house.store.read() as tx:
        years = tx.projects.years(visit.actor, visit.actor.congress)
    return years[0] if years else today(visit.now).year


def _is_proposed(one: Choice) -> bool:
    return one.part is None and one.project.state in PROPOSED


def _offered(visit: Visit, year: int) -> Offered:
    with visit.house.store.read() as tx:
        projects = tx.projects.of_year(visit.actor, visit.actor.congress, year)
        named = {one.id: one.name for one in tx.units.all(visit.actor.congress)}
        completions = completions_of(tx, projects)
        found = choices(projects, tx.projects.parts(projects))
    return [
        (one, named.get(one.unit or "", ""), punctuality(one.project, completions.get(one.project.id, ())))
        for one in found
    ]


def _page(visit: Visit, form: Form, year: int, status: int | None = None) -> Response[str]:
    return visit.page(
        "rating/round_form.html",
        status or 200,
        form=form,
        year=year,
        offered=_offered(visit, year),
        **common(visit),
    )


def _matter(visit: Visit, matter_id: str) -> Rectification:
    with visit.house.store.read() as tx:
        return tx.rectifications.get(visit.actor, matter_id)


def _beside(visit: Visit, first: Rectification) -> Sequence[Rectification]:
    """The open matters that follow from the same test."""
    with visit.house.store.read() as tx:
        return [
            one
            for one in tx.rectifications.listing(visit.actor)
            if one.round == first.round and (one.open or one.id == first.id)
        ]


def _retest_page(visit: Visit, form: Form, first: Rectification, status: int | None = None) -> Response[str]:
    return visit.page(
        "rating/retest_form.html",
        status or 200,
        form=form,
        first=first,
        offered=[(one.id, one.title) for one in _beside(visit, first)],
        **common(visit),
    )
