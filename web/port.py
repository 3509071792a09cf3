"""Holding a port: one server at a time, and never beside another program.

The server shares its port among its workers (SO_REUSEPORT), and the system would let a second server join
them without a word.
"""

import errno
import ipaddress
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from web.settings import SettingsError

PATIENCE = 2.0
"""Seconds in which the workers of a killed server notice and end."""
INTERVAL = 0.1


class PortTaken(SettingsError):
    """Another program, or this one, already answers on the port."""


@contextmanager
def holding(host: str, port: int) -> Iterator[None]:
    """Hold the right to serve this port. Raises PortTaken, after waiting out a killed server's workers."""
    deadline = time.monotonic() + PATIENCE
    with socket.socket(socket.AF_UNIX) as claim:
        while True:
            claimed = _claim(claim, port)
            if claimed and is_free(host, port):
                break
            if time.monotonic() > deadline:
                raise _port_taken(port, "被其他程序占用" if claimed else "已有一个 piaojue 在使用")
            time.sleep(INTERVAL)
        yield


def _claim(claim: socket.socket, port: int) -> bool:
    """Closes the gap between trying the port and the workers' listening.

    A name in Linux's abstract namespace ends with the processes that hold it, so no file can stay behind.
    """
    if sys.platform != "linux" or claim.getsockname():
        return True
    try:
        claim.bind(f"\0piaojue-{port}")
    except OSError:
        return False
    return True


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there; without SO_REUSEPORT the attempt fails even beside a sharing server.

    Raises SettingsError for an address where this program can never listen.
    """
    try:
        family = {4: socket.AF_INET, 6: socket.AF_INET6}[ipaddress.ip_address(host).version]
    except ValueError:
        raise SettingsError(f"设置 host 不是 IP 地址：{host}。只供本机访问请写 127.0.0.1。") from None
    with socket.socket(family, socket.SOCK_STREAM) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise _unusable(host, port, error) from None
    return True


def _port_taken(port: int, how: str) -> PortTaken:
    return PortTaken(f"端口 {port} {how}。请先停掉它，或者换一个端口，例如 --port {port % 65535 + 1}。")


def _unusable(host: str, port: int, error: OSError) -> SettingsError:
    if error.errno in {errno.EACCES, errno.EPERM}:
        return SettingsError(f"没有权限使用端口 {port}。请换一个1024以上的端口，例如 --port 8000。")
    return SettingsError(f"设置 host 不是这台机器的地址：{host}。只供本机访问请写 127.0.0.1。")


def own_address() -> str | None:
    """This machine's address as its neighbours know it; asking the system sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address: str = asking.getsockname()[0]
    return address
