"""Posts to addresses that an administrator typed: nowhere but the open internet, and never further than there."""

import http.client
import socket
import ssl
from urllib.parse import urlsplit

from huiqian.notify.formats import Posting, is_address, is_public

SECONDS = 10
MOST_READ = 64 * 1024


class Blocked(Exception):
    """The address leads where nothing may be sent; trying again is of no use."""


def post(address: str, posting: Posting, *, private: bool) -> tuple[int, str]:
    """Send a request and read the answer: its status and text. Redirects are not followed.

    The name is looked up once, each address is looked at, and the connection goes to what was looked at. Raises
    Blocked, or OSError for what may pass.
    """
    if not is_address(address, private=private):
        raise Blocked("https only, and no private network")
    parts = urlsplit(address)
    host, secure = str(parts.hostname), parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    connection = _connected(host, port, secure, private)
    query = "&".join(part for part in (parts.query, posting.query) if part)
    target = (parts.path or "/") + (f"?{query}" if query else "")
    try:
        connection.request("POST", target, posting.body, {**posting.headers, "User-Agent": "Huiqian"})
        answer = connection.getresponse()
        return answer.status, answer.read(MOST_READ).decode("utf-8", "replace")
    except http.client.HTTPException as trouble:
        raise ConnectionError(type(trouble).__name__) from trouble
    finally:
        connection.close()


def _connected(host: str, port: int, secure: bool, private: bool) -> http.client.HTTPConnection:
    found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not private and not all(is_public(one) for one in found):
        raise Blocked("the name leads into a private network")
    made: http.client.HTTPConnection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    plain = socket.create_connection((found[0], port), SECONDS)
    made.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
    return made
