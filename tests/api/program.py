"""A program that speaks to the API with somebody's token."""

import json
from typing import Any

from django.test import Client

from huiqian.org.commands import make_token
from tests.people import actor


class Program:
    """A program with somebody's token."""

    def __init__(self, login: str) -> None:
        self.client = Client()
        _token, self.plain = make_token(actor(login), "测试")

    def get(self, path: str, **query: str) -> Any:
        return self.client.get(f"/api/v1{path}", query, headers={"Authorization": f"Bearer {self.plain}"})

    def post(self, path: str, body: object, key: str = "") -> Any:
        headers = {"Authorization": f"Bearer {self.plain}"} | ({"Idempotency-Key": key} if key else {})
        return self.client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json", headers=headers)

    def decide(self, outcome: str = "approve", **more: object) -> Any:
        (task,) = self.get("/tasks").json()["items"]
        answer = self.post(f"/tasks/{task['id']}/decision", {"outcome": outcome, **more})
        assert answer.status_code == 200, answer.content
        return answer.json()
