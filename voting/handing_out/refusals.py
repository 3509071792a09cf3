"""What 发票 refuses."""

from __future__ import annotations

from voting.errors import VotingError


class NoDeck(VotingError):
    """Cards are asked for before there are any."""

    sentence = "还没有导入本次会议的投票卡清单。请先在会议页面导入制卡时生成的 deck.json。"


class DeckUsedUp(VotingError):
    """Every uuid of the deck belongs to a round."""

    sentence = (
        "这批投票卡准备的轮次已经用完。请另制一批投票卡，编号接着往下编，导入以后再用；"
        "来不及的，可以改用纸质票。"
    )


class SerialTaken(VotingError):
    """A second deck with numbers of the first: a stub would name two cards."""

    sentence = "这批投票卡的编号与本次会议已有的一批重复。请重新制卡，起始编号接着上一批往下编。"


class DeckInUse(VotingError):
    """A deck that belongs to a sealed round, or to one that is under way."""

    sentence = "这批投票卡已经用于封存的一轮，不能撤下。"


class NoSuchCard(VotingError):
    """A serial or a scanned card that is not of this deck."""

    sentence = "这批投票卡里没有这张卡。请核对编号。"


class CardMisplaced(VotingError):
    """The card is not where it would have to be."""

    sentence = "这张卡的登记情况不对，没有改动。请核对编号。"


class StillVoting(VotingError):
    """The cards of an open round stay as they are, except that one may be given back or replaced."""

    sentence = "正在投票，卡的清点不能改动。请在截止以后再办。"


class CardsFixed(VotingError):
    """A card that is lost or given back after the voting has ended."""

    sentence = "投票已经截止，不能再作废投票卡。"


class ReserveRefused(VotingError):
    """A card that cannot be given out from the reserve now."""

    sentence = "这张卡不是本轮封存的备用卡。请从备用卡信封里取一张，核对编号。"


class WitnessMissing(VotingError):
    """The reserve is opened in front of a scrutineer, whose name is written down."""

    sentence = "请选择在场的监票人：取用备用卡要当着监票人的面。"


class SerialsErased(VotingError):
    """Asked for by a serial that nobody knows any more."""

    sentence = "本次会议的投票卡编号已经清除，不能再按编号查找。"


class TrialRefused(VotingError):
    """A 试投 that cannot be held now."""

    sentence = "现在不能试投。"


class IncidentSettled(VotingError):
    """The chair's answer stands."""

    sentence = "这件事已经处理过，处理意见不能再改。"
