"""Settings: one struct, each setting declared beside the sentence that explains it.

Values come from a TOML file (its path in `PIAOJUE_SETTINGS`) and from the environment (`PIAOJUE_URL` and
so on); the environment wins. The README's table is `table()`, and a test compares the two.
"""

import ipaddress
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, get_type_hints
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta, Struct

PREFIX = "PIAOJUE_"
FILE_VARIABLE = "PIAOJUE_SETTINGS"
SHORTEST_TOKEN = 32


class SettingsError(Exception):
    """The settings cannot be used. The message is a plain Chinese sentence for whoever starts the service."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that differs between two installations of the same program."""

    url: Annotated[str, Meta(description="对外的网址，二维码和链接都以它开头；除本机演示外必须是 https")] = (
        "http://127.0.0.1:8000"
    )
    host: Annotated[str, Meta(description="监听的地址；前面有反向代理时保持 127.0.0.1")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=1, le=65535, description="监听的端口")] = 8000
    workers: Annotated[int, Meta(ge=0, le=256, description="服务进程数；0 表示每个 CPU 核心一个")] = 0
    database: Annotated[
        str, Meta(description="数据库：sqlite:///文件路径，或 postgresql://用户@主机/库名")
    ] = "sqlite:///piaojue.db"
    signing_key: Annotated[
        str,
        Meta(description="本单位签名密钥文件（权限 600），各台服务器共用，必须备份；回执和公布文件由它签名"),
    ] = "piaojue-signing.key"
    messages: Annotated[
        str,
        Meta(description="短信文件：`piaojue remind` 把待发的短信逐条写入，一行一条 JSON，由短信平台取走"),
    ] = "piaojue-messages.jsonl"
    footer: Annotated[
        str, Meta(max_length=500, description="页脚文字：主办单位、联系方式、网站标识码、备案号")
    ] = ""
    plain_http: Annotated[
        bool, Meta(description="允许 http 网址（仅限断网演练：同一网络里的人可以看到和改动往来内容）")
    ] = False
    backups: Annotated[
        str, Meta(description="存放备份的文件夹；写了，`piaojue doctor` 和监控才知道最新一份是什么时候做的")
    ] = ""
    metrics_token: Annotated[
        str,
        Meta(
            description="监控口令，至少32个字符；写了才有 /metrics（Prometheus 格式），来取的须带上它。"
            "里面没有个人信息，也没有比大屏幕更细的投票进度"
        ),
    ] = ""
    log_level: Annotated[
        Literal["info", "warning", "error"], Meta(description="记录哪些日志，见 `web/deployment/README.md`")
    ] = "info"
    tls_cert: Annotated[
        str, Meta(description="证书文件（PEM，含中间证书）；写了就由本程序直接提供 https，前面不用反向代理")
    ] = ""
    tls_key: Annotated[str, Meta(description="证书的私钥文件（PEM，不带密码）")] = ""

    @property
    def https(self) -> bool:
        """Whether visitors reach the service over https; decides on Secure cookies and HSTS."""
        return urlsplit(self.url).scheme == "https"

    @property
    def origin(self) -> str:
        """Scheme, host and port as a browser sends them in `Origin`."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}".lower()

    def address(self, path: str) -> str:
        """The full address of a path on this service, e.g. for a QR code."""
        return self.url.rstrip("/") + path


def load(environ: Mapping[str, str], file: Path | None = None) -> Settings:
    """Read the settings; `file` overrides the path in `PIAOJUE_SETTINGS`.

    Raises SettingsError when the file cannot be read, a name is unknown or a value does not fit.
    """
    named = environ.get(FILE_VARIABLE)
    path = file or (Path(named) if named else None)
    values = _from_file(path) if path else {}
    for name, text in environ.items():
        if name.startswith(PREFIX) and name != FILE_VARIABLE:
            values[name.removeprefix(PREFIX).lower()] = text
    return check(_convert(values))


def check(settings: Settings) -> Settings:
    """Refuse an address that would send links and receipts in the clear over a network."""
    host = _host_of(settings.url)
    if not host:
        raise SettingsError(
            f"设置 url 不是一个网址：{settings.url}。请写成 https://主机名 的形式，后面不带路径；"
            "写端口的，端口在 1 至 65535 之间。"
        )
    if not settings.https and not settings.plain_http and not is_loopback(host):
        raise SettingsError(
            "设置 url 是 http 而不是 https，同一网络里的人可以看到和改动往来内容。"
            "请配置 https；只是断网演练的话，另设 plain_http = true。"
        )
    _check_tls(settings)
    if 0 < len(settings.metrics_token) < SHORTEST_TOKEN:
        raise SettingsError(f"设置 metrics_token 太短，容易被猜到。请写至少{SHORTEST_TOKEN}个随机字符。")
    return settings


def _host_of(url: str) -> str:
    """The host in an address without a path; empty if this is none."""
    try:
        parts = urlsplit(url)
        there = parts.scheme in {"http", "https"} and parts.port != 0 and not parts.path.strip("/")
    except ValueError:  # brackets that do not match, a port that is no number
        return ""
    return parts.hostname or "" if there else ""


def _check_tls(settings: Settings) -> None:
    """A server with a certificate answers nobody who comes by http."""
    if bool(settings.tls_cert) != bool(settings.tls_key):
        missing = "tls_key" if settings.tls_cert else "tls_cert"
        raise SettingsError(f"设置 tls_cert 和 tls_key 要一起写，现在缺少 {missing}。")
    if settings.tls_cert and not settings.https:
        raise SettingsError(
            f"写了证书，设置 url 却是 {settings.url}。请改成 https 开头、与证书上的名称一致的网址。"
        )


def table() -> str:
    """The README's table of settings, in Markdown: file name, environment variable, default, sentence."""
    hints = get_type_hints(Settings, include_extras=True)
    rows = ["| 设置 | 环境变量 | 默认值 | 说明 |", "|---|---|---|---|"]
    for field in msgspec.structs.fields(Settings):
        meta = next(m for m in hints[field.name].__metadata__ if isinstance(m, Meta))
        default = msgspec.json.encode(field.default).decode()
        rows.append(f"| `{field.name}` | `{PREFIX}{field.name.upper()}` | `{default}` | {meta.description} |")
    return "\n".join(rows) + "\n"


def _from_file(path: Path) -> dict[str, object]:
    try:
        return dict(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise SettingsError(f"找不到设置文件 {path}。请检查路径。") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"读不了设置文件 {path}：{error}。请改正后再启动。") from None


def _convert(values: dict[str, object]) -> Settings:
    unknown = values.keys() - {field.name for field in msgspec.structs.fields(Settings)}
    if unknown:
        raise SettingsError(f"没有名为 {'、'.join(sorted(unknown))} 的设置。请对照说明书里的设置表改正。")
    for name, value in values.items():
        try:
            msgspec.convert({name: value}, Settings, strict=False)
        except msgspec.ValidationError:
            raise SettingsError(f"设置 {name} 的值“{value}”不合适。请对照说明书里的设置表改正。") from None
    return msgspec.convert(values, Settings, strict=False)


def is_loopback(host: str) -> bool:
    """Whether this host name or address leads to this machine and no further."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
