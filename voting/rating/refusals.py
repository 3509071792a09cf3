"""What 人大评 refuses."""

from __future__ import annotations

from voting.errors import VotingError


class RatingError(VotingError):
    """Something that was entered and cannot be kept like this."""

    sentence = "填写的内容需要修改。请修改后重试。"


class RatingStep(VotingError):
    """A step that does not come now."""

    sentence = "现在不能进行这一步。请刷新页面查看最新情况。"
