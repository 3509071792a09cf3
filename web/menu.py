"""The menu of each role: what its pages are called, in the order of the year."""

from typing import Final

from voting.actors import Role

Menu = tuple[tuple[str, str], ...]
"""(path below the role's own pages, words)."""

NOTICES: Final = "/notices"
"""Beside this entry stands how many wait."""

MENU: Final[dict[Role, Menu]] = {
    "staff": (
        ("/today", "今天"),
        ("/ledger", "意见台账"),
        ("/handling", "交办督办"),
        ("/drafts", "候选项目"),
        ("", "票决和测评"),
        ("/projects", "项目"),
        ("/rating", "人大评"),
        ("/year", "年度"),
        ("/office", "名册和设置"),
        (NOTICES, "提醒"),
    ),
    "government_office": (
        ("/today", "今天"),
        ("/ledger", "意见台账"),
        ("/handling", "交办督办"),
        ("/drafts", "候选项目"),
        ("/projects", "项目"),
        ("/rectifications", "整改"),
        ("/year", "年度"),
        ("/office", "设置"),
        (NOTICES, "提醒"),
    ),
    "unit": (
        ("", "首页"),
        ("/items", "承办事项"),
        ("/projects", "项目"),
        ("/rectifications", "整改"),
        ("/proposals", "项目建议"),
        ("/opinions", "可行性意见"),
        (NOTICES, "提醒"),
    ),
    "deputy": (
        ("", "首页"),
        ("/proposals", "代表建议"),
        ("/duties", "值班"),
        ("/words", "联系群众"),
        ("/slate", "候选项目"),
        ("/projects", "项目"),
        (NOTICES, "提醒"),
    ),
    "presidium": (
        ("", "首页"),
        ("/sessions", "会场"),
        ("/ledger", "台账"),
        ("/audit", "操作日志"),
        ("/slate", "候选项目"),
        ("/projects", "项目"),
        (NOTICES, "提醒"),
    ),
    "operator": (),
    "scrutineer": (),
    "chair": (),
    "teller": (),
    "usher": (),
    "public": (),
    "system": (),
}
