"""What a version's form says of a document, for print: documents ask, because they do not know processes."""

from collections.abc import Mapping

from huiqian.base import clock
from huiqian.forms.queries import directory
from huiqian.forms.rules import NamedFile, reading, sheet_of
from huiqian.process.content import content_of


def sheet_of_version(
    version_id: int, form: str, values: Mapping[str, object], files: Mapping[str, NamedFile]
) -> dict[str, object]:
    """The answers to a form of a process version, block by block."""
    view = reading(content_of(version_id).forms[form], values, today=clock.today(), directory=directory(), files=files)
    return {"blocks": sheet_of(view)}
