"""The web server: granian with the product's WSGI application."""

import os
import socket
import time

from huiqian.host.place import Refused

WAIT_FOR_PORT_SECONDS = 5


def serve(address: str, port: int, workers: int, threads: int) -> None:
    """Serve until SIGTERM or SIGINT; a worker process that is killed comes back."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ.setdefault("HUIQIAN_THREADS", str(threads))
    os.environ["HUIQIAN_WEB"] = str(os.getpid())
    Granian(
        "huiqian.host.application:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        workers_kill_timeout=15,
        log_level=LogLevels.warning,
        process_name=None,
    ).serve()


def check_port(address: str, port: int) -> None:
    """Refuse a port that somebody else listens on; one that is just being left is waited for."""
    if not 1 <= port <= 65535:
        raise Refused(f"{port} is not a port; choose one between 1 and 65535.")
    deadline = time.monotonic() + WAIT_FOR_PORT_SECONDS
    while error := _trouble(address, port):
        if time.monotonic() > deadline:
            raise Refused(f"Port {port} on {address} cannot be used: {error}. Choose another one with --port.")
        time.sleep(0.2)


def _trouble(address: str, port: int) -> str:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
            probe.listen(1)
        except OSError as error:
            return (error.strerror or str(error)).lower()
    return ""
