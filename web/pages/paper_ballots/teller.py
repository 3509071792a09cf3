"""`/teller/{link}`: one of two tellers writes down what was counted, without seeing the other's figures."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting import tally_report
from voting.actors import NotYet
from voting.documents.report import tally_report_pdf
from voting.errors import VotingError
from voting.paper_ballots.agreeing import Agreement, agreement, dealt_with, paper_text
from voting.paper_ballots.sheets import Dealt, MorePaper, counted_apart, handed_out, remaining, returned_name
from voting.paper_ballots.tellers import enter_counts
from voting.rounds import Round, Scrutineer, enough_signatures, words_of
from web.access import Visit
from web.errors import answer_to
from web.forms import Form
from web.pages.agenda import current_round, names_in
from web.pages.paper_ballots.entering import filled, lines, read, valid_name
from web.pages.tally import report_for

PDF = "application/pdf"


@get("/", sync_to_thread=True)
def home(visit: NamedDependency[Visit]) -> Response[str]:
    """The round that the session is busy with."""
    return teller_page(visit, current_round(visit.rounds()))


@get("/rounds/{round_id:str}", sync_to_thread=True)
def teller_round(visit: NamedDependency[Visit], round_id: FromPath[str]) -> Response[str]:
    """One round."""
    return teller_page(visit, visit.round(round_id))


@post("/rounds/{round_id:str}/counts", sync_to_thread=True)
def enter(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """Save the sheet, or only add it up."""
    shown = visit.round(round_id)
    if form.typed("do") == "check":
        return teller_page(visit, shown, form, added_up=True)
    with visit.house.store.read() as tx:
        asked = agreement(tx, visit.actor, shown).asked or "all"
    entry = read(shown, asked, form)
    if form.faults:
        return teller_page(visit, shown, form, 422)
    sure = form.typed("sure") == "yes"
    try:
        enter_counts(visit.house.store, visit.actor, round_id, entry, visit.now, sure=sure)
    except MorePaper as error:
        form.fault("returned", error.sentence)
        return teller_page(visit, shown, form, answer_to(error).status, ask_sure=True)
    except VotingError as error:
        form.fault("returned", error.sentence)
        return teller_page(visit, visit.round(round_id), form, answer_to(error).status)
    return visit.go(f"/rounds/{round_id}")


@get("/rounds/{round_id:str}/report.pdf", sync_to_thread=True)
def report_pdf(visit: NamedDependency[Visit], round_id: FromPath[str]) -> Response[bytes]:
    """计票结果报告单 of a round on paper, to be signed with the pen."""
    counted = visit.round(round_id)
    report = report_for(visit, counted)
    if report is None:
        raise NotYet("还没有计票结果。请等两名计票人录入一致、主席宣布有效。")
    names = words_of(counted, visit.session(counted.session))
    return visit.download(tally_report_pdf(report, visit.now), PDF, f"{names.report}（{counted.title}）.pdf")


def teller_page(
    visit: Visit, shown: Round | None, form: Form | None = None, status: int = 200, **more: Any
) -> Response[str]:
    """The page with a form that may have faults."""
    session = visit.session(visit.actor.session or "")
    return visit.page(
        "paper_ballots/teller.html",
        status,
        round=shown,
        session=session,
        names=names_in(session, shown),
        others=[one for one in visit.rounds() if shown is None or one.id != shown.id],
        **_facts(visit, shown, form),
        **{"ask_sure": False, "added_up": False, **more},
    )


def _facts(visit: Visit, shown: Round | None, form: Form | None) -> dict[str, Any]:
    if shown is None:
        return {"form": Form()}
    with visit.house.store.read() as tx:
        known = agreement(tx, visit.actor, shown)
        dealt = dealt_with(tx, visit.actor, shown)
        everybody = tx.scrutineers.of(visit.actor, shown.id)
        signed = tx.paper.signatures(visit.actor, shown.id)
        text = paper_text(tx, visit.actor, shown) if known.agreed else None
    own = known.sheets.get(visit.actor.scrutineer or 1)
    typed = form or filled(shown, own)
    return {
        "form": typed,
        "asked": None if signed else known.asked,
        "own": own,
        "known": known,
        "names_of_tellers": {n: one.name for n, one in known.sheets.items()},
        "mine": visit.actor.scrutineer or 1,
        "returned_name": returned_name(shown),
        "valid_name": valid_name(shown),
        "lines": lines(shown, typed),
        "most": handed_out(shown, dealt),
        "editing": form is not None or own is None or bool(known.differences),
        "text": text,
        "paper_signed": [one.name for one in everybody if one.number in {s.number for s in signed}],
        "dealing": _dealing(shown, dealt),
        "dealt": dealt,
        "scrutineers": everybody,
        "report": _report(visit, shown),
        "unsigned": _unsigned(shown, everybody),
        "enough": enough_signatures(shown, everybody),
    }


def _dealing(shown: Round, dealt: Dealt) -> int:
    """Papers that are still to be cast one by one."""
    apart = counted_apart(shown, dealt)
    return 0 if shown.state != "open" or shown.method != "electronic" or apart else remaining(shown, dealt)


def _report(visit: Visit, shown: Round) -> str | None:
    """The text of the report, in a round that two tellers have counted."""
    if shown.method == "electronic":
        return None
    try:
        return tally_report.report_text(visit.house.store, visit.actor, shown.id).decode()
    except NotYet:
        return None


def _unsigned(shown: Round, everybody: tuple[Scrutineer, ...]) -> list[Scrutineer]:
    if shown.method == "electronic" or shown.state != "counted":
        return []
    return [one for one in everybody if one.signature is None]


def standing_words(known: Agreement) -> str:
    """How far the tellers are, without a figure."""
    if not known.sheets:
        return "两名计票人都还没有录入"
    if not known.both:
        names = "、".join(one.name for one in known.sheets.values())
        return f"{names}已经录入，等另一名计票人"
    many = len(known.differences)
    return f"两名计票人录入的数字有{many}处不同，正在核对" if many else "两名计票人录入一致"
