"""`…/sessions/{id}/rounds/new` and `…/rounds/{id}/edit`: a round's name, its 办法 and its candidates.

Candidates are typed into rows or read from a table; a table only fills the rows, so that a person sees what
was read before anything is saved. Works without script: "more rows" and "read the table" are submits too.
"""

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting import drafting
from voting.candidates import COLUMN_NAMES, CandidatesError, RowProblem, read_candidates, template_csv
from voting.drafting import TitleTaken
from voting.errors import RulesError, VotingError
from voting.rounds import Candidate, Round
from voting.rules import MOST_CANDIDATES, Rules
from voting.sheets import SheetError
from web.access import Visit
from web.errors import answer_to
from web.forms import Form
from web.pages.rules_form import OPTIONS, filled, read_rules

DETAILS: Final = ("content", "place", "cost", "unit", "deadline")
FEW_ROWS: Final = 8
MORE_ROWS: Final = 5


@get("/sessions/{session_id:str}/rounds/new", sync_to_thread=True)
def new_round(visit: NamedDependency[Visit], session_id: FromPath[str]) -> Response[str]:
    """An empty form."""
    form = Form.prefilled(title="民生实事项目票决", rows=FEW_ROWS)
    return _page(visit, form, visit.session(session_id).id, None)


@post("/sessions/{session_id:str}/rounds/new", sync_to_thread=True)
def create_round(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str] | Redirect:
    """Save the draft, or only fill the form further."""
    session = visit.session(session_id)
    if not _wants_saving(form):
        return _filled_further(visit, form, session.id, None)
    title, rules, candidates = _read(form)
    if not form.faults:
        try:
            drafted = drafting.create_round(
                visit.house.store, visit.actor, session.id, title, rules, candidates, visit.now
            )
        except VotingError as error:
            return _refused(visit, form, session.id, None, error)
        return visit.go(f"/rounds/{drafted.id}")
    return _page(visit, form, session.id, None, 422)


@get("/rounds/{round_id:str}/edit", sync_to_thread=True)
def edit_round(visit: NamedDependency[Visit], round_id: FromPath[str]) -> Response[str] | Redirect:
    """The draft as it stands; an adopted round is changed by nobody."""
    draft = visit.round(round_id)
    if draft.state != "drafted":
        return visit.go(f"/rounds/{draft.id}")
    return _page(visit, _as_form(draft), draft.session, draft)


@post("/rounds/{round_id:str}/edit", sync_to_thread=True)
def change_round(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """Save the draft, or only fill the form further."""
    draft = visit.round(round_id)
    if not _wants_saving(form):
        return _filled_further(visit, form, draft.session, draft)
    title, rules, candidates = _read(form)
    if not form.faults:
        try:
            drafting.change_round(
                visit.house.store, visit.actor, draft.id, title, rules, candidates, visit.now
            )
        except VotingError as error:
            return _refused(visit, form, draft.session, draft, error)
        return visit.go(f"/rounds/{draft.id}")
    return _page(visit, form, draft.session, draft, 422)


@get("/candidates.csv", sync_to_thread=True)
def candidates_table(visit: NamedDependency[Visit]) -> Response[bytes]:
    """An empty table to fill in at a desk."""
    return visit.download(template_csv(), "text/csv", "候选项目表.csv")


def _wants_saving(form: Form) -> bool:
    """A chosen table is shown before anything is saved, whichever button was pressed."""
    return form.typed("do", "save") == "save" and not form.has_file("sheet")


def _filled_further(visit: Visit, form: Form, session_id: str, draft: Round | None) -> Response[str]:
    if not form.has_file("sheet") and form.typed("do") == "more":
        rows = min(_rows(form) + MORE_ROWS, MOST_CANDIDATES)
        return _page(visit, form.with_values({"rows": str(rows)}), session_id, draft)
    upload = form.files.get("sheet")
    try:
        found = read_candidates(upload.name, upload.body) if upload else ()
    except CandidatesError as error:
        form.fault("sheet", "候选项目表需要修改，没有读入任何项目。" if error.problems else error.sentence)
        return _page(visit, form, session_id, draft, answer_to(error).status, problems=error.problems)
    except SheetError as error:
        form.fault("sheet", error.sentence)
        return _page(visit, form, session_id, draft, answer_to(error).status)
    if not found:
        form.fault("sheet", "没有选择文件。请先选择候选项目表，再点“读入表格”。")
        return _page(visit, form, session_id, draft, 422)
    return _page(visit, form.with_values(_rows_of(found)), session_id, draft, imported=len(found))


def _refused(
    visit: Visit, form: Form, session_id: str, draft: Round | None, error: VotingError
) -> Response[str]:
    field = {TitleTaken: "title", RulesError: "places"}.get(type(error), "candidates")
    form.fault(field, error.sentence)
    return _page(visit, form, session_id, draft, answer_to(error).status)


def _read(form: Form) -> tuple[str, Rules, tuple[Candidate, ...]]:
    title = form.line("title", "票决名称")
    candidates = tuple(_read_row(form, n) for n in range(1, _rows(form) + 1) if _is_used(form, n))
    if not candidates:
        form.fault("candidates", "还没有候选项目。请逐件填写，或者从表格读入。")
    numbered = tuple(Candidate(number=number, **fields) for number, fields in enumerate(candidates, start=1))
    return title, read_rules(form, len(numbered)), numbered


def _read_row(form: Form, n: int) -> dict[str, str]:
    details = {name: form.prose(f"{name}_{n}", f"第{n}行的{COLUMN_NAMES[name]}") for name in DETAILS}
    return {"title": form.line(f"title_{n}", f"第{n}行的项目名称"), **details}


def _is_used(form: Form, n: int) -> bool:
    return any(form.typed(f"{name}_{n}").strip() for name in ("title", *DETAILS))


def _rows(form: Form) -> int:
    return min(form.whole("rows") or FEW_ROWS, MOST_CANDIDATES)


def _as_form(draft: Round) -> Form:
    fields = {"title": draft.title, **filled(draft.rules), **_rows_of(draft.candidates)}
    return Form.prefilled(**fields)


def _rows_of(candidates: tuple[Candidate, ...]) -> dict[str, str]:
    """The rows of these candidates and of no others; a few empty ones follow."""
    rows = min(len(candidates) + MORE_ROWS, MOST_CANDIDATES)
    fields = {f"{name}_{n}": "" for n in range(1, MOST_CANDIDATES + 1) for name in ("title", *DETAILS)}
    for n, one in enumerate(candidates, start=1):
        fields |= {f"{name}_{n}": getattr(one, name) for name in ("title", *DETAILS)}
    return {**fields, "rows": str(rows)}


def _page(
    visit: Visit,
    form: Form,
    session_id: str,
    draft: Round | None,
    status: int = 200,
    *,
    problems: tuple[RowProblem, ...] = (),
    imported: int = 0,
) -> Response[str]:
    return visit.page(
        "staff/round_form.html",
        status,
        form=form,
        options=OPTIONS,
        columns=COLUMN_NAMES,
        details=DETAILS,
        rows=_rows(form),
        most=MOST_CANDIDATES,
        problems=problems,
        imported=imported,
        back=f"/rounds/{draft.id}" if draft else f"/sessions/{session_id}",
        action=f"/rounds/{draft.id}/edit" if draft else f"/sessions/{session_id}/rounds/new",
        draft=draft,
    )
