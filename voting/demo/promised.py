"""What 示例县 promised for last year and for this one: fictional places, units of the fictional county."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple


class Stretch(NamedTuple):
    """A milestone: first and last month of the year, weight in per cent."""

    title: str
    first: int
    last: int
    weight: int


class Promise(NamedTuple):
    """One project; `planned` in 万元, `unit` by its place in `autumn.UNITS`, `amount` with its measure."""

    title: str
    content: str
    place: str
    planned: int
    unit: int
    indicator: str
    amount: Decimal
    measure: str
    steps: tuple[Stretch, ...]
    staged: str = ""


LONG: Final = (
    Stretch("完成招标", 3, 4, 20),
    Stretch("主体施工", 5, 9, 50),
    Stretch("验收并投入使用", 10, 12, 30),
)
BUILDING: Final = (
    Stretch("完成招标", 3, 4, 20),
    Stretch("主体施工", 5, 8, 50),
    Stretch("验收并投入使用", 9, 10, 30),
)

THIS_YEAR: Final = (
    Promise(
        "农村公路提升改造",
        "改造农村公路42公里，加宽窄路6处，安装路灯380盏。",
        "东溪镇、云川镇、石桥乡",
        2600,
        0,
        "改造公路",
        Decimal(42),
        "公里",
        BUILDING,
    ),
    Promise(
        "中小学食堂改造",
        "改造中小学食堂18个，更换厨房设备，实行明厨亮灶。",
        "全县18所中小学",
        900,
        4,
        "改造食堂",
        Decimal(18),
        "个",
        (Stretch("完成招标", 3, 4, 20), Stretch("假期施工", 5, 8, 60), Stretch("验收开餐", 9, 9, 20)),
    ),
    Promise(
        "村级老年助餐点",
        "建设老年助餐点20个，为60岁以上老人提供午餐，高龄老人送餐上门。",
        "城关镇、南湾镇等6个乡镇",
        480,
        5,
        "建设助餐点",
        Decimal(20),
        "个",
        LONG,
    ),
    Promise(
        "老旧供水管网更换",
        "更换老旧供水管网36公里，改造加压泵站2座。",
        "城关镇、双河镇",
        1850,
        6,
        "更换管网",
        Decimal(36),
        "公里",
        BUILDING,
    ),
    Promise(
        "县城生活污水管网（一期）",
        "三年改造污水管网60公里，今年完成城东片区。",
        "城关镇城东片区",
        3200,
        1,
        "改造管网",
        Decimal(22),
        "公里",
        LONG,
        staged="今年完成城东片区22公里并通水",
    ),
)
"""Being delivered: the first is late, the second finished and accepted, the fourth has got more time, the
last takes three years."""

LAST_YEAR: Final = (
    Promise(
        "城乡公交一体化",
        "新增公交线路6条、公交车28辆，实现村村通公交。",
        "全县63个村",
        1400,
        0,
        "新增线路",
        Decimal(6),
        "条",
        BUILDING,
    ),
    Promise(
        "农村公厕改造",
        "改造农村公厕75座，落实专人保洁。",
        "北岭乡、青山乡、白塔镇",
        520,
        3,
        "改造公厕",
        Decimal(75),
        "座",
        BUILDING,
    ),
    Promise(
        "乡镇卫生院能力提升",
        "为9个乡镇卫生院配齐基本检查设备，培训医务人员120名。",
        "9个乡镇",
        980,
        2,
        "配备卫生院",
        Decimal(9),
        "个",
        BUILDING,
    ),
    Promise(
        "小区充电桩建设",
        "在居民小区建设充电桩600个。",
        "城关镇各社区",
        660,
        1,
        "建设充电桩",
        Decimal(600),
        "个",
        BUILDING,
    ),
)
"""Finished and accepted; the second was rated badly."""

OPINIONS: Final = ((0.8, 0.95), (0.15, 0.4), (0.72, 0.93), (0.62, 0.9))
"""Of the committee, who is 满意 with each of `LAST_YEAR`, and who at least 基本满意; the rest is not."""
EARLIER: Final = ((21, 6, 2, 0), (24, 4, 1, 0), (19, 7, 2, 1))
"""满意, 基本满意, 不满意, 弃权 in the office's own table of the year before that, for three projects."""
EARLIER_TITLES: Final = ("乡镇卫生院能力提升", "城乡公交一体化", "村级活动室建设")
