"""SC-006 by programs: a design is uploaded, one manager objects, version 2 is agreed to, bought and stocked."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huiqian.documents.tests.samples import picture
from tests.api.program import Program

pytestmark = pytest.mark.usefixtures("company")

MANAGERS = ("product_marketing_director", "key_account_director", "project_director", "technical_director")


def upload(program: Program) -> str:
    """A picture, sent as programs send files; its id."""
    sent = SimpleUploadedFile("封面.png", io.BytesIO(picture(size=(90, 60))).read(), content_type="image/png")
    answer = program.client.post(
        "/api/v1/files", {"file": sent}, headers={"Authorization": f"Bearer {program.plain}"}
    )  # fmt: skip
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])


def proposed(program: Program, **changes: object) -> dict[str, object]:
    """The example of the one task that waits, with changes."""
    (task,) = program.get("/tasks").json()["items"]
    return {**program.get(f"/tasks/{task['id']}").json()["example"], **changes}


def test_the_whole_of_sc006() -> None:
    asking, designer = Program("key_account_director"), Program("marketing_manager")
    example = asking.get("/processes/SC-006").json()["example"]
    number = asking.post("/cases", {"process": "SC-006", "values": example}).json()["number"]
    boss = Program("product_marketing_director")
    boss.decide("submit", values=proposed(boss))
    (task,) = designer.get("/tasks").json()["items"]
    detail = designer.get(f"/tasks/{task['id']}").json()
    assert [one["code"] for one in detail["outcomes"]] == ["submit", "ask_artist"]
    refused = designer.post(f"/tasks/{task['id']}/decision", {"outcome": "submit", "values": detail["example"]})
    assert refused.status_code == 422
    assert list(refused.json()["errors"]) == ["draft_files"], "a design is seen"
    designer.decide("submit", values={**detail["example"], "draft_files": [upload(designer)]})
    for login in MANAGERS[:-1]:
        Program(login).decide("approve")
    Program(MANAGERS[-1]).decide("refuse", opinion="数据请更新。")
    again = proposed(designer, draft_files=[upload(designer)], handling="已更新。")
    again.pop("opinions", None)
    designer.decide("submit", values=again)
    for login in MANAGERS:
        Program(login).decide("approve")
    for login in ("marketing_manager", "purchasing_officer", "administrative_assistant"):
        program = Program(login)
        program.decide("submit", values=proposed(program))
    case = designer.get(f"/cases/{number}").json()
    assert case["status"] == "completed"
    assert [one["status"] for one in case["documents"]] == ["in_force"] * 5
    draft = designer.get(f"/documents/{number}-02").json()
    assert [(one["version"], one["outcome"]) for one in draft["signatures"] if one["outcome"] != "submit"] == [
        *[(1, "approve")] * 3, (1, "refuse"), *[(2, "approve")] * 4,
    ]  # fmt: skip
    assert designer.get(f"/documents/{number}-05/pdf").content.startswith(b"%PDF-")
    (item,) = designer.get("/stock").json()["items"]
    assert (item["quantity"], item["places"]) == ("2000.00", [{"place": "行政库房 A-2", "quantity": "2000.00"}])
    (moved,) = designer.get(f"/stock/{item['code']}").json()["movements"]
    assert (moved["kind"], moved["case"], moved["document"]) == ("received", number, f"{number}-05")
    assert designer.get("/stock/S-999").status_code == 404
    assert designer.get("/stock", state="empty").json()["items"] == []
