"""What the engine says no to: findings in a file (all at once), and inputs that do not fit a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from huiqian.engine.messages import say


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a BPMN file; `severity` is error (the file is refused) or warning."""

    code: str
    severity: str
    element: str
    name: str
    params: Mapping[str, str] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """Where it is, why, and what to do instead, in "zh" or "en"."""
        where = say("at", language, {"element": self.element, "name": self.name}) if self.element else ""
        return where + say(self.code, language, self.params)


class Refused(Exception):
    """A file that cannot be deployed, with everything that is wrong with it."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("; ".join(finding.text("en") for finding in findings))
        self.findings = tuple(findings)

    def text(self, language: str) -> str:
        """Every finding, one a line."""
        return "\n".join(finding.text(language) for finding in self.findings)


class NotPossible(Exception):
    """An input that does not fit where the case stands; nothing changed."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(say(code, "en", params))
        self.code = code
        self.params: Mapping[str, str] = params

    def text(self, language: str) -> str:
        """Why not and what to do, in "zh" or "en"."""
        return say(self.code, language, self.params)
