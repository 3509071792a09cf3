"""操作日志 in words: what was done, to what, and which field became what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from voting import activities, stations, suggestions
from voting.actors import ROLE_NAMES

WHATS: Final[dict[str, str]] = {
    # a round, step by step
    "draft": "新建票决",
    "round.change": "修改票决",
    "adopt": "大会通过票决办法",
    "load_cards": "载入投票卡",
    "unload_cards": "撤下投票卡",
    "register_key": "监票人登记密钥",
    "seal": "封箱",
    "round.open": "开始投票",
    "declare_dead": "作废投票卡",
    "round.close": "结束投票",
    "declare_valid": "宣布票决有效",
    "declare_void": "宣布票决无效",
    "decrypt": "监票人开票",
    "round.count": "得出计票结果",
    "sign": "监票人签认",
    "announce": "宣布结果",
    "publish": "公布结果",
    "issue_link": "发出链接",
    "revoke_link": "收回链接",
    # people
    "invite": "邀请使用人员",
    "accept_invitation": "接受邀请",
    "revoke_invitation": "收回邀请",
    "reset_password": "允许重设密码",
    "set_password": "重设密码",
    "change_password": "修改密码",
    "set_up_codes": "启用动态验证码",
    "remove_codes": "停用动态验证码",
    "add_passkey": "增加通行密钥",
    "remove_passkey": "删除通行密钥",
    "end_membership": "取消使用资格",
    "disable_account": "停用账号",
    "change_settings": "修改设置",
    "set_workday": "设定工作日历",
    "drop_workday": "删除工作日历",
    # lists
    "add_deputy": "增加代表",
    "change_deputy": "修改代表",
    "end_deputy": "标为不再担任代表",
    "return_deputy": "恢复代表",
    "add_unit": "增加单位",
    "change_unit": "修改单位",
    "end_unit": "停用单位",
    "return_unit": "恢复单位",
    "add_village": "增加村社",
    "change_village": "修改村社",
    "end_village": "停用村社",
    "return_village": "恢复村社",
    "add_category": "增加类别",
    "change_category": "修改类别",
    "end_category": "停用类别",
    "return_category": "恢复类别",
    "add_station": "增加联络站",
    "change_station": "修改联络站",
    "end_station": "停用联络站",
    "return_station": "恢复联络站",
    "change_duty": "安排值班",
    "receive": "登记接待",
    # 代表联系群众
    "hold_reception_day": "排定接待日",
    "enter_activity": "登记联络站活动",
    "add_liaison": "安排联系对象",
    "end_liaison": "结束联系",
    "enter_contact": "登记联系群众",
    # 群众提
    "draft_call": "起草征集公告",
    "change_call": "修改征集公告",
    "publish_call": "发布征集公告",
    "record": "登记意见建议",
    "import": "导入意见建议",
    "correct": "更正登记内容",
    "add_photos": "补充照片",
    "suggestion.release": "审核放行",
    "suggestion.accept": "受理",
    "refuse": "不予受理",
    "refused": "不予受理",
    "complaint": "按投诉举报告知渠道",
    "cosign": "附议",
    "withdraw_cosign": "撤回附议",
    "merge": "合并",
    "unmerge": "取消合并",
    # 分类交办、办理、答复
    "decide": "作出分办决定",
    "hand_over": "交单位办理",
    "handling.accept": "单位接收",
    "handling.return": "单位退回",
    "returned": "单位退回",
    "ask_extension": "申请延期",
    "decide_extension": "答复延期申请",
    "contact": "登记联系",
    "answer": "答复",
    "answer_merged": "随合并答复",
    "export": "导出表格",
    "opinion": "提出协办意见",
    "handling.release": "发出答复",
    "send_back": "退回重拟答复",
    "urge": "督办",
    "confirm": "答复确认",
    "again": "重新办理",
    "suggestion.close": "办结",
    "handling.end": "终止交办",
    "undo": "撤回重新办理",
    # 从线索到候选项目
    "propose": "拟订项目草案",
    "resubmit": "修改后再报",
    "amend_listed": "修改名单内的项目",
    "take_out": "从储备库取出",
    "judge": "预审",
    "shortlist": "初选",
    "ask_opinion": "征求可行性意见",
    "give_opinion": "提出可行性意见",
    "make_slate": "建立候选名单",
    "change_slate": "修改候选名单",
    "record_passage": "登记研究决定情况",
    "open_reading": "开放查阅",
    "freeze": "确定候选名单",
    "make_round": "由名单建立票决",
    "comment": "提出审议意见",
    "reply": "答复审议意见",
}
SUBJECTS: Final[dict[str, str]] = {
    "round": "票决",
    "invitation": "邀请",
    "membership": "使用资格",
    "account": "账号",
    "setting": "设置",
    "workday": "工作日历",
    "deputy": "代表",
    "unit": "单位",
    "village": "村社",
    "category": "类别",
    "station": "联络站",
    "duty": "值班",
    "reception": "接待",
    "call": "征集公告",
    "suggestion": "意见建议",
    "handling": "交办",
    "contact": "联系",
    "urging": "督办",
    "confirmation": "答复确认",
    "draft": "项目草案",
    "feasibility": "可行性意见",
    "slate": "候选名单",
    "comment": "审议意见",
    "reception_day": "接待日",
    "station_activity": "联络站活动",
    "liaison": "联系对象",
    "liaison_contact": "联系记录",
}
_FIELDS: Final[dict[str, str]] = {
    "name": "名称",
    "number": "序号",
    "delegation": "代表团",
    "phone": "电话",
    "committee": "组成人员",
    "town": "乡镇",
    "place": "顺序",
    "kind": "类型",
    "village": "村社",
    "category": "类别",
    "address": "地址",
    "hours": "开放时间",
    "leader": "站长",
    "liaison": "联络员",
    "code": "编号",
    "ended": "停用",
    "day": "日期",
    "on": "安排",
    "off": "取消",
    "deputies": "接待代表",
    "people": "人次",
    "note": "说明",
    "title": "标题",
    "text": "内容",
    "year": "年度",
    "state": "状态",
    "route": "分办",
    "unit": "单位",
    "due": "期限",
    "decision": "意见",
    "answer": "答复",
    "reason": "理由",
    "source": "来源",
    "channel": "方式",
    "role": "身份",
    "grade": "评价",
    "opens": "开始",
    "closes": "截止",
    "photos": "照片",
    "released": "放行",
    "released_at": "放行时间",
    "decided_at": "决定时间",
    "decided_by": "决定人",
    "answered_at": "答复时间",
    "closed_at": "办结时间",
    "merged_into": "并入",
    "merged_at": "合并时间",
    "reply": "答复",
    "listed": "名单",
    "draft": "草案",
    "opinion": "意见",
    "issuers": "发布单位",
    "suggestion": "意见建议",
    "part": "主办协办",
    "round": "票决",
    "works": "上班",
    "show_suggestions": "公开每件意见建议",
    "show_refusals": "公开未受理的理由",
    "show_stations": "公开联络站名录",
    "points": "接待点",
    "way": "方式",
    "with": "联系",
    "least": "每季度活动",
    "stations": "联络站",
    "show_deputies": "公开代表名录",
}

_VALUES: Final[dict[str, dict[str, str]]] = {
    field: {str(value): words for names in sources for value, words in names.items()}
    for field, sources in {
        "kind": (suggestions.KIND_NAMES, stations.KIND_NAMES, activities.KIND_NAMES),
        "state": (suggestions.STANDING_NAMES,),
        "source": (suggestions.SOURCE_NAMES,),
        "channel": (suggestions.CHANNEL_NAMES,),
        "route": (suggestions.ROUTE_NAMES,),
        "role": (ROLE_NAMES,),
    }.items()
}


def what_name(subject: str, what: str) -> str:
    """What was done, in words; a deed without words of its own is shown as it was written."""
    return WHATS.get(f"{subject}.{what}") or WHATS.get(what) or what


def whats_called(words: str) -> tuple[str, ...]:
    """The deeds that have these words, as they are written."""
    return tuple({key.rpartition(".")[2] for key, said in WHATS.items() if said == words})


def subject_name(subject: str) -> str:
    """What it was done to."""
    return SUBJECTS.get(subject, subject)


def field_name(field: str) -> str:
    """A field in words."""
    return _FIELDS.get(field, field)


def value_words(field: str, value: Any) -> str:
    """The value of a field as a person reads it."""
    if value is None or value == "":
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "；".join(f"{field_name(str(key))} {value_words(str(key), one)}" for key, one in value.items())
    if isinstance(value, list):
        return _joined(field, value)
    return _VALUES.get(field, {}).get(str(value), str(value))


def _joined(field: str, values: Iterable[Any]) -> str:
    return "、".join(value_words(field, one) for one in values) or "（空）"
