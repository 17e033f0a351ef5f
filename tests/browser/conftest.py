"""One server and one browser for all stories; every person has a browser window of their own."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

# Playwright keeps an event loop in this thread; our own look into the database beside it is sequential all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

DESKTOP, PHONE = (1440, 900), (390, 844)
expect.set_options(timeout=10_000)

SignIn = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser: HUIQIAN_CHROMIUM, or Debian's."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("HUIQIAN_CHROMIUM", "/usr/bin/chromium"))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The product with the demo company, in a database of these tests; its address."""
    from django.conf import settings

    from huiqian.config import company, demo
    from huiqian.org.models import Person

    with django_db_blocker.unblock():
        if not Person.objects.exists():
            company.load()
            demo.load()
        settings.DEMO = True
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()
        settings.DEMO = False


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What browsers complained about; none may be left at the end of a test."""
    told: list[str] = []
    yield told
    assert told == []


@pytest.fixture
def enter(chromium: Browser, site: str, faults: list[str]) -> Iterator[SignIn]:
    """A browser window for somebody: called with a login it gives their page at the task centre."""
    windows: list[BrowserContext] = []

    def signed_in(login: str, size: tuple[int, int] = DESKTOP, at: str = "/tasks") -> Page:
        window = chromium.new_context(
            base_url=site, viewport={"width": size[0], "height": size[1]}, locale="zh-CN", reduced_motion="reduce"
        )
        windows.append(window)
        page = window.new_page()
        page.on("console", lambda message: _note(message, faults))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto("/sign-in")
        page.locator(f"button[name=login][value={login}]").click()
        page.wait_for_url("**/tasks")
        if at != "/tasks":
            page.goto(at)
        return page

    yield signed_in
    for window in windows:
        window.close()


def _note(message: ConsoleMessage, faults: list[str]) -> None:
    # Chromium logs every answer of 4xx as an error; refusals are looked at in the tests themselves.
    refused = "Failed to load resource" in message.text or "Response Status Error" in message.text
    if message.type == "error" and not refused:
        faults.append(message.text)


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core's script, from the built assets."""
    return (Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
