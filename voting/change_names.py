"""操作日志 in words: what was done, to what, and which field became what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from voting import activities, stations, suggestions
from voting.actors import ROLE_NAMES
from voting.change_fields import FIELDS
from voting.screening.plans import COMPLETION_NAMES

WHATS: Final[dict[str, str]] = {
    # a round, step by step
    "draft": "新建票决",
    "round.change": "修改票决",
    "adopt": "大会通过票决办法",
    "redraft": "撤回登记，改回草拟",
    "delete_draft": "删除草稿",
    "load_cards": "载入投票卡",
    "unload_cards": "撤下投票卡",
    "register_key": "监票人登记密钥",
    "seal": "封箱",
    "round.open": "开始投票",
    "begin_ceremony": "开始生成开箱钥匙",
    "make_key_part": "生成自己的一份钥匙",
    "deal_key_part": "分发钥匙份额",
    "receive_key_parts": "收齐钥匙份额",
    "compare_key_code": "核对钥匙编号",
    "restore_key": "用备用码换设备",
    "confirm_empty": "空箱检查",
    "confirm_box": "核对封箱码",
    "refuse_part": "开箱结果没有通过检验",
    "undecodable": "已有的开箱结果打不开票箱",
    "misfit_part": "开箱结果与其他人的不符",
    "declare_dead": "作废投票卡",
    # cards in the hall
    "load_deck": "导入投票卡清单",
    "withdraw_deck": "撤下投票卡清单",
    "erase_serials": "清除投票卡编号",
    "use_deck": "领用投票卡",
    "put_back": "清点收回投票卡",
    "hand_out_again": "登记投票卡已发出",
    "declare_reserve": "封存备用卡",
    "give_back": "代表离场交回投票卡",
    "replace_card": "换领投票卡",
    "activate_reserve": "启用备用卡",
    "open_trial": "开始试投",
    "discard_trial": "结束试投",
    "report_incident": "报告会场情况",
    "answer_incident": "处理会场情况",
    "round.close": "结束投票",
    "declare_valid": "宣布票决有效",
    "declare_void": "宣布票决无效",
    "decrypt": "监票人开票",
    "round.count": "得出计票结果",
    "sign": "监票人签认",
    "announce": "宣布结果",
    "publish": "公布结果",
    "settle": "登记对未定名额的决定",
    "withdraw_resolution": "撤回登记的决定",
    "make_known": "宣布对未定名额的决定",
    # on paper
    "exchange_paper": "投票卡换纸质票",
    "cast_paper": "用备用卡代投纸质票",
    "spoil_paper": "登记无效的纸质票",
    "unspoil_paper": "撤销登记无效的纸质票",
    "enter_paper": "计票人录入票数",
    "agree_paper": "两名计票人录入一致",
    "sign_paper": "监票人签认纸质票计票记录",
    "sign_with_pen": "监票人在纸质报告单上签字",
    "switch_to_paper": "改用纸质票",
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
    # 进度和预警
    "save_report": "保存进度报告草稿",
    "submit_report": "提交进度报告",
    "correct_report": "更正进度报告",
    "drop_report_photos": "删除进度报告草稿的照片",
    "show_photos": "公开进度报告的照片",
    "hold_photos": "不公开进度报告的照片",
    "propose_warning": "建议发出预警",
    "issue_warning": "发出预警",
    "drop_warning": "不发出预警",
    "acknowledge_warning": "签收预警",
    "lift_warning": "解除预警",
    # 监督、调整、办结
    "make_group": "建立监督小组",
    "change_group": "修改监督小组",
    "end_group": "撤销监督小组",
    "set_supervisors": "确定督办人",
    "enter_visit": "登记视察",
    "reply_visit": "答复视察意见",
    "release_visit": "公开视察情况",
    "hold_back_visit": "停止公开视察情况",
    "issue_order": "发出督办单",
    "answer_order": "答复督办单",
    "judge_order": "审核督办单答复",
    "end_order": "因项目取消终止督办单",
    "release_order": "公开督办单",
    "record_conference": "登记会商",
    "do_commitment": "会商事项办结",
    "release_conference": "公开会商情况",
    "ask_change": "提出调整项目",
    "withdraw_change": "撤回调整申请",
    "decide_change": "登记调整决定",
    "change_project": "按决定调整项目",
    "tell_change": "向大会报告调整",
    "finish_project": "报告办结",
    "accept_project": "登记验收",
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
    # 年度
    "open_year": "开启新年度",
    "carry_over": "转入新年度",
    "import_scores": "导入以前年度测评结果",
    "issue_paper": "公布文件",
    "withdraw_paper": "撤下文件",
    # 交办和实施方案
    "make_project": "票决结果转为项目",
    "enter_project": "录入项目",
    "change_entered": "修改录入的项目",
    "drop_project": "撤销录入的项目",
    "continue_project": "列下一年度阶段",
    "handover.hand_over": "发出交办函",
    "change_letter": "修改交办函",
    "take_back_letter": "撤回交办函",
    "save_plan": "修改实施方案",
    "publish_plan": "公布实施方案",
    # 公众对项目的意见
    "send_opinion": "群众对项目提意见",
    "release_opinion": "公开群众对项目的意见",
    "refuse_opinion": "不公开群众对项目的意见",
    "reply_opinion": "答复群众对项目的意见",
    "score_project": "群众给项目打分",
    # 人大评
    "make_rating": "建立满意度测评",
    "order_rectification": "责成整改",
    "rectification_plan": "提交整改方案",
    "rectification_report": "报告整改进展",
    "rectification_finish": "报告整改完成",
    "rectification_accept": "整改验收通过",
    "rectification_return": "退回继续整改",
    "rectification_close": "整改销号",
    "climb": "登记督促措施",
    "make_inquiry": "组织专题询问",
    "ask_question": "登记询问问题",
    "answer_question": "登记询问答复",
    "hold_inquiry": "登记专题询问已进行",
    "release_inquiry": "公开专题询问问答",
    "give_measures": "提交整改措施",
    "recheck": "登记跟踪检查",
    "enter_aspect": "登记指标分值",
    # 签到
    "begin_plenary": "开始全体会议签到",
    "close_check_in": "结束签到",
    "open_check_in": "恢复签到",
    "end_plenary": "结束全体会议",
    "resume_plenary": "恢复全体会议",
    "check_in": "签到",
    "check_in_late": "补签到",
    "check_out": "离场",
    "undo_check_in": "撤销签到",
    "undo_check_out": "撤销离场",
    "note_leave": "登记请假",
    "change_leave": "修改请假事由",
    "withdraw_leave": "撤销请假",
    "make_passes": "制作出席证",
    "replace_pass": "补办出席证",
    # 演练
    "rehearse": "开始演练",
    "stop_rehearsal": "停止演练",
    "end_rehearsal": "演练结束",
    # 保存期限
    "erase": "到期删除",
    "erase_proposer": "应本人要求删除姓名电话",
    "put_hold": "暂停删除",
    "lift_hold": "恢复删除",
}
SUBJECTS: Final[dict[str, str]] = {
    "handover": "交办函",
    "project": "项目",
    "ceremony": "开箱钥匙",
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
    "supervision_group": "监督小组",
    "report": "进度报告",
    "warning": "预警",
    "visit": "视察",
    "supervision_order": "督办单",
    "conference": "会商",
    "project_change": "项目调整",
    "completion": "办结验收",
    "reception_day": "接待日",
    "station_activity": "联络站活动",
    "liaison": "联系对象",
    "liaison_contact": "联系记录",
    "rectification": "整改",
    "inquiry": "专题询问",
    "opened_year": "年度",
    "earlier_score": "以前年度测评结果",
    "public_paper": "公布文件",
    "citizen_opinion": "群众对项目的意见",
    "citizen_score": "群众给项目打分",
    "plenary": "全体会议",
    "rehearsal": "演练",
    "session": "会议",
    "erasure": "保存期限",
    "hold": "暂停删除",
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
        "completion": (COMPLETION_NAMES,),
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
    return FIELDS.get(field, field)


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
