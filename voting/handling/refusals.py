"""What 承办 refuses, each with its sentence."""

from __future__ import annotations

from voting.errors import VotingError


class HandlingError(VotingError):
    """A step that does not fit what is there now."""

    sentence = "这一步现在不能进行。请刷新页面，看看办理到了哪一步。"


class HandlingInput(VotingError):
    """A unit, a day or a reason that cannot be taken as it was entered."""

    sentence = "填写的内容需要修改。请修改后重试。"


class AlreadyDecided(HandlingError):
    """Somebody else was faster, or it was decided long ago."""

    sentence = "这件已经作出分办决定。需要改变的，请先收回交办或者重新办理。"


class FollowsAnother(HandlingError):
    """A suggestion that was merged is handled with the one it was merged into."""

    sentence = "这件已并入另一件，随主件一并办理和答复。请打开主件办理，或者先取消合并。"


class ComplaintStays(HandlingError):
    """信访 has its own law: a complaint is told where to go."""

    sentence = (
        "投诉举报不交单位办理，也不转为候选线索。请选“按程序转交”或“不宜转交，解释说明”，"
        "告诉来访人到哪里反映。"
    )


class TooLateToReturn(HandlingError):
    """The clock for "not mine" has run out."""

    sentence = "退回的期限已过，按规定由本单位办理。确有困难的，请与交办的办公室联系。"


class StillMissing(HandlingError):
    """A duty that comes before this step."""

    sentence = "还有规定的步骤没有完成。请先补上。"


class AlreadyConfirmed(HandlingError):
    """The proposer has already said it."""

    sentence = "这次答复已经评价过，不能重复评价。"


class CalendarError(VotingError):
    """A table of holidays that cannot be read."""

    sentence = "节假日表不能读入。请核对后重试。"
