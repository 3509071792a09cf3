"""Promises of finding a deputy at a door by whatever somebody types."""

from __future__ import annotations

import pytest

from tests.doors import ROSTER
from voting.checking_in.finding import find, reads
from voting.people import Deputy


def roster(*names: str) -> list[Deputy]:
    return [
        Deputy(id=f"{n:032x}", congress="c", number=n, name=name, delegation="城关代表团")
        for n, name in enumerate(names or [name for name, _ in ROSTER], start=1)
    ]


def found(text: str, *names: str) -> list[str]:
    return [one.name for one in find(roster(*names), text)]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("张", ["张桂兰", "张国立"]),
        ("桂兰", ["张桂兰"]),
        ("zgl", ["张桂兰", "张国立"]),
        ("zhanggl", ["张桂兰", "张国立"]),
        ("ZhangGuiLan", ["张桂兰"]),
        ("zh gui", ["张桂兰"]),
        ("gl", ["张桂兰", "阿依古丽·买买提", "张国立"]),
        ("lvxm", ["吕秀梅"]),
        ("luxm", ["吕秀梅"]),
        ("lyuxm", ["吕秀梅"]),
        ("阿依古丽买买提", ["阿依古丽·买买提"]),
        ("阿依古丽•买", ["阿依古丽·买买提"]),
        ("aygl", ["阿依古丽·买买提"]),
        ("𬱖", ["𬱖正"]),
        ("5", ["𬱖正"]),
        ("005", ["𬱖正"]),
        ("５", ["𬱖正"]),
        ("谁", []),
        ("xyz", []),
        ("0", []),
        ("", []),
        ("　", []),
    ],
)
def test_part_of_a_name_its_pinyin_or_the_printed_number_find_the_deputy(
    typed: str, names: list[str]
) -> None:
    assert found(typed) == names


@pytest.mark.parametrize("typed", ["sxx", "dxx", "cxx", "shanxx", "danxx"])
def test_a_character_with_several_readings_is_found_by_each(typed: str) -> None:
    assert found(typed) == ["单雄信"]


def test_the_one_that_is_meant_stands_first() -> None:
    assert found("王伟", "小王伟", "王伟东", "王伟") == ["王伟", "王伟东", "小王伟"]
    assert find(roster(*["李明"] * 30), "3")[0].number == 3


def test_no_more_are_listed_than_can_be_read_at_a_door() -> None:
    assert len(find(roster(*["李明"] * 400), "lm")) == 30


def test_letters_that_could_be_parted_in_many_ways_are_decided_at_once() -> None:
    """Each character may be read by one letter or more: the ways multiply if nothing stops them."""
    assert not reads("和" * 60, "h" * 59 + "zz")
    assert not find(roster("和" * 120), "hh" * 30 + "b")
