"""The API, version 1: the whole of SC-001 by programs, problems, idempotency."""

import jsonschema
import pytest
from django.test import Client

from huiqian.api.app import api
from huiqian.api.describing import PROBLEM
from huiqian.base import clock
from huiqian.org.models import Person
from huiqian.process.models import Instance
from tests.api.program import Program
from tests.people import SIGNATORIES

pytestmark = pytest.mark.usefixtures("company")


def start(**changes: object) -> str:
    drafter = Program("marketing_manager")
    example = drafter.get("/processes/SC-001").json()["example"]
    answer = drafter.post("/cases", {"process": "SC-001", "values": {**example, **changes}})
    assert answer.status_code == 201, answer.content
    return str(answer.json()["number"])


def test_the_whole_of_sc001() -> None:
    number = start()
    Program("product_marketing_director").decide(opinion="可行")
    budget = Program("business_unit_director")
    (task,) = budget.get("/tasks").json()["items"]
    detail = budget.get(f"/tasks/{task['id']}").json()
    jsonschema.validate(detail["example"], detail["form"])
    total = budget.get(f"/cases/{number}").json()["values"]["budget_total"]
    budget.decide(values={"budget_conclusion": "full", "approved_budget": total})
    Program("general_manager").decide(opinion="同意")
    Program("product_marketing_director").decide("submit")
    for login in SIGNATORIES:
        Program(login).decide()
    drafter = Program("marketing_manager")
    case = drafter.get(f"/cases/{number}").json()
    assert case["status"] == "completed"
    (document,) = case["documents"]
    assert document["status"] == "in_force"
    assert drafter.get("/documents").json()["items"][0]["number"] == document["number"]
    printed = drafter.get(f"/documents/{document['number']}/pdf")
    assert printed.content.startswith(b"%PDF-")


def test_every_form_s_example_fits_its_schema_and_is_accepted() -> None:
    for process in Program("marketing_manager").get("/processes").json():
        detail = Program("marketing_manager").get(f"/processes/{process['code']}").json()
        if detail["form"]:
            jsonschema.Draft202012Validator.check_schema(detail["form"])
            jsonschema.validate(detail["example"], detail["form"])
    assert start()


def test_wrong_values_are_a_problem_with_each_field() -> None:
    drafter = Program("marketing_manager")
    answer = drafter.post("/cases", {"process": "SC-001", "values": {"kind": "weekly"}})
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    body = answer.json()
    assert body["code"] == "invalid"
    assert {"topic", "kind"} <= set(body["errors"])
    assert not Instance.objects.exists()


@pytest.mark.parametrize(
    ("login", "path", "status", "code"),
    [
        ("finance_manager", "/cases/{number}", 404, "not-found"),
        ("finance_manager", "/documents/{number}-01", 404, "not-found"),
        ("finance_manager", "/documents/{number}-01/pdf", 404, "not-found"),
        ("marketing_manager", "/tasks/99999999", 404, "not-found"),
        ("marketing_manager", "/processes/SC-999", 404, "not-found"),
    ],
)
def test_what_is_not_yours_does_not_exist(login: str, path: str, status: int, code: str) -> None:
    answer = Program(login).get(path.format(number=start()))
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_without_a_token_nothing_is_told() -> None:
    for headers in ({}, {"Authorization": "Bearer hq_wrong"}, {"Authorization": "Basic x"}):
        answer = Client().get("/api/v1/cases", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in")


def test_a_session_cookie_is_no_token() -> None:
    client = Client()
    client.force_login(
        Person.objects.get(login="marketing_manager"), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert client.get("/api/v1/cases").status_code == 401


def test_a_key_is_done_once_and_answered_the_same() -> None:
    drafter = Program("marketing_manager")
    body = {"process": "SC-001", "values": drafter.get("/processes/SC-001").json()["example"]}
    first, second = drafter.post("/cases", body, key="abc"), drafter.post("/cases", body, key="abc")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert second["Idempotent-Replayed"] == "true"
    assert Instance.objects.count() == 1
    other = drafter.post("/cases", {**body, "process": "SC-002"}, key="abc")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")


def test_a_refused_request_may_be_sent_again_with_its_key() -> None:
    drafter = Program("marketing_manager")
    example = drafter.get("/processes/SC-001").json()["example"]
    assert drafter.post("/cases", {"process": "SC-001", "values": {}}, key="k1").status_code == 422
    assert drafter.post("/cases", {"process": "SC-001", "values": example}, key="k1").status_code == 201


def test_deciding_what_is_decided_is_a_conflict_that_says_so() -> None:
    start()
    reviewer = Program("product_marketing_director")
    (task,) = reviewer.get("/tasks").json()["items"]
    assert reviewer.post(f"/tasks/{task['id']}/decision", {"outcome": "approve"}).status_code == 200
    again = reviewer.post(f"/tasks/{task['id']}/decision", {"outcome": "approve"})
    assert (again.status_code, again.json()["code"]) == (409, "already-decided")


def test_withdrawing_and_commenting() -> None:
    number = start()
    drafter = Program("marketing_manager")
    assert drafter.post(f"/cases/{number}/comments", {"text": "请尽快"}).status_code == 201
    answer = drafter.post(f"/cases/{number}/withdrawal", {"reason": "改期"})
    assert answer.json()["status"] == "withdrawn"
    assert drafter.post(f"/cases/{number}/withdrawal", {"reason": "改期"}).json()["code"] == "case-closed"


def test_malformed_requests_are_problems_too() -> None:
    drafter = Program("marketing_manager")
    answer = drafter.client.post(
        "/api/v1/cases", "{", content_type="application/json", headers={"Authorization": f"Bearer {drafter.plain}"}
    )
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert drafter.post("/cases", {"values": {}}).json()["code"] == "malformed"
    assert drafter.get("/nowhere").json()["code"] == "not-found"
    browserlike = Client(enforce_csrf_checks=True, raise_request_exception=False)
    assert browserlike.post("/api/v1/nowhere").json()["code"] == "not-found"
    wrong = browserlike.delete("/api/v1/cases")
    assert (wrong.status_code, wrong.json()["code"], wrong["Allow"]) == (405, "method-not-allowed", "GET, POST")
    assert browserlike.get("/api/v1/cases", headers={"host": "elsewhere.example"}).json()["code"] == "malformed"


def test_a_fault_of_ours_is_a_problem_that_tells_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    drafter = Program("marketing_manager")
    drafter.client.raise_request_exception = False

    def broken(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr("huiqian.api.cases.cases", broken)
    answer = drafter.get("/cases")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert answer.json()["code"] == "broken"
    assert b"secret" not in answer.content


def test_openapi_is_told_without_a_token() -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert "/api/v1/tasks/{task_id}/decision" in answer.json()["paths"]


def test_what_writes_honours_an_idempotency_key_and_says_so() -> None:
    told = {
        (verb, path.removeprefix("/api/v1"))
        for path, verbs in api.get_openapi_schema()["paths"].items()
        for verb, call in verbs.items()
        if "Idempotency-Key" in {one["name"] for one in call.get("parameters", ())}
    }
    honoured, writing = set(), set()
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                one = (operation.methods[0].lower(), f"{prefix}{path}".rstrip("/"))
                if hasattr(operation.view_func, "idempotent"):
                    honoured.add(one)
                if one[0] != "get":
                    writing.add(one)
    assert told == honoured == writing
    assert len(told) >= 5


def test_what_may_go_wrong_is_described_as_it_comes() -> None:
    drafter = Program("marketing_manager")
    described = api.get_openapi_schema()["paths"]["/api/v1/cases"]["post"]["responses"]
    for body, key, status in (({"process": "SC-001"}, "", 422), ({"process": "SC-999", "values": {}}, "k", 404)):
        answer = drafter.post("/cases", body, key)
        assert answer.status_code == status
        assert answer["Content-Type"] in described[str(status)]["content"]
        assert set(PROBLEM["properties"]) >= set(answer.json()) >= set(PROBLEM["required"])


def test_english_is_spoken_when_asked_for() -> None:
    drafter = Program("marketing_manager")
    answer = drafter.client.get(
        "/api/v1/cases/nothing", headers={"Authorization": f"Bearer {drafter.plain}", "Accept-Language": "en"}
    )
    assert "does not exist" in answer.json()["detail"]


def test_a_deputy_is_named_listed_and_ended() -> None:
    away, today = Program("marketing_manager"), clock.today().isoformat()
    days = {"deputy": "graphic_designer", "since": today, "until": today, "reason": "出差"}
    made = away.post("/deputies", days)
    assert made.status_code == 201, made.content
    assert away.post("/deputies", days).status_code == 422
    (one,) = away.get("/deputies").json()
    assert (one["deputy"], one["state"], one["reason"]) == ("graphic_designer", "now", "出差")
    assert Program("graphic_designer").get("/deputies", person="marketing_manager").status_code == 404
    assert Program("admin").get("/deputies", person="marketing_manager").json() == [one]
    assert away.post(f"/deputies/{one['id']}/end", {}).status_code == 200
    assert away.post(f"/deputies/{one['id']}/end", {}).json()["code"] == "stale"
    assert [line["state"] for line in away.get("/deputies").json()] == ["ended"]
