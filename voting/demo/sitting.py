"""示例县 in plenary: its roster, who has checked in, who is on leave."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from ballots.group import Random
from voting.actors import Actor
from voting.checking_in.attendance import check_in
from voting.checking_in.leave import note_leave
from voting.checking_in.passes import make_passes
from voting.checking_in.plenaries import begin_plenary
from voting.people import Deputy
from voting.store import Store

PLENARY: Final = "第二次全体会议"
FIRST: Final = (
    ("张桂兰", "城关代表团"),
    ("王建军", "城关代表团"),
    ("李秀梅", "东溪代表团"),
    ("陈志强", "石桥代表团"),
)
"""At the head of the roster: the supervision group is made of them."""
DELEGATIONS: Final = ("城关代表团", "东溪代表团", "云川代表团", "白塔代表团", "石桥代表团", "北岭代表团")
FAMILIES: Final = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华"
GIVEN: Final = ("建国", "秀英", "志强", "桂兰", "海燕", "晓明", "立新", "丽华", "国栋", "雪梅", "卫东")
AWAY: Final = "因公出差"


def roster(congress: str, number: int, random: Random) -> list[Deputy]:
    """So many deputies, in printed order; families and given names are paired differently each time round."""
    made = [
        (f"{FAMILIES[n % len(FAMILIES)]}{GIVEN[n % len(GIVEN)]}", DELEGATIONS[n % len(DELEGATIONS)])
        for n in range(len(FIRST), number)
    ]
    return [
        Deputy(id=random(16).hex(), congress=congress, number=n, name=name, delegation=delegation)
        for n, (name, delegation) in enumerate([*FIRST, *made][:number], start=1)
    ]


def sit(
    store: Store, staff: Actor, session: str, deputies: int, present: int, now: datetime, random: Random
) -> None:
    """All is done at the door: whoever is not there is on leave."""
    everybody = roster(staff.congress, deputies, random)
    with store.write() as tx:
        tx.deputies.add_many(everybody)
    make_passes(store, staff, session, now, random)
    plenary = begin_plenary(store, staff, session, PLENARY, now)
    for one in everybody[:present]:
        check_in(store, staff, plenary.id, one.id, now)
    for one in everybody[present:]:
        note_leave(store, staff, session, one.id, AWAY, now)
