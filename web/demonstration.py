"""`piaojue demo`: 示例县 votes on seven candidates for five places, with the newcomer in every role.

Two years of earlier projects lie behind it, one of them late and one rated badly.

Everything is in one folder: the database, the signing key, and a file with every secret of this fictional
hall. Run again, it goes on where it was. Most deputies are simulated, with real ballots over real HTTP; three
cards are left for the newcomer.
"""

import os
import secrets
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit
from urllib.request import urlopen

import msgspec
from msgspec.structs import replace
from rich.console import Console
from rich.progress import Progress

from ballots.credentials import public_credential
from ballots.election import Election
from ballots.sealing import seal
from voting import casting, links
from voting.accounts import invitations
from voting.accounts.facts import AccountRole
from voting.actors import Role, system
from voting.demo import county
from voting.demo.autumn import gather
from voting.demo.earlier import Past, look_back
from voting.demo.simulation import Crowd
from voting.demo.sitting import sit
from voting.demo.stage import InsecureStage, build
from voting.rounds import Round
from voting.signing import Signer
from voting.store import Store
from web import guide
from web.guide import Entrance, Hall
from web.port import holding
from web.rehearsal.burst import burst
from web.rehearsal.server import ServerFailed, ended, serving
from web.settings import Settings, SettingsError, check
from web.usage import reason
from web.whole_file import put

SECRETS_FILE = "insecure-demo.json"
DATABASE, KEY, LOG = "piaojue.db", "signing.key", "server.log"
PORT = 8000
OWN_CARDS = 3
ENOUGH = 2
"""So many of the three scrutineers open the box."""
SPARE_ROUNDS = 3
"""For a 试投, or a further vote."""
PACE = 0.15
LOOK = 0.5
LINK_DAYS = 3650


class InsecureDemo(msgspec.Struct, frozen=True, kw_only=True):
    """The hall's secrets, kept so that the demonstration can go on."""

    stage: InsecureStage
    idle: int
    entrances: tuple[Entrance, ...]
    rated: str = ""
    """The published test of last year's projects."""


def settings_in(folder: Path, port: int | None, url: str | None) -> Settings:
    """One process, SQLite, everything in the folder; `url` is for phones. Raises SettingsError."""
    address = f"http://127.0.0.1:{port or PORT}" if url is None else url
    settings = Settings(
        url=address,
        host="127.0.0.1" if url is None else "0.0.0.0",  # noqa: S104 - asked for, to vote with real phones
        workers=1,
        database=f"sqlite:///{folder / DATABASE}",
        signing_key=str(folder / KEY),
        plain_http=True,
    )
    return replace(check(settings), port=port or _port_of(address))


def _port_of(address: str) -> int:
    return urlsplit(address).port or PORT


def demonstrate(
    folder: Path, settings: Settings, console: Console, attendance: county.Attendance = county.FULL
) -> None:
    """Serve until interrupted. Raises SettingsError when folder or port cannot be used."""
    try:
        with holding(settings.host, settings.port):
            demo = load(folder, attendance)
        hall = hall_of(demo, settings)
        with serving(settings, folder / LOG) as server, Store.open(settings.database) as store:
            guide.show(hall, console)
            for current in accompany(demo, settings, store, console, partial(ended, server)):
                guide.show_step(hall, current, console)
                if current.state == "published":
                    guide.show_check(_download(folder, current, settings), console)
    except KeyboardInterrupt:
        console.print(f"\n已停止。一切都在文件夹 {folder} 里，再次运行会接着进行；删掉它就从头来过。")


def hall_of(demo: InsecureDemo, settings: Settings) -> Hall:
    """What the newcomer is told of it."""
    stage = demo.stage
    return Hall(
        settings=settings,
        congress=stage.congress.id,
        code=stage.session.code,
        round_id=stage.round_id,
        deputies=stage.session.all_deputies,
        present=len(stage.cards),
        cards=stage.cards[:OWN_CARDS],
        entrances=demo.entrances,
        rated=demo.rated,
    )


# The folder


def load(folder: Path, attendance: county.Attendance) -> InsecureDemo:
    """The hall that the folder holds, or a new one in it: whole or not at all. Raises SettingsError."""
    try:
        if not (folder / SECRETS_FILE).exists():
            _create(folder, attendance)
        demo = msgspec.json.decode((folder / SECRETS_FILE).read_bytes(), type=InsecureDemo)
    except OSError as error:
        raise SettingsError(f"演示文件夹 {folder} 不能使用：{reason(error)}。请换一个文件夹。") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise _damaged(folder, SECRETS_FILE) from None
    for name in (DATABASE, KEY):
        if not (folder / name).exists():
            raise _damaged(folder, name)
    Store.migrate(f"sqlite:///{folder / DATABASE}")
    return demo


def _damaged(folder: Path, name: str) -> SettingsError:
    return SettingsError(f"演示文件夹 {folder} 里的 {name} 缺失或已损坏。请换一个文件夹，或者删掉它重来。")


def _create(folder: Path, attendance: county.Attendance) -> None:
    if folder.is_dir() and any(folder.iterdir()):
        raise SettingsError(f"文件夹 {folder} 里有别的文件，没有改动。请用 --folder 换一个空文件夹。")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".piaojue-demo-", dir=folder.parent) as building:
        _fill(Path(building) / "new", attendance)
        (Path(building) / "new").rename(folder)


def _fill(folder: Path, attendance: county.Attendance) -> None:
    folder.mkdir(mode=0o700)
    signer = Signer.create(folder / KEY, secrets.token_bytes)
    database = f"sqlite:///{folder / DATABASE}"
    Store.migrate(database)
    with Store.open(database) as store:
        stage = build(
            store,
            county.RULES,
            county.CANDIDATES,
            attendance.all_deputies,
            attendance.present,
            _now(),
            secrets.token_bytes,
            threshold=ENOUGH,
            spare=SPARE_ROUNDS,
        )
        people = attendance.all_deputies, attendance.present
        sit(store, stage.staff, stage.session.id, *people, _now(), secrets.token_bytes)
        gather(store, stage.staff, _now(), secrets.token_bytes)
        entrances, rated = [*_entrances(store, stage)], ""
        if attendance.committee:
            past = look_back(store, signer, stage.staff, attendance.committee, _now(), secrets.token_bytes)
            entrances, rated = [*entrances, *_invitations(store, stage, past)], past.rated
        demo = InsecureDemo(stage=stage, idle=attendance.idle, entrances=tuple(entrances), rated=rated)
    descriptor = os.open(folder / SECRETS_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.encode(demo))


def _entrances(store: Store, stage: InsecureStage) -> Iterator[Entrance]:
    """Links for everybody in the hall."""
    for number, name in enumerate(stage.names, 1):
        yield Entrance("scrutineer", name, _issue(store, stage, "scrutineer", name, number))
    others: tuple[tuple[Role, str], ...] = (
        ("staff", "何晓明"),
        ("chair", "郑国栋"),
        ("operator", "许文静"),
        ("usher", "签到台"),
    )
    for role, name in others:
        yield Entrance(role, name, _issue(store, stage, role, name))


def _invitations(store: Store, stage: InsecureStage, past: Past) -> Iterator[Entrance]:
    """Whoever works with an account makes it with this: a password, for the office a second step too."""
    invited: tuple[tuple[AccountRole, str, str | None, str | None], ...] = (
        ("government_office", "赵立新", None, None),
        ("unit", "孙志明", past.unit, None),
        ("deputy", "张桂兰", None, past.deputy),
    )
    for role, name, unit, deputy in invited:
        token = invitations.invite(
            store,
            stage.staff,
            role,
            name,
            _now() + timedelta(days=LINK_DAYS),
            unit=unit,
            deputy=deputy,
            now=_now(),
            random=secrets.token_bytes,
        )
        yield Entrance(role, name, token)


def _issue(store: Store, stage: InsecureStage, role: Role, name: str, scrutineer: int | None = None) -> str:
    return links.issue(
        store,
        system(stage.congress.id),
        role,
        name,
        _now() + timedelta(days=LINK_DAYS),
        session=None if role == "staff" else stage.session.id,
        scrutineer=scrutineer,
        now=_now(),
        random=secrets.token_bytes,
    )


# The hall, as it goes on


def accompany(
    demo: InsecureDemo, settings: Settings, store: Store, console: Console, gone: Callable[[], bool]
) -> Iterator[Round]:
    """Give the round in every new state; once it is open, let the simulated deputies vote. Raises
    ServerFailed once the server is `gone`."""
    seen: str | None = None
    while not gone():
        with store.read() as tx:
            current = tx.rounds.get(demo.stage.staff, demo.stage.round_id)
        if current.state != seen:
            seen = current.state
            yield current
            if current.state == "open":
                let_vote(demo, current, settings, store, console)
        time.sleep(LOOK)
    raise ServerFailed("演示的服务被系统中止，多半是内存不足。请关闭其他程序，再次运行会接着进行。")


def let_vote(demo: InsecureDemo, opened: Round, settings: Settings, store: Store, console: Console) -> None:
    """Every simulated deputy who has not voted yet does, a few a second, until voting closes."""
    stage, election = demo.stage, Election.parse(opened.election or b"")
    crowd, voters = (
        Crowd(len(stage.cards), county.LEANINGS),
        stage.cards[OWN_CARDS : len(stage.cards) - demo.idle],
    )
    path = f"/api/v/{stage.session.code}/{stage.round_id}/ballots"
    with Progress(console=console, transient=True) as progress:
        for card in progress.track(voters, description="其他代表正在投票"):
            choices = crowd.choose(county.RULES)
            public = public_credential(election.uuid, card)
            if casting.card_standing(store, stage.session.code, opened.id, public).state != "unused":
                continue
            ballot = seal(election, card, choices, secrets.token_bytes)
            if burst(f"http://127.0.0.1:{settings.port}", path, [ballot], lambda: None)[0].status != 200:
                return
            time.sleep(PACE)
    console.print(f"其他代表都投完了（{len(voters)}张）。")


def _download(folder: Path, published: Round, settings: Settings) -> list[Path]:
    """The published files, taken from the public page as anybody can."""
    files = []
    for name in ("archive.bel", "round.json"):
        address = f"http://127.0.0.1:{settings.port}/r/{published.id}/{name}"
        with urlopen(address) as answer:
            put(folder / name, answer.read())
        files.append(folder / name)
    return files


def _now() -> datetime:
    return datetime.now(UTC)
