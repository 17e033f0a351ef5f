"""How a part of the product ends with the supervisor that started it, even where that one is killed."""

import ctypes
import os
import signal
import sys
import threading
import time

PR_SET_PDEATHSIG = 1
SUPERVISOR = "HUIQIAN_SUPERVISOR"


def follow_supervisor() -> None:
    """End when the process that started this one ends; does nothing for a part that somebody started by hand."""
    if os.environ.get(SUPERVISOR):
        follow(int(os.environ[SUPERVISOR]))


def follow(parent: int) -> None:
    """End (SIGTERM) when the process `parent`, which must be this one's parent, ends in whatever way."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    # It may have ended before the kernel was asked.
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)
