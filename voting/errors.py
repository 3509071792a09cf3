"""What the cycle refuses: one class for each kind, each with a plain Chinese sentence.

The sentence says what is wrong and what to do, and is shown as it stands. A class that always says the same
carries it as `sentence`; the others are given it where they are raised, with the figures and names of the
case. Nothing here knows how a page shows an error.
"""

from __future__ import annotations


class VotingError(Exception):
    """Root of everything `voting` refuses. `sentence` is for the person who asked."""

    sentence: str = "操作没有完成，内容没有变动。请核对后重试。"

    def __init__(self, sentence: str | None = None) -> None:
        if sentence is not None:
            self.sentence = sentence
        super().__init__(self.sentence)


class TextError(VotingError):
    """A name or a description that cannot be printed as it was typed."""

    sentence = "文字中有不能使用的内容。请修改后重试。"


class InputError(VotingError):
    """JSON that cannot be read, or lacks, repeats or invents a field."""

    sentence = "文件内容的格式不正确。请核对后重试。"


class RulesError(VotingError):
    """Rules that contradict themselves, or that do not fit what is asked of them."""

    sentence = "办法的设置有误。请修改后重试。"


class CountsError(VotingError):
    """Figures of a count that contradict each other or the rules."""

    sentence = "票数前后不符。请重新核对。"
