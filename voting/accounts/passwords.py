"""Log-in names and passwords: what is accepted, how it is kept, how it is compared.

Kept with argon2id, 19 MiB, 2 passes, 1 lane: the first of the settings that OWASP's "Password Storage Cheat
Sheet" calls equal; a whole hall that logs in at once costs this machine 40 ms of CPU each. The form of the
hash names its parameters, so that they may grow: `check` says when a hash is to be made anew.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from voting.accounts.guessable import is_guessable
from voting.errors import VotingError

LEAST: Final = 10
MOST: Final = 200
_LOGIN: Final = re.compile(r"[\w.@-]{2,64}")
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_AT_ONCE: Final = BoundedSemaphore(2)  # each takes 19 MiB and a core
_NOBODYS: Final = (
    "$argon2id$v=19$m=19456,t=2,p=1$RWx/Slrbs5MFYUkvrFkThg$kgn7f0Iphi1mEVexXro5QsgZAdc/nIUMizlozjE53K8"
)
"""Compared with when there is no such account, so that the answer takes as long."""


class LoginNameUnfit(VotingError):
    """A log-in name that nobody could type again."""

    sentence = "登录名要用 2 至 64 个字：汉字、字母、数字和 . _ - @，中间没有空格。请修改。"


class PasswordUnfit(VotingError):
    """A password that is too short, too long or too easily guessed."""

    sentence = "这个密码不合适。请换一个。"


def clean_login(text: str) -> str:
    """The form that is stored and compared: NFKC, lower case. Raises LoginNameUnfit."""
    known = known_login(text)
    if known is None:
        raise LoginNameUnfit
    return known


def known_login(text: str) -> str | None:
    """The same for a log-in name that was typed at log-in; None if nobody can have it."""
    if len(text) > 10 * 64:
        return None
    login = unicodedata.normalize("NFKC", text).strip().lower()
    return login if _LOGIN.fullmatch(login) else None


def refuse_unfit(password: str, words: Iterable[str]) -> None:
    """No rules about kinds of characters: length counts, and what others try (NIST SP 800-63B, 3.1.1.2).

    `words` may not stand in it: see `guessable.words_of`. Raises PasswordUnfit, which says what is wrong.
    """
    plain = _plain(password)
    if len(plain) < LEAST:
        raise PasswordUnfit(f"密码至少要 {LEAST} 个字。可以用几个词连成一句，容易记又不容易猜。")
    if len(plain) > MOST:
        raise PasswordUnfit(f"密码最多 {MOST} 个字。请缩短。")
    if found := next((word for word in words if word in plain.casefold()), ""):
        raise PasswordUnfit(f"密码里不能有“{found}”：登录名、姓名、单位和系统的名称，别人最先试。请换一个。")
    if is_guessable(plain):
        raise PasswordUnfit(
            "这个密码太容易猜到：常见的词或者拼音，加上生日、年份、电话、连着的数字，别人很快能试出来。"
            "请换成几个不相干的词连成的一句话。"
        )


def make_hash(password: str) -> str:
    """What is kept of a password."""
    with _AT_ONCE:
        return _HASHER.hash(_plain(password))


def is_right(password: str, kept: str | None) -> bool:
    """Whether it is the password; None stands for an account that does not exist and takes as long."""
    typed = _plain(password[: MOST * 4])[: MOST + 1]
    with _AT_ONCE:
        try:
            _HASHER.verify(kept or _NOBODYS, typed)
        except (Argon2Error, InvalidHashError):
            return False
    return kept is not None and len(typed) <= MOST


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(kept)


def _plain(password: str) -> str:
    """As typed on whichever keyboard: full-width letters are the same. A lone surrogate is no character."""
    return unicodedata.normalize("NFKC", password.encode(errors="replace").decode())
