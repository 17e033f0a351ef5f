"""Entries of a register (a customer, a product) in forms: kept by their code, typed as "CODE name", code or name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from huiqian.forms.rules.kinds import Wrong

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Register:
    """A register as forms look things up: code → name; what is closed can be read, not chosen."""

    open: Mapping[str, str] = field(default_factory=dict)
    closed: Mapping[str, str] = field(default_factory=dict)

    def name(self, code: str) -> str:
        """The name under a code, closed or not; empty for an unknown one."""
        return self.open.get(code) or self.closed.get(code, "")

    def written(self, code: str) -> str:
        """An entry as an input shows it: "C-001 name"; what is no code stays as it is."""
        name = self.name(code)
        return f"{code} {name}" if name else code

    def code_of(self, typed: str) -> str:
        """The code that somebody meant by a code, a full name or "CODE name"; Wrong where there is no such entry."""
        found = [code for code in (typed, typed.upper(), typed.partition(" ")[0]) if self.name(code)]
        if not found:
            found = [code for code, name in {**self.closed, **self.open}.items() if name == typed]
        if not found:
            raise Wrong(format_lazy(_("“{typed}” is not in the register. Choose one from the list."), typed=typed[:60]))
        if len(found) > 1 and self.name(typed) == "" and self.name(found[0]) == typed:
            raise Wrong(format_lazy(_("“{typed}” is there more than once. Enter the code."), typed=typed[:60]))
        if found[0] not in self.open:
            raise Wrong(
                format_lazy(_("“{entry}” is closed in the register. Choose another one."), entry=self.written(found[0]))
            )
        return found[0]
