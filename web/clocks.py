"""Whether this machine's clock can be believed; nobody outside is asked."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_SIZE: Final = 256
"""More than a `struct timex`; all zero is a question, not a command (adjtimex(2))."""
_STATUS: Final = 40
"""Where its `status` stands on 64 bits."""
_UNSYNCHRONISED: Final = 0x0040
_ERROR: Final = 5


def kept_by_the_network() -> bool | None:
    """Whether something (NTP, PTP, a virtual machine's host) keeps the clock; None where nobody can say."""
    if sys.platform != "linux" or ctypes.sizeof(ctypes.c_long) != 8:
        return None
    timex = ctypes.create_string_buffer(_SIZE)
    try:
        state = ctypes.CDLL(None, use_errno=True).adjtimex(timex)
    except (OSError, AttributeError):
        return None
    if state < 0:
        return None
    status = int.from_bytes(timex.raw[_STATUS : _STATUS + 4], sys.byteorder)
    return state != _ERROR and not status & _UNSYNCHRONISED
