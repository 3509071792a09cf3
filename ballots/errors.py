"""What can be wrong with a ballot, a key, a sum or a record: one class each, named for what it stops.

Every class carries plain Chinese: first what is wrong, then, for people in front of a page, what to do.
`detail` says where, for the verifier and the log.
"""

from __future__ import annotations


class BallotError(Exception):
    """Root of everything `ballots` refuses."""

    sentence = "数据有误，未被接受。"

    def __init__(self, detail: str = "") -> None:
        super().__init__(f"{self.sentence}（{detail}）" if detail else self.sentence)
        self.detail = detail

    @property
    def finding(self) -> str:
        """What is wrong and where: all that somebody can use who reads a record, not a page."""
        wrong = self.sentence[: self.sentence.index("。") + 1]
        return f"{wrong}（{self.detail}）" if self.detail else wrong


class Malformed(BallotError):
    """Not JSON, not the expected fields, or not the one canonical way of writing them."""

    sentence = "内容格式不正确。请刷新页面后重试；仍不行请找工作人员。"


class TooLarge(BallotError):
    """Larger than any honest client makes it."""

    sentence = "内容超出大小限制，未被接受。请刷新页面后重试。"


class BadElection(BallotError):
    """An election document that cannot be voted on."""

    sentence = "票样不正确，不能用于投票。"


class WrongElection(BallotError):
    """A ballot for another round, or for another version of this one."""

    sentence = "这张表决票不属于本轮投票。请重新扫描投票卡。"


class UnknownCredential(BallotError):
    """A credential that is not on the round's list."""

    sentence = "这张投票卡不属于本轮投票。请核对投票卡，或找工作人员。"


class BadPoint(BallotError):
    """An encoding that is not canonical, is the identity, or lies outside the prime-order subgroup."""

    sentence = "表决票中的数据无效，未被接受。请刷新页面后重试。"


class BadScalar(BallotError):
    """A number that is zero, not below the group order, or not written canonically."""

    sentence = "表决票中的数字无效，未被接受。请刷新页面后重试。"


class BadProof(BallotError):
    """A ballot whose proofs do not show that it was filled in according to the rules."""

    sentence = "表决票未通过校验，未被接受。请刷新页面后重试。"


class BadChoiceProof(BadProof):
    """A choice that is not shown to be chosen or not chosen, once."""


class BadCountProof(BadProof):
    """A number of choices that is not shown to be allowed."""


class BadSignature(BallotError):
    """A ballot or document that was not signed by the key it names."""

    sentence = "签名校验未通过，未被接受。请重新扫描投票卡后重试。"


class BadCredentials(BallotError):
    """A list of public credentials with a repeated, weighted or invalid entry."""

    sentence = "投票卡名单不正确。"


class BadTrustee(BallotError):
    """A scrutineer's key, or a joint key, that does not check."""

    sentence = "监票人的开箱钥匙未通过校验。请刷新页面后重新生成。"


class BadDecryption(BallotError):
    """A decryption whose proof fails, or decryptions that do not combine."""

    sentence = "开箱数据未通过校验。请刷新页面后重试。"


class BadTally(BallotError):
    """An encrypted sum or a result that does not belong to the ballots."""

    sentence = "票数与表决票不符。"


class BadArchive(BallotError):
    """A file that is not the archive it claims to be."""

    sentence = "票箱记录文件的格式不正确。"


class BadChain(BadArchive):
    """Events that do not follow one another: parent, height, order of types, or what they refer to."""

    sentence = "票箱记录的前后衔接不正确。"


class BadRecord(BallotError):
    """A round.json that does not belong to the archive beside it."""

    sentence = "本轮说明文件与票箱记录不符。"
