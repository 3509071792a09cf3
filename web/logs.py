"""The log: one JSON object a line on the standard error, and nothing in it that names a person or a ballot.

Every line has `timestamp` (UTC), `level` and `event`; what else, `EVENTS` says. There is no line for a
request: an access log of the ballot's routes would be an order of casting. Whoever was shown an incident
number finds its line by it.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any, Final

import structlog
from structlog.types import EventDict

EVENTS: Final[dict[str, tuple[str, str]]] = {
    "serving": ("info", "服务进程已就绪：版本 schema、进程号 pid"),
    "incident": (
        "error",
        "没有料到的错误：事件编号 incident，类型 kind，方法 method，路由 route，位置 where",
    ),
    "login": ("info", "有人登录：这一步用的是 step，到了哪一步 stage"),
    "login_refused": ("warning", "没有登录成：停在哪一步 step"),
    "refused": ("warning", "没有权限，或者太频繁：种类 kind，方法 method，路由 route"),
    "chain_late": ("warning", "操作日志这一次没有接上，下一次改动或者查看时补接"),
    "server": ("error", "网络层自己的消息 message，例如一个服务进程意外结束"),
}
"""Each event: its level, and what it says, with the names of its fields."""

QUIET: Final = re.compile(r"/(?:api/)?v/")
"""The ballot's routes."""


def configure(level: str) -> None:
    """For this process: events of this level and above. `level` is one of the setting's."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _to_the_minute,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _to_the_minute(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Of the ballot's routes no moment is kept: many that fail at once would stand in the order they came."""
    if QUIET.match(str(event.get("route", ""))):
        event["timestamp"] = f"{event['timestamp'][:16]}Z"
    return event


class JsonLine(logging.Formatter):
    """What a library logs, in the same form. Its traceback stays out: it may quote what somebody sent."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC)
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        said = {
            "message": record.getMessage().splitlines()[0] if record.getMessage() else "",
            **({"kind": kind} if kind else {}),
            "event": "server",
            "level": record.levelname.lower(),
            "timestamp": f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z",
        }
        return json.dumps(said, ensure_ascii=False)


def server_logging() -> dict[str, Any]:
    """For granian: errors alone, as lines of the same form."""
    handler = {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stderr"}
    quiet = {"handlers": ["lines"], "level": "ERROR", "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": JsonLine}},
        "handlers": {"lines": handler},
        "root": {"handlers": ["lines"], "level": "ERROR"},
        "loggers": {"_granian": quiet, "granian.access": {"handlers": [], "propagate": False}},
    }
