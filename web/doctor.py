"""`piaojue doctor`: what is wrong with an installation, and what to do about it.

Nothing is changed. Every finding is a sentence; what is `wrong` would fail in front of the deputies, what is
only `doubtful` deserves a look.
"""

import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Literal, NamedTuple

from ballots.election import Election
from voting import audit
from voting.actors import system
from voting.days import CHINA
from voting.documents.typesetting import chinese_date
from voting.errors import VotingError
from voting.signing import Signer
from voting.store import Store
from voting.store.engine import demands_certificate, distant_hosts
from web.assets import Assets, MissingAsset
from web.certificates import check_pair, valid_until
from web.clocks import kept_by_the_network
from web.settings import Settings, SettingsError, load
from web.upkeep_places import disk_folder, newest_backup

ROOM: Final = 2 * 1024**3
"""Bytes that a session with photos must not lack."""
LASTING: Final = timedelta(days=30)
"""For which a certificate should still be good."""
APART: Final = timedelta(seconds=5)
OLDEST_BACKUP: Final = timedelta(days=2)
UNFINISHED: Final = frozenset({"sealed", "open", "closed", "reconciled", "counted"})


class Finding(NamedTuple):
    """What was looked at, how it stands, and in words."""

    about: str
    state: Literal["sound", "doubtful", "wrong"]
    sentence: str


def examine(
    environ: Mapping[str, str],
    file: Path | None,
    backups: Path | None,
    now: datetime,
    certificate: Path | None = None,
) -> list[Finding]:
    """Everything; a database that cannot be opened ends the questions about what is in it.

    `backups` stands for the setting, `certificate` for what a proxy in front shows. No host is asked.
    """
    try:
        settings = load(environ, file)
    except SettingsError as error:
        return [Finding("设置", "wrong", error.sentence)]
    return [
        Finding("设置", "sound", "可以读取。"),
        *_address(settings),
        *_certificate(settings, certificate, now),
        *_clock(),
        *_scripts(),
        *_fonts(),
        *_disk(settings),
        *_backups(backups or (Path(settings.backups) if settings.backups else None), now),
        *_line(settings.database),
        *_inside(settings, now),
    ]


def _address(settings: Settings) -> Iterator[Finding]:
    if settings.https:
        yield Finding("网址", "sound", f"{settings.url}，加密传输。")
    else:
        yield Finding("网址", "doubtful", f"{settings.url} 不加密，只能在本机演示。正式使用请配置 https。")


def _certificate(settings: Settings, shown: Path | None, now: datetime) -> Iterator[Finding]:
    """An own one, or the file of the proxy's that was named."""
    try:
        if settings.tls_cert:
            check_pair(settings, now)
        file = shown or (Path(settings.tls_cert) if settings.tls_cert else None)
        if file is not None:
            yield _lasting(file, valid_until(file), now)
    except SettingsError as error:
        yield Finding("证书", "wrong", error.sentence)
        return
    if file is None and settings.https:
        said = "由前面的反向代理出示，这里看不到。请加上 --certificate 证书文件 检查有效期。"
        yield Finding("证书", "doubtful", said)


def _lasting(file: Path, until: datetime, now: datetime) -> Finding:
    day = f"{file} 有效期到{chinese_date(until)}。"
    if until <= now:
        return Finding("证书", "wrong", f"{day}已经过期，手机会打不开。请换新证书，重新启动。")
    if until < now + LASTING:
        return Finding("证书", "doubtful", f"{day}快到期了，请在开会以前换新证书。")
    return Finding("证书", "sound", day)


def _clock() -> Iterator[Finding]:
    """Whether something keeps it; what the database's server says is asked further below."""
    kept = kept_by_the_network()
    if kept is None:
        yield Finding("时钟", "doubtful", "看不出有没有在校时。请核对这台机器的时间。")
    elif kept:
        yield Finding("时钟", "sound", "正在自动校时。")
    else:
        said = "没有在自动校时，会慢慢走偏。请启用 chrony 或者 systemd-timesyncd，并核对时间。"
        yield Finding("时钟", "doubtful", said)


def _scripts() -> Iterator[Finding]:
    try:
        hashes = Assets().client_hashes()
    except MissingAsset as error:
        yield Finding("页面脚本", "wrong", f"{error}请重新安装程序。")
        return
    yield Finding("页面脚本", "sound", "；".join(f"{name} {integrity}" for name, integrity in hashes))


def _fonts() -> Iterator[Finding]:
    """Every paper of the hall is set with the fonts that come with the program."""
    from voting.documents.typesetting import chinese_fonts

    try:
        chinese_fonts()
    except VotingError as error:
        yield Finding("中文字体", "wrong", error.sentence)
    else:
        yield Finding("中文字体", "sound", "齐全。")


def _disk(settings: Settings) -> Iterator[Finding]:
    folder = disk_folder(settings)
    free = shutil.disk_usage(folder).free
    enough = free >= ROOM
    said = f"{folder} 还有 {free / 1024**3:.1f} GB。" + ("" if enough else "请腾出空间，至少留 2 GB。")
    yield Finding("磁盘", "sound" if enough else "doubtful", said)


def _backups(folder: Path | None, now: datetime) -> Iterator[Finding]:
    if folder is None:
        said = "没有说明备份放在哪里，没有检查。请写设置 backups，或者加上 --backups 文件夹。"
        yield Finding("备份", "doubtful", said)
        return
    made = newest_backup(folder)
    if made is None:
        yield Finding("备份", "wrong", f"{folder} 里没有备份。请运行 piaojue backup，并每天定时运行。")
        return
    old = now - made > OLDEST_BACKUP
    when = f"{chinese_date(made)}{made.astimezone(CHINA):%H:%M}"
    said = f"最新一份做于{when}。" + ("已经太旧，请检查定时任务。" if old else "")
    yield Finding("备份", "doubtful" if old else "sound", said)


def _line(database: str) -> Iterator[Finding]:
    """To a database on another machine: whoever is on the way could read and change what is not encrypted."""
    try:
        far, checked = distant_hosts(database), demands_certificate(database)
    except VotingError:
        return
    if far and not checked:
        said = f"{'、'.join(far)} 在另一台机器上，连接没有要求加密并核对证书。"
        said += "请在设置 database 后面加上 sslmode=verify-full。"
        yield Finding("数据库连接", "wrong", said)
    elif far:
        yield Finding("数据库连接", "sound", "加密，并核对数据库服务器的证书。")


def _inside(settings: Settings, now: datetime) -> Iterator[Finding]:
    signer = _signer(settings)
    if isinstance(signer, Signer):
        yield Finding("签名密钥", "sound", f"公钥 {signer.public_hex}。")
    else:
        yield Finding("签名密钥", "wrong", signer)
    try:
        Store.examine(settings.database)
        store = Store.open(settings.database)
    except VotingError as error:
        yield Finding("数据库", "wrong", error.sentence)
        return
    with store:
        yield Finding("数据库", "sound", "能读写，版本和全部表与程序一致。")
        yield from _beside(store.clock(), now)
        yield from _congresses(store, signer if isinstance(signer, Signer) else None, now)


def _signer(settings: Settings) -> Signer | str:
    """The key, or the sentence that says why it cannot be used."""
    try:
        return Signer.load(Path(settings.signing_key))
    except VotingError as error:
        return error.sentence


def _congresses(store: Store, signer: Signer | None, now: datetime) -> Iterator[Finding]:
    with store.read() as tx:
        congresses = tx.sessions.congresses()
    if not congresses:
        yield Finding("人大", "doubtful", "还没有登记任何人大。请运行 piaojue init。")
    for one in congresses:
        checked = audit.check(store, system(one.id))
        whole = "完整。" if checked.whole else "不完整，有人改动过数据库。请保存现场，找管理员核查。"
        yield Finding(f"{one.name}的操作日志", "sound" if checked.whole else "wrong", whole)
        yield from _future(store, one.id, one.name, now)
        yield from _keys(store, one.id, signer)


def _beside(theirs: datetime | None, now: datetime) -> Iterator[Finding]:
    """Two machines that differ would put steps out of order."""
    if theirs is None:
        return
    apart = abs((theirs - now).total_seconds())
    if apart <= APART.total_seconds():
        yield Finding("数据库服务器的时钟", "sound", "与本机一致。")
    else:
        said = f"与本机相差{apart:.0f}秒。请校准两台机器的时间。"
        yield Finding("数据库服务器的时钟", "wrong", said)


def _future(store: Store, congress: str, name: str, now: datetime) -> Iterator[Finding]:
    """A step that lies in the future was taken while the clock was wrong, or it is wrong now."""
    with store.read() as tx:
        rounds = tx.rounds.listing(system(congress))
    latest = max((one.opened_at or one.drafted_at for one in rounds), default=now)
    if latest > now + timedelta(minutes=1):
        yield Finding(f"{name}的时钟", "wrong", "记录里有将来的时间：时钟不准。请校准服务器的时间。")


def _keys(store: Store, congress: str, signer: Signer | None) -> Iterator[Finding]:
    """A round that was sealed under another key could give no receipt."""
    with store.read() as tx:
        running = [one for one in tx.rounds.listing(system(congress)) if one.state in UNFINISHED]
    for one in running:
        if signer is None or one.election is None:
            continue
        try:
            signer.refuse_foreign(Election.parse(one.election))
        except VotingError as error:
            yield Finding(one.title, "wrong", error.sentence)
