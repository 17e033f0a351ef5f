"""What is wrong with a form's file: all findings at once, each with its place and a sentence in both languages."""

from dataclasses import dataclass

from huiqian.base.languages import pick


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake in a form's file; `path` says where: "sections.0.fields.2.choices"."""

    path: str
    zh: str
    en: str

    def text(self, language: str = "") -> str:
        """The sentence, in "zh" or "en" or the reader's language."""
        return {"zh": self.zh, "en": self.en}.get(language) or pick(self.zh, self.en)


class FormRefused(ValueError):
    """A form's file cannot be used. `findings` names every mistake in it."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(f"{finding.path}: {finding.en}" for finding in findings))
        self.findings = findings
