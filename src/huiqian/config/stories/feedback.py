"""What customers say (SC-009): recorded, triaged, analysed, acted on, closed; and what it leads to."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any

from huiqian.config.stories.telling import Pause, Story, Teller, day

TRIAGE, ANALYST = "key_account_director", "marketing_manager"


@dataclass(frozen=True, slots=True)
class Voice:
    """What a customer of a manager said, and what the company did about it."""

    manager: str
    customer: str
    subject: str
    kind: str
    content: str
    cause: str
    measure: str
    responsible: str
    done: str
    closed: str
    urgency: str = "normal"
    product: str = ""
    contact: str = ""
    wish: str = ""
    channel: str = "call"
    note: str = ""
    seed: str = ""
    seed_note: str = ""
    unsolved: str = ""
    done_again: str = ""

    def recorded(self) -> dict[str, str]:
        """As the manager records it today."""
        known = {
            "subject": self.subject, "customer": self.customer, "feedback_kind": self.kind, "urgency": self.urgency,
            "feedback_content": self.content, "received_on": day(), "channel": self.channel, "product": self.product,
            "contact": self.contact, "wish": self.wish,
        }  # fmt: skip
        return {name: value for name, value in known.items() if value}


def handled(teller: Teller, number: str, voice: Voice) -> Generator[Pause, None, None]:
    """From the triage to the customer's confirmation; once more where the customer is not content."""
    yield Pause(0)
    teller.say(number, TRIAGE, responsible=voice.responsible, **({"triage_note": voice.note} if voice.note else {}))
    yield Pause(1)
    seeds: dict[str, Any] = {"seeds": [voice.seed], "seed_note": voice.seed_note} if voice.seed else {}
    teller.say(number, ANALYST, cause=voice.cause, measure=voice.measure, measure_by=day(7), **seeds)
    yield Pause(2)
    teller.say(number, voice.responsible, step="act", action_done_on=day(), action_taken=voice.done)
    yield Pause(1)
    if voice.unsolved:
        teller.send_back(number, voice.manager, voice.unsolved, to="act")
        yield Pause(2)
        again = voice.done_again
        teller.say(number, voice.responsible, step="act", action_done_on=day(), action_taken=again)
        yield Pause(1)
    teller.say(number, voice.manager, closing="solved", closed_on=day(), closing_note=voice.closed)


def told(voice: Voice) -> Story:
    """A customer calls: the whole way."""

    def story(teller: Teller) -> Iterator[Pause]:
        number = teller.begin(voice.manager, "SC-009", **voice.recorded())
        yield from handled(teller, number, voice)

    return story


def waiting(voice: Voice) -> Story:
    """A customer called these days: triaged, and nobody has said yet what to do."""

    def story(teller: Teller) -> Iterator[Pause]:
        number = teller.begin(voice.manager, "SC-009", **voice.recorded())
        yield Pause(0)
        teller.say(number, TRIAGE, responsible=voice.responsible, triage_note=voice.note)

    return story


def just_told(voice: Voice) -> Story:
    """A customer called a moment ago: nobody has looked at it."""

    def story(teller: Teller) -> Iterator[Pause]:
        teller.begin(voice.manager, "SC-009", **voice.recorded())
        yield Pause(0)

    return story
