"""示例县: a fictional county congress of 298 deputies with seven candidates for five places.

The size is that of a real district (昆明市盘龙区 2023: 7 → 5, 298 deputies); names, places and sums are not.
"""

from __future__ import annotations

from typing import NamedTuple

from voting.rounds import Candidate
from voting.rules import Rules

CONGRESS = "示例县人民代表大会"
SESSION = "示例县第十八届人民代表大会第二次会议"
ROUND = "2027年度民生实事项目票决"
SCRUTINEERS = ("林建国", "周秀兰", "吴志强")
"""The first is the 总监票人."""


class Attendance(NamedTuple):
    """Of all deputies some are present and get a card; of these some do not vote: `idle` cards.

    `committee` members of its 常委会 have rated last year's projects; 0: the county has no earlier years.
    """

    all_deputies: int
    present: int
    idle: int
    committee: int = 0


FULL = Attendance(all_deputies=298, present=291, idle=6, committee=21)

RULES = Rules(ballot="select_k", candidates=7, places=5, publish="with_archive")

CANDIDATES = (
    Candidate(
        number=1,
        title="城乡老年食堂提升工程",
        content="新建老年食堂12家，改造提升8家，每日为60岁以上老人提供午餐和晚餐，高龄、失能老人送餐上门。",
        place="城关镇、东溪镇、石桥乡等9个乡镇",
        cost="860万元",
        unit="县民政局",
        deadline="2027年10月底",
    ),
    Candidate(
        number=2,
        title="农村饮用水提质改造",
        content="改造水厂3座，更换老旧管网64公里，惠及21个行政村、3.2万人。",
        place="北岭乡、石桥乡、云川镇",
        cost="2400万元",
        unit="县水务局",
        deadline="2027年11月底",
    ),
    Candidate(
        number=3,
        title="老旧小区加装电梯100台",
        content="对符合条件、业主协商一致的多层住宅加装电梯100台，每台由财政补助10万元。",
        place="城关镇各社区",
        cost="1000万元",
        unit="县住房和城乡建设局",
        deadline="2027年12月底",
    ),
    Candidate(
        number=4,
        title="中小学午休躺睡",
        content="为32所中小学配备可躺式课桌椅1.8万套，改造午休场地。",
        place="全县中小学",
        cost="1260万元",
        unit="县教育局",
        deadline="2027年8月底",
    ),
    Candidate(
        number=5,
        title="县人民医院周边停车场",
        content="新建立体停车场1座，新增车位420个，其中充电车位80个。",
        place="城关镇人民路",
        cost="3100万元",
        unit="县城市管理局",
        deadline="2027年12月底",
    ),
    Candidate(
        number=6,
        title="普惠托育托位600个",
        content="建设普惠托育点15个，新增托位600个，收费不高于指导价。",
        place="城关镇、东溪镇、云川镇",
        cost="720万元",
        unit="县卫生健康局",
        deadline="2027年9月底",
    ),
    Candidate(
        number=7,
        title="农村公路安全防护",
        content="在临水临崖、急弯陡坡路段加装护栏85公里，增设警示标志600处。",
        place="北岭乡、白塔镇等6个乡镇",
        cost="1500万元",
        unit="县交通运输局",
        deadline="2027年11月底",
    ),
)

LEANINGS = (0.86, 0.93, 0.55, 0.81, 0.58, 0.72, 0.68)
"""How often a simulated deputy likes each candidate; makes a result that is neither tied nor unanimous."""
