"""The words of a sentence, for search and for finding similar ones. Pure.

Chinese is cut by rjieba in its manner for search: a compound counts, and so do the words inside it. Letters
and digits are kept as they stand, in NFKC and lower case; what carries no meaning of its own is left out.

rjieba is imported where it is used: its dictionary takes 32 MB in every process, and a server of a hall that
votes never looks into it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

LONGEST: Final = 32
"""Characters of one word; a longer one (an address, a serial number) is cut off."""
MOST_SOUGHT: Final = 8
"""Words of one search."""
_TITLE: Final = 2
"""A word in the title says as much as two in the text."""

_SAYS_SOMETHING: Final = re.compile(r"\w")
STOP: Final = frozenset(
    """
    的 了 和 与 及 或 在 是 有 也 都 就 还 很 不 没 没有 对 对于 从 到 把 被 让 使 为 为了 于 以 而 且
    并 等 着 过 这 那 这个 那个 这里 那里 这些 那些 我 我们 你 你们 他 他们 她 它 大家 自己 某 各 每 个
    一 一个 一些 一下 上 下 中 里 内 外 前 后 时 时候 因为 所以 因此 如果 但 但是 而且 以及 其 之 此 该
    由 向 给 比 更 最 太 非常 能 能够 可以 可 要 会 应 应该 应当 需 需要 请 希望 建议 请求 要求 恳请
    盼望 意见 反映 问题 情况 进行 有关 相关 关于 解决 尽快 现在 目前 近年来 一直 已经 经常 什么 怎么
    如何 吗 呢 啊 吧 呀 地 得 又 再 才 只 无 年 月 日
    """.split()  # noqa: SIM905 - a list of a hundred quoted words is harder to read and to keep
)


def words_of(title: str, text: str) -> Counter[str]:
    """How much each word of a suggestion counts."""
    counted = Counter(_cut(text))
    for word in _cut(title):
        counted[word] += _TITLE
    return counted


def sought(text: str) -> tuple[str, ...]:
    """The words of a search, each once, at most `MOST_SOUGHT`; empty when only stop words were typed."""
    import rjieba

    found = (_kept(word) for word in rjieba.cut(_normal(text), hmm=True))
    return tuple(dict.fromkeys(word for word in found if word))[:MOST_SOUGHT]


class Piece(Struct, frozen=True):
    """A piece of a text; `marked` if it is one of the words looked for."""

    text: str
    marked: bool


def marked(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """The text in pieces, joined the same as before."""
    if not words:
        return (Piece(text, marked=False),)
    longest_first = sorted(words, key=len, reverse=True)
    pattern = re.compile(f"({'|'.join(map(re.escape, longest_first))})", re.IGNORECASE)
    pieces = pattern.split(text)  # every second one is a match
    return tuple(Piece(piece, marked=n % 2 == 1) for n, piece in enumerate(pieces) if piece)


def _cut(text: str) -> Iterable[str]:
    import rjieba

    found = (_kept(word) for word in rjieba.cut_for_search(_normal(text), hmm=True))
    return (word for word in found if word)


def _kept(word: str) -> str:
    word = word.strip()
    return "" if word in STOP or not _SAYS_SOMETHING.search(word) else word[:LONGEST]


def _normal(text: str) -> str:
    """Full-width letters become ordinary ones; what no database can hold is gone."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", " ", plain)
