"""纸质票: ballots on paper and shows of hands, counted by two tellers."""

from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.paper_ballots import dealing, desk, settings, teller

OPEN_PAGES: list[ControllerRouterHandler] = []
ROLE_PAGES: dict[PageRole, list[ControllerRouterHandler]] = {
    "staff": [
        desk.exchange,
        desk.switch,
        desk.sign_with_pen,
        dealing.cast,
        dealing.spoil,
        dealing.unspoil,
        settings.show,
        settings.change,
    ],
    "chair": [desk.switch],
    "teller": [
        teller.home,
        teller.teller_round,
        teller.enter,
        teller.report_pdf,
        desk.sign_with_pen,
        dealing.cast,
        dealing.spoil,
        dealing.unspoil,
    ],
}
