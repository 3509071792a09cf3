"""`/operator/{link}`: the one named operator prints, once the scrutineers have signed."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from voting.actors import NotYet
from voting.counts import valid_ballots
from voting.documents.report import TallyReport, tally_report_pdf
from voting.documents.script import script_pdf
from voting.rounds import Round, words_of
from voting.settling.hub import waiting_for
from web.access import Visit
from web.pages.agenda import current_round, names_in
from web.pages.result_table import table_of
from web.pages.tally import report_for

PDF = "application/pdf"


@get("/", sync_to_thread=True)
def operator(visit: NamedDependency[Visit]) -> Response[str]:
    """The round that the session is busy with."""
    return _page(visit, current_round(visit.rounds()))


@get("/rounds/{round_id:str}", sync_to_thread=True)
def operator_round(visit: NamedDependency[Visit], round_id: FromPath[str]) -> Response[str]:
    """One round."""
    return _page(visit, visit.round(round_id))


@get("/rounds/{round_id:str}/report.pdf", sync_to_thread=True)
def report_pdf(visit: NamedDependency[Visit], round_id: FromPath[str]) -> Response[bytes]:
    """计票结果报告单, 测评结果报告单."""
    counted = visit.round(round_id)
    body = tally_report_pdf(_report(visit, counted), visit.now)
    names = words_of(counted, visit.session(counted.session))
    return visit.download(body, PDF, f"{names.report}（{counted.title}）.pdf")


@get("/rounds/{round_id:str}/script.pdf", sync_to_thread=True)
def chairs_script_pdf(visit: NamedDependency[Visit], round_id: FromPath[str]) -> Response[bytes]:
    """主持词."""
    counted = visit.round(round_id)
    body = script_pdf(_report(visit, counted), visit.now)
    return visit.download(body, PDF, f"主持词（{counted.title}）.pdf")


def _report(visit: Visit, counted: Round) -> TallyReport:
    """Raises NotYet."""
    report = report_for(visit, counted)
    if report is None:
        raise NotYet("票数还不能查看。请在监票人全部签字以后再打开。")
    return report


def _page(visit: Visit, shown: Round | None) -> Response[str]:
    session = visit.session(visit.actor.session or "")
    report = report_for(visit, shown) if shown else None
    everybody = visit.scrutineers(shown.id) if shown else ()
    return visit.page(
        "operator/round.html",
        round=shown,
        session=session,
        names=names_in(session, shown),
        others=[one for one in visit.rounds() if one != shown],
        report=report,
        valid=valid_ballots(report.counts) if report else None,
        table=table_of(shown) if shown else None,
        waiting_for=waiting_for(shown, everybody) if shown else (),
    )
