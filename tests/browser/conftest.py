"""One server and one browser for all stories; every person has a browser window of their own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

SOURCE = Path(__file__).parents[2] / "src"

DESKTOP, PHONE = (1440, 900), (390, 844)
expect.set_options(timeout=10_000)

SignIn = Callable[..., Page]


# While Playwright is there an event loop runs in the tests' thread: it goes with the last story, before other tests.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser: HUIQIAN_CHROMIUM, or Debian's."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("HUIQIAN_CHROMIUM", "/usr/bin/chromium"))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The product as one starts it, with the demo company, in a folder of its own; its address.

    HUIQIAN_SITE names a demo that runs already, for trying one story again and again.
    """
    if running := os.environ.get("HUIQIAN_SITE"):
        yield running
        return
    folder = tmp_path_factory.mktemp("browser", numbered=True)
    address = f"http://127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "huiqian", "up", "--port", address.rsplit(":", 1)[1], "--data-dir", str(folder)]
    ours = {"DATABASE_URL", "SECRET_KEY", "HUIQIAN_TEST_DATABASE", "DJANGO_SETTINGS_MODULE"}
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    with (folder / "log").open("w") as log:
        product = subprocess.Popen(
            [*command, "--web-workers", "1"], env=environment | {"PYTHONPATH": str(SOURCE)}, stdout=log, stderr=log
        )
        try:
            wait_for(address, product, folder / "log")
            yield address
        finally:
            product.send_signal(signal.SIGINT)
            product.wait(60)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def wait_for(address: str, product: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until the product answers; tells what it said where it ends before."""
    for _attempt in range(600):
        assert product.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    raise AssertionError(log.read_text())


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What browsers complained about; none may be left at the end of a test."""
    told: list[str] = []
    yield told
    assert told == []


class Windows:
    """The browser windows of the people, by login, size and a name for one more: signed in once, for every story."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.browser, self.site, self.faults = browser, site, list[str]()
        self.open: dict[tuple[str, tuple[int, int], str], Page] = {}

    def of(self, login: str, size: tuple[int, int], another: str) -> Page:
        """The person's window of this size, opened and signed in when it is asked for first."""
        key = (login, size, another)
        if key not in self.open:
            self.open[key] = self._sign_in(login, size)
        return self.open[key]

    def leave(self) -> None:
        """Leave every page, so that the next story begins with none of them."""
        for page in self.open.values():
            for other in page.context.pages:
                if other is not page:
                    other.close()
            page.goto("about:blank")

    def _sign_in(self, login: str, size: tuple[int, int]) -> Page:
        window = self.browser.new_context(
            base_url=self.site, viewport={"width": size[0], "height": size[1]}, locale="zh-CN", reduced_motion="reduce"
        )
        page = window.new_page()
        page.on("console", lambda message: _note(message, self.faults))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.goto("/sign-in")
        page.locator(f"button[name=login][value={login}]").click()
        page.wait_for_url("**/tasks")
        return page


@pytest.fixture(scope="package")
def windows(chromium: Browser, site: str) -> Windows:
    """Everybody's windows, kept from story to story."""
    return Windows(chromium, site)


@pytest.fixture
def enter(windows: Windows, faults: list[str]) -> Iterator[SignIn]:
    """A browser window for somebody: called with a login it gives their page, the same one when called again.

    `at` is where the page goes, `size` the window's, `another` opens one more window beside the first.
    """

    def signed_in(login: str, size: tuple[int, int] = DESKTOP, at: str = "", another: str = "") -> Page:
        page = windows.of(login, size, another)
        if at:
            page.goto(at)
        return page

    windows.faults = faults
    yield signed_in
    windows.leave()


def _note(message: ConsoleMessage, faults: list[str]) -> None:
    # Chromium logs every answer of 4xx as an error; refusals are looked at in the tests themselves.
    refused = "Failed to load resource" in message.text or "Response Status Error" in message.text
    if message.type == "error" and not refused:
        faults.append(message.text)


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core's script, from the built assets."""
    return (Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
