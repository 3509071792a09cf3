"""The log of changes is chained after a change has been answered: nobody waits for it."""

from typing import Any

import structlog
from anyio.to_thread import run_sync
from litestar import Request
from sqlalchemy.exc import SQLAlchemyError

from voting.audit import chain_all
from web.installation import house_of_request

log = structlog.get_logger("piaojue")


async def chain_afterwards(request: Request[Any, Any, Any]) -> None:
    """Called when an answer was sent. A late chain is caught up by the next change or reading."""
    if request.method != "POST":
        return
    try:
        await run_sync(chain_all, house_of_request(request).store)
    except SQLAlchemyError:
        log.warning("chain_late")
