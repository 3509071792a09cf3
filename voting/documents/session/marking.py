"""How a ballot is filled in: the articles of the rules, and the lines printed on the paper ballot. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from voting.documents.session.facts import RoundFacts
from voting.grading import ABSTAIN, Grading, columns
from voting.rounds import choices
from voting.rules import RoundRules, Rules


def marking(of: RoundFacts) -> Iterator[str]:
    """The articles. Nothing is marked where hands are raised."""
    rules = of.round.rules
    if of.round.method == "hands":
        yield _by_hands(of)
    elif isinstance(rules, Grading):
        yield _grading(rules)
    elif rules.ballot == "select_k":
        yield _select(rules, of)
    else:
        yield _each(rules)
    if of.round.method != "hands":
        yield (
            f"纸质{of.words.ballot}应当使用会议提供的笔，在规定的位置画票面注明的符号。"
            f"书写模糊、无法辨认的项目，{_unread(rules)}；整张票无法辨认的，为无效票。"
            "不能确定的，由监票人会同总监票人认定。"
        )


def _unread(rules: RoundRules) -> str:
    """Each row of a count adds up to the valid ballots: what cannot be read of one is an abstention there."""
    select = isinstance(rules, Rules) and rules.ballot == "select_k"
    return "计为没有选" if select else f"计为{ABSTAIN}"


def _by_hands(of: RoundFacts) -> str:
    asked = "、".join(f"{answer}的" for answer in choices(of.round) or ("赞成",))
    rules = of.round.rules
    most = (
        f"每位{of.words.member}最多赞成{rules.places}件，"
        if not choices(of.round) and isinstance(rules, Rules)
        else ""
    )
    return f"逐件宣读{of.words.candidate}，依次请{asked}举手，{most}由监票人清点人数并当场报告。"


def _grading(rules: Grading) -> str:
    answers = "、".join(columns(rules))
    return (
        f"对每件测评项目，在{answers}中选一项，只能选一项。纸质票上没有选的，计为{ABSTAIN}；"
        f"对同一件项目选了两项以上的，该件计为{ABSTAIN}；用手机或者平板电脑投票的，须逐件选择。"
    )


def _select(rules: Rules, of: RoundFacts) -> str:
    k = rules.places
    fewer = f"所选少于{k}件的有效，" if k > 1 else ""
    return (
        f"每位{of.words.member}在{rules.candidates}件候选项目中最多选{k}件。{fewer}多于{k}件的为无效票。"
        "没有选的项目计为未赞成，不区分反对和弃权；一件都不选的是弃权票，弃权票是有效票，单独统计。\n"
        f"用手机或者平板电脑投票的，系统不接受多于{k}件的选择。"
    )


def _each(rules: Rules) -> str:
    most = rules.most_for
    limit = (
        f"\n每张票对候选项目表示赞成的，最多{rules.places}件，多于{rules.places}件的为无效票；"
        f"用手机或者平板电脑投票的，系统不接受多于{rules.places}件的赞成。"
        f"全部赞成票之和超过有效票数的{rules.places}倍的，票决无效。"
        if most
        else ""
    )
    return (
        "对每件候选项目，可以赞成、反对或者弃权，只能选一项。纸质票上没有画符号的，计为弃权；"
        "对同一件项目画了两个以上符号的，该件计为弃权；用手机或者平板电脑投票的，须逐件选择。" + limit
    )
