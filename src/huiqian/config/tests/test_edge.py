"""Health, proxy, headers and the lock on signing in, through the whole stack."""

import pytest
from axes.models import AccessAttempt
from django.db import OperationalError
from django.test import Client
from django.test.utils import override_settings

pytestmark = pytest.mark.usefixtures("company")


def test_health_is_told_under_any_host_name() -> None:
    answer = Client().get("/health", headers={"host": "balancer.internal"})
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_other_addresses_are_answered_only_under_our_names() -> None:
    assert Client().get("/sign-in", headers={"host": "evil.example"}).status_code == 400


def test_every_page_is_protected_by_headers() -> None:
    headers = Client().get("/sign-in").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


def test_the_session_is_no_business_of_scripts() -> None:
    client = Client()
    client.post("/sign-in", {"login": "marketing_manager", "password": "huiqian-demo"})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def _try_wrongly(login: str, times: int) -> list[int]:
    return [
        Client().post("/sign-in", {"login": login, "password": f"wrong {number}"}).status_code
        for number in range(times)
    ]


def test_the_lock_tells_nobody_which_logins_exist() -> None:
    """Ten wrong passwords lock a login; one that does not exist answers word for word the same."""
    real, made_up = _try_wrongly("marketing_manager", 11), _try_wrongly("somebody_else", 11)
    assert real == made_up
    assert real[0] == 422
    assert real[-1] == 429


def test_the_right_password_does_not_open_a_locked_login_but_others_stay_open() -> None:
    _try_wrongly("marketing_manager", 10)
    right = {"login": "marketing_manager", "password": "huiqian-demo"}
    assert Client().post("/sign-in", right).status_code == 429
    other = {"login": "general_manager", "password": "huiqian-demo"}
    assert Client().post("/sign-in", other).status_code == 302


def test_without_a_proxy_nobody_can_make_up_their_address() -> None:
    Client().post("/sign-in", {"login": "x", "password": "y"}, headers={"x-forwarded-for": "203.0.113.9"})
    assert AccessAttempt.objects.get().ip_address == "127.0.0.1"


@override_settings(BEHIND_PROXY=True)
def test_behind_a_proxy_the_last_address_counts() -> None:
    made_up = {"x-forwarded-for": "198.51.100.1, 203.0.113.9"}
    Client().post("/sign-in", {"login": "x", "password": "y"}, headers=made_up)
    assert AccessAttempt.objects.get().ip_address == "203.0.113.9"


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/cases/SC%00-1", 400, "text/html"),
        ("/tasks?search=%00", 400, "text/html"),
        ("/api/v1/cases/SC%00-1", 400, "application/problem+json"),
    ],
)
def test_a_nul_is_refused_before_the_database_hears_of_it(path: str, status: int, kind: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == status
    assert answer["Content-Type"].startswith(kind)


def test_a_nul_in_a_form_or_in_json_is_refused() -> None:
    assert Client().post("/sign-in", "login=a%00b", content_type="application/x-www-form-urlencoded").status_code == 400
    answer = Client().post("/api/v1/cases", '{"process": "a\\u0000"}', content_type="application/json")
    assert answer.json()["code"] == "malformed"


@pytest.mark.parametrize(
    ("path", "kind", "words"),
    [("/tasks", "text/html", "没有应答"), ("/api/v1/processes", "application/problem+json", "database-away")],
)
def test_a_database_that_is_away_is_told_apart_from_a_bug(
    path: str, kind: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("couldn't get a connection")

    client = Client(raise_request_exception=False)
    client.post("/sign-in", {"login": "marketing_manager", "password": "huiqian-demo"})
    with monkeypatch.context() as patch:
        patch.setattr("django.db.backends.utils.CursorWrapper.execute", away)
        answer = client.get(path, headers={"authorization": "Bearer hq_x"})
    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    assert answer["Content-Type"].startswith(kind)
    assert words in answer.content.decode()
