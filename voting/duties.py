"""Who may do what: one table, read by every moment and by the test that tries every role on every action.

A county's people's congress and its government share the work: the government leads the 征集 and drafts the
candidates, the 人大 office judges, presents and follows up. In a town one clerk does both parts: whatever the
党政办 may do, the town's staff may do too. Nobody acts in another congress, whatever the role.
"""

from __future__ import annotations

from typing import Final, Literal

from voting.actors import ROLE_NAMES, Actor, Forbidden, Role

Action = Literal[
    "invite",
    "keep_roster",
    "keep_places",
    "change_settings",
    "read_audit",
    "publish_call",
    "register",
    "screen",
    "read_suggestions",
    "file",
    "cosign",
    "route",
    "merge",
    "urge",
    "handle",
    "confirm",
    "keep_calendar",
    "export",
    "draft",
    "judge",
    "shortlist",
    "give_opinion",
    "record_passage",
    "freeze",
    "make_round",
    "read_slate",
    "comment",
    "reply",
    "answer_word",
    "keep_liaisons",
    "enter_contact",
    "hand_over",
    "plan_project",
    "read_projects",
    "report",
    "warn",
    "acknowledge",
    "keep_groups",
    "visit",
    "order",
    "confer",
    "answer_supervision",
    "release_supervision",
    "ask_change",
    "decide_change",
    "finish",
    "accept",
    "moderate",
    "answer_citizen",
    "rate",
    "rectify",
    "order_rectification",
    "inquire",
    "keep_year",
    "issue_paper",
    "import_scores",
    "keep_attendance",
    "check_in",
    "rehearse",
    "keep_records",
]

DUTIES: Final[dict[Action, tuple[Role, ...]]] = {
    # people and settings
    "invite": ("staff", "system"),
    "keep_roster": ("staff", "system"),
    "keep_places": ("staff", "system"),
    "change_settings": ("staff", "system"),
    "read_audit": ("presidium", "system"),
    # 群众提
    "publish_call": ("staff", "government_office"),
    "register": ("staff", "government_office"),
    "screen": ("staff", "government_office"),
    "read_suggestions": ("staff", "government_office", "presidium"),
    "file": ("deputy",),
    "cosign": ("deputy",),
    # 登记整理 → 分类交办 → 跟踪督办 → 答复反馈
    "route": ("staff", "government_office"),
    "merge": ("staff", "government_office"),
    "urge": ("staff", "government_office"),
    "handle": ("unit",),
    "confirm": ("deputy", "staff", "government_office"),
    "keep_calendar": ("staff", "government_office", "system"),
    "export": ("staff", "government_office"),
    # 从线索到候选项目
    "draft": ("government_office",),
    "judge": ("staff",),
    "shortlist": ("government_office",),
    "give_opinion": ("unit",),
    "record_passage": ("staff", "government_office"),
    "freeze": ("staff",),
    "make_round": ("staff",),
    "read_slate": ("staff", "government_office", "presidium", "deputy"),
    "comment": ("staff", "deputy"),
    "reply": ("government_office",),
    # 代表联系群众
    "answer_word": ("deputy",),
    "keep_liaisons": ("staff",),
    "enter_contact": ("deputy", "staff"),
    # 政府办
    "hand_over": ("staff",),
    "plan_project": ("government_office",),
    "read_projects": ("staff", "government_office", "presidium", "deputy", "unit"),
    "report": ("government_office", "unit"),
    "warn": ("staff", "government_office"),
    "acknowledge": ("government_office", "unit"),
    "keep_groups": ("staff",),
    "visit": ("deputy", "staff"),
    "order": ("staff",),
    "confer": ("staff", "government_office"),
    "answer_supervision": ("government_office", "unit"),
    "release_supervision": ("staff",),
    "ask_change": ("government_office",),
    "decide_change": ("staff",),
    "finish": ("government_office",),
    "accept": ("government_office",),
    "moderate": ("staff", "government_office"),
    "answer_citizen": ("government_office", "unit"),
    # 人大评
    "rate": ("staff",),
    "rectify": ("government_office", "unit"),
    "order_rectification": ("staff",),
    "inquire": ("staff",),
    "keep_year": ("staff", "government_office"),
    # papers of the congress, and figures about the government: not the rated party's to change
    "issue_paper": ("staff",),
    "import_scores": ("staff",),
    # 签到
    "keep_attendance": ("staff",),
    "check_in": ("staff", "usher"),
    "rehearse": ("staff",),
    # 保存期限 and 会议档案
    "keep_records": ("staff", "system"),
}

ACTION_NAMES: Final[dict[Action, str]] = {
    "invite": "邀请使用人员",
    "keep_roster": "维护代表和单位名册",
    "keep_places": "维护村社、类别和联络站",
    "change_settings": "修改设置",
    "read_audit": "查看操作日志",
    "publish_call": "发布征集公告",
    "register": "登记意见建议",
    "screen": "审核意见建议",
    "read_suggestions": "查看意见建议",
    "file": "提交代表建议",
    "cosign": "附议",
    "route": "分办",
    "merge": "合并",
    "urge": "督办",
    "handle": "承办",
    "confirm": "答复确认",
    "keep_calendar": "维护工作日历",
    "export": "导出台账",
    "draft": "拟订候选项目",
    "judge": "预审",
    "shortlist": "初选",
    "give_opinion": "提出可行性意见",
    "record_passage": "登记研究决定情况",
    "freeze": "确定候选项目名单",
    "make_round": "建立票决",
    "read_slate": "查阅候选项目",
    "comment": "提出审议意见",
    "reply": "答复审议意见",
    "answer_word": "答复群众留言",
    "keep_liaisons": "安排联系对象",
    "enter_contact": "登记联系群众",
    "hand_over": "交办项目",
    "plan_project": "制定实施方案",
    "read_projects": "查看项目",
    "report": "报告进度",
    "warn": "发出预警",
    "acknowledge": "签收预警",
    "keep_groups": "安排监督小组",
    "visit": "登记视察",
    "order": "发出督办单",
    "confer": "登记会商",
    "answer_supervision": "答复视察意见和督办单",
    "release_supervision": "公开监督情况",
    "ask_change": "提出调整项目",
    "decide_change": "登记调整决定",
    "finish": "报告办结",
    "accept": "登记验收",
    "moderate": "审核公众意见",
    "answer_citizen": "答复公众意见",
    "rate": "组织测评",
    "rectify": "整改",
    "order_rectification": "责成整改",
    "inquire": "组织专题询问",
    "keep_year": "开启新年度",
    "issue_paper": "公布和撤回文件",
    "import_scores": "导入以前年度的测评结果",
    "keep_attendance": "管理全体会议、请假和出席证",
    "check_in": "签到",
    "rehearse": "演练",
    "keep_records": "管理保存期限和会议档案",
}


def may(actor: Actor, action: Action) -> bool:
    """Whether the role may do it in its own congress."""
    roles = DUTIES[action]
    return actor.role in roles or (actor.town and actor.role == "staff" and "government_office" in roles)


def demand(actor: Actor, action: Action) -> None:
    """Raises Forbidden, naming who may."""
    if may(actor, action):
        return
    allowed = "、".join(ROLE_NAMES[role] for role in DUTIES[action] if role != "system")
    raise Forbidden(
        f"“{ACTION_NAMES[action]}”由{allowed}进行，您进入时的身份是{ROLE_NAMES[actor.role]}。"
        "需要办理的，请与对方联系。"
    )
