"""The second step of a log-in: a one-time code (RFC 6238) or a passkey (WebAuthn).

A passkey works only where a browser trusts the address: https under a name, or this very machine.
"""

from __future__ import annotations

import base64
import hmac
import ipaddress
import json
import re
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

import pyotp
import webauthn
from msgspec import Struct
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from ballots.group import Random
from voting.accounts.facts import Account, Passkey
from voting.errors import VotingError

STEP_S: Final = 30
CHALLENGE_BYTES: Final = 32
MOST_PASSKEYS: Final = 10
_SECRET: Final = re.compile(r"[A-Z2-7]{32}")
_CODE: Final = re.compile(r"[0-9]{6}")
_NAME: Final = "票决"
_MOST_ANSWER: Final = 20_000


class CodeWrong(VotingError):
    """A code that is wrong, too old, or was used before."""

    sentence = (
        "验证码不对，或者已经用过、过期了。请等手机上出现下一个验证码再输入；"
        "连续输错 5 次以后，要过 1 至 15 分钟才能再试。"
    )


class PasskeyRefused(VotingError):
    """An answer of an authenticator that does not fit."""

    sentence = "通行密钥没有通过。请再试一次，或者改用一次性验证码。"


class Site(Struct, frozen=True):
    """Where passkeys belong: the host, and the origin that a browser names."""

    host: str
    origin: str


def site_of(url: str) -> Site | None:
    """The site of an installation's address; None where browsers give out no passkeys."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        if parts.scheme == "https" or host == "localhost":
            return Site(host, f"{parts.scheme}://{parts.netloc}".lower())
    return None


def new_secret(random: Random) -> str:
    """160 random bits in Base32, as authenticator apps read them."""
    return base64.b32encode(random(20)).decode()


def is_secret(text: str) -> bool:
    """Whether `new_secret` could have made it."""
    return _SECRET.fullmatch(text) is not None


def secret_address(secret: str, login: str) -> str:
    """What the QR code for the authenticator app holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=_NAME)


def step_of_code(secret: str, code: str, last_step: int, now: datetime) -> int:
    """The time step the code belongs to: now's, or one beside it for clocks that differ.

    Raises CodeWrong, also for a step that was used already.
    """
    typed = "".join(code.split()).translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    if _CODE.fullmatch(typed):
        codes, here = pyotp.TOTP(secret), int(now.timestamp()) // STEP_S
        for step in (here, here - 1, here + 1):
            if step > last_step and hmac.compare_digest(codes.generate_otp(step), typed):
                return step
    raise CodeWrong


def registration_options(
    site: Site, account: Account, keys: tuple[Passkey, ...], challenge: bytes
) -> dict[str, object]:
    """What a page gives to `navigator.credentials.create`, bytes in base64url."""
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=_NAME,
        user_id=bytes.fromhex(account.id),
        user_name=account.login,
        user_display_name=account.name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=_descriptors(keys),
    )
    return _decoded(webauthn.options_to_json(options))


def sign_in_options(site: Site, keys: tuple[Passkey, ...], challenge: bytes) -> dict[str, object]:
    """What a page gives to `navigator.credentials.get`, bytes in base64url."""
    options = webauthn.generate_authentication_options(
        rp_id=site.host, challenge=challenge, allow_credentials=_descriptors(keys)
    )
    return _decoded(webauthn.options_to_json(options))


def registered(
    site: Site, account: Account, name: str, answer: str, challenge: bytes, now: datetime
) -> Passkey:
    """The new passkey in the authenticator's answer. Raises PasskeyRefused."""
    try:
        verified = webauthn.verify_registration_response(
            credential=_answer(answer),
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise PasskeyRefused from None
    return Passkey(
        account=account.id,
        credential=bytes_to_base64url(verified.credential_id),
        public_key=verified.credential_public_key,
        sign_count=verified.sign_count,
        name=name,
        created_at=now,
    )


def signed(site: Site, keys: tuple[Passkey, ...], answer: str, challenge: bytes) -> tuple[Passkey, int]:
    """Which passkey signed the challenge, and its new counter. Raises PasskeyRefused."""
    try:
        credential = _answer(answer)
        key = next(one for one in keys if one.credential == credential["id"])
        verified = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError, StopIteration):
        raise PasskeyRefused from None
    return key, verified.new_sign_count


def _descriptors(keys: tuple[Passkey, ...]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential)) for one in keys]


def _decoded(options: str) -> dict[str, object]:
    decoded: dict[str, object] = json.loads(options)
    return decoded


def _answer(text: str) -> dict[str, object]:
    if len(text) > _MOST_ANSWER:
        raise PasskeyRefused
    try:
        decoded = json.loads(text)
    except RecursionError:
        raise PasskeyRefused from None
    if not isinstance(decoded, dict):
        raise PasskeyRefused
    return decoded
