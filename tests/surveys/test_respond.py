"""The page behind a survey's link: page by page, in two languages, once, and nothing else reachable from it."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from huiqian.base import clock
from huiqian.documents.tests.samples import huge_png, picture
from huiqian.org.models import Person
from huiqian.process.commands import resume_case, suspend_case
from huiqian.surveys.commands import close_survey, make_links, save_question
from huiqian.surveys.models import Answer, Survey
from tests.people import actor
from tests.surveys.scene import BUILDER, OUTSIDE, begin, load_process, open_it

FIRST = {"use": "yes", "brands": ["a", "b"], "score": "4"}


class Respondent:
    """Somebody outside with a browser of their own."""

    def __init__(self, survey: Survey, token: str = "", **client: Any) -> None:
        self.client, self.address = Client(**client), f"/s/{token or survey.token}"
        self.page = self.client.get(self.address)

    @property
    def text(self) -> str:
        return self.page.content.decode()

    def hidden(self) -> dict[str, list[str]]:
        """What the page's hidden fields send along."""
        found: dict[str, list[str]] = {}
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', self.text):
            found.setdefault(name, []).append(value)
        return found

    def press(self, button: str, wait: float = 5, **typed: Any) -> int:
        """Fill in and press a button some seconds later; the status."""
        posted = {**self.hidden(), **typed, button: typed.get(button, "1")}
        with clock.moved_to(clock.now() + timedelta(seconds=wait)):
            self.page = self.client.post(self.address, posted)
        return self.page.status_code


def test_page_by_page_to_the_thanks(running: Survey) -> None:
    one = Respondent(running)
    assert one.page.status_code == 200
    assert ("第 1 页，共 2 页" in one.text, "感谢您参与。" in one.text) == (True, True)
    assert one.press("next", **FIRST) == 200
    assert "各方面评价" in one.text
    assert one.hidden()["brands"] == ["a", "b"]
    assert one.press("back") == 200
    assert 'value="yes" checked' in one.text
    assert one.press("next", **FIRST) == 200
    assert one.press("send", **{"points.noise": "good", "area": "120"}) == 303
    done = one.client.get(one.page["Location"])
    assert "谢谢" in done.content.decode()
    assert Answer.objects.get().values == {
        "use": "yes",
        "brands": ["a", "b"],
        "score": 4,
        "points": {"noise": "good"},
        "area": "120",
    }
    again = one.client.get(one.address)
    assert (again.status_code, "已经答过" in again.content.decode()) == (200, True)


def test_what_is_wrong_is_told_at_its_question_and_nothing_typed_is_lost(running: Survey) -> None:
    one = Respondent(running)
    assert one.press("next") == 422
    assert 'id="error-use"' in one.text
    assert "error-score" not in one.text, "it is not asked yet"
    assert one.press("next", **{**FIRST, "score": "1"}) == 200
    assert one.press("send", area="五千", why="") == 422
    assert re.search(r'id="area" name="area" value="五千"', one.text)
    assert 'id="error-why"' in one.text
    assert Answer.objects.count() == 0
    assert one.press("send", area="", why="太吵") == 303
    assert Answer.objects.get().values["why"] == "太吵"


def test_hostile_values_are_refused_or_shown_harmless(running: Survey) -> None:
    one = Respondent(running)
    evil = '"><script>alert(1)</script>'
    assert (
        one.press("next", use=evil, brands=["a", evil], score="99", page="99999", language="xx", stranger=evil) == 422
    )
    assert "<script>alert" not in one.text
    assert one.press("send", page="1", use="yes", score="5", why=evil, **{"points.noise": evil}) == 422
    assert one.press("next", photo=["x" * 36, "../../etc", evil]) == 422
    assert one.press("send", page="x" * 5000) in (200, 422)
    assert one.press("next", ticket="forged") == 422
    assert Answer.objects.count() == 0


def test_an_answer_is_not_taken_from_who_is_too_quick_or_fills_the_trap(running: Survey) -> None:
    one = Respondent(running)
    assert one.press("next", **FIRST) == 200
    assert one.press("send", wait=0) == 422
    assert "太快" in one.text
    assert one.press("send", second_opinion="http://buy") == 422
    assert Answer.objects.count() == 0
    assert one.press("send") == 303


def test_a_form_of_another_survey_or_an_old_one_stores_nothing(running: Survey, tmp_path: Any) -> None:
    load_process(tmp_path)
    other = begin()
    Survey.objects.filter(pk=other.pk).update(opened_at=clock.now())
    foreign = Respondent(other).hidden()["ticket"][0]
    one = Respondent(running)
    one.press("next", **FIRST)
    assert one.press("send", ticket=foreign) == 422
    assert one.press("send", wait=15 * 24 * 3600) == 422
    assert "还在" in one.text
    assert Answer.objects.count() == 0
    assert one.press("send", wait=15 * 24 * 3600 + 9) == 303


def test_the_same_form_sent_twice_is_stored_once(running: Survey) -> None:
    one = Respondent(running)
    one.press("next", **FIRST)
    form = one.hidden()
    with clock.moved_to(clock.now() + timedelta(seconds=9)):
        got = [Client().post(one.address, {**form, "send": "1"}).status_code for _turn in range(3)]
    assert got == [303] * 3
    assert Answer.objects.count() == 1


def test_a_survey_that_is_closed_says_so_and_stores_nothing(running: Survey) -> None:
    one = Respondent(running)
    one.press("next", **FIRST)
    close_survey(actor(BUILDER), running.pk)
    assert one.press("send") == 410
    assert "未保存" in one.text
    assert (Respondent(running).page.status_code, Answer.objects.count()) == (410, 0)


def test_before_it_is_open_there_is_nothing_to_answer(survey: Survey) -> None:
    one = Respondent(survey)
    assert (one.page.status_code, "还没有开放" in one.text, "您是否使用" in one.text) == (410, True, False)


def test_a_personal_link_is_used_once(running: Survey) -> None:
    make_links(actor(BUILDER), running.pk, ["张工"])
    token = running.invitations.get().token
    assert Respondent(running).page.status_code == 403
    one = Respondent(running, token)
    one.press("next", **FIRST)
    assert one.press("send") == 303
    two = Respondent(running, token)
    assert "已经答过" in two.text
    assert "张工" not in one.text + two.text


@pytest.mark.parametrize("token", ["nowhere", "x" * 60, "..%2f..%2ftasks", "%E4%BD%A0%E5%A5%BD"])
def test_an_unknown_link_leads_nowhere(running: Survey, token: str) -> None:
    page = Client().get(f"/s/{token}")
    assert page.status_code == 404
    assert "/tasks" not in page.content.decode()


def test_nothing_else_is_reachable_from_there(running: Survey) -> None:
    for page in (Respondent(running).text, Client().get("/s/nowhere").content.decode()):
        links = set(re.findall(r'(?:href|action|hx-get|hx-post)="([^"#]*)"', page))
        assert {link for link in links if not link.startswith("/static/")} <= {""}
    answer = Client().get(f"/s/{running.token}")
    assert (answer["X-Robots-Tag"], "no-store" in answer["Cache-Control"]) == ("noindex, nofollow", True)


def test_it_speaks_english_by_a_switch_that_keeps_what_was_typed(running: Survey) -> None:
    one = Respondent(running)
    assert one.press("switch", switch="en", **FIRST) == 200
    assert ("Do you use one?" in one.text, "用过哪些品牌" in one.text, "Page 1 of 2" in one.text) == (True, True, True)
    assert 'value="yes" checked' in one.text
    one.press("next", **FIRST)
    assert one.press("send") == 303
    assert "Thank you" in one.client.get(one.page["Location"]).content.decode()
    assert Answer.objects.get().language == "en"


def test_files_go_along_from_page_to_page_and_can_be_taken_out(running: Survey) -> None:
    one = Respondent(running)
    one.press("next", **FIRST)
    assert one.press("send", photo=io.BytesIO(huge_png(50_000, 50_000))) == 422
    assert 'id="error-photo"' in one.text
    sent = io.BytesIO(picture())
    sent.name = "现场.png"
    assert one.press("back", photo=sent) == 200
    assert len(one.hidden()["photo"]) == 1
    assert one.press("next", **FIRST) == 200
    assert "现场.png" in one.text
    file = one.hidden()["photo"][0]
    assert one.press("drop", drop=f"photo:{file}") == 200
    assert "photo" not in one.hidden()
    assert one.press("send", photo=[file]) == 303
    assert Answer.objects.get().values["photo"] == [file]


def test_whoever_is_signed_in_answers_like_anybody(running: Survey) -> None:
    one = Respondent(running)
    one.client.force_login(
        Person.objects.get(login="finance_manager"), backend="django.contrib.auth.backends.ModelBackend"
    )
    one.press("next", **FIRST)
    assert one.press("send") == 303
    assert OUTSIDE.id is None


def test_who_keeps_no_cookies_can_answer_too(running: Survey) -> None:
    first = Client().get(f"/s/{running.token}").content.decode()
    ticket = re.search(r'name="ticket" value="([^"]+)"', first)
    assert ticket
    with clock.moved_to(clock.now() + timedelta(seconds=9)):
        sent = Client(enforce_csrf_checks=True).post(
            f"/s/{running.token}", {"ticket": ticket[1], "page": "1", "use": "no", "send": "1"}
        )
    assert (sent.status_code, Answer.objects.count()) == (303, 1)


def test_more_than_a_page_may_carry_is_refused_unread(running: Survey) -> None:
    sent = Client().post(f"/s/{running.token}", {"page": "0"}, headers={"Content-Length": str(61 * 1024 * 1024)})
    assert (sent.status_code, Answer.objects.count()) == (413, 0)


def test_a_tablet_that_many_people_use_goes_on_with_the_next_one(running: Survey) -> None:
    Survey.objects.filter(pk=running.pk).update(once=False)
    one = Respondent(running)
    for turn in (1, 2):
        one.page = one.client.get(one.address)
        one.press("next", **FIRST)
        assert one.press("send") == 303
        done = one.client.get(one.page["Location"]).content.decode()
        assert f'href="{one.address}"' in done
        assert Answer.objects.count() == turn


def test_while_its_case_stands_still_nobody_answers(running: Survey) -> None:
    suspend_case(actor("admin"), running.case.number, "盘点")
    assert Respondent(running).page.status_code == 410
    resume_case(actor("admin"), running.case.number)
    assert Respondent(running).page.status_code == 200


def test_words_of_its_builder_and_of_respondents_never_run(survey: Survey) -> None:
    evil = "<img src=x onerror=alert(1)>"
    save_question(actor(BUILDER), survey.pk, "use", {"label": evil, "options": f"是\n{evil}", "help": evil})
    running = open_it(survey)
    one = Respondent(running)
    assert one.text.count("&lt;img src=x onerror") == 3
    one.press("next", use="yes", brands=["a"], score="1")
    one.press("send", why=evil)
    client = Client()
    client.force_login(Person.objects.get(login=BUILDER), backend="django.contrib.auth.backends.ModelBackend")
    for page in ("", "/results", "/questions", "/preview"):
        assert "<img src=x" not in client.get(f"/surveys/{running.pk}{page}").content.decode()
