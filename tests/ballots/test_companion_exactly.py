"""round.json beside the record: check 28 where nobody stands, and which card check 29 names."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from ballots.checks import Refused
from ballots.companion import Facts, RuleHead, check_cards, check_counts
from ballots.trustees import check_trustees
from tests.ballots.tampering import base

VALID = 4
RULES = RuleHead(ballot="for_against", candidates=2, places=1, most_for=True)


NO = "28 票决结果中的得票数与票箱记录不同"


def facts(result: tuple[tuple[int, ...], ...] = (), listed: str = "", used: str = "") -> Facts:
    """Of a record with these counts, or with these cards."""
    sim = base("stances")
    return Facts(
        election=sim.election,
        trustees=check_trustees(sim.trustees),
        listed=frozenset(filter(None, [listed, used])),
        used=frozenset(filter(None, [used])),
        ballots=VALID,
        result=result,
        closing_head="",
        head="",
    )


def refusal(
    rules: RuleHead, result: tuple[tuple[int, ...], ...], outcome: bytes = b'{"standings":[]}'
) -> str:
    """Why a result does not go with an outcome, where four of five ballots were valid; empty if it does."""
    sound = base("stances").sound_record()
    figures = replace(sound.figures, returned=VALID + 1, invalid=1)
    record = replace(sound, figures=figures, result=result, outcome=msgspec.Raw(outcome))
    try:
        check_counts(record, rules, facts(result))
    except Refused as refused:
        return f"{refused.check} {refused.reason}"
    return ""


@pytest.mark.parametrize(
    ("given", "rules", "why"),
    [
        ((3, 2), RULES, ""),
        ((3, 1), RULES, NO),
        ((4, 4), replace(RULES, places=2), NO),
        ((3, 2), replace(RULES, most_for=False), NO),
        ((3, 2), replace(RULES, ballot="select_k"), NO),
    ],
)
def test_nobody_stands_only_where_more_was_given_than_the_ballots_hold(
    given: tuple[int, int], rules: RuleHead, why: str
) -> None:
    assert refusal(rules, tuple((votes, VALID - votes, 0) for votes in given)) == why


def test_who_stands_stands_with_the_votes_for_it() -> None:
    result = ((3, 1, 0), (2, 2, 0))
    listed = b'{"standings":[{"number":2,"votes":2},{"number":1,"votes":3}]}'
    assert refusal(RULES, result, listed) == ""
    assert refusal(RULES, result, listed.replace(b'"votes":2', b'"votes":3')) == NO
    assert refusal(RULES, result, b'{"standings":[{"number":1,"votes":3}]}') == NO


CARD = "0123456789abcdef0"


@pytest.mark.parametrize(
    ("cards", "used", "reason"),
    [
        ({"reserve_cards": (CARD,)}, "", "备用的卡 0123456789abcdef… 不在名单中"),
        ({"reserve_cards": (CARD,)}, CARD, "没有启用的备用卡 0123456789abcdef… 投了票"),
        ({"dead_cards": (CARD,)}, "", "作废的卡 0123456789abcdef… 不在名单中"),
        ({"dead_cards": (CARD,)}, CARD, "作废的卡 0123456789abcdef… 投了票"),
    ],
)
def test_a_card_that_may_not_be_there_is_named(
    cards: dict[str, tuple[str, ...]], used: str, reason: str
) -> None:
    record = replace(base("stances").sound_record(), reserve_cards=(), activated_cards=())
    with pytest.raises(Refused) as refused:
        check_cards(replace(record, **cards), facts(used=used))
    assert (refused.value.check, refused.value.where, refused.value.reason) == (29, "round.json", reason)
    check_cards(replace(record, **cards), facts(listed=CARD))
