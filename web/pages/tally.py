"""The figures of a round, for those pages that may show them already: the chair's and the operator's."""

from voting import counting
from voting.actors import NotYet
from voting.days import CHINA
from voting.documents.report import TallyReport
from voting.rounds import Round
from web.access import Visit


def report_for(visit: Visit, counted: Round) -> TallyReport | None:
    """What the 计票结果报告单 and the 主持词 are made of; None while this person may not see the figures."""
    try:
        figures = counting.figures(visit.house.store, visit.actor, counted.id)
    except NotYet:
        return None
    return TallyReport(
        session_title=visit.session(counted.session).title,
        round_title=counted.title,
        rules=counted.rules,
        candidates=counted.candidates,
        counts=figures.counts,
        outcome=figures.outcome,
        scrutineers=visit.scrutineers(counted.id),
        closing_head=counted.closing_head,
        day=(counted.opened_at or visit.now).astimezone(CHINA).date(),
    )
