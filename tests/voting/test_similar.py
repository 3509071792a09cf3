"""Promises of voting/similar.py, on sentences of a made-up county: which of them ask for the same."""

from __future__ import annotations

from collections import Counter
from typing import Final

import pytest

from voting.similar import SOMEWHAT, VERY, Other, Rarity, ranked, score, telling, years_raised
from voting.words import words_of

# Each line: what two people wrote for the same wish, in different words.
PAIRS: Final = (
    ("东河村二组没有路灯，晚上出门看不见", "请给东河村二组装路灯，天黑以后老人不敢出门"),
    ("西山村到县城的客车太少，看病不方便", "增加西山村进城客车班次，老人看病要等半天"),
    ("南桥社区没有公共停车场，车停在消防通道", "南桥社区停车难，消防通道天天停满车，建议建停车场"),
    ("石门水库的灌溉渠道漏水，下游浇不上地", "石门水库渠道年久漏水，请维修，让下游田地能灌溉"),
    ("集镇没有公厕，赶集的人随地方便", "希望在集镇修一座公厕，赶集日很不方便"),
    ("青石小学门口车多，学生过马路危险", "青石小学门口请装红绿灯和减速带，学生过马路太危险"),
    ("老年食堂只开中午，独居老人晚饭没着落", "建议老年食堂增加晚饭，方便独居老人"),
    ("卫生室没有医生，买药要跑到镇上", "村卫生室长期没有医生坐诊，买药不便"),
    ("柳树湾河堤被冲垮一段，汛期很危险", "柳树湾的河堤去年冲垮后没有修，汛期村民担心"),
    ("县城公办幼儿园学位不够，报名排通宵", "公办幼儿园学位太少，县城家长通宵排队报名"),
    ("自来水发黄，夏天经常停水", "夏天三天两头停水，自来水颜色发黄有泥沙"),
    ("快递点只到镇上，村里取快递要走十里", "请在村里设快递点，取快递太远"),
)
ALONE: Final = (
    "请在敬老院旁边修一个门球场",
    "手机信号不好，后山几户打不通电话",
    "希望开办月嫂和家政技能培训班",
    "流浪狗咬伤小孩，请集中收容",
)
TEXTS: Final = (*(text for pair in PAIRS for text in pair), *ALONE)
WORDS: Final = [words_of("", text) for text in TEXTS]
RARITY: Final = Rarity(len(TEXTS), Counter(word for words in WORDS for word in words))


def other(number: int) -> Other:
    return Other(
        id=f"{number:032x}",
        year=2027,
        number=number + 1,
        title=TEXTS[number],
        text="",
        state="registered",
        merged_into=None,
        words=dict(WORDS[number]),
    )


def found_for(number: int) -> list[int]:
    others = [other(n) for n in range(len(TEXTS)) if n != number]
    return [one.other.number - 1 for one in ranked(WORDS[number], others, RARITY)]


@pytest.mark.parametrize("number", range(2 * len(PAIRS)))
def test_the_twin_comes_first(number: int) -> None:
    assert found_for(number)[:1] == [number ^ 1]


@pytest.mark.parametrize("number", range(2 * len(PAIRS), len(TEXTS)))
def test_what_nobody_else_wants_is_like_nothing(number: int) -> None:
    assert found_for(number) == []


def test_no_two_that_want_different_things_are_very_much_alike() -> None:
    wrong = [
        (TEXTS[a], TEXTS[b])
        for a in range(len(TEXTS))
        for b in range(a)
        if a ^ 1 != b and score(WORDS[a], WORDS[b], RARITY) >= VERY
    ]
    assert wrong == []


def test_the_same_is_wholly_alike_and_nothing_is_like_nothing() -> None:
    assert score(WORDS[0], WORDS[0], RARITY) == pytest.approx(1)
    assert score(WORDS[0], {}, RARITY) == 0
    assert score({}, {}, RARITY) == 0


def test_the_shared_words_are_said_the_rarest_first() -> None:
    (first, *_) = ranked(WORDS[0], [other(1)], RARITY)
    assert set(first.shared) == WORDS[0].keys() & WORDS[1].keys()
    rarity = [RARITY.of(word) for word in first.shared[:1]]
    assert rarity == [max(RARITY.of(word) for word in first.shared)]
    assert first.name in {"很像", "有些像"}
    assert first.score >= SOMEWHAT


def test_looking_up_keeps_to_its_budget_and_takes_the_most_telling() -> None:
    words = {"路灯": 2, "老人": 1, "村": 1}
    rarity = Rarity(100_000, {"路灯": 900, "老人": 9_000, "村": 60_000})
    assert [word for word, _ in telling(words, rarity, 10_000, 14)] == ["路灯", "老人"]
    assert [word for word, _ in telling(words, rarity, 10, 14)] == ["路灯"]
    assert telling({}, rarity, 10, 14) == ()


def test_every_year_is_more_than_one() -> None:
    assert years_raised(2027, (2025, 2027, 2025)) == (2025, 2027)
    assert years_raised(2027, (2027,)) == ()
