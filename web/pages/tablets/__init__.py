"""The hall's own devices: the tablet for those without a phone, and the press that makes the cards."""

from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.tablets import press, setting_up, tablet

OPEN_PAGES: list[ControllerRouterHandler] = [tablet.tablet]
ROLE_PAGES: dict[PageRole, list[ControllerRouterHandler]] = {
    "staff": [press.press, setting_up.setting_up, setting_up.change_patience]
}
