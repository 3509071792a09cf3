"""`piaojue serve --lan`: one laptop, one router, the congress's own tablets; how they get in, what to say.

A phone's camera opens only on a secure page, so a hall needs a certificate. Where there is none, the service
runs over plain http for nothing but a look, and says what will not work.
"""

from datetime import datetime
from ipaddress import IPv4Address
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace
from rich.console import Console
from rich.text import Text

from voting.documents.entrance import Door, entrance_pdf
from web.certificates import fingerprint, self_signed
from web.guide import qr_lines
from web.port import own_address
from web.settings import Settings, SettingsError, check, is_loopback

EVERYWHERE: Final = str(IPv4Address(0))
"""All addresses of the laptop: that is what a hall's network is for."""
MOST_NAME_BYTES: Final = 32
PASSWORD: Final = range(8, 64)
"""Characters of a WPA password."""
SPECIAL: Final = '\\;,:"'

ROUTER: Final = (
    "一台普通路由器大约能带60台设备。人再多，请用会场的专业无线网，或者用手机流量打开备案的 https 网址。",
    "没有互联网时，微信的扫一扫不一定能用：请用平板自带的相机扫码，或者在浏览器里输入网址。",
    "这个网址会印在投票卡上：请在路由器里给这台电脑固定地址，并写进设置 url。",
    "写好以后，用 piaojue link 姓名 给出工作人员的链接：以前给的 127.0.0.1 开头的，别的设备打不开。",
)
ONLY_A_LOOK: Final = (
    "没有证书，用的是 http，只能看一看，不能用来正式投票：",
    "· 平板和手机不开相机（浏览器只在安全的页面上允许用相机），投票卡和出席证扫不了；",
    "· 通行密钥登录不了；",
    "· 同一个网络里的人可以看到和改动往来内容，监票人和代表的页面都可能被换掉。",
    "有证书的，设置 tls_cert 和 tls_key；只用本单位平板的，加上 --self-signed。",
)
INSTALLING: Final = (
    "自签证书只给本单位的平板用，每台平板安装一次；不要让代表在自己的手机上安装。",
    "安卓：把文件拷到平板，设置 → 安全 → 加密与凭据 → 安装证书 → CA 证书，选这个文件。",
    "iPad：用隔空投送发过去，设置 → 已下载描述文件 → 安装；再到 通用 → 关于本机 → 证书信任设置，打开它。",
    "装好以后打开网址，地址栏没有警告才算成功。会后请在平板上删掉这张证书。",
)


class Wifi(Struct, frozen=True):
    """The router's network; an empty password means an open one."""

    name: str
    password: str

    @property
    def code(self) -> str:
        """What a camera understands."""
        kind = "WPA" if self.password else "nopass"
        secret = f"P:{_escaped(self.password)};" if self.password else ""
        return f"WIFI:T:{kind};S:{_escaped(self.name)};{secret};"


class Entrance(Struct, frozen=True, kw_only=True):
    """How the hall gets in; `authority` is the file to install on the tablets."""

    settings: Settings
    wifi: Wifi | None
    authority: Path | None = None

    @property
    def home(self) -> str:
        return self.settings.address("/")

    def doors(self) -> list[Door]:
        """In the order of use."""
        address = Door("打开网址", self.home, (self.home,))
        if self.wifi is None:
            return [address]
        typed = (f"名称　{self.wifi.name}", f"密码　{self.wifi.password or '没有'}")
        return [Door("① 连无线网", self.wifi.code, typed), address._replace(title="② 打开网址")]


def wifi_of(name: str | None, password: str | None) -> Wifi | None:
    """Raises SettingsError for what no router takes."""
    if name is None:
        if password is not None:
            raise SettingsError("写了 --wifi-password，没有写 --wifi。请写明无线网的名称。")
        return None
    if not name or len(name.encode()) > MOST_NAME_BYTES or not name.isprintable():
        raise SettingsError(f"无线网名称“{name}”不合适：应有1至{MOST_NAME_BYTES}个字节，一个汉字3个字节。")
    if password is not None and not (
        password.isascii() and password.isprintable() and len(password) in PASSWORD
    ):
        raise SettingsError("无线网密码应有8至63个字符，只用英文字母、数字和符号。")
    return Wifi(name, password or "")


def enter(settings: Settings, wifi: Wifi | None, folder: Path | None, now: datetime) -> Entrance:
    """The settings with which the whole network is served; `folder` is where a self-signed pair belongs, if
    one is asked for. Raises SettingsError.
    """
    if folder is not None and settings.tls_cert:
        raise SettingsError("已经设置了证书（tls_cert），不用再加 --self-signed。请去掉其中一个。")
    secure = bool(settings.tls_cert) or folder is not None
    everywhere = EVERYWHERE if is_loopback(settings.host) else settings.host
    url = _url(settings, secure=secure)
    reached = replace(settings, host=everywhere, url=url, plain_http=not secure)
    pair = self_signed(folder, urlsplit(url).hostname or "", now) if folder is not None else None
    if pair:
        reached = replace(reached, tls_cert=str(pair.certificate), tls_key=str(pair.key))
    return Entrance(settings=check(reached), wifi=wifi, authority=pair and pair.authority)


def _url(settings: Settings, *, secure: bool) -> str:
    """As it is set; where it leads to this machine only, the laptop's address in the router's network."""
    parts = urlsplit(settings.url)
    if not is_loopback(parts.hostname or ""):
        return settings.url
    address = own_address()
    if address is None:
        raise SettingsError(
            "看不出本机在局域网里的地址。请先连上会场的路由器；或者用设置 url 写明，例如 https://192.168.1.10:8000。"
        )
    return f"{'https' if secure else 'http'}://{address}:{settings.port}"


def show(entrance: Entrance, sheet: Path, console: Console) -> None:
    """The codes, the addresses and what to know, in the terminal."""
    for door in entrance.doors():
        console.print(Text(door.title, style="bold"))
        for line in qr_lines(door.holds):
            console.print(Text(line, style="#000000 on #ffffff"), soft_wrap=True)
        for words in door.typed:
            console.print(words, highlight=False, markup=False, soft_wrap=True)
        console.print()
    for line in [*ROUTER, *notes(entrance)]:
        console.print(line, highlight=False, markup=False)
    console.print(f"以上内容可以打印张贴：{sheet}", highlight=False, markup=False)


def notes(entrance: Entrance) -> list[str]:
    """What follows from the kind of certificate."""
    if entrance.authority:
        code = fingerprint(entrance.authority)
        return [*INSTALLING, f"要安装的文件：{entrance.authority}", f"指纹（SHA-256）：{code}"]
    return [] if entrance.settings.https else list(ONLY_A_LOOK)


def print_sheet(entrance: Entrance, sheet: Path, now: datetime) -> None:
    """The same as a PDF: a page for the wall, one for whoever prepares the tablets. Raises OSError."""
    sheet.write_bytes(entrance_pdf(entrance.doors(), [*ROUTER, *notes(entrance)], now))


def environment(entrance: Entrance) -> dict[str, str]:
    """What the workers are to read, by the names of the settings."""
    used = entrance.settings
    return {
        "host": used.host,
        "url": used.url,
        "plain_http": str(used.plain_http),
        "tls_cert": used.tls_cert,
        "tls_key": used.tls_key,
    }


def _escaped(text: str) -> str:
    return "".join(f"\\{one}" if one in SPECIAL else one for one in text)
