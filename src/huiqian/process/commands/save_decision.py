"""Change a decision table."""

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Invalid, NotFound, Stale
from huiqian.base.languages import language
from huiqian.feel.dmn import DecisionRefused, check_model, read_model, write_model
from huiqian.journal.record import record
from huiqian.org.access import check_may_administer
from huiqian.process.events import DecisionSaved
from huiqian.process.models import Decision, DecisionVersion, Version
from huiqian.process.tables import TableRow, with_rows


@command
def save_decision(
    actor: Actor, process: str, key: str, rows: list[TableRow], *, based_on: int, note: str = ""
) -> DecisionVersion:
    """Give a decision table new rows; cases that begin from now on follow it, old versions are kept.

    `based_on` is the version the administrator looked at: Stale when somebody saved another one since. Invalid names
    each wrong cell by its path ("rows.0.inputs.1").
    """
    check_may_administer(actor)
    decision = Decision.objects.select_for_update().filter(definition__code=process, key=key).first()
    if decision is None:
        raise NotFound
    current = decision.versions.order_by("-number").first()
    if current is None:
        raise NotFound
    if not Version.objects.filter(
        definition_id=decision.definition_id, status=Version.Status.IN_EFFECT, content__decisions__has_key=key
    ).exists():
        raise Stale(_("The version of the process that is in effect does not ask this table any more."))
    if current.number != based_on:
        raise Stale(
            _("Somebody saved this table in the meantime. Look at the new version and enter your change again.")
        )
    model = with_rows(read_model(current.dmn.encode()), key, rows)
    errors: dict[str, list[object]] = {}
    for finding in check_model(model):
        if finding.severity == "error":
            errors.setdefault(finding.path, []).append(finding.text(language()))
    if errors:
        raise Invalid({path: [str(text) for text in texts] for path, texts in errors.items()})
    try:
        dmn = write_model(model)
        read_model(dmn)
    except DecisionRefused as refused:
        raise Invalid({"": [finding.text(language()) for finding in refused.findings]}) from None
    saved = DecisionVersion.objects.create(
        decision=decision, number=current.number + 1, dmn=dmn.decode(), note=note.strip()[:200], author_id=actor.id,
        created_at=clock.now(),
    )  # fmt: skip
    record(actor, f"process:{process}", [DecisionSaved(code=process, key=key, version=saved.number, note=saved.note)])
    return saved
