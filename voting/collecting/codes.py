"""The query code: what a proposer comes back with. 16 Base58 characters, about 93 bits, in groups of four.

It is derived from the form's key and the installation's secret, so that the same form shows the same code
again although the code itself is stored nowhere: the store keeps its SHA-256.
"""

from __future__ import annotations

import hmac
import unicodedata
from typing import Final

from ballots.credentials import BASE58
from ballots.encoding import sha256_hex
from voting.errors import VotingError

LENGTH: Final = 16
PURPOSE: Final = "query-code"
"""What the installation's secret for codes is derived for."""

_LOOK_ALIKES: Final = {"0": "数字0", "O": "大写字母O", "I": "大写字母I", "l": "小写字母l"}


class CodeUnreadable(VotingError):
    """Something that was typed as a query code and cannot be one."""

    sentence = "查询码写法不对：应为16个字母和数字，分成4组。请对照回执重新输入。"


class CodeUnknown(VotingError):
    """A query code of the right shape that belongs to nothing here."""

    sentence = "没有找到这个查询码对应的意见。请对照回执逐组核对，注意大小写。"


def query_code(secret: bytes, congress: str, form_key: str) -> str:
    """The code of what this form made, without gaps."""
    number = int.from_bytes(hmac.digest(secret, f"{PURPOSE}|{congress}|{form_key}".encode(), "sha512"), "big")
    characters = []
    for _ in range(LENGTH):  # 512 bits over 93: no character is likelier than another
        number, place = divmod(number, len(BASE58))
        characters.append(BASE58[place])
    return "".join(characters)


def grouped(code: str) -> str:
    """`abcd-efgh-jkmn-pqrs`, as it is shown, typed and put into an address."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def query_hash(code: str) -> str:
    """What the store keeps of it."""
    return sha256_hex(f"{PURPOSE}|{code}".encode())


def read_code(typed: str) -> str:
    """The code as somebody typed it: spaces, dashes and full-width characters do not matter.

    Raises CodeUnreadable, which says where it goes wrong.
    """
    characters = [one for one in unicodedata.normalize("NFKC", typed) if one.isalnum()]
    if not characters:
        raise CodeUnreadable("请输入查询码：16个字母和数字，分成4组，在提交后的回执上。")
    for place, one in enumerate(characters[:LENGTH]):
        if one not in BASE58:
            what = _LOOK_ALIKES.get(one, f"“{one}”")
            raise CodeUnreadable(
                f"第{place // 4 + 1}组第{place % 4 + 1}个字符是{what}，查询码里没有这个字符。请对照回执核对。"
            )
    if len(characters) != LENGTH:
        raise CodeUnreadable(
            f"查询码应有{LENGTH}个字符，现在是{min(len(characters), 999)}个。请对照回执核对。"
        )
    return "".join(characters)
