"""The difference first: what changed in the document since the reader last decided on it."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from huiqian.documents.queries import FileView, file_faces, since_decided
from huiqian.forms.queries import directory
from huiqian.forms.rules import Difference, compare
from huiqian.process.content import content_of
from huiqian.web.requests import actor_of
from huiqian.work.queries import CaseView


@dataclass(frozen=True, slots=True)
class Changes:
    """A document's differences from one version to another, and what the reader said of the earlier one."""

    number: str
    name: str
    old: int
    new: int
    differences: tuple[Difference, ...]
    # The files that were not there before, to be looked at.
    added: tuple[FileView, ...]
    returned: bool
    opinion: str
    decided_at: datetime


def changes_since(request: HttpRequest, view: CaseView) -> Changes | None:
    """What changed since the reader decided on an earlier version of what they are to sign now; None where they did
    not. No query where the case has only first versions, else 4 beside the directory's.
    """
    task, person = view.my_task, actor_of(request).id
    again = {one.key for one in view.documents if one.version_count > 1}
    if task is None or task.kind != "approve" or task.signs not in again or person is None:
        return None
    since = since_decided(view.id, task.signs, person)
    if since is None:
        return None
    form = content_of(since.process_version_id).forms[since.form]
    differences = compare(form, since.before, since.after, since.file_names, directory())
    returned = since.outcome == "return"
    faces = file_faces(actor_of(request), since.added_files)
    added = tuple(faces[one] for one in since.added_files if one in faces)
    return Changes(
        since.number, since.name, since.old, since.new, differences, added, returned, since.opinion, since.decided_at
    )
