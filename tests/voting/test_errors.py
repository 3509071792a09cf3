"""Promises of voting/errors.py: whatever `voting` refuses, it refuses in a plain Chinese sentence."""

from __future__ import annotations

import importlib
import pkgutil
import re

import voting
from voting.cycle import WrongStep
from voting.errors import VotingError


def every_kind() -> list[type[VotingError]]:
    for module in pkgutil.iter_modules(voting.__path__):
        if not module.ispkg:
            importlib.import_module(f"voting.{module.name}")
    found, waiting = [], [VotingError]
    while waiting:
        kind = waiting.pop()
        found.append(kind)
        waiting.extend(kind.__subclasses__())
    return [kind for kind in found if kind.__module__.startswith("voting.")]


def test_every_kind_of_error_has_a_plain_chinese_sentence() -> None:
    for kind in every_kind():
        assert re.search("[\u4e00-\u9fff]", kind.sentence), kind
        assert kind.sentence.endswith("。"), kind
        assert not re.search(r"\b[45]\d\d\b|error|exception|hash|token", kind.sentence, re.IGNORECASE), kind


def test_a_sentence_given_where_it_is_raised_wins_over_the_class() -> None:
    assert VotingError("请重试。").sentence == "请重试。"
    assert str(VotingError("请重试。")) == "请重试。"
    assert str(VotingError()) == VotingError.sentence


def test_giving_one_error_a_sentence_leaves_the_next_one_alone() -> None:
    usual = VotingError.sentence
    assert VotingError("只此一次。").sentence != usual
    assert VotingError().sentence == usual


def test_a_wrong_step_is_an_error_of_voting() -> None:
    assert issubclass(WrongStep, VotingError)
