"""`…/sessions/{id}/rounds/new` and `…/rounds/{id}/edit`: a round's name, its 办法 and its candidates.

A round is a 票决 or a 测评: `?kind=satisfaction` begins with the second, and a button changes to the other
kind without losing what was typed. A session of the 常委会 only rates.

Candidates are typed into rows or read from a table; a table only fills the rows, so that a person sees what
was read before anything is saved. Works without script: "more rows" and "read the table" are submits too.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting import drafting
from voting.candidates import COLUMN_NAMES, CandidatesError, RowProblem, read_candidates, template_csv
from voting.cycle import Method
from voting.drafting import TitleTaken
from voting.errors import RulesError, VotingError
from voting.grading import Grading
from voting.rounds import Candidate, Round, Session
from voting.rules import MOST_CANDIDATES, RoundRules, rule_sentences
from voting.sheets import SheetError
from voting.wording import Kind, Words, words_for
from web.access import Visit
from web.errors import answer_to
from web.forms import Form
from web.pages import grading_form, rules_form

DETAILS: Final = ("content", "place", "cost", "unit", "deadline")
FEW_ROWS: Final = 8
MORE_ROWS: Final = 5


USUAL_TITLES: Final[Mapping[Kind, str]] = {
    "decision": "民生实事项目票决",
    "satisfaction": "民生实事项目满意度测评",
}
METHODS: Final[Mapping[Method, str]] = {
    "electronic": "用投票卡在手机上投票（也可以同时发纸质票）",
    "paper": "全部用纸质票，两名计票人录入票数",
    "hands": "举手表决，两名计票人录入人数",
}
OTHER: Final[Mapping[Kind, Kind]] = {"decision": "satisfaction", "satisfaction": "decision"}


class Desk(NamedTuple):
    """Where the form stands: a new round of this kind in this session, or the draft that is changed."""

    visit: Visit
    session: Session
    kind: Kind
    draft: Round | None = None

    @property
    def names(self) -> Words:
        """What things are called in this round."""
        return words_for(self.kind, self.session.body)


@get("/sessions/{session_id:str}/rounds/new", sync_to_thread=True)
def new_round(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str]:
    """An empty form."""
    desk = _new(visit, form, session_id)
    fields: dict[str, str] = grading_form.usual() if desk.kind == "satisfaction" else {}
    return _page(desk, Form.prefilled(title=USUAL_TITLES[desk.kind], rows=FEW_ROWS, **fields))


@post("/sessions/{session_id:str}/rounds/new", sync_to_thread=True)
def create_round(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str] | Redirect:
    """Save the draft, or only fill the form further."""
    desk = _new(visit, form, session_id)
    if not _wants_saving(form):
        return _filled_further(desk, form)
    title, rules, candidates = _read(desk, form)
    if not form.faults:
        try:
            drafted = drafting.create_round(
                visit.house.store,
                visit.actor,
                desk.session.id,
                title,
                rules,
                candidates,
                visit.now,
                _method(form),
            )
        except VotingError as error:
            return _refused(desk, form, error)
        return visit.go(f"/rounds/{drafted.id}")
    return _page(desk, form, 422)


@get("/rounds/{round_id:str}/edit", sync_to_thread=True)
def edit_round(visit: NamedDependency[Visit], round_id: FromPath[str]) -> Response[str] | Redirect:
    """The draft as it stands; an adopted round is changed by nobody."""
    draft = visit.round(round_id)
    if draft.state != "drafted":
        return visit.go(f"/rounds/{draft.id}")
    return _page(_changing(visit, draft), _as_form(draft))


@post("/rounds/{round_id:str}/edit", sync_to_thread=True)
def change_round(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """Save the draft, or only fill the form further."""
    desk = _changing(visit, visit.round(round_id))
    if not _wants_saving(form):
        return _filled_further(desk, form)
    title, rules, candidates = _read(desk, form)
    if not form.faults:
        try:
            drafting.change_round(
                visit.house.store, visit.actor, round_id, title, rules, candidates, visit.now, _method(form)
            )
        except VotingError as error:
            return _refused(desk, form, error)
        return visit.go(f"/rounds/{round_id}")
    return _page(desk, form, 422)


@get("/candidates.csv", sync_to_thread=True)
def candidates_table(visit: NamedDependency[Visit]) -> Response[bytes]:
    """An empty table to fill in at a desk."""
    return visit.download(template_csv(), "text/csv", "候选项目表.csv")


def _new(visit: Visit, form: Form, session_id: str) -> Desk:
    """Of a new round. The 常委会 only rates."""
    session = visit.session(session_id)
    asked: Kind = "satisfaction" if form.typed("kind") == "satisfaction" else "decision"
    return Desk(visit, session, "satisfaction" if session.body == "committee" else asked)


def _changing(visit: Visit, draft: Round) -> Desk:
    return Desk(visit, visit.session(draft.session), draft.kind, draft)


def _wants_saving(form: Form) -> bool:
    """A chosen table is shown before anything is saved, whichever button was pressed."""
    return form.typed("do", "save") == "save" and not form.has_file("sheet")


def _filled_further(desk: Desk, form: Form) -> Response[str]:
    wanted = "import" if form.has_file("sheet") else form.typed("do")
    if wanted == "switch" and desk.draft is None:
        return _switched(desk, form)
    if wanted == "read":
        return _read_back(desk, form)
    if wanted == "more":
        rows = min(_rows(form) + MORE_ROWS, MOST_CANDIDATES)
        return _page(desk, form.with_values({"rows": str(rows)}))
    return _with_table(desk, form)


def _with_table(desk: Desk, form: Form) -> Response[str]:
    upload = form.files.get("sheet")
    table = f"{desk.names.candidate}表"
    try:
        found = read_candidates(upload.name, upload.body) if upload else ()
    except CandidatesError as error:
        form.fault("sheet", f"{table}需要修改，没有读入任何项目。" if error.problems else error.sentence)
        return _page(desk, form, answer_to(error).status, problems=error.problems)
    except SheetError as error:
        form.fault("sheet", error.sentence)
        return _page(desk, form, answer_to(error).status)
    if not found:
        form.fault("sheet", f"没有选择文件。请先选择{table}，再点“读入表格”。")
        return _page(desk, form, 422)
    return _page(desk, form.with_values(_rows_of(found)), imported=len(found))


def _switched(desk: Desk, form: Form) -> Response[str]:
    """The same form for the other kind of round; a title that nobody wrote goes with it."""
    other = desk._replace(kind=OTHER[desk.kind])
    fields = {} if form.typed("level_1") else grading_form.usual()
    if form.typed("title") == USUAL_TITLES[desk.kind]:
        fields["title"] = USUAL_TITLES[other.kind]
    return _page(other, form.with_values(fields))


def _read_back(desk: Desk, form: Form) -> Response[str]:
    """The rules as they would be, in words; nothing is saved."""
    _, rules, _ = _read(desk, form)
    if form.faults:
        return _page(desk, form, 422)
    session = desk.session
    return _page(desk, form, sentences=rule_sentences(rules, session.all_deputies, session.body))


def _refused(desk: Desk, form: Form, error: VotingError) -> Response[str]:
    of_the_rules = "levels" if desk.kind == "satisfaction" else "places"
    field = {TitleTaken: "title", RulesError: of_the_rules}.get(type(error), "candidates")
    form.fault(field, error.sentence)
    return _page(desk, form, answer_to(error).status)


def _read(desk: Desk, form: Form) -> tuple[str, RoundRules, tuple[Candidate, ...]]:
    title = form.line("title", f"{desk.names.act}名称")
    candidates = tuple(_read_row(form, n) for n in range(1, _rows(form) + 1) if _is_used(form, n))
    if not candidates:
        form.fault("candidates", f"还没有{desk.names.candidate}。请逐件填写，或者从表格读入。")
    numbered = tuple(Candidate(number=number, **fields) for number, fields in enumerate(candidates, start=1))
    read = grading_form.read_grading if desk.kind == "satisfaction" else rules_form.read_rules
    return title, read(form, len(numbered)), numbered


def _method(form: Form) -> Method:
    """By card, unless another way was chosen."""
    typed = form.typed("held")
    return next((one for one in METHODS if one == typed), "electronic")


def _read_row(form: Form, n: int) -> dict[str, str]:
    details = {name: form.prose(f"{name}_{n}", f"第{n}行的{COLUMN_NAMES[name]}") for name in DETAILS}
    return {"title": form.line(f"title_{n}", f"第{n}行的项目名称"), **details}


def _is_used(form: Form, n: int) -> bool:
    return any(form.typed(f"{name}_{n}").strip() for name in ("title", *DETAILS))


def _rows(form: Form) -> int:
    return min(form.whole("rows") or FEW_ROWS, MOST_CANDIDATES)


def _as_form(draft: Round) -> Form:
    rules = draft.rules
    filled = grading_form.filled(rules) if isinstance(rules, Grading) else rules_form.filled(rules)
    return Form.prefilled(title=draft.title, held=draft.method, **filled, **_rows_of(draft.candidates))


def _rows_of(candidates: tuple[Candidate, ...]) -> dict[str, str]:
    """The rows of these candidates and of no others; a few empty ones follow."""
    rows = min(len(candidates) + MORE_ROWS, MOST_CANDIDATES)
    fields = {f"{name}_{n}": "" for n in range(1, MOST_CANDIDATES + 1) for name in ("title", *DETAILS)}
    for n, one in enumerate(candidates, start=1):
        fields |= {f"{name}_{n}": getattr(one, name) for name in ("title", *DETAILS)}
    return {**fields, "rows": str(rows)}


def _page(
    desk: Desk,
    form: Form,
    status: int = 200,
    *,
    problems: tuple[RowProblem, ...] = (),
    imported: int = 0,
    sentences: Sequence[str] = (),
) -> Response[str]:
    draft, session = desk.draft, desk.session
    return desk.visit.page(
        "staff/round_form.html",
        status,
        form=form,
        kind=desk.kind,
        names=desk.names,
        other=None if draft or session.body == "committee" else words_for(OTHER[desk.kind], session.body),
        options=_options(desk),
        methods=METHODS,
        columns=COLUMN_NAMES,
        details=DETAILS,
        rows=_rows(form),
        most=MOST_CANDIDATES,
        problems=problems,
        imported=imported,
        sentences=sentences,
        back=f"/rounds/{draft.id}" if draft else f"/sessions/{session.id}",
        action=f"/rounds/{draft.id}/edit" if draft else f"/sessions/{session.id}/rounds/new",
        draft=draft,
    )


def _options(desk: Desk) -> dict[str, dict[Any, str]]:
    return grading_form.options(desk.names) if desk.kind == "satisfaction" else rules_form.OPTIONS
