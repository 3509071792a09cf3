"""`…/year/papers`: documents for everybody, signed as they are published."""

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.actors import NotFound
from voting.days import today
from voting.duties import demand
from voting.errors import TextError
from voting.screening.drafts import EARLIEST_YEAR, LATEST_YEAR, next_year
from voting.screening.papers import PaperError
from voting.years.annual import annual_report
from voting.years.facts import YearError, YearStep
from voting.years.issuing import MOST_LISTED, Issue, issue, withdraw
from web.access import Visit
from web.forms import Form

_REPORT: Final = "{}年民生实事项目年度报告"


@get("/year/papers", sync_to_thread=True)
def papers(visit: NamedDependency[Visit]) -> Response[str]:
    """What is published, and the form for one more."""
    demand(visit.actor, "issue_paper")
    day, year = today(visit.now), next_year(visit.now)
    return _page(visit, Form.prefilled(day=day.isoformat(), year=year))


@post("/year/papers", sync_to_thread=True)
def issue_paper(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """Public from now on, with its signature beside it."""
    demand(visit.actor, "issue_paper")
    title = form.line("title", "标题")
    year = form.number("year", "年度", EARLIEST_YEAR, LATEST_YEAR)
    day = form.day("day", "发布日期")
    body = form.file("file", "文件")
    if not form.faults:
        said = Issue(year=year, title=title, number=form.typed("number"), day=day)
        name = form.files["file"].name
        house = visit.house
        try:
            issue(house.store, visit.actor, house.signer, said, name, body, visit.now)
        except TextError as error:
            form.fault("number", error.sentence)
        except YearError as error:
            form.fault("day", error.sentence)
        except (PaperError, YearStep) as error:
            form.fault("file", error.sentence)
    return _page(visit, form, 422) if form.faults else visit.go("/year/papers")


@post("/year/{year:int}/report", sync_to_thread=True)
def issue_report(visit: NamedDependency[Visit], year: FromPath[int]) -> Redirect:
    """The annual report as it is now, published and signed."""
    demand(visit.actor, "issue_paper")
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise NotFound
    body = annual_report(visit.house.store, visit.actor, year, visit.now)
    title = _REPORT.format(year)
    said = Issue(year=year, title=title, number="", day=today(visit.now))
    house = visit.house
    issue(house.store, visit.actor, house.signer, said, f"{title}.docx", body, visit.now)
    return visit.go("/year/papers")


@post("/year/papers/{paper_id:str}/withdraw", sync_to_thread=True)
def withdraw_paper(
    visit: NamedDependency[Visit], paper_id: FromPath[str], form: NamedDependency[Form]
) -> Response[str] | Redirect:
    """Its address finds nothing any more, and the same file is not published again: hence the tick."""
    demand(visit.actor, "issue_paper")
    form.confirmed("confirm", "公布有误，确定撤下")
    if form.faults:
        return _page(visit, form, 422)
    withdraw(visit.house.store, visit.actor, paper_id, visit.now)
    return visit.go("/year/papers")


def _page(visit: Visit, form: Form, status: int = 200) -> Response[str]:
    with visit.house.store.read() as tx:
        found = tx.public_papers.listing(visit.actor, visit.actor.congress, MOST_LISTED)
    settings = visit.house.settings
    return visit.page(
        "years/papers.html",
        status,
        papers=found,
        report_years=[next_year(visit.now) - 1, next_year(visit.now) - 2],
        form=form,
        address=settings.address,
        public=settings.address(f"/t/{visit.actor.congress}/papers"),
    )
