"""Who does something, from where and through which door."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a command. `id` is None for the product itself (time, hand-overs)."""

    id: int | None
    name: str
    admin: bool = False
    address: str = ""
    door: str = "web"

    @property
    def person(self) -> int:
        """The acting person's id. Only people do what asks for it: the product itself asking is a bug."""
        if self.id is None:
            raise LookupError(f"{self.name} is nobody")
        return self.id

    def through(self, door: str, address: str = "") -> "Actor":
        """The same person, coming through another door."""
        return replace(self, door=door, address=address)


SYSTEM = Actor(id=None, name="Huiqian", admin=True, door="job")
