"""What group robots and webhooks are sent, by each vendor's document; pure.

WeCom (developer.work.weixin.qq.com/document/path/91770): markdown, no signature. DingTalk (open.dingtalk.com, custom
robots): markdown, HMAC-SHA256 of timestamp and secret in the address. Feishu (open.feishu.cn, custom bots): a post, the
signature in the body. A plain webhook: JSON, signed in the headers; docs/reference/webhooks.md.
"""

import base64
import hashlib
import hmac
import ipaddress
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

WECOM, DINGTALK, FEISHU, WEBHOOK = "wecom", "dingtalk", "feishu", "webhook"
CHANNELS = (WECOM, DINGTALK, FEISHU, WEBHOOK)
# The facts that may leave the product.
EVENTS = ("case_started", "case_returned", "task_overdue", "case_ended", "incident_raised", "version_in_effect")
TEST = "test"
# Robots that are sent too much say so in a code of their own; it passes.
TOO_OFTEN = {WECOM: {45009}, DINGTALK: {130101, 410100}, FEISHU: {11232}}
PLAIN = str.maketrans("[]()<>*`#@", "［］（）＜＞＊｀＃＠")


@dataclass(frozen=True, slots=True)
class Posting:
    """A request to make: `query` goes behind the address."""

    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Said:
    """What a message says, in the channel's language."""

    head: str
    lines: tuple[str, ...]
    link: str
    link_text: str


def sign_dingtalk(secret: str, milliseconds: int) -> str:
    """DingTalk's signature, before it is encoded for an address."""
    return _base64(secret.encode(), f"{milliseconds}\n{secret}".encode())


def sign_feishu(secret: str, seconds: int) -> str:
    """Feishu's signature: the timestamp and the secret are the key, nothing is signed."""
    return _base64(f"{seconds}\n{secret}".encode(), b"")


def sign_webhook(secret: str, seconds: int, body: bytes) -> str:
    """A plain webhook's signature: over the timestamp, a dot and the body, in hex."""
    digest = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    return f"sha256={digest}"


def _base64(key: bytes, message: bytes) -> str:
    return base64.b64encode(hmac.new(key, message, hashlib.sha256).digest()).decode()


def posting(kind: str, secret: str, payload: Mapping[str, Any], said: Said, now: datetime) -> Posting:
    """The request that tells a channel of something at a moment."""
    seconds = int(now.timestamp())
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if kind == WEBHOOK:
        body = json.dumps(payload, ensure_ascii=False).encode()
        headers |= {"Huiqian-Event": str(payload["id"]), "Huiqian-Timestamp": str(seconds)}
        if secret:
            headers["Huiqian-Signature"] = sign_webhook(secret, seconds, body)
        return Posting("", headers, body)
    content: dict[str, Any]
    query = ""
    if kind == WECOM:
        content = {"msgtype": "markdown", "markdown": {"content": markdown(said)}}
    elif kind == DINGTALK:
        content = {"msgtype": "markdown", "markdown": {"title": plain(said.head), "text": markdown(said)}}
        milliseconds = int(now.timestamp() * 1000)
        if secret:
            query = urlencode({"timestamp": milliseconds, "sign": sign_dingtalk(secret, milliseconds)})
    else:
        content = {"msg_type": "post", "content": {"post": {"zh_cn": _post(said)}}}
        if secret:
            content |= {"timestamp": str(seconds), "sign": sign_feishu(secret, seconds)}
    return Posting(query, headers, json.dumps(content, ensure_ascii=False).encode())


def markdown(said: Said) -> str:
    """The message as the robots' markdown; what people typed cannot become a link or a mention."""
    lines = [f"**{plain(said.head)}**", *(f"> {plain(line)}" for line in said.lines)]
    if said.link:
        lines.append(f"[{said.link_text}]({said.link})")
    return "\n\n".join(lines)


def plain(text: str) -> str:
    """Text in one line without the signs that markdown reads."""
    return " ".join(text.split()).translate(PLAIN)


def _post(said: Said) -> dict[str, Any]:
    rows: list[list[dict[str, str]]] = [[{"tag": "text", "text": line}] for line in said.lines]
    if said.link:
        rows.append([{"tag": "a", "text": said.link_text, "href": said.link}])
    return {"title": said.head, "content": rows}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a receiver took a message; `passes`: it may take it later."""

    ok: bool
    why: str = ""
    passes: bool = False


def verdict(kind: str, status: int, body: str) -> Verdict:
    """What a receiver's answer means: robots say in the body what went wrong, under status 200."""
    if not 200 <= status < 300:
        return Verdict(False, f"HTTP {status}", passes=status in (408, 425, 429) or status >= 500)
    if kind == WEBHOOK:
        return Verdict(True)
    try:
        answer = json.loads(body)
        code = int(answer.get("errcode", answer.get("code", answer.get("StatusCode", -1))))
    except (ValueError, TypeError, AttributeError):
        return Verdict(False, "no robot's answer")
    if code == 0:
        return Verdict(True)
    why = str(answer.get("errmsg") or answer.get("msg") or "")[:200]
    return Verdict(False, f"{code} {why}".strip(), passes=code in TOO_OFTEN[kind])


def is_address(address: str, *, private: bool) -> bool:
    """Whether something may be sent to an address at all: https with a host and no password in it; http too, where
    private networks are allowed.
    """
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname) and parts.username is None and parts.port != 0
    except ValueError:
        return False
    literal = _as_ip(parts.hostname or "")
    reachable = private or literal is None or is_public(literal)
    return named and reachable and parts.scheme in (("https", "http") if private else ("https",))


def _as_ip(host: str) -> str | None:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return None


def is_public(address: str) -> bool:
    """Whether an IP address lies in the open internet: not in a private, loopback, link-local or reserved network."""
    found = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    if inner is not None:
        found = inner
    return found.is_global and not found.is_multicast
