"""What openapi.json says beside each call's answer: the Idempotency-Key it honours, and the problems it may answer."""

from collections.abc import Iterator
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

KEY = {
    "name": "Idempotency-Key", "in": "header", "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    "description": "Any text of your own, new for each request. Sent again with the same key within 7 days, the "
    "request gets the answer of the first time, and nothing is done twice.",
}  # fmt: skip
REPLAYED = {
    "Idempotent-Replayed": {
        "schema": {"type": "string", "enum": ["true"]},
        "description": "Stands there where the answer is that of an earlier request with the same key.",
    }
}
PROBLEM = {
    "title": "Problem", "type": "object", "required": ["type", "title", "status", "code", "detail"],
    "description": "An error (RFC 9457). `code` is stable; docs/reference/errors.md lists all of them.",
    "properties": {
        "type": {"type": "string", "examples": ["urn:huiqian:problem:not-found"]},
        "title": {"type": "string", "description": "HTTP's words for the status."},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable, for programs."},
        "detail": {"type": "string", "description": "A sentence that says what to do, in the caller's language."},
        "errors": {
            "type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}},
            "description": "What is wrong with each value, by its path.",
        },
    },
}  # fmt: skip
# When each of them is answered.
WHEN = {
    "400": "The request could not be read.",
    "401": "There is no token, or it is not in force (`not-signed-in`).",
    "403": "One may know of it, but it is not theirs to do (`forbidden`).",
    "404": "It does not exist, or the caller may not know that it does (`not-found`).",
    "409": "It can no longer be done: somebody was faster, or it is over (`stale` and others).",
    "422": "Values do not fit; `errors` says which (`invalid`, `malformed`, `idempotency-key-reused`).",
    "default": "Anything else: 405 for another method, 413 for too much, 500 and 503 when something is broken here.",
}
# What everybody may know of and only some may read.
FOR_SOME = ("/event-log",)


class Described(NinjaAPI):
    """An API that describes its errors and its idempotency where it describes its calls."""

    def get_openapi_schema(self, **where: Any) -> OpenAPISchema:
        """OpenAPI 3.1, with the problems of every call."""
        schema = super().get_openapi_schema(**where)
        schema["components"].setdefault("schemas", {})["Problem"] = PROBLEM
        for path, calls in schema["paths"].items():
            for method, call in calls.items():
                _describe(method, path, call)
        return schema


def _describe(method: str, path: str, call: dict[str, Any]) -> None:
    if method != "get":
        call["parameters"] = [*call.get("parameters", []), KEY]
        for answer in call["responses"].values():
            answer["headers"] = REPLAYED
    body = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    call["responses"] = {str(status): answer for status, answer in call["responses"].items()}
    for problem in _problems(method, path, call):
        call["responses"][problem] = {"description": WHEN[problem], "content": body}


def _problems(method: str, path: str, call: dict[str, Any]) -> Iterator[str]:
    if "requestBody" in call:
        yield "400"
    yield "401"
    if method != "get" or path.endswith(FOR_SOME):
        yield "403"
    if "{" in path or method != "get":
        yield "404"
    if method != "get":
        yield "409"
    if call.get("parameters"):
        yield "422"
    yield "default"
