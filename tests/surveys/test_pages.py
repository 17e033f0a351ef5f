"""The pages of those who make a survey: builder, preview, settings, results, Excel."""

import io
import re
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client

from huiqian.base import clock
from huiqian.org.commands import make_token
from huiqian.org.models import Person
from huiqian.surveys.models import Answer, Survey
from huiqian.surveys.rules import read_questionnaire
from huiqian.surveys.rules.states import closing_text, moment_of
from tests.people import actor
from tests.surveys.scene import BUILDER, respond

HTMX = {"HX-Request": "true"}


def signed_in(login: str = BUILDER) -> Client:
    client = Client()
    client.force_login(Person.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend")
    return client


def questions(survey: Survey) -> dict[str, Any]:
    survey.refresh_from_db()
    return dict(read_questionnaire(survey.content).by_name)


def test_a_question_is_made_on_the_page_and_saved_while_it_is_typed(survey: Survey) -> None:
    client, home = signed_in(), f"/surveys/{survey.pk}/questions"
    made = client.post(home, {"kind": "several", "page": "1"})
    assert (made.status_code, made["Location"]) == (303, f"{home}?edit=q1#card-q1")
    page = client.get(f"{home}?edit=q1").content.decode()
    assert "请填写题目。" in page
    assert 'name="options"' in page
    typed = {"kind": "several", "label": "看重什么？", "options": "噪声\n价格", "if_question": "use"}
    card = client.post(f"{home}/q1", typed, headers=HTMX)
    assert (card.status_code, "已保存" in card.content.decode()) == (200, True)
    assert questions(survey)["q1"].show_if.value == "yes", "the first answer offered stands there at first"
    wrong = client.post(f"{home}/q1", {**typed, "label": "长" * 301}, headers=HTMX)
    assert (wrong.status_code, "长" * 301 in wrong.content.decode()) == (422, True)
    assert 'id="error-label"' in wrong.content.decode()
    assert questions(survey)["q1"].label.zh == "看重什么？"
    done = client.post(f"{home}/q1", typed)
    assert (done.status_code, done["Location"]) == (303, f"{home}#card-q1")
    assert client.post(f"{home}/q1", {**typed, "label": "长" * 301}).status_code == 422


def test_questions_are_arranged_on_the_page(survey: Survey) -> None:
    client, home = signed_in(), f"/surveys/{survey.pk}/arrangement"
    page = client.post(home, {"how": "up", "question": "brands"}, headers=HTMX).content.decode()
    assert page.index('id="card-brands"') < page.index('id="card-use"')
    assert "显示条件所指的题目不在本题之前" in page
    assert client.post(home, {"how": "delete", "question": "brands"}).status_code == 303
    assert "brands" not in questions(survey)
    assert client.post(home, {"how": "name-page", "page": "x", "title": "长" * 101}, headers=HTMX).status_code == 422
    assert client.post(home, {"how": "dance"}, headers=HTMX).status_code == 404


def test_the_preview_is_what_respondents_see_and_stores_nothing(survey: Survey) -> None:
    client, home = signed_in(), f"/surveys/{survey.pk}/preview"
    first = client.get(home).content.decode()
    assert ("预览" in first, "您是否使用新风系统？" in first, 'name="use"' in first) == (True, True, True)
    assert client.post(home, {"page": "0", "next": "1"}).status_code == 422
    second = client.post(home, {"page": "0", "use": "no", "next": "1"}).content.decode()
    assert "各方面评价" in second
    assert client.post(home, {"page": "1", "use": "no", "send": "1"}).status_code == 200
    assert Answer.objects.count() == 0
    english = client.post(home, {"page": "0", "use": "no", "switch": "en"}).content.decode()
    assert ("Do you use one?" in english, 'value="no" checked' in english) == (True, True)
    assert "题目" in client.get(f"/surveys/{survey.pk}").content.decode(), "only the preview was switched"


def test_settings_links_and_state_are_kept_on_one_page(running: Survey) -> None:
    client, home = signed_in(), f"/surveys/{running.pk}"
    page = client.get(home).content.decode()
    assert f"http://testserver/s/{running.token}" in page
    assert re.search(r'<svg[^>]* class="qr"', page)
    day = clock.today() + timedelta(days=3)
    settings = {"title": "用户调查", "mode": "open", "closes": f"{day} 18:30", "intro": "您好"}
    assert client.post(home, settings).status_code == 303
    running.refresh_from_db()
    assert (running.title_zh, running.once, closing_text(running.closes_at)) == ("用户调查", False, f"{day} 18:30")
    wrong = client.post(home, {**settings, "title": "", "closes": "后天"})
    assert (wrong.status_code, 'value="后天"' in wrong.content.decode()) == (422, True)
    assert client.post(home, {**settings, "closes": f"{day} 25:00"}).status_code == 422
    assert client.post(f"{home}/links", {"labels": "张工\n李工"}).status_code == 303
    assert client.post(f"{home}/links", {"labels": " "}).status_code == 422
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{home}/links").content))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert [(label, state) for label, _link, state in rows] == [("张工", "未答"), ("李工", "未答")]
    assert Client().get(str(rows[0][1]).removeprefix("http://testserver")).status_code == 200
    page = client.get(home).content.decode()
    assert re.findall(r"已答 \d／\d", page) == ["已答 0／2"]
    assert client.post(f"{home}/state", {"state": "closed"}).status_code == 303
    assert Client().get(f"/s/{running.token}").status_code == 410
    assert client.post(f"{home}/state", {"state": "open"}).status_code == 303
    code = client.get(f"{home}/code")
    assert (code["Content-Type"], code["Content-Disposition"][:10]) == ("image/png", "attachment")


def test_results_are_live_and_go_home_as_excel(running: Survey) -> None:
    client, home = signed_in(), f"/surveys/{running.pk}"
    assert "还没有答卷" in client.get(f"{home}/results").content.decode()
    evil = '=HYPERLINK("http://x","y")'
    respond(
        running, {"use": "yes", "brands": ["a"], "score": "1", "why": evil, "area": "80.5", "points": {"noise": "bad"}}
    )
    respond(running, {"use": "no", "bought": "2026-3-1"})
    page = client.get(f"{home}/results").content.decode()
    assert ("50.0%" in page, '<rect class="bar-1" width="50.0"' in page, "=HYPERLINK(&quot;" in page) == (True,) * 3
    assert client.get(f"{home}/results?seen=2-open", headers=HTMX).status_code == 204
    assert client.get(f"{home}/results?seen=1-open", headers=HTMX).status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{home}/sheet").content))
    heads, first, second = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert heads[4:8] == ["1. 您是否使用新风系统？", "2. 用过哪些品牌？", "3. 总体满意度", "4. 各方面评价 – 噪声"]
    assert first[4:12] == ["是", "清风", 1, "差", None, evil, 80.5, None]
    assert (second[4], second[11]) == ("否", "2026-03-01")
    cell = book.worksheets[0].cell(2, 10)
    assert (cell.value, cell.data_type) == (evil, "s")


def test_who_has_no_part_in_building_sees_but_changes_nothing(running: Survey) -> None:
    running.case.dossier.watch = ["general_manager"]
    running.case.dossier.save()
    client, home = signed_in("general_manager"), f"/surveys/{running.pk}"
    page = client.get(home).content.decode()
    assert 'name="title"' not in page
    assert client.post(home, {"title": "x"}).status_code == 403
    assert client.get(f"{home}/results").status_code == 200
    assert client.get(f"{home}/questions").status_code == 403


def test_the_builder_says_why_nothing_can_be_changed(running: Survey) -> None:
    client = signed_in()
    page = client.get(f"/surveys/{running.pk}/questions?edit=use").content.decode()
    assert ("该步骤办理期间修改" in page, 'name="label"' in page, "上移" in page) == (True, False, False)
    respond(running)
    assert "已有人作答" in client.get(f"/surveys/{running.pk}/questions").content.decode()


@pytest.mark.parametrize("said", ["2026-12-31", "2026-12-31 18:30"])
def test_a_closing_moment_is_shown_as_it_was_typed(said: str) -> None:
    from huiqian.surveys.commands.building import _closing

    assert closing_text(_closing(said)) == said
    assert closing_text(moment_of(said[:10])) == said[:10]


def test_programs_read_how_it_stands_and_what_came_of_it(running: Survey) -> None:
    respond(running, {"use": "yes", "score": "4", "points": {"noise": "bad"}})
    respond(running, {"use": "no", "area": "12.5"})
    headers = {"Authorization": f"Bearer {make_token(actor(BUILDER), '测试')[1]}"}
    listed = Client().get(f"/api/v1/surveys?case={running.case.number}", headers=headers).json()
    assert [(one["id"], one["state"], one["answers"]) for one in listed["items"]] == [(running.pk, "open", 2)]
    found = Client().get(f"/api/v1/surveys/{running.pk}", headers=headers).json()
    assert found["path"] == f"/s/{running.token}"
    results = {one["name"]: one for one in found["results"]}
    assert [(one["code"], one["count"]) for one in results["use"]["counts"]] == [("yes", 1), ("no", 1)]
    assert (results["score"]["mean"], results["points"]["lines"][0]["answered"]) == ("4.00", 1)
    assert Client().get(f"/api/v1/surveys?case={running.case.number}x", headers=headers).json()["items"] == []
    other = {"Authorization": f"Bearer {make_token(actor('finance_manager'), '测试')[1]}"}
    assert Client().get(f"/api/v1/surveys/{running.pk}", headers=other).status_code == 404
