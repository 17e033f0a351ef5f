"""The worker: does the jobs that commands wrote down, and the ticks."""

import asyncio
import logging
import signal
from collections.abc import Callable
from typing import Any

import procrastinate
from django.db import connection
from procrastinate.contrib.django import DjangoApp
from procrastinate.contrib.django.django_connector import DjangoConnector

from huiqian.base.wires import wires
from huiqian.jobs.ticker import Ticker
from huiqian.jobs.upkeep import keep_inserting_quiet

log = logging.getLogger("huiqian.jobs")

JOB = "job:"
# Eight tries, the last some 11 hours after the first: 4, 16, 64 s … as a receiver may be away for a night.
RETRY = procrastinate.RetryStrategy(max_attempts=8, exponential_wait=4)


def make_app() -> procrastinate.App:
    """procrastinate's app, with a task for every wire `job:<name>` of config/wiring.py."""
    app = DjangoApp(connector=DjangoConnector(alias="default").get_worker_connector())
    for wire, hand in wires().items():
        if wire.startswith(JOB):
            app.task(name=wire.removeprefix(JOB), retry=RETRY)(_plain(hand))
    return app


def _plain(hand: Callable[..., Any]) -> Callable[..., None]:
    """What a job returns is nobody's: it would only fill the log."""

    def run(**arguments: object) -> None:
        hand(**arguments)

    return run


class Worker:
    """One worker process: jobs side by side in threads, and the ticks; goes on when the database was away."""

    def __init__(self, concurrency: int = 4, poll: float = 1.0) -> None:
        """`concurrency` jobs at the same time; looks for new ones every `poll` seconds."""
        self.concurrency, self.poll = concurrency, poll
        self._stop = asyncio.Event()

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; what is under way is finished first (20 s at most)."""
        ticker = Ticker()
        ticker.start()
        try:
            asyncio.run(self._work())
        finally:
            ticker.stop()

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        while not self._stop.is_set():
            try:
                await asyncio.to_thread(_check)
                await self._work_while_connected()
            except Exception as trouble:
                # PostgreSQL restarts, a network goes away: nothing is lost, the jobs stay in their table.
                log.warning("the worker starts again: %s", str(trouble).strip().partition("\n")[0])
            await self._pause(1)

    async def _work_while_connected(self) -> None:
        async with make_app().open_async() as app:
            work = asyncio.create_task(
                app.run_worker_async(
                    concurrency=self.concurrency, fetch_job_polling_interval=self.poll, listen_notify=False,
                    install_signal_handlers=False, delete_jobs="successful", shutdown_graceful_timeout=20,
                )
            )  # fmt: skip
            stop = asyncio.create_task(self._stop.wait())
            await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
            stop.cancel()
            if not work.done():
                work.cancel()
            try:
                await work
            except asyncio.CancelledError:
                return

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stop.wait(), seconds)
        except TimeoutError:
            return


def _check() -> None:
    try:
        keep_inserting_quiet()
    finally:
        connection.close()
