"""Every address and every API call × every kind of person: what each gets, in one table.

A new address without a row here fails the test, so nobody forgets to say who may see it.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from huiqian.base import clock
from huiqian.claims.models import Phrase
from huiqian.marketing.commands import save_stock_item
from huiqian.marketing.models import StockItem
from huiqian.marketing.rules import StockCard
from huiqian.notify.commands import ChannelCard, save_channel
from huiqian.notify.models import Channel
from huiqian.org.commands import appoint_deputy, make_token
from huiqian.org.models import Deputy, Holding, Person, Token
from huiqian.process.models import Instance, Version
from huiqian.work.models import Assignment, Recheck
from tests.events import bare_log, bare_template
from tests.people import actor, answer, open_task, plan, start
from tests.surveys.scene import survey_of_research
from tests.versions import submitted

pytestmark = pytest.mark.usefixtures("company")

# The kinds of people, by what they are to one case of SC-001 that waits for its review.
KINDS = {
    "stranger": None,  # not signed in
    "starter": "marketing_manager",
    "asked": "product_marketing_director",
    "watcher": "general_manager",  # watches over SC-001 by position
    "outsider": "finance_manager",
    "admin": "admin",
}
OPEN, SIGN_IN = 200, 302

# What everybody who is signed in may do, whoever they are.
ALL = {"stranger": SIGN_IN, "starter": 200, "asked": 200, "watcher": 200, "outsider": 200, "admin": 200}
# What belongs to a case: whoever has no part in it does not learn that it exists.
CASE = {**ALL, "outsider": 404}
NOT_THEIRS = {**dict.fromkeys(ALL, 404), "stranger": SIGN_IN}
ADMIN = {**dict.fromkeys(ALL, 403), "stranger": SIGN_IN, "admin": 200}
# Who keeps the registers (marketing.rules.RIGHTS).
SURVEY = {**ALL, "outsider": 404}
CUSTOMER = {**dict.fromkeys(ALL, 403), "stranger": SIGN_IN, "starter": 200, "admin": 200}
PRODUCT = {**CUSTOMER, "asked": 200}

# Address name -> what each kind gets for GET.
PAGES: dict[str, Mapping[str, int]] = {
    "home": dict.fromkeys(ALL, 302), "calendar": ALL,
    # An address that nobody was told: whoever asks.
    "calendar-feed": dict.fromkeys(ALL, 404),
    "sign-in": {**dict.fromkeys(ALL, 302), "stranger": 200},
    "search": ALL, "notices": ALL, "inbox": ALL, "new-case": ALL, "drafts": ALL, "documents": ALL, "processes": ALL,
    "process": ALL, "organisation": ALL, "position": ALL, "people": ALL, "person": ALL, "account": ALL, "decision": ALL,
    "case-chain": CASE, "case-evidence": CASE, "case-board": CASE, "case-plans": CASE, "case-plans-sheet": CASE,
    "tasks-sheet": ALL, "documents-sheet": ALL, "overview": ALL, "duties": ALL, "duty": ALL, "handbook": ALL,
    "handbook-pdf": ALL, "handbook-docx": ALL,
    # Whoever is asked to look again answers, and administrators.
    "recheck-answer": {**CASE, "starter": 403, "watcher": 403},
    "case": CASE, "document": CASE, "document-pdf": CASE, "document-comparison": CASE,
    "customers": ALL, "customers-sheet": ALL, "customer": ALL, "products": ALL, "products-sheet": ALL, "product": ALL,
    "price-lists": ALL, "price-list": ALL, "sales-plans": {**dict.fromkeys(ALL, 303), "stranger": SIGN_IN},
    "sales-month": ALL, "sales-sheet": ALL, "production-plans": ALL, "production-month": ALL,
    "new-customer": CUSTOMER, "customer-change": CUSTOMER, "customers-import": CUSTOMER,
    "new-product": PRODUCT, "product-change": PRODUCT, "products-import": PRODUCT,
    "start": {**dict.fromkeys(ALL, 403), "stranger": SIGN_IN, "starter": 200},
    "file": NOT_THEIRS, "file-preview": NOT_THEIRS, "file-face": NOT_THEIRS, "case-proof": NOT_THEIRS,
    "stock": ALL, "stock-sheet": ALL, "stock-item": ALL, "stock-moves": ALL,
    "event-entries": CASE, "event-templates": ALL, "event-template": ALL,
    "new-stock-item": ADMIN, "stock-change": ADMIN,
    # Behind a survey's link it does not matter who one is.
    "respond": dict.fromkeys(ALL, 404),
    # A survey's pages follow its case: that of SC-002, which its watchers may read, too. Who has had no part in it does
    # not get the builder.
    "survey": SURVEY, "survey-preview": SURVEY, "survey-results": SURVEY, "survey-sheet": SURVEY, "survey-code": SURVEY,
    "survey-questions": {**SURVEY, "asked": 403, "watcher": 403},
    "survey-links": {**SURVEY, "asked": 403, "watcher": 403},
    # The management board: superiors and administrators.
    "figures": {**ALL, "outsider": 403}, "figures-sheet": {**ALL, "outsider": 403},
    "event-log": {**ALL, "outsider": 403},
    "schedules": ADMIN, "schedule": ADMIN, "incidents": ADMIN, "outward": ADMIN,
    "phrases": ADMIN, "new-phrase": ADMIN, "phrase-change": ADMIN,
    "new-channel": ADMIN, "channel": ADMIN,
    "decisions": ADMIN, "new-position": ADMIN, "position-change": ADMIN, "new-department": ADMIN,
    "department": ADMIN, "new-person": ADMIN,
    "groups": ALL, "new-group": ADMIN, "group-change": ADMIN,
    # Of the version in effect; the starter is the head of the department that owns SC-001.
    "version": ALL, "version-bpmn": ALL, "version-folder": ALL, "version-replay": NOT_THEIRS,
    "new-version": {**ADMIN, "starter": 200},
}  # fmt: skip

# Addresses that only take a POST: 405 for a GET of whoever is signed in.
POSTS = {
    "version-submission", "version-opinion", "version-withdrawal", "version-discard",
    "survey-question", "survey-arrangement", "survey-state",
    "schedule-turns", "schedule-attempts", "incident-attempts", "case-suspension", "case-resumption",
    "calendar-subscription", "demo-sign-in", "sign-out", "language", "task-decision", "task-progress", "task-urge",
    "assignment-handover",
    "case-urges",
    "case-withdrawal", "case-comments", "draft-discard", "files", "start-progress", "holdings", "holding-end",
    "stock-state", "stock-deletion", "stock-takings", "stock-receipts",
    "event-template-events", "event-template-state",
    "customer-state", "customer-deletion", "product-state", "product-deletion", "sales-actuals",
    "person-deputies", "deputy-end", "case-copies", "copies-read", "task-decision-withdrawal",
    "task-signatories", "task-signatory-removal", "pin-answers",
    "person-change", "tokens", "notices-read", "person-password", "password", "single-keys", "token-revocation",
    "ways", "mail-attempts", "channel-tests", "channel-removal", "delivery-attempts",
}  # fmt: skip

# POSTs that touch somebody else's things: what kinds other than the rightful ones get.
REFUSED: dict[str, Mapping[str, int]] = {
    # Version 2 of SC-001 is in review: reviewers read it, who has no part in it does not learn of it.
    "new-version": {"asked": 403, "watcher": 403, "outsider": 403},
    "version-submission": {"starter": 409, "asked": 403, "watcher": 403, "outsider": 404, "admin": 409},
    "version-opinion": {"starter": 403, "outsider": 404, "admin": 403},
    "version-withdrawal": {"asked": 403, "watcher": 403, "outsider": 404},
    "version-discard": {"starter": 409, "asked": 403, "watcher": 403, "outsider": 404, "admin": 409},
    "task-decision": {"starter": 403, "watcher": 403, "outsider": 404},
    "case-withdrawal": {"asked": 403, "watcher": 403, "outsider": 404, "admin": 403},
    "case-comments": {"outsider": 404},
    "case-urges": {"outsider": 404},
    "case-suspension": {"starter": 403, "asked": 403, "watcher": 403, "outsider": 404},
    "case-resumption": {"starter": 403, "asked": 403, "watcher": 403, "outsider": 404, "admin": 409},
    "recheck-answer": {"starter": 403, "watcher": 403, "outsider": 404},
    "assignment-handover": {"starter": 403, "watcher": 403, "outsider": 404},
    "task-urge": {"outsider": 404},
    "survey-question": {"asked": 403, "watcher": 403, "outsider": 404, "admin": 403},
    "survey-arrangement": {"asked": 403, "watcher": 403, "outsider": 404, "admin": 403},
    "survey-state": {"asked": 403, "watcher": 403, "outsider": 404},
    "survey-links": {"asked": 403, "watcher": 403, "outsider": 404},
    "schedule-turns": dict.fromkeys(("starter", "asked", "watcher", "outsider"), 403),
    "schedule-attempts": dict.fromkeys(("starter", "asked", "watcher", "outsider"), 403) | {"admin": 404},
    "incident-attempts": dict.fromkeys(("starter", "asked", "watcher", "outsider"), 403) | {"admin": 404},
    **dict.fromkeys(
        ("channel", "new-channel", "channel-tests", "channel-removal"),
        dict.fromkeys(("starter", "asked", "watcher", "outsider"), 403),
    ),
    "delivery-attempts": dict.fromkeys(("starter", "asked", "watcher", "outsider"), 403) | {"admin": 404},
    "mail-attempts": dict.fromkeys(("starter", "asked", "watcher", "outsider"), 403) | {"admin": 404},
    **dict.fromkeys(
        ("stock-state", "stock-deletion", "stock-takings", "stock-receipts"),
        dict.fromkeys(("starter", "asked", "watcher", "outsider"), 403),
    ),
    "event-entries": {"watcher": 403, "outsider": 404, "admin": 403},
    "event-template-events": dict.fromkeys(("asked", "watcher", "outsider", "admin"), 403),
    "event-template-state": {"watcher": 403, "outsider": 403},
    "customer-state": {"asked": 403, "watcher": 403, "outsider": 403},
    "customer-deletion": {"asked": 403, "watcher": 403, "outsider": 403},
    "product-state": {"watcher": 403, "outsider": 403},
    "product-deletion": {"watcher": 403, "outsider": 403},
    "holdings": {"starter": 403, "asked": 403, "watcher": 403, "outsider": 403},
    "holding-end": {"starter": 403, "asked": 403, "watcher": 403, "outsider": 403},
    "person-change": {"starter": 403, "asked": 403, "watcher": 403, "outsider": 403},
    # The account is the one of "finance_manager", the outsider.
    "person-deputies": {"starter": 403, "asked": 403, "watcher": 403},
    "task-decision-withdrawal": {"starter": 403, "asked": 403, "watcher": 403, "outsider": 404, "admin": 403},
    "task-signatories": {"starter": 403, "watcher": 403, "outsider": 404},
    "task-signatory-removal": {"starter": 404, "asked": 422, "watcher": 404, "outsider": 404},
    "case-copies": {"watcher": 403, "outsider": 404},
    "deputy-end": {"starter": 404, "asked": 404, "watcher": 404},
    "person-password": {"starter": 403, "asked": 403, "watcher": 403, "outsider": 403},
    "token-revocation": {"asked": 404, "watcher": 404, "outsider": 404, "admin": 404},
    "start-progress": {"asked": 403, "watcher": 403, "outsider": 403, "admin": 403},
}

# API call -> what each kind gets ("stranger": without a token).
API_ALL = {**ALL, "stranger": 401}
API_CASE = {**CASE, "stranger": 401}
API: dict[tuple[str, str], Mapping[str, int]] = {
    ("get", "/processes"): API_ALL,
    ("get", "/handbook"): API_ALL,
    ("get", "/handbook/pdf"): API_ALL,
    ("get", "/handbook/docx"): API_ALL,
    ("get", "/event-log"): {**API_ALL, "outsider": 403},
    ("get", "/processes/{code}"): API_ALL,
    ("get", "/processes/{code}/versions"): API_ALL,
    ("get", "/processes/{code}/versions/{number}"): API_CASE,
    ("post", "/processes/{code}/versions/{number}/submission"): {
        **dict.fromkeys(ALL, 403), "stranger": 401, "starter": 409, "outsider": 404, "admin": 409,
    },
    ("post", "/processes/{code}/versions/{number}/opinion"): {
        **dict.fromkeys(ALL, 422), "stranger": 401, "starter": 403, "outsider": 404, "admin": 403,
    },
    ("get", "/cases"): API_ALL,
    ("post", "/cases"): {**dict.fromkeys(ALL, 403), "stranger": 401, "starter": 201},
    ("get", "/cases/{number}"): API_CASE,
    ("get", "/cases/{number}/evidence"): API_CASE,
    ("get", "/cases/{number}/pins"): API_CASE,
    ("post", "/cases/{number}/withdrawal"): {
        **dict.fromkeys(ALL, 403), "stranger": 401, "outsider": 404, "starter": 422,
    },
    ("post", "/cases/{number}/comments"): {**dict.fromkeys(ALL, 422), "stranger": 401, "outsider": 404},
    ("post", "/cases/{number}/copies"): {**API_CASE, "watcher": 403, "starter": 422, "asked": 422, "admin": 422},
    ("get", "/copies"): API_ALL,
    ("post", "/copies/read"): API_ALL,
    ("get", "/deputies"): API_ALL,
    ("post", "/deputies"): {**dict.fromkeys(ALL, 404), "stranger": 401, "outsider": 201, "admin": 201},
    ("post", "/deputies/{deputy_id}/end"): {**dict.fromkeys(ALL, 404), "stranger": 401, "outsider": 200, "admin": 200},
    ("get", "/tasks"): API_ALL,
    ("get", "/tasks/{task_id}"): {**dict.fromkeys(ALL, 404), "stranger": 401, "asked": 200},
    ("post", "/tasks/{task_id}/decision"): {
        **dict.fromkeys(ALL, 403), "stranger": 401, "outsider": 404, "asked": 422,
    },
    ("post", "/tasks/{task_id}/signatories"): {
        **dict.fromkeys(ALL, 403), "stranger": 401, "outsider": 404, "asked": 422,
    },
    ("post", "/tasks/{task_id}/signatories/removal"): {**dict.fromkeys(ALL, 422), "stranger": 401, "outsider": 404},
    ("post", "/tasks/{task_id}/decision/withdrawal"): {
        **dict.fromkeys(ALL, 403), "stranger": 401, "outsider": 404,
    },
    ("get", "/documents"): API_ALL,
    ("get", "/documents/{number}"): API_CASE,
    ("get", "/documents/{number}/pdf"): API_CASE,
    ("get", "/customers"): API_ALL,
    ("get", "/customers/{code}"): API_ALL,
    ("get", "/products"): API_ALL,
    ("get", "/products/{code}"): API_ALL,
    ("get", "/price-lists"): API_ALL,
    ("get", "/price-lists/{number}"): API_ALL,
    ("get", "/surveys"): API_ALL,
    ("get", "/surveys/{survey_id}"): {**SURVEY, "stranger": 401},
    ("get", "/stock"): API_ALL,
    ("get", "/stock/{code}"): API_ALL,
    ("post", "/files"): {**dict.fromkeys(ALL, 422), "stranger": 401},
    ("get", "/files/{file_id}"): {**dict.fromkeys(ALL, 404), "stranger": 401},
}  # fmt: skip


def _patterns(patterns: list[URLPattern | URLResolver]) -> list[URLPattern]:
    found: list[URLPattern] = []
    for one in patterns:
        found += _patterns(one.url_patterns) if isinstance(one, URLResolver) else [one]
    return found


def _page_names() -> set[str]:
    return {
        str(one.name)
        for one in _patterns(get_resolver().url_patterns)
        if one.name and getattr(one.callback, "__module__", "").startswith("huiqian.web")
    }


def test_every_page_has_its_row() -> None:
    assert _page_names() == set(PAGES) | POSTS


def test_every_api_call_has_its_row() -> None:
    schema = Client().get("/api/v1/openapi.json").json()
    calls = {(verb, path.removeprefix("/api/v1")) for path, verbs in schema["paths"].items() for verb in verbs}
    assert calls == set(API)


def test_every_refusal_of_the_table_is_described() -> None:
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    missing = [
        (verb, path, status)
        for (verb, path), row in API.items()
        for status in row.values()
        if str(status) not in paths[f"/api/v1{path}"][verb]["responses"]
    ]
    assert missing == []


class Scene:
    """One case that waits for its review, and what belongs to it."""

    def __init__(self) -> None:
        self.number = start()
        answer(self.number, "product_marketing_director", "return", "请补充", to="draft")
        answer(self.number, "marketing_manager", "submit", values=plan(topic="2026 年度市场调研（第二版）"))
        if not StockItem.objects.exists():
            save_stock_item(actor("admin"), StockCard(code="S-001", name="产品彩页", unit="份"))
        self.task = open_task(self.number, "product_marketing_director")
        self.assignment = Assignment.objects.get(task_id=self.task).pk
        self.recheck = Recheck.objects.create(
            instance=Instance.objects.get(number=self.number), person_id=actor("product_marketing_director").person,
            cause="prices:0", detail={"title": "调价", "effective_from": "2099-01-01"}, asked_at=clock.now(),
        ).pk  # fmt: skip
        self.token = make_token(actor("marketing_manager"), "别人的")[0].pk
        self.survey = survey_of_research().pk
        bare_template(f"{self.number}-01")
        bare_log(self.number)
        self.deputy = self._deputy()
        self.channel = self._channel()
        self.version = self._version_in_review()
        self.holding = Holding.objects.get(position__code="general_manager").pk

    @staticmethod
    def _deputy() -> int:
        """许文静 will be away in a year that is far off."""
        found = Deputy.objects.filter(person__login="finance_manager", ended_at__isnull=True).first()
        days = {"since": date(2098, 1, 1), "until": date(2098, 1, 2)}
        me = actor("finance_manager")
        return (found or appoint_deputy(me, "finance_manager", "general_manager", **days)).pk

    @staticmethod
    def _channel() -> int:
        """A webhook that is switched off."""
        card = ChannelCard(
            name="门户", kind="webhook", address="https://hooks.example.com/1", events=["case_started"], enabled=False
        )
        found = Channel.objects.first()
        return (found or save_channel(actor("admin"), card)).pk

    def _version_in_review(self) -> int:
        found = Version.objects.filter(definition__code="SC-001", status="in_review").first()
        return found.number if found else submitted().number

    def address(self, name: str) -> str:
        values: dict[str, object] = {
            "respond": "nowhere", "calendar-feed": "nowhere",
            **dict.fromkeys([name for name in (*PAGES, *POSTS) if name.startswith("survey")], self.survey),
            "schedule": "SC-001", "schedule-turns": "SC-001", "schedule-attempts": 0, "incident-attempts": 0,
            "mail-attempts": 0, "delivery-attempts": 0,
            **dict.fromkeys(("channel", "channel-tests", "channel-removal"), self.channel),
            "case-suspension": self.number, "case-resumption": self.number,
            "case-chain": self.number, "case-evidence": self.number, "case-board": self.number,
            "case-plans": self.number, "case-plans-sheet": self.number,
            "event-entries": self.number,
            **dict.fromkeys(("event-template", "event-template-events", "event-template-state"), "ET-001"),
            "duty": "marketing_manager", "group-change": "department_managers",
            **dict.fromkeys(("customer", "customer-change", "customer-state", "customer-deletion"), "C-001"),
            **dict.fromkeys(("product", "product-change", "product-state", "product-deletion"), "HX-350"),
            **dict.fromkeys(("sales-month", "sales-actuals", "sales-sheet", "production-month"), "2026-12"),
            **dict.fromkeys(("stock-item", "stock-moves", "stock-change", "stock-state", "stock-deletion"), "S-001"),
            **dict.fromkeys(("stock-takings", "stock-receipts"), "S-001"),
            "price-list": "PL-2026-001", "new-version": "SC-001", "case": self.number, "case-withdrawal": self.number,
            "case-copies": self.number, "case-comments": self.number, "case-urges": self.number,
            "document": f"{self.number}-01", "document-pdf": f"{self.number}-01",
            "document-comparison": f"{self.number}-01", "recheck-answer": self.recheck,
            "task-decision": self.task, "task-progress": self.task,
            "task-signatories": self.task, "task-signatory-removal": self.task,
            "task-decision-withdrawal": self.task, "task-urge": self.task,
            "assignment-handover": self.assignment, "process": "SC-001", "start": "SC-001",
            "start-progress": "SC-001", "position": "marketing_manager", "position-change": "marketing_manager",
            "holdings": "marketing_manager", "holding-end": self.holding, "department": "marketing",
            "person": "finance_manager", "person-change": "finance_manager", "person-password": "technical_director",
            "person-deputies": "finance_manager", "deputy-end": self.deputy,
            **dict.fromkeys(("file", "file-preview", "file-face"), uuid4()),
            "draft-discard": uuid4(), "pin-answers": 0,
            "phrase-change": Phrase.objects.earliest("pk").pk, "token-revocation": self.token,
        }  # fmt: skip
        from django.urls import reverse

        if name.startswith("version"):
            return reverse(name, args=["SC-001", self.version if name in POSTS else 1])
        if name == "case-proof":
            return reverse(name, args=[self.number, uuid4()])
        if name == "survey-question":
            return reverse(name, args=[self.survey, "role"])
        if name == "decision":
            return reverse(name, args=["SC-001", "general_manager_opinion"])
        return reverse(name, args=[values[name]] if name in values else [])


def client_of(kind: str) -> Client:
    login, client = KINDS[kind], Client()
    if login:
        client.force_login(Person.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("kind", KINDS)
def test_who_gets_which_page(kind: str) -> None:
    scene, client = Scene(), client_of(kind)
    got = {name: client.get(scene.address(name)).status_code for name in PAGES}
    assert got == {name: row[kind] for name, row in PAGES.items()}


# Dialogs: a GET asks, a POST does.
DIALOGS: dict[str, Mapping[str, int]] = {
    "task-decision": {**dict.fromkeys(ALL, 404), "stranger": SIGN_IN, "asked": 200},
    "case-copies": CASE,
    "task-signatories": {**dict.fromkeys(ALL, 404), "stranger": SIGN_IN, "asked": 200},
    # It lists colleagues and says nothing of the task: the POST decides who may.
    "assignment-handover": ALL,
}


@pytest.mark.parametrize("kind", KINDS)
def test_who_gets_which_dialog(kind: str) -> None:
    scene, client = Scene(), client_of(kind)
    got = {name: client.get(scene.address(name), {"outcome": "return"}).status_code for name in DIALOGS}
    assert got == {name: row[kind] for name, row in DIALOGS.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_what_takes_only_a_post_answers_nothing_to_a_get(kind: str) -> None:
    scene, client = Scene(), client_of(kind)
    got = {name: client.get(scene.address(name)).status_code for name in POSTS - set(DIALOGS)}
    assert set(got.values()) <= ({302, 405} if kind == "stranger" else {405}), got


BODY = {
    "outcome": "approve",
    "opinion": "",
    "reason": "改期",
    "text": "您好",
    "to": "finance_manager",
    "password": "x" * 12,
    "person": "finance_manager",
    "since": "2099-01-01",
    "until": "2099-02-01",
    "name": "许文静",
    "deputy": "technical_director",
    "copy": "technical_director",
}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "stranger"])
def test_nobody_changes_what_is_not_theirs(kind: str) -> None:
    for name, row in REFUSED.items():
        if kind in row:
            scene = Scene()
            answer = client_of(kind).post(scene.address(name), BODY)
            assert answer.status_code == row[kind], (name, kind, answer.status_code)
            assert Assignment.objects.get(pk=scene.assignment).status == "open"
            assert Token.objects.get(pk=scene.token).revoked_at is None


@pytest.mark.parametrize("kind", KINDS)
def test_who_may_call_what(kind: str) -> None:
    scene, login = Scene(), KINDS[kind]
    headers = {"Authorization": f"Bearer {make_token(actor(login), '测试')[1]}"} if login else {}
    example: dict[str, Any] = {}
    if kind == "starter":
        example = Client().get("/api/v1/processes/SC-001", headers=headers).json()["example"]
    bodies = {
        "/cases": {"process": "SC-001", "values": example},
        "/tasks/{task_id}/decision": {"outcome": "dance"},
        "/tasks/{task_id}/signatories": {"person": "nobody", "reason": "会审"},
        "/tasks/{task_id}/signatories/removal": {"person": "nobody", "reason": "会审"},
        "/cases/{number}/withdrawal": {"reason": " "},
        "/cases/{number}/comments": {"text": " "},
        "/processes/{code}/versions/{number}/submission": {"note": "改用词。"},
        "/processes/{code}/versions/{number}/opinion": {"agrees": False},
        "/cases/{number}/copies": {"people": []},
        "/deputies": {
            "person": "finance_manager",
            "deputy": "technical_director",
            "since": "2099-01-01",
            "until": "2099-01-02",
        },
    }
    got = {}
    for verb, path in API:
        number: object = f"{scene.number}-01" if path.startswith("/documents") else scene.number
        number = scene.version if "/versions/" in path else number
        number = "PL-2026-001" if path.startswith("/price-lists") else number
        codes = {"/customers": "C-001", "/products": "HX-350", "/stock": "S-001"}
        code = codes.get(path.removesuffix("/{code}"), "SC-001")
        address = "/api/v1" + path.format(
            code=code,
            number=number,
            task_id=scene.task,
            file_id=uuid4(),
            survey_id=scene.survey,
            deputy_id=scene.deputy,
        )
        if verb == "get":
            answer = Client().get(address, headers=headers)
        else:
            body = json.dumps(bodies.get(path, {}))
            answer = Client().post(address, body, content_type="application/json", headers=headers)
        got[verb, path] = answer.status_code
    assert got == {call: row[kind] for call, row in API.items()}
