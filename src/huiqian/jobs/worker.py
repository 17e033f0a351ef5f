"""The worker: does the jobs that commands wrote down, and the ticks."""

import asyncio
import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import procrastinate
from django.db import connection
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django import DjangoApp
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager

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


class Manager(JobManager):
    """Writes down how jobs ended, and says where it could not.

    A job whose end was not written down is under way for ever in the eyes of all others, as long as its worker lives.
    """

    def __init__(self, connector: BaseConnector, lost: asyncio.Event) -> None:
        """`lost` is set when an end could not be written down."""
        super().__init__(connector)
        self._lost = lost

    async def finish_job(self, *args: Any, **more: Any) -> None:
        """The job ended."""
        with self._told():
            await super().finish_job(*args, **more)

    async def retry_job(self, *args: Any, **more: Any) -> None:
        """The job failed and is tried again."""
        with self._told():
            await super().retry_job(*args, **more)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except procrastinate.exceptions.ConnectorException:
            self._lost.set()
            raise


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
            asyncio.run(self._until_signalled())
        finally:
            ticker.stop()

    async def _until_signalled(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        await self.work()

    def stop(self) -> None:
        """Let it come to an end."""
        self._stop.set()

    async def work(self) -> None:
        """Do jobs until it is stopped."""
        while not self._stop.is_set():
            try:
                await asyncio.to_thread(_check)
                await self._work_while_connected()
            except Exception as trouble:
                # PostgreSQL restarts, a network goes away: nothing is lost, the jobs stay in their table.
                log.warning("the worker starts again: %s", str(trouble).strip().partition("\n")[0])
            await self._pause(1)

    async def _work_while_connected(self) -> None:
        lost = asyncio.Event()
        app = make_app()
        app.job_manager = Manager(app.connector, lost)
        async with app.open_async():
            work = asyncio.create_task(
                app.run_worker_async(
                    concurrency=self.concurrency, fetch_job_polling_interval=self.poll, listen_notify=False,
                    install_signal_handlers=False, delete_jobs="successful", shutdown_graceful_timeout=20,
                )
            )  # fmt: skip
            # Begun anew it is another worker, and what the old one left under way goes to whoever is free.
            ends = [asyncio.create_task(event.wait()) for event in (self._stop, lost)]
            await asyncio.wait({work, *ends}, return_when=asyncio.FIRST_COMPLETED)
            for end in ends:
                end.cancel()
            if lost.is_set():
                log.warning("a job's end could not be written down; the worker starts again")
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
