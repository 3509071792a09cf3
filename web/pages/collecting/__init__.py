"""群众提: the public form, its query page, screening, what staff and deputies enter."""

from typing import Final

from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.collecting import calls, mine, photos, proposals, public_form, register, sifting

OPEN_PAGES: Final[list[ControllerRouterHandler]] = [
    public_form.new,
    public_form.send,
    public_form.receipt,
    mine.find,
    mine.found,
    mine.mine,
    mine.confirm,
    photos.own_photo,
    photos.public_photo,
]
_OFFICE: Final[list[ControllerRouterHandler]] = [
    photos.role_photo,
    sifting.inbox,
    sifting.accept_many,
    sifting.item,
    sifting.screen,
    sifting.put_right,
    sifting.release,
    sifting.more_photos,
    register.register_form,
    register.enter,
    register.registered,
    register.import_form,
    register.import_rows,
    register.import_template,
    calls.calls,
    calls.write_call,
    calls.call,
    calls.rewrite_call,
    calls.publish,
]
_PROPOSERS: Final[list[ControllerRouterHandler]] = [
    photos.role_photo,
    proposals.proposals,
    proposals.proposal_form,
    proposals.submit_proposal,
    proposals.proposal,
]
ROLE_PAGES: Final[dict[PageRole, list[ControllerRouterHandler]]] = {
    "staff": _OFFICE,
    "government_office": _OFFICE,
    "presidium": [photos.role_photo],
    "unit": _PROPOSERS,
    "deputy": [*_PROPOSERS, proposals.add_name, proposals.remove_name],
}
