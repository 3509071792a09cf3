"""`/…/audit`: who changed what, for the presidium; and whether the log itself was changed."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from litestar import Response, get
from litestar.di import NamedDependency

from voting import audit as log
from voting.actors import ROLE_NAMES
from voting.change_names import WHATS, field_name, subject_name, value_words, what_name, whats_called
from voting.changes import Change
from voting.days import CHINA
from voting.open_data import table_csv
from voting.store.audit import Wanted
from voting.store.visible import is_id
from web.access import Visit
from web.forms import Form
from web.rendering import time as written_time

MOST_CHECKED: Final = 5_000
"""A longer log is followed when asked only: some 30,000 rows take a second."""

_COLUMNS: Final = ("序位", "时间", "身份", "姓名", "操作", "对象", "对象编号", "变动", "散列值")


@get("/audit", sync_to_thread=True)
def audit(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """The newest first; `?person=`, `?deed=`, `?since=`, `?until=`, `?about=` narrow it down."""
    wanted = _wanted(form)
    head = log.newest(visit.house.store, visit.actor)
    found = log.read(visit.house.store, visit.actor, wanted, form.whole("page") or 1)
    names = _names(visit, found.changes)
    checked = None
    if form.typed("check") == "1" or (head.place <= MOST_CHECKED and found.page == 1):
        checked = log.check(visit.house.store, visit.actor)
    return visit.page(
        "people/audit.html",
        422 if form.faults else 200,
        form=form,
        head=head if checked is None else checked.head,
        checked=checked,
        found=found,
        rows=[_row(one, names) for one in found.changes],
        deeds=sorted(set(WHATS.values())),
        kept=_kept(form),
        most=log.MOST_DOWNLOADED,
    )


@get("/audit.csv", sync_to_thread=True)
def audit_csv(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[bytes]:
    """The same as a table, at most 20,000 rows."""
    log.newest(visit.house.store, visit.actor)
    rows = log.read_all(visit.house.store, visit.actor, _wanted(form))
    names = _names(visit, rows)
    body = table_csv(_COLUMNS, (_cells(one, names) for one in rows))
    day = visit.now.astimezone(CHINA).date().isoformat()
    return visit.download(body, "text/csv; charset=utf-8", f"操作日志{day}.csv")


def _names(visit: Visit, changes: Sequence[Change]) -> dict[str, str]:
    """id → what people call it, of everything that these changes may name."""
    store, actor = visit.house.store, visit.actor
    return log.names(store, actor) | log.labels(store, actor, changes)


def _wanted(form: Form) -> Wanted:
    """What stands in the address; a day that is none is a fault, and does not matter."""
    about = form.typed("about").strip()
    return Wanted(
        person=form.typed("person").strip()[:120].replace("\x00", ""),
        whats=whats_called(form.typed("deed")),
        about=about if is_id(about) else "",
        since=_start(form, "since", "起始日期", 0),
        until=_start(form, "until", "截止日期", 1),
    )


def _start(form: Form, name: str, label: str, later: int) -> datetime | None:
    text = form.typed(name).strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not 2000 <= day.year < 3000:
        form.fault(name, f"请填写{label}，例如 2026-01-25。")
        return None
    return datetime.combine(day + timedelta(days=later), time.min, CHINA)


def _kept(form: Form) -> dict[str, str]:
    """What the links to other pages carry on."""
    names = ("person", "deed", "since", "until", "about")
    return {name: form.typed(name) for name in names if form.typed(name)}


def _row(one: Change, names: dict[str, str]) -> dict[str, Any]:
    return {
        "change": one,
        "role": ROLE_NAMES[one.role],
        "what": what_name(one.subject, one.what),
        "subject": subject_name(one.subject),
        "fields": [
            (field_name(name), *(value_words(name, names.get(str(value), value)) for value in (old, new)))
            for name, old, new in one.fields()
        ],
    }


def _cells(one: Change, names: dict[str, str]) -> list[object]:
    shown = _row(one, names)
    fields = "；".join(f"{name}：{old} → {new}" for name, old, new in shown["fields"])
    return [
        one.place,
        written_time(one.at),
        shown["role"],
        one.name,
        shown["what"],
        shown["subject"],
        one.subject_id or "",
        fields,
        one.hash or "",
    ]
