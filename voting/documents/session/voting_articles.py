"""Articles of the rules on how votes are cast, watched over, opened and decided. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from voting.documents.session.facts import RoundFacts, SessionFacts
from voting.documents.session.law import majority_article
from voting.rules import Base, Rules, ShortfallPolicy, TiePolicy, majority
from voting.wording import Words

_WHOLE: Final[dict[Base, str]] = {
    "all_deputies": "{all}",
    "present": "{present}",
    "returned": "收回票数",
}


def method(of: RoundFacts) -> Iterator[str]:
    """Secret, in person, by which means."""
    words = of.words
    if of.round.method == "hands":
        yield f"{words.act}采用举手表决的方式进行。{words.member}应当亲自表决，不得委托他人。"
        return
    yield (
        f"{words.act}采用无记名投票的方式进行。{words.member}应当亲自投票，不得委托他人代为投票；"
        f"因病、因事缺席会议的，不能投票。"
    )
    if of.round.method == "paper":
        yield (
            f"{words.act}使用纸质{words.ballot}。每位到会{words.member}发一张，当场填写，投入票箱。"
            f"不设流动票箱。因残疾等原因不能写票的，可以由其信任的{words.member}代写，"
            "代写人不得违背本人意愿。"
        )
    else:
        yield from _by_card(words)
    yield f"会场设秘密写票处。{words.member}填写和提交{words.ballot}时，其他人不得围观、询问和拍照。"


def _by_card(words: Words) -> Iterator[str]:
    yield (
        f"{words.act}使用投票卡。投票卡密封，外观一致，在监票人监督下打乱，随机发给到会{words.member}，"
        f"不与{words.member}姓名对应。{words.member}凭投票卡，用手机或者会场的平板电脑投票；"
        f"不便使用的，可以凭尚未使用的投票卡换领纸质{words.ballot}。"
        f"每位{words.member}只能以一种方式投票一次，"
        "提交以后不能更改。"
    )
    yield (
        "投票卡遗失或者损坏的，凭本人撕下的存根，从监票人封存的备用卡中换领，原卡同时作废。"
        "已经投票的投票卡，不能换领，也不能换纸质票。中途离会的，应当将投票卡交回签到处。"
    )
    yield "投票以前，在监票人监督下清点、拆封、登记没有发出的投票卡。没有发出的和已经作废的投票卡不能投票。"


def scrutineers(facts: SessionFacts, of: RoundFacts) -> Iterator[str]:
    """Who watches, who counts, and who may not."""
    words = of.words
    recommended = "由各代表团推荐，" if facts.session.body == "congress" else "由"
    proposed = f"{recommended}{words.presidium}提名，"
    yield (
        f"设总监票人1名，监票人若干名，{proposed}经{words.meeting}通过，对发票、投票、计票全过程进行监督。"
        f"{words.candidate}责任单位的负责人，不得担任总监票人、监票人。"
    )
    who = words.presidium if facts.congress.level == "town" else "会议秘书处"
    yield f"设计票人2名，由{who}指定，在总监票人、监票人监督下工作。"


def box(facts: SessionFacts, of: RoundFacts) -> Iterator[str]:
    """Before the vote it is empty; after the vote not one person alone opens it."""
    if of.round.method == "hands":
        return
    if of.round.method == "paper":
        yield "投票以前，由监票人当众检查票箱，确认是空箱后加封。投票截止后，当众开箱，清点收回的票数。"
        return
    yield "投票以前，由总监票人核对电子票箱为空，同时检查纸质票箱，确认是空箱后加封。"
    everybody, least = len(of.scrutineers), of.round.threshold or len(of.scrutineers)
    known = f"{everybody}名监票人（含总监票人）中的至少{least}名"
    how_many = known if everybody else "过半数的监票人（含总监票人）"
    yield (
        f"电子票箱由监票人共同掌管，须由{how_many}同时开启，任何人不能单独开启。"
        "开启以前，任何人不能查看票数。电子票只开启总数，不开启单张票。"
    )
    yield (
        "纸质票由两名计票人分别清点、录入，一致后由监票人签名，与电子票合并计算，不单独公布。"
        f"使用纸质票的不足{facts.fewest_paper}人的，为避免看出个人的选择，不清点录入，"
        "在监票人监督下由计票人用备用卡代为录入电子票箱。"
    )


def how_votes_decide(rules: Rules, words: Words) -> Iterator[str]:
    """Floor, order, tie, shortfall."""
    yield _floor(rules, words)
    if rules.candidates > rules.places:
        yield f"因得赞成票相等不能确定入选项目的，{_tie(rules, words)}。"
    too_few = f"入选项目不足{rules.places}件的" if rules.places > 1 else "没有项目入选的"
    yield f"{too_few}，{_shortfall(rules.shortfall, words)}。"


def _floor(rules: Rules, words: Words) -> str:
    n, k = rules.candidates, rules.places
    most = f"得赞成票多的{k}件入选" if k > 1 else "得赞成票最多的1件入选"
    if not rules.majority_floor:
        order = f"按得赞成票由多到少的顺序，{most}" if n > k else "得到赞成票的入选"
        return f"候选项目入选不要求赞成票过半数，{order}；没有得到赞成票的，不能入选。"
    whole = _WHOLE[rules.base].format(all=words.all_members, present=words.present_members)
    law = f"根据{majority_article()}的规定，" if _is_the_laws(rules, words) else ""
    order = f"；获得过半数赞成票的项目多于{k}件时，{most}" if n > k else ""
    return f"{law}候选项目获得的赞成票超过{whole}半数的，方可入选{order}。"


def _is_the_laws(rules: Rules, words: Words) -> bool:
    """§25 speaks of more than half of all deputies of a congress."""
    return rules.base == "all_deputies" and words.member == "代表"


def _tie(rules: Rules, words: Words) -> str:
    decides = f"由{words.presidium}决定"
    then: dict[TiePolicy, str] = {
        "runoff": f"就得赞成票相等的项目再次票决，得赞成票多的入选；再次票决仍然相等的，{decides}",
        "presidium": decides,
        "all_enter": f"得赞成票相等的项目一并入选，入选项目可以多于{rules.places}件",
    }
    return then[rules.tie]


def _shortfall(policy: ShortfallPolicy, words: Words) -> str:
    then: dict[ShortfallPolicy, str] = {
        "presidium": f"不足的名额是另行票决还是空缺，由{words.presidium}决定",
        "supplementary": "不足的名额，就未入选的候选项目另行票决",
        "vacant": "不足的名额空缺，不再补选",
    }
    return then[policy]


def least_votes(rules: Rules, all_deputies: int) -> int | None:
    """How many votes that is, where it is known before anybody votes."""
    known = rules.majority_floor and rules.base == "all_deputies"
    return majority(all_deputies) if known else None


def trouble(of: RoundFacts) -> Iterator[str]:
    """When machines fail."""
    words = of.words
    if of.round.method != "electronic":
        return
    yield (
        f"投票期间因停电、网络中断等原因不能继续的，由{words.presider}宣布暂停；故障排除后继续，"
        "已经提交的票有效。"
        f"短时间内不能排除的，由{words.presider}决定改用纸质{words.ballot}：本轮已经提交的电子票作废，"
        "不开启、不计票，"
        f"全体到会{words.member}使用纸质{words.ballot}{words.again}。"
    )


def keeping(of: RoundFacts) -> Iterator[str]:
    """What becomes of ballots and papers."""
    words = of.words
    if of.round.method == "hands":
        yield "表决情况由会务工作机构记入会议记录，归档保存。"
        return
    yield (
        f"计票结束后，纸质{words.ballot}、{words.report}等由监票人当场封存，交会务工作机构归档保存，"
        "未经法定程序，任何人不得拆封。"
    )
