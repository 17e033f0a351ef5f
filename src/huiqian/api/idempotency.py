"""Idempotency-Key: a POST that is sent again gets the answer of the first one, and nothing is done twice."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from huiqian.api.bearer import actor_of
from huiqian.api.models import Request
from huiqian.base import clock
from huiqian.base.errors import Invalid, Refusal


class KeyReused(Refusal):
    """The key stands for another request already."""

    code = "idempotency-key-reused"
    status = 422
    text = _("This Idempotency-Key was used for another request. Take a new key for a new request.")


def idempotent(view: Callable[..., tuple[int, Any]]) -> Callable[..., HttpResponse]:
    """Let a POST honour its Idempotency-Key (1–200 printable characters).

    The key's row is written in the same transaction as what the request does: either both stand or neither, so a
    refused or failed request can be sent again with the same key. A second request with the key waits for the first.
    Keys are kept for 7 days.
    """

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return _answer(*view(request, *args, **kwargs))
        if len(key) > 200 or not key.isprintable():
            raise Invalid({"Idempotency-Key": [_("Use 1 to 200 printable characters.")]})
        digest = sha256(f"{request.path}\n".encode() + request.body).hexdigest()
        try:
            with transaction.atomic():
                person = actor_of(request).person
                row = Request.objects.create(person_id=person, key=key, digest=digest, made_at=clock.now())
                answer = _answer(*view(request, *args, **kwargs))
                Request.objects.filter(pk=row.pk).update(status=answer.status_code, body=answer.content.decode())
                return answer
        except IntegrityError as error:
            if "request_once_a_key" not in str(error):
                raise
        return _again(request, key, digest)

    run.idempotent = True  # type: ignore[attr-defined]
    return run


def _answer(status: int, body: Any) -> HttpResponse:
    text = body.model_dump_json() if hasattr(body, "model_dump_json") else "{}"
    return HttpResponse(text, status=status, content_type="application/json; charset=utf-8")


def _again(request: HttpRequest, key: str, digest: str) -> HttpResponse:
    before = Request.objects.get(person_id=actor_of(request).person, key=key)
    if before.digest != digest:
        raise KeyReused
    answer = HttpResponse(before.body, status=before.status, content_type="application/json; charset=utf-8")
    answer["Idempotent-Replayed"] = "true"
    return answer
