"""Promises of what is said about data: the set periods stand in it, and what does not hold is said."""

from __future__ import annotations

from msgspec.structs import replace

from voting.keeping.rules import RULES, KeepingSettings
from voting.keeping.statement import House, Section, privacy, protection

HOUSE = House(
    congress="示例县人民代表大会",
    level="county",
    address="https://vote.example.cn",
    encrypted=True,
    own_certificate=False,
    database="PostgreSQL",
    settings=KeepingSettings(proposers=37, contact="县人大办公室 0571-1234567"),
)


def words(sections: tuple[Section, ...]) -> str:
    return "\n".join(
        part
        for one in sections
        for part in (one.title, *one.words, *(cell for row in one.rows for cell in row))
    )


def test_both_say_the_period_that_this_office_set_and_whom_to_ask() -> None:
    for said in (words(privacy(HOUSE)), words(protection(HOUSE))):
        assert "37个月" in said
        assert "县人大办公室 0571-1234567" in said


def test_every_kind_that_is_kept_is_listed_with_its_purpose_and_period() -> None:
    said = words(protection(HOUSE))
    for rule in RULES.values():
        assert rule.name in said


def test_it_says_plainly_what_it_is_not() -> None:
    said = words(protection(HOUSE))
    for admitted in (
        "都不是国密算法",
        "没有做过等级测评",
        "没有等级测评、密评和商用密码认证证书",
        "谁控制了代表的手机",
    ):
        assert admitted in said


def test_plain_http_is_not_called_encrypted() -> None:
    said = words(protection(replace(HOUSE, encrypted=False, address="http://192.168.1.5")))
    assert "没有启用 https" in said
    assert "只接受 https" not in said
