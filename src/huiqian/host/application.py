"""What a web server's process loads: the product, in a process that ends with its server."""

import os
import signal

from huiqian.host.processes import follow

server = int(os.environ.get("HUIQIAN_WEB", "0"))
if server not in {0, os.getpid()}:
    # A process of the server is forked with the server's own handlers, which would swallow the request to end while
    # the product loads; what has not begun to serve may end at once. The server sets its handlers when it begins to.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)

from huiqian.config.wsgi import application  # noqa: E402

__all__ = ["application"]

if server:
    follow(server)
