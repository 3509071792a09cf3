"""发票: the cards of a plenary, leftovers, the reserve, lost cards, incidents, 试投."""

from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.handing_out import counting, deck, incidents, replacing

OPEN_PAGES: list[ControllerRouterHandler] = []
ROLE_PAGES: dict[PageRole, list[ControllerRouterHandler]] = {
    "staff": [
        deck.deck,
        deck.load_deck,
        deck.withdraw_deck,
        deck.erase_serials,
        deck.create_trial,
        deck.use_deck,
        counting.counting,
        counting.put_back,
        counting.take_out,
        counting.declare_reserve,
        replacing.replacing,
        replacing.replace_card,
        replacing.declare_dead,
        incidents.incidents,
        incidents.report_incident,
    ],
    "chair": [incidents.to_answer, incidents.answer_incident],
}
