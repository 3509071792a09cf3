"""`…/registers/{name}/{xlsx|csv}?year=`: 接待登记, 走访面商 and 双联 as tables."""

from __future__ import annotations

from typing import Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from voting import registers
from voting.actors import NotFound
from voting.days import today
from web.access import Visit
from web.forms import Form
from web.pages.ledger.exporting import XLSX

_FORMS: Final = {"xlsx": (XLSX, registers.workbook), "csv": ("text/csv", registers.csv_of)}
_YEARS: Final = range(2000, 2101)


@get("/registers/{register_name:str}/{form_name:str}", sync_to_thread=True)
def register_file(
    visit: NamedDependency[Visit],
    form: NamedDependency[Form],
    register_name: FromPath[str],
    form_name: FromPath[str],
) -> Response[bytes]:
    """One register's year, this one unless another is asked for."""
    name = next((one for one in registers.REGISTERS if one == register_name), None)
    year = form.typed("year") or str(today(visit.now).year)
    if name is None or form_name not in _FORMS or not (year.isdecimal() and int(year) in _YEARS):
        raise NotFound
    media_type, write = _FORMS[form_name]
    made = registers.table(visit.house.store, visit.actor, name, int(year), visit.now)
    return visit.download(write(made), media_type, f"{made.title}.{form_name}")
