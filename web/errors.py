"""What a refusal looks like: a page, or for a program JSON; the statuses are in `error_table`.

What nobody foresaw becomes an incident number: the visitor sees it, the log holds where it happened and
nothing about whom.
"""

import traceback
from pathlib import Path
from typing import Any, cast

import msgspec
import structlog
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException
from litestar.routes import HTTPRoute

from ballots import errors as ballots
from voting import errors as voting
from web import logs
from web.error_table import TABLE, Answer
from web.installation import house_of_request
from web.refusals import REFUSED, NoSuchPage, RequestTooLarge, WebError, WrongMethod

log = structlog.get_logger("piaojue")

_WAY_IN: dict[str, tuple[str, str]] = {
    "not_entered": ("/login", "登录"),
    "link_not_enough": ("/login", "登录"),
    "login_unknown": ("/login", "登录"),
    "login_ended": ("/login", "登录"),
    "login_expired": ("/login", "登录"),
    "invitation_used": ("/login", "登录"),
    "already_member": ("/account", "我的账号"),
    "second_step_missing": ("/account", "我的账号"),
    "second_step_first": ("/login?to=second", "登录"),
    "log_in_again": ("/login?to=second", "重新登录"),
}
"""Where a refusal sends the visitor on: an address and its words."""

_BY_STATUS: dict[int, type[WebError]] = {
    404: NoSuchPage,
    405: WrongMethod,
    413: RequestTooLarge,
}


def answer_to(error: Exception) -> Answer:
    """The row of the error's class, or of the nearest class above it."""
    return next(TABLE[kind] for kind in type(error).__mro__ if kind in TABLE)


def refuse(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """The app's only exception handler."""
    known = _known(error)
    kind = "incident" if known is None else answer_to(known).kind
    cast("dict[str, Any]", request.scope)[REFUSED] = kind  # for the meters
    if known is None:
        incident = house_of_request(request).random(4).hex().upper()
        _log_incident(incident, request, error)
        sentence = f"系统内部出错，您的操作可能没有完成。请把事件编号 {incident} 告诉工作人员。"
        return _respond(request, Answer(500, "incident"), sentence)
    response = _respond(request, answer_to(known), known.sentence)
    _log_refusal(kind, request, answer_to(known).status)
    if response.status_code == 405:
        response.headers["allow"] = _answered(request, error)
    return response


def _answered(request: Request[Any, Any, Any], error: Exception) -> str:
    """The methods that this path does answer (RFC 9110, 15.5.6)."""
    if isinstance(error, HTTPException) and "allow" in (headers := error.headers or {}):
        methods = set(headers["allow"].split(", "))
    else:
        path = request.scope.get("path_template")
        routes = [one for one in request.app.routes if isinstance(one, HTTPRoute)]
        methods = {str(method) for one in routes if one.path_format == path for method in one.methods}
    return ", ".join(sorted(methods - {"OPTIONS"}))


def _known(error: Exception) -> WebError | voting.VotingError | ballots.BallotError | None:
    if isinstance(error, WebError | voting.VotingError | ballots.BallotError):
        return error
    if isinstance(error, HTTPException) and error.status_code < 500:
        return _BY_STATUS.get(error.status_code, WebError)()
    return None


def _respond(request: Request[Any, Any, Any], answer: Answer, sentence: str) -> Response[Any]:
    if is_api(request.scope["path"]):
        body = msgspec.json.encode({"error": answer.kind, "sentence": sentence})
        return Response(body, status_code=answer.status, media_type=MediaType.JSON)
    way = _WAY_IN.get(answer.kind)
    templates = house_of_request(request).templates
    return templates.page("error.html", answer.status, sentence=sentence, status=answer.status, way=way)


def is_api(path: str) -> bool:
    """Whether a program asks: `/api/…`, or the `api` below a scrutineer's page."""
    parts = path.split("/")
    return parts[1] == "api" or (parts[1] == "scrutineer" and "api" in parts[3:4])


def _log_refusal(kind: str, request: Request[Any, Any, Any], status: int) -> None:
    """Whoever was somewhere without leave, or came too often: what, and never who. Nothing of the ballot's
    routes: nobody is known there, and many lines would be an order."""
    route = request.scope.get("path_template", "")
    if status in {403, 429} and not logs.QUIET.match(str(route)):
        log.warning("refused", kind=kind, method=request.scope["method"], route=route)


def _log_incident(incident: str, request: Request[Any, Any, Any], error: Exception) -> None:
    """Where it happened. Messages, arguments, addresses and cookies stay out: they may name a person."""
    frames = traceback.extract_tb(error.__traceback__)
    log.error(
        "incident",
        incident=incident,
        kind=f"{type(error).__module__}.{type(error).__qualname__}",
        method=request.scope["method"],
        route=request.scope.get("path_template", ""),
        where=[f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
    )
