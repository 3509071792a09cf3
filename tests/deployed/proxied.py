"""nginx with the very configuration of web/deployment, on a port of this machine and with a certificate."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tests.parts import ROOT
from tests.server_process import wait_until
from web.certificates import Pair, self_signed
from web.rehearsal.server import free_port

CONFIGURATION: Final = ROOT / "web" / "deployment" / "nginx.conf"


@contextmanager
def proxy(folder: Path, ports: Sequence[int]) -> Iterator[tuple[str, Pair]]:
    """The address of the proxy before services on these ports, and what a client must trust."""
    made, port = self_signed(folder, "127.0.0.1", datetime.now(UTC)), free_port()
    (folder / "site.conf").write_text(_site(made, port, ports, folder), encoding="utf-8")
    whole = folder / "nginx.conf"
    whole.write_text(
        f"pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1; daemon off;\n"
        f"events {{ worker_connections 4096; }}\nhttp {{ access_log off; {_places(folder)}\n"
        f"include {folder}/site.conf; }}\n",
        encoding="utf-8",
    )
    with subprocess.Popen(["nginx", "-p", folder, "-c", whole, "-e", folder / "error.log"]) as process:
        try:
            wait_until((folder / "nginx.pid").exists, "nginx is there")
            yield f"https://127.0.0.1:{port}", made
        finally:
            process.terminate()


def _site(made: Pair, port: int, ports: Sequence[int], folder: Path) -> str:
    """The file that an office copies, with the addresses, names and folders of here."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    servers = iter(ports)
    text = re.sub(r"server 10\.0\.0\.\d+:8000", lambda _: f"server 127.0.0.1:{next(servers)}", text)
    for before, here in (
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{port} ssl http2;"),
        ("/etc/ssl/piaojue/fullchain.pem", str(made.certificate)),
        ("/etc/ssl/piaojue/key.pem", str(made.key)),
        ("/var/log/nginx/piaojue.log", str(folder / "access.log")),
        ("/var/log/nginx/piaojue-error.log", str(folder / "site-error.log")),
    ):
        assert before in text, f"{CONFIGURATION.name} has no {before}"
        text = text.replace(before, here)
    return text


def _places(folder: Path) -> str:
    """nginx keeps what is under way below its own folder."""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
