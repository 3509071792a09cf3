"""Chinese numerals as rules and headings use them: 第十二条, 第二十一条."""

from typing import Final

_DIGITS: Final = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """1 to 99 in words: 十, 十二, 二十, 二十一."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        raise ValueError(number)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (
        _DIGITS[ones] if ones else ""
    )
