"""代表联系群众: word for a deputy, reception days, what stations do, who keeps contact with whom."""

from typing import Final

from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.attending import activities, deputies, liaisons, receptions, words

OPEN_PAGES: Final[list[ControllerRouterHandler]] = [
    deputies.directory,
    deputies.word_form,
    deputies.leave_word,
]
_CONTACTS: Final[list[ControllerRouterHandler]] = [
    liaisons.circle,
    liaisons.enter,
    liaisons.add,
    liaisons.end,
]
ROLE_PAGES: Final[dict[PageRole, list[ControllerRouterHandler]]] = {
    "staff": [
        receptions.receptions,
        receptions.set_plan,
        receptions.arrange,
        activities.set_quota,
        activities.activities,
        activities.enter,
        liaisons.overview,
        *_CONTACTS,
    ],
    "deputy": [words.words, words.word, words.answer, liaisons.own, *_CONTACTS],
}
