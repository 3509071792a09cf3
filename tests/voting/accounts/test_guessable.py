"""Passwords that others would try first are refused, and ones that a person can remember are not."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.accounts.guessable import cost, is_guessable, words_of
from voting.accounts.taken_words import WORDS


@pytest.mark.parametrize(
    "password",
    [
        "password123",
        "P@ssw0rd2024",
        "basketball",
        "sunshine12",
        "1q2w3e4r5t6y",
        "qwertyuiop",
        "0987654321",
        "aaaaaaaaaaab",
        "abcabcabcabc",
        "zhongguo2024",
        "woaini1314520",
        "Renda123456!",
        "zhang19651203",
        "13812345678",
        "wang13812345678",
        "renminzhengfu",
        "tianjin20240101",
        "nihaonihao",
        "147258369147",
        "woaijia888888",
        "xiaowang520",
        "iloveyou1314",
        "天天向上天天向上",
    ],
)
def test_what_others_would_try_first_is_guessable(password: str) -> None:
    assert is_guessable(password)


@pytest.mark.parametrize(
    "password",
    [
        "我家门口有一棵大槐树",
        "三月里下过一场雪没化",
        "correct horse battery",
        "mutou qiao xia liang zhi e",
        "K7#mqp92vx!",
        "da huai shu xia you yi kou jing",
    ],
)
def test_a_sentence_or_a_keepers_random_one_is_not(password: str) -> None:
    assert not is_guessable(password)


def test_more_than_three_thousand_of_ten_characters_are_refused_by_words_and_years_alone() -> None:
    made = [f"{word}{year}" for word, year in itertools.product(sorted(WORDS), range(1950, 2030))]
    long_enough = [one for one in made if len(one) >= 10]
    assert len(long_enough) > 3000
    assert [one for one in long_enough[::60] if not is_guessable(one)] == []


def test_one_word_more_never_makes_it_cheaper() -> None:
    assert cost("zhongguo") < cost("zhongguobeijing") < cost("zhongguobeijingshanghai")


@given(st.text(max_size=60))
def test_nothing_costs_less_than_nothing_and_nothing_breaks_it(text: str) -> None:
    assert cost(text) >= 0
    assert is_guessable(text) in {True, False}


def test_the_words_of_an_account_are_its_names_its_congresses_and_the_products() -> None:
    words = words_of("Wang", "王晓", ["青水县人民代表大会", "云岭镇人大主席团"])
    assert set(words) == {
        "wang",
        "王晓",
        "piaojue",
        "票决",
        "青水县人民代表大会",
        "青水县",
        "云岭镇人大主席团",
        "云岭镇",
    }


def test_a_single_character_is_no_word_to_keep_out() -> None:
    assert words_of("w", "王", []) == ("piaojue", "票决")
