"""What is wrong, or worth a look, in a model: all of it at once, each with its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from huiqian.feel.errors import ExpressionError
from huiqian.feel.messages import sentence

ERROR, WARNING, HINT = "error", "warning", "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `severity` is error (the model is refused), warning (it will often give null) or hint.

    `element` is the id of the decision or other element; `row` and `column` count a table's rules and clauses from 1
    (outputs go on counting after the inputs), 0 where they do not apply; `path` is the same for programs, counted
    from 0: "rows.0.inputs.1". `error` is the expression's own error, where one does not compile.
    """

    code: str
    severity: str = ERROR
    element: str = ""
    path: str = ""
    row: int = 0
    column: int = 0
    params: Mapping[str, object] = field(default_factory=dict)
    error: ExpressionError | None = None

    def text(self, language: str = "zh") -> str:
        """The sentence for people, in "zh" or "en"."""
        if self.error is not None:
            return self.error.text(language)
        return sentence(self.code, self.params, language)


class DecisionRefused(Exception):
    """A model that cannot be used: `findings` says everything that is wrong."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(finding.text("en") for finding in self.findings))

    def text(self, language: str = "zh") -> str:
        """All sentences, in "zh" or "en"."""
        return "\n".join(finding.text(language) for finding in self.findings)
