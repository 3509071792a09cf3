"""The figures of a round, for those pages that may show them already: the chair's and the operator's."""

from voting.documents.report import TallyReport
from voting.documents.session.facts import tally_of
from voting.rounds import Round
from web.access import Visit


def report_for(visit: Visit, counted: Round) -> TallyReport | None:
    """What the 计票结果报告单 and the 主持词 are made of; None while this person may not see the figures."""
    with visit.house.store.read() as tx:
        return tally_of(tx, visit.actor, counted, visit.now)
