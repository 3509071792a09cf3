"""What somebody proposed: a 征集线索, a 代表建议, an opinion or a complaint, and its way to an answer.

    received → registered → assigned → answered → closed
       └→ refused (not taken up: with a reason)

登记整理 is `registered`, 分类交办 and 跟踪督办 are `assigned`, 答复反馈 is `answered`. A suggestion that was
merged follows the one it was merged into, and is answered with it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct

from voting.text import Line, Prose

Kind = Literal["clue", "proposal", "opinion", "complaint"]
Source = Literal["public", "deputy", "station", "department", "hotline", "cppcc"]
Channel = Literal["online", "paper", "phone", "visit", "import"]
Standing = Literal["received", "refused", "registered", "assigned", "answered", "closed"]
Route = Literal["answered_now", "handed", "transferred", "explained", "candidate"]

KIND_NAMES: Final[dict[Kind, str]] = {
    "clue": "民生实事线索",
    "proposal": "代表建议",
    "opinion": "群众意见",
    "complaint": "投诉举报",
}
SOURCE_NAMES: Final[dict[Source, str]] = {
    "public": "群众",
    "deputy": "代表",
    "station": "联络站",
    "department": "部门",
    "hotline": "12345热线",
    "cppcc": "政协",
}
CHANNEL_NAMES: Final[dict[Channel, str]] = {
    "online": "网上",
    "paper": "书面",
    "phone": "电话",
    "visit": "来访",
    "import": "表格导入",
}
STANDING_NAMES: Final[dict[Standing, str]] = {
    "received": "待审核",
    "refused": "未受理",
    "registered": "已登记",
    "assigned": "已交办",
    "answered": "已答复",
    "closed": "已办结",
}
ROUTE_NAMES: Final[dict[Route, str]] = {
    "answered_now": "当场答复",
    "handed": "交单位办理",
    "transferred": "按程序转交",
    "explained": "不宜转交，解释说明",
    "candidate": "转为候选线索",
}


class Suggestion(Struct, frozen=True, kw_only=True):
    """One row of the ledger. `due` is the next day that counts; empty text means: not said, not yet."""

    id: str
    congress: str
    year: int
    number: int
    kind: Kind
    state: Standing
    source: Source
    channel: Channel
    title: Line
    text: Prose
    received_at: datetime
    form_key: str
    query_hash: str
    released_at: datetime | None = None
    category: str | None = None
    village: str | None = None
    station: str | None = None
    call: str | None = None
    deputy: str | None = None
    unit: str | None = None
    merged_into: str | None = None
    merged_at: datetime | None = None
    route: Route | None = None
    decided_at: datetime | None = None
    decided_by: str = ""
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    due: date | None = None
    confidential: bool = False
    proposer: str = ""
    phone: str = ""
    spot: str = ""
    entered_by: str = ""
    photos: int = 0
    decision: Prose = ""
    answer: Prose = ""

    @property
    def label(self) -> str:
        """Its number on paper, e.g. 2027-00042."""
        return f"{self.year}-{self.number:05d}"
