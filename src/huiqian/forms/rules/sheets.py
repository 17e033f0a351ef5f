"""A form's answers for print: plain facts and tables, in words."""

from django.utils.translation import gettext as _

from huiqian.forms.rules.faces import FieldFace, FormView, TableFace

SHORT = frozenset({"date", "choice", "boolean"})


def sheet_of(view: FormView) -> list[dict[str, object]]:
    """What a form says, block by block, as documents print it: {"label", "text", "width"} or a table. Files are
    listed by the document itself.
    """
    blocks: list[dict[str, object]] = []
    for section in view.sections:
        for field in section.fields:
            if field.table is not None:
                blocks.append(_table(section.title if field.label_hidden else field.label, field.table))
            elif field.type != "files":
                blocks.append({"label": _labelled(field), "text": field.text, "width": field.width})
    return blocks


def _labelled(field: FieldFace) -> str:
    return _("%(label)s (%(unit)s)") % {"label": field.label, "unit": field.unit} if field.unit else field.label


def _table(title: str, table: TableFace) -> dict[str, object]:
    words = _("Total (in words: %(words)s)") % {"words": table.capitals} if table.capitals else _("Total")
    return {
        "title": title,
        "heads": [
            {
                "text": _labelled(column), "number": column.is_number, "short": column.type in SHORT,
                "wide": column.width > 1,
            }
            for column in table.columns
        ],
        "rows": [[cell.text for cell in row.cells] for row in table.rows],
        "total_span": table.total_span,
        "total_label": words,
        "totals": [cell.text if cell else "" for cell in table.total_cells],
    }  # fmt: skip
