"""The readers of `web`: forms, addresses, settings. A form collects its faults; its reader raises nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from litestar.testing import RequestFactory

from tests.parsers.registry import Fields, Reader
from voting.errors import InputError
from voting.grading import Grading
from voting.ledger import Names
from voting.people import Unit
from voting.rounds import Candidate, Round
from voting.rules import Rules
from voting.screening.plans import Plan, Target, UnitName
from voting.supervising.changes import Terms
from web import settings
from web.access import refuse_foreign
from web.api.bodies import decode_body
from web.forms import Form
from web.pages import grading_form, rules_form
from web.pages.collecting.fields import read_entry
from web.pages.delivering import plan_form as schemes
from web.pages.ledger import filters
from web.pages.paper_ballots import entering
from web.pages.screening import plan_form
from web.pages.supervising import term_fields
from web.refusals import ForeignRequest

UNITS: Final = tuple(Unit(id=name, congress="c", name=f"{name}局") for name in ("a", "b"))
LISTS: Final = filters.Lists(
    names=Names(categories={"k": "交通"}, villages={}, towns={}, stations={}, deputies={}, units={}),
    years=(2026,),
)
RULES: Final = Rules(ballot="select_k", candidates=3, places=2, publish="list_and_votes")
GRADING: Final = Grading(projects=3, half="more_than", publish="list_and_votes")
PLAN: Final = Plan(
    title="农村公路改造",
    content="改造公路",
    place="东河镇",
    cost=Decimal("320.5"),
    funds="县财政",
    lead_unit=UnitName(id="a", name="a局"),
    completion="this_year",
    targets=(Target(indicator="公路", amount=Decimal("12.5"), measure="公里"),),
)
ROUND: Final = Round(
    id="r",
    congress="c",
    session="s",
    title="票决",
    state="reconciled",
    rules=RULES,
    candidates=tuple(Candidate(number=number, title=f"项目{number}") for number in (1, 2, 3)),
    drafted_at=datetime(2026, 1, 25, tzinfo=UTC),
)
TERMS: Final = Terms(deadline=date(2027, 10, 31), steps=())


class Faulty(Exception):
    """The form says what is wrong, field by field."""


def _of(fields: Fields) -> Form:
    return Form.of(fields.items())


def _plain(form: Form | Mapping[str, str]) -> dict[str, str]:
    values = form.values if isinstance(form, Form) else {name: [value] for name, value in form.items()}
    return {name: some[0] for name, some in values.items() if some}


def _faultless(read: Callable[[Form], Any]) -> Callable[[Fields], Any]:
    """What the form says; Faulty, with all its sentences, where there are any."""

    def call(fields: Fields) -> Any:
        form = _of(fields)
        value = read(form)
        if form.faults:
            raise Faulty("".join(form.faults.values()))
        return value

    return call


def _loaded(text: str) -> settings.Settings:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "settings.toml")
        file.write_bytes(text.encode(errors="surrogatepass"))
        return settings.load({}, file)


def _came_from(origin: str) -> None:
    """A form that was sent with this in `Origin`."""
    written = origin.encode("latin-1", errors="ignore").decode("latin-1").replace("\n", "").replace("\r", "")
    request = RequestFactory().post("/", headers={"origin": written, "host": "vote.example.cn"})
    refuse_foreign(request, settings.Settings(url="https://vote.example.cn"))


def _form_reader(
    name: str, read: Callable[[Form], Any], sound: Callable[[], Fields], written: Any = None
) -> Reader:
    return Reader(name, _faultless(read), (Faulty,), lambda: [sound()], written)


READERS: Final = [
    Reader(
        "web.api.bodies.decode_body",
        lambda raw: decode_body(raw, dict[str, str]),
        (InputError,),
        lambda: [b'{"a":"b"}'],
    ),
    _form_reader(
        "web.forms.Form.line", lambda form: form.line("x", "名称"), lambda: {"x": "公路"}, lambda v: {"x": v}
    ),
    _form_reader(
        "web.forms.Form.prose",
        lambda form: form.prose("x", "内容"),
        lambda: {"x": "一\n二"},
        lambda v: {"x": v},
    ),
    _form_reader(
        "web.forms.Form.number",
        lambda form: form.number("x", "件数", 0, 99),
        lambda: {"x": "１２"},
        lambda value: {"x": str(value)},
    ),
    _form_reader(
        "web.forms.Form.day",
        lambda form: form.day("x", "日期"),
        lambda: {"x": "2026-01-25"},
        lambda value: {"x": value.isoformat()},
    ),
    _form_reader(
        "web.forms.Form.choice", lambda form: form.choice("x", "形式", ("a", "b")), lambda: {"x": "a"}
    ),
    _form_reader(
        "web.pages.collecting.fields.read_entry",
        read_entry,
        lambda: {"title": "路灯", "text": "晚上看不见路", "category": "k", "phone": "13912345678"},
    ),
    _form_reader(
        "web.pages.delivering.plan_form.read_scheme",
        lambda form: schemes.read_scheme(form, UNITS, 2027),
        lambda: {
            "completion": "this_year",
            "lead": "a",
            "rows_steps": "3",
            "indicator_1": "公路",
            "amount_1": "1",
            "measure_1": "公里",
            "planned": "320.5",
            "step_1": "开工",
            "starts_1": "2027-01-01",
            "due_1": "2027-10-01",
            "weight_1": "100",
            "deadline": "2027-10-31",
            "part_1": "",
            "part_unit_1": "",
        },
    ),
    _form_reader(
        "web.pages.grading_form.read_grading",
        lambda form: grading_form.read_grading(form, 3),
        lambda: grading_form.filled(GRADING),
        grading_form.filled,
    ),
    _form_reader(
        "web.pages.ledger.filters.read",
        lambda form: filters.read(form, LISTS),
        lambda: {
            "year": "2026",
            "category": "k",
            "since": "2026-01-25",
            "until": "2026-02-25",
            "text": "路灯",
        },
    ),
    _form_reader(
        "web.pages.paper_ballots.entering.read",
        lambda form: entering.read(ROUND, "all", form),
        lambda: {
            "returned": "9",
            "invalid": "1",
            "figure_1_0": "3",
            "figure_2_0": "4",
            "figure_3_0": "5",
            "blank": "1",
        },
    ),
    _form_reader(
        "web.pages.rules_form.read_rules",
        lambda form: rules_form.read_rules(form, 3),
        lambda: rules_form.filled(RULES),
        rules_form.filled,
    ),
    _form_reader(
        "web.pages.screening.plan_form.read_plan",
        lambda form: plan_form.read_plan(form, UNITS),
        lambda: _plain(plan_form.plan_as_form(PLAN)),
        lambda plan: _plain(plan_form.plan_as_form(plan)),
    ),
    *(
        _form_reader(
            f"web.pages.supervising.term_fields.read_terms {kind}",
            lambda form, kind=kind: term_fields.read_terms(form, kind, TERMS),  # type: ignore[misc]  # mypy cannot infer a default
            lambda kind=kind, said=said: {"kind": kind, **said},  # type: ignore[misc]  # as above
        )
        for kind, said in (
            ("target", {"indicator_1": "公路", "amount_1": "3", "measure_1": "公里"}),
            ("money", {"planned": "320", "funds": "县财政"}),
            ("time", {"deadline": "2027-10-31"}),
            ("content", {"content": "公路", "place": "东河", "standard": ""}),
            ("cancel", {"confirm": "yes"}),
        )
    ),
    Reader(
        "web.access.refuse_foreign",
        _came_from,
        (ForeignRequest,),
        lambda: ["https://vote.example.cn"],
    ),
    Reader(
        "web.settings.load",
        _loaded,
        (settings.SettingsError,),
        lambda: ['url = "https://vote.example.cn"\nport = 8000\nplain_http = true\n'],
    ),
    Reader(
        "web.settings.load url",
        lambda text: settings.load({"PIAOJUE_URL": text}),
        (settings.SettingsError,),
        lambda: ["https://vote.example.cn:8443", "http://[::1]:8000"],
    ),
    Reader(
        "web.settings.load environment",
        lambda fields: settings.load({f"PIAOJUE_{name.upper()}": text for name, text in fields.items()}),
        (settings.SettingsError,),
        lambda: [{"port": "8000", "workers": "0", "plain_http": "true", "url": "https://vote.example.cn"}],
    ),
]
NOT_READERS: Final[dict[str, str]] = {}
