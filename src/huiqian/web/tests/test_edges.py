"""What every answer carries, and the doors that stay shut."""

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from huiqian.org.commands import make_token
from huiqian.org.models import Person

pytestmark = pytest.mark.usefixtures("company")


def signed_in(login: str) -> Client:
    """A client signed in as somebody."""
    client = Client()
    client.force_login(Person.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_only_our_own_files_run() -> None:
    policy = Client().get("/sign-in").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_pages_ask_for_a_sign_in_and_come_back() -> None:
    answer = Client().get("/organisation")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in?next=/organisation")
    fragment = Client().get("/tasks", headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment.headers["HX-Redirect"]) == (204, "/sign-in")


def test_outside_a_demo_nobody_signs_in_by_a_click(settings: Settings) -> None:
    settings.DEMO = False
    assert b"marketing_manager" not in Client().get("/sign-in").content
    refused = Client().post("/sign-in/demo", {"login": "marketing_manager"})
    assert (refused.status_code, refused.wsgi_request.user.is_authenticated) == (404, False)


def test_in_a_demo_everybody_is_listed_and_signs_in_by_a_click(settings: Settings) -> None:
    settings.DEMO = True
    page = Client().get("/sign-in").content.decode()
    assert all(f'value="{person.login}"' in page for person in Person.objects.all())
    client = Client()
    assert client.post("/sign-in/demo", {"login": "marketing_manager"}).status_code == 302
    assert client.get("/tasks").status_code == 200


def test_a_refusal_is_a_page_and_to_htmx_a_banner() -> None:
    client = signed_in("graphic_designer")
    page = client.get("/cases/SC-001-1999-0001")
    assert page.status_code == 404
    assert "<h1>" in page.content.decode()
    banner = client.get("/decisions", headers={"HX-Request": "true"})
    assert (banner.status_code, banner.headers["HX-Retarget"]) == (403, "#refused")
    assert "<html" not in banner.content.decode()


def test_the_language_is_kept_with_the_person() -> None:
    client = signed_in("graphic_designer")
    client.post("/language", {"language": "en", "next": "/tasks"})
    page = client.get("/tasks").content.decode()
    assert '<html lang="en">' in page
    assert "Task centre" in page
    assert client.post("/language", {"language": "tlh", "next": "/tasks"}).status_code == 422


def test_a_programs_language_is_forgotten_with_its_answer() -> None:
    _token, plain = make_token(Person.objects.get(login="admin").actor, "a program")
    with translation.override("zh-hans"):
        answer = Client().get(
            "/api/v1/processes", headers={"Authorization": f"Bearer {plain}", "Accept-Language": "en"}
        )
        assert answer.status_code == 200
        assert translation.get_language() == "zh-hans"
