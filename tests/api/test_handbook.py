"""The handbook by programs: as data, as PDF, as a Word file."""

import io

import pytest
from docx import Document

from tests.api.program import Program

pytestmark = pytest.mark.usefixtures("company")


def test_the_handbook_as_data_and_as_files() -> None:
    program = Program("finance_manager")
    book = program.get("/handbook").json()
    assert (book["title"], len(book["processes"]), book["without"]) == ("市场部工作职责与工作流程", 9, [])
    sc001 = book["processes"][0]
    assert [group["number"] for group in sc001["groups"]] == ["1", "2", "3", "4"]
    review = sc001["groups"][1]["steps"][0]
    assert (review["element"], review["returns"]) == (
        "review",
        [{"code": "draft", "name": "编制市场调研策划书（市场经理）"}],
    )
    rule = next(step for step in sc001["groups"][2]["steps"] if step["decision"])
    assert rule["decision"]["rows"][0][:3] == ["常规", "不限", "否"]
    assert {one["code"]: one["holders"] for one in book["positions"]}["finance_manager"] == ["许文静"]
    printed = program.get("/handbook/pdf")
    assert (printed["Content-Type"], printed.content[:4]) == ("application/pdf", b"%PDF")
    assert Document(io.BytesIO(program.get("/handbook/docx").content)).tables
