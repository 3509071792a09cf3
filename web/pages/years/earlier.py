"""`…/year/earlier`: results of years before the service came, from the office's own table."""

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from voting.duties import demand
from voting.sheets import SheetError
from voting.years.earlier import EarlierError, EarlierScore, RowFault, template_csv
from voting.years.importing import import_scores
from web.access import Visit
from web.forms import Form

CSV: Final = "text/csv; charset=utf-8"


@get("/year/earlier", sync_to_thread=True)
def earlier(visit: NamedDependency[Visit]) -> Response[str]:
    """What is there, and the file."""
    demand(visit.actor, "import_scores")
    return _page(visit, Form())


@post("/year/earlier", sync_to_thread=True)
def import_earlier(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """All rows, or the list of those that have to be put right."""
    demand(visit.actor, "import_scores")
    raw = form.file("table", "表格")
    if form.faults:
        return _page(visit, form, status=422)
    try:
        import_scores(visit.house.store, visit.actor, form.files["table"].name, raw, visit.now)
    except EarlierError as error:
        form.fault("table", error.sentence)
        return _page(visit, form, error.faults, 422)
    except SheetError as error:
        form.fault("table", error.sentence)
        return _page(visit, form, status=422)
    return visit.go("/year/earlier")


@get("/year/earlier/template.csv", sync_to_thread=True)
def template(visit: NamedDependency[Visit]) -> Response[bytes]:
    """A table to fill in."""
    demand(visit.actor, "import_scores")
    return visit.download(template_csv(), CSV, "以前年度测评结果模板.csv")


def _page(visit: Visit, form: Form, faults: tuple[RowFault, ...] = (), status: int = 200) -> Response[str]:
    with visit.house.store.read() as tx:
        found = tx.earlier.all(visit.actor, visit.actor.congress)
    years: dict[int, list[EarlierScore]] = {}
    for one in found:
        years.setdefault(one.year, []).append(one)
    return visit.page("years/earlier.html", status, years=years, form=form, faults=faults)
