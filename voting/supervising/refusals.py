"""What supervision, changes and completion refuse, each with its sentence."""

from __future__ import annotations

from voting.errors import VotingError


class SupervisionInput(VotingError):
    """Something that cannot be kept as it was entered."""

    sentence = "填写的内容需要修改。请修改后重试。"


class SupervisionStep(VotingError):
    """A step that does not fit what is there now."""

    sentence = "这一步现在不能进行。请刷新页面查看最新情况。"


class FormExpired(SupervisionStep):
    """The id that comes with the form is missing or no id of ours."""

    sentence = "页面已经过期，内容没有保存。请刷新页面后再填写。"


class NotTheirs(SupervisionInput):
    """督办单 in the name of somebody who has no right to it."""

    sentence = "督办单只能以常委会（乡镇为主席团）的名义发出。"


class ChangeRefused(SupervisionInput):
    """A decision on a change that the law, or the place's own rule, does not let this body take."""

    sentence = "这项调整不能这样决定。请核对决定机关。"


class StillOpen(SupervisionStep):
    """办结 or 验收 while something stands against it; the sentence lists what."""

    sentence = "还有没有办完的事项，现在不能办结。请先办完。"
