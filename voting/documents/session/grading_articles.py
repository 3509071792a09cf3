"""Articles of the rules of a satisfaction test: levels, rates, what follows. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from voting.grading import FEWEST_RETURNED, Grading, base_name, half_words, rate_base
from voting.wording import Words


def how_levels_are_found(rules: Grading, words: Words) -> Iterator[str]:
    """Method, rates, publication of few."""
    yield _levels(rules, words)
    favourable = "、".join(rules.levels[: rules.favourable])
    adding_up = "同一件项目各等次的百分比之和为100%。" if rules.add_up else ""
    yield (
        f"满意率是{rules.levels[0]}票占{rate_base(rules)}的比例；总体满意率是{favourable}票"
        f"{'合计' if rules.favourable > 1 else ''}占{rate_base(rules)}的比例，保留一位小数。{adding_up}"
    )
    yield f"收回的{words.ballot}不足{FEWEST_RETURNED}张的，只公布等次，不公布票数和满意率。"


def _levels(rules: Grading, words: Words) -> str:
    if rules.method in {"half", "two_way"}:
        return _by_half(rules, words)
    pairs = zip(rules.levels, rules.bands, strict=True)
    if rules.method == "bands":
        bands = "；".join(f"{least}%以上的，为{name}" for name, least in pairs)
        return f"按总体满意率确定测评等次：{bands}。本条所称“以上”包括本数。"
    each = "、".join(f"{name}{one}分" for name, one in zip(rules.levels, rules.points, strict=True))
    bands = "；".join(f"{least}分以上的，为{name}" for name, least in pairs)
    return (
        f"按平均分确定测评等次。每张{words.ballot}的计分为：{each}；"
        f"平均分是得分之和除以{rate_base(rules)}数。"
        f"{bands}。本条所称“以上”包括本数。"
    )


def _by_half(rules: Grading, words: Words) -> str:
    verb, half = half_words(rules.half)
    bar = f"{verb}{base_name(rules, words)}{half}"
    steps = [f"{rules.levels[0]}票{bar}的，测评等次为{rules.levels[0]}"]
    if rules.method == "half":
        for place in range(1, len(rules.levels) - 1):
            names = "、".join(rules.levels[: place + 1])
            steps.append(f"{names}票合计{bar}的，为{rules.levels[place]}")
    return f"{'；'.join(steps)}；其余的，为{rules.levels[-1]}。"
