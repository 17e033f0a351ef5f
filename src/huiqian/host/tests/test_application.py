"""A process of the web server that is asked to end while the product still loads ends at once."""

import os
import signal
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[3]

# As the server forks its processes: with the server's own handler, which only makes a note.
LOADING = """
import os, signal
signal.signal(signal.SIGTERM, lambda *_: None)
import huiqian.host.application
os.kill(os.getpid(), signal.SIGTERM)
print("still there")
"""


def test_a_request_to_end_while_loading_is_not_swallowed() -> None:
    environment = {**os.environ, "HUIQIAN_WEB": str(os.getpid()), "PYTHONPATH": str(SOURCE)}
    done = subprocess.run([sys.executable, "-c", LOADING], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGTERM, done.stderr
    assert "still there" not in done.stdout
