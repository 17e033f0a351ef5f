"""What robots and webhooks are sent, with signatures computed by other programs."""

import json
from datetime import UTC, datetime

import pytest

from huiqian.notify.formats import (
    DINGTALK,
    FEISHU,
    WEBHOOK,
    WECOM,
    Said,
    is_address,
    is_public,
    markdown,
    posting,
    sign_dingtalk,
    sign_feishu,
    sign_webhook,
    verdict,
)

NOW = datetime(2026, 11, 28, 0, 0, tzinfo=UTC)
SAID = Said("单据发起", ("年度调研", "SC-001-2026-0001"), "https://hq.example.com/cases/1", "打开")


def test_signatures_are_those_of_other_programs() -> None:
    # printf '1700000000000\nSECabc' | openssl dgst -sha256 -hmac SECabc -binary | base64, and so on.
    assert sign_dingtalk("SECabc", 1700000000000) == "jcUpW0QmtKduN03n4JqQ0PBosVjqnM8gU7fIIvsDmCM="
    assert sign_feishu("abc", 1700000000) == "VIS10b0EBvzzSdFnuk4tznEmK5wHaruvf/WnViv2yR4="
    assert (
        sign_webhook("abc", 1700000000, b'{"a":1}')
        == "sha256=fb71abe59ec0c6311de6d3d1b21482ac86ef3b5fa5d03530df0a4d8cf6f735a6"
    )


def test_each_vendor_s_message() -> None:
    wecom = json.loads(posting(WECOM, "", {"id": "1"}, SAID, NOW).body)
    assert wecom["msgtype"] == "markdown"
    assert "[打开](https://hq.example.com/cases/1)" in wecom["markdown"]["content"]
    ding = posting(DINGTALK, "s", {"id": "1"}, SAID, NOW)
    assert json.loads(ding.body)["markdown"]["title"] == "单据发起"
    assert ding.query.startswith("timestamp=1795824000000&sign=")
    feishu = json.loads(posting(FEISHU, "s", {"id": "1"}, SAID, NOW).body)
    assert (feishu["msg_type"], feishu["timestamp"]) == ("post", "1795824000")
    assert feishu["sign"] == sign_feishu("s", 1795824000)
    assert feishu["content"]["post"]["zh_cn"]["content"][-1] == [{"tag": "a", "text": "打开", "href": SAID.link}]
    hook = posting(WEBHOOK, "s", {"id": "entry-7", "event": "case_started"}, SAID, NOW)
    assert hook.headers["Huiqian-Event"] == "entry-7"
    assert hook.headers["Huiqian-Signature"] == sign_webhook("s", 1795824000, hook.body)


def test_what_people_type_is_no_link_and_no_mention() -> None:
    said = Said("x", ("[点我](https://evil.example) @all\n# 大",), "", "")
    assert not set("[]()@#") & set(markdown(said))


@pytest.mark.parametrize(
    ("kind", "status", "body", "ok", "passes"),
    [
        (WEBHOOK, 204, "", True, False),
        (WEBHOOK, 301, "", False, False),
        (WEBHOOK, 404, "", False, False),
        (WEBHOOK, 503, "", False, True),
        (WECOM, 200, '{"errcode": 0}', True, False),
        (WECOM, 200, '{"errcode": 93000, "errmsg": "invalid webhook url"}', False, False),
        (WECOM, 200, '{"errcode": 45009}', False, True),
        (DINGTALK, 200, '{"errcode": 310000, "errmsg": "sign not match"}', False, False),
        (FEISHU, 200, '{"code": 0}', True, False),
        (FEISHU, 200, '{"code": 19021, "msg": "sign match fail"}', False, False),
        (FEISHU, 200, "<html>", False, False),
    ],
)  # fmt: skip
def test_answers(kind: str, status: int, body: str, ok: bool, passes: bool) -> None:
    found = verdict(kind, status, body)
    assert (found.ok, found.passes) == (ok, passes)


@pytest.mark.parametrize(
    "address",
    ["http://a.example.com/", "https://127.0.0.1/", "https://[::1]/", "https://10.0.0.8/", "https://u:p@a.example.com/",
     "ftp://a.example.com/", "https:///x", "https://169.254.169.254/latest", "https://[::ffff:10.0.0.1]/", "text"],
)  # fmt: skip
def test_where_nothing_is_sent(address: str) -> None:
    assert not is_address(address, private=False)


def test_where_it_is() -> None:
    assert is_address("https://oapi.dingtalk.com/robot/send?access_token=x", private=False)
    assert is_address("http://127.0.0.1:8000/", private=True)
    assert is_public("8.8.8.8")
    assert not is_public("fe80::1%eth0")
