"""What a web server's process loads: the product, in a process that ends with its server."""

import os

from huiqian.config.wsgi import application
from huiqian.host.processes import follow

__all__ = ["application"]

if server := os.environ.get("HUIQIAN_WEB"):
    follow(int(server))
