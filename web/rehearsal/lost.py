"""What becomes of a rehearsal when the system ends one of its processes."""

from collections.abc import Iterator
from contextlib import contextmanager

from web.settings import SettingsError


class ProcessLost(SettingsError):
    """A process of the rehearsal could not be started, or was ended before it answered."""

    def __init__(self) -> None:
        super().__init__(
            "演练没有做完，没有结论：一个演练进程被系统中止，多半是内存不足。"
            "请关闭其他程序，或者减少人数，再演练一次。"
        )


@contextmanager
def answering() -> Iterator[None]:
    """A child behind a pipe of its own is asked in this block: the pipe breaks when the child is killed.

    (The process pool of Python before 3.11.5 can wait for a killed one for ever: gh-94777.)
    Raises ProcessLost.
    """
    try:
        yield
    except (EOFError, OSError):
        raise ProcessLost from None
