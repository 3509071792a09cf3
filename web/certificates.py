"""The certificate a server shows: a given one is tried before serving, a self-signed one is made on request.

A self-signed certificate is for the congress's own tablets only, on which it is installed by hand. What they
are asked to trust is an authority made for this one address, whose key is thrown away as soon as it has
signed: it can vouch for no other site, today or later.
"""

import ipaddress
import os
import ssl
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from web.settings import Settings, SettingsError

LASTS: Final = timedelta(days=397)
"""A session's preparation, the session, and next year's; tablets refuse what lasts much longer."""
SLOW_CLOCK: Final = timedelta(days=2)
"""A tablet from the cupboard is a little behind."""
SOON: Final = timedelta(days=7)


class Pair(NamedTuple):
    """What `tls_cert` and `tls_key` name, and the authority that is installed on the tablets."""

    certificate: Path
    key: Path
    authority: Path


class _Made(NamedTuple):
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


# A given certificate


def check_pair(settings: Settings, now: datetime) -> x509.Certificate:
    """The certificate that is shown. Raises SettingsError: unreadable, of another key or host, expired."""
    certificate = _read(Path(settings.tls_cert))
    _check_key(settings)
    host = urlsplit(settings.url).hostname or ""
    if not _is_for(certificate, host):
        names = "、".join(_names(certificate)) or "（没有名称）"
        raise SettingsError(
            f"证书 {settings.tls_cert} 是给 {names} 的，不是给 {host} 的。请换证书，或改正设置 url。"
        )
    if not certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc:
        raise SettingsError(f"证书 {settings.tls_cert} 现在不在有效期内。请换一份，并核对这台机器的时间。")
    return certificate


def valid_until(file: Path) -> datetime:
    """When the first certificate of a file ends. Raises SettingsError."""
    return _read(file).not_valid_after_utc


def _read(file: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificates(file.read_bytes())[0]
    except FileNotFoundError:
        raise SettingsError(f"找不到证书文件 {file}。请检查设置 tls_cert。") from None
    except (OSError, ValueError):
        raise SettingsError(
            f"读不了证书文件 {file}。它应当是 PEM 格式，以 -----BEGIN CERTIFICATE----- 开头。"
        ) from None


def _check_key(settings: Settings) -> None:
    key = Path(settings.tls_key)
    if not key.is_file():
        raise SettingsError(f"找不到证书的私钥文件 {key}。请检查设置 tls_key。")
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(settings.tls_cert, key, password=b"")
    except (OSError, ValueError):  # ssl.SSLError is an OSError
        raise SettingsError(
            f"私钥 {key} 和证书 {settings.tls_cert} 对不上，或者私钥带有密码。请换成成对的文件。"
        ) from None


def _is_for(certificate: x509.Certificate, host: str) -> bool:
    names = _names(certificate)
    return host in names or f"*.{host.partition('.')[2]}" in names


def _names(certificate: x509.Certificate) -> list[str]:
    """Host names and addresses, in lower case as a browser compares them."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    hosts = found.get_values_for_type(x509.DNSName)
    return [*map(str.lower, hosts), *map(str, found.get_values_for_type(x509.IPAddress))]


# A self-signed one


def self_signed(folder: Path, host: str, now: datetime) -> Pair:
    """The files for this host in `folder`: those of an earlier time, or new ones. Raises SettingsError.

    Overwrites nothing: an address has its own files, and those that end soon are named in the refusal.
    """
    pair = Pair(*(folder / f"piaojue-lan-{host}{end}" for end in (".crt", ".key", "-安装到平板.crt")))
    there = [path for path in pair if path.exists()]
    if len(there) == len(pair):
        _check_lasting(pair, now)
    elif there:
        raise SettingsError(f"文件不全，只有 {there[0]}。请把它移走，再运行一次，会重新制作证书。")
    else:
        _write(pair, host, now)
    return pair


def fingerprint(file: Path) -> str:
    """SHA-256 of a certificate, as tablets show it: pairs of hexadecimal digits."""
    return _read(file).fingerprint(hashes.SHA256()).hex(" ").upper()


def _check_lasting(pair: Pair, now: datetime) -> None:
    if _read(pair.certificate).not_valid_after_utc - now < SOON:
        files = "、".join(map(str, pair))
        raise SettingsError(f"自签证书快要到期。请把 {files} 移走，再运行一次，然后在平板上重新安装。")


def _write(pair: Pair, host: str, now: datetime) -> None:
    authority = _authority(host, now)
    shown = _shown(authority, host, now)
    private = shown.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    pair.authority.write_bytes(authority.certificate.public_bytes(Encoding.PEM))
    pair.certificate.write_bytes(shown.certificate.public_bytes(Encoding.PEM))
    descriptor = os.open(pair.key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(private)


def _authority(host: str, now: datetime) -> _Made:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"票决会场 {host}")
    builder = _builder(name, name, key, now).add_extension(_signs_certificates(), critical=True)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_this_host_only(host), critical=True)
    return _Made(builder.sign(key, hashes.SHA256()), key)


def _shown(authority: _Made, host: str, now: datetime) -> _Made:
    key = ec.generate_private_key(ec.SECP256R1())
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    signer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    builder = _builder(_name(f"票决会场服务 {host}"), authority.certificate.subject, key, now)
    builder = builder.add_extension(x509.SubjectAlternativeName([_general(host)]), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(usage, critical=False).add_extension(signer, critical=False)
    return _Made(builder.sign(authority.key, hashes.SHA256()), key)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime
) -> x509.CertificateBuilder:
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SLOW_CLOCK)
        .not_valid_after(now + LASTS)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _signs_certificates() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _this_host_only(host: str) -> x509.NameConstraints:
    """Every kind of name is bound, so that nothing of another kind is free."""
    general = _general(host)
    if isinstance(general, x509.DNSName):
        return x509.NameConstraints([general], _every_address())
    own = ipaddress.ip_network(f"{host}/{ipaddress.ip_address(host).max_prefixlen}")
    return x509.NameConstraints([x509.IPAddress(own)], [x509.DNSName("")])


def _every_address() -> Iterable[x509.GeneralName]:
    return [x509.IPAddress(ipaddress.ip_network(all_of)) for all_of in ("0.0.0.0/0", "::/0")]


def _general(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
