"""What the list of words has to say when a step is handed in."""

from collections.abc import Mapping
from typing import Any

from huiqian.claims.events import ClaimsKept
from huiqian.claims.queries import matcher
from huiqian.claims.rules import check_claims
from huiqian.process.run import Case


def require_claims(case: Case, element: str, answers: Mapping[str, Any]) -> None:
    """Step setting hq:requires="claims": words of the list stay in the step's texts only with a reason, and those that
    an administrator refuses not at all; an answer that writes no document is not asked. What stays is a fact. 1 query.
    """
    form = case.content.form_of(element)
    rows = case.content.definition.elements[element].rows
    outcome = answers.get("outcome")
    if form is None or any(
        tag == "outcome" and row["code"] == outcome and row.get("writes") == "false" for tag, row in rows
    ):
        return
    values = {**case.answers, **answers}
    found = check_claims(form, values, matcher())
    if found:
        reasons = dict.fromkeys(form.by_name[name].claims for name in found)
        case.facts.append(
            ClaimsKept(
                element=element,
                findings=[
                    {"field": name, "word": one.word.text, "found": one.found, "why": one.word.why}
                    for name, some in found.items()
                    for one in some
                ],
                reason="\n".join(str(values.get(name) or "") for name in reasons),
            )
        )
