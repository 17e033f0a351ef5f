"""Finds words in texts whatever their width, case and spacing; pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from huiqian.base.errors import Invalid, Text
from huiqian.forms.rules import Field, Form

# What people put between the signs of a word to get past a check.
BETWEEN = frozenset("·・•.．*_-—–~|/\\'\"“”‘’【】[]()（）")
AROUND = 12
WARN, REFUSE = "warn", "refuse"


@dataclass(frozen=True, slots=True)
class Word:
    """A word to look for, as it is written in the list."""

    id: int
    text: str
    kind: str
    level: str
    why: str
    suggestion: str
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A word found in a text, from one place to another (in characters of the text), with what stands around it."""

    word: Word
    start: int
    end: int
    before: str
    found: str
    after: str


def normal(text: str) -> str:
    """A word as it is looked for."""
    return _normal(text)[0]


def _normal(text: str) -> tuple[str, list[int]]:
    """A text without differences of width, case and spacing, and where each of its signs stood."""
    signs: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        plain = char if "\u4e00" <= char <= "\u9fff" else unicodedata.normalize("NFKC", char).casefold()
        for sign in plain:
            if not (sign.isspace() or sign in BETWEEN or unicodedata.category(sign) == "Cf"):
                signs.append(sign)
                places.append(place)
    return "".join(signs), places


class Matcher:
    """The whole list, made ready: each text is walked through once, whatever the number of words."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._begins: dict[str, list[tuple[str, Word]]] = {}
        self._fine: dict[int, tuple[tuple[str, int], ...]] = {}
        for word in words:
            looked_for = normal(word.text)
            if not looked_for:
                continue
            self._begins.setdefault(looked_for[:2], []).append((looked_for, word))
            exceptions = [normal(one) for one in word.exceptions]
            self._fine[word.id] = tuple(
                (one, place.start()) for one in exceptions for place in re.finditer(re.escape(looked_for), one)
            )
        for found in self._begins.values():
            found.sort(key=lambda pair: -len(pair[0]))

    def find(self, text: str) -> list[Finding]:
        """The words in a text, in its order; of several that begin at the same place the longest."""
        plain, places = _normal(text)
        found: list[Finding] = []
        free = 0
        for at in range(len(plain)):
            if at < free:
                continue
            for looked_for, word in (*self._begins.get(plain[at : at + 2], ()), *self._begins.get(plain[at], ())):
                if plain.startswith(looked_for, at) and not self._is_fine(word, plain, at):
                    start, end = places[at], places[at + len(looked_for) - 1] + 1
                    found.append(_finding(word, text, start, end))
                    free = at + len(looked_for)
                    break
        return found

    def _is_fine(self, word: Word, plain: str, at: int) -> bool:
        return any(at >= ahead and plain.startswith(one, at - ahead) for one, ahead in self._fine[word.id])


def _finding(word: Word, text: str, start: int, end: int) -> Finding:
    before = ("…" if start > AROUND else "") + text[max(0, start - AROUND) : start]
    after = text[end : end + AROUND] + ("…" if len(text) > end + AROUND else "")
    return Finding(word, start, end, before, text[start:end], after)


def checked_fields(form: Form) -> list[Field]:
    """The text fields of a form in which words are looked for."""
    return [field for field in form if field.claims]


def findings_of(form: Form, values: Mapping[str, object], matcher: Matcher) -> dict[str, list[Finding]]:
    """What is found in the answers to a form, by field."""
    found = {field.name: matcher.find(str(values.get(field.name) or "")) for field in checked_fields(form)}
    return {name: some for name, some in found.items() if some}


def check_claims(form: Form, values: Mapping[str, object], matcher: Matcher) -> dict[str, list[Finding]]:
    """What is found; Invalid where a word is refused, or words stay without a reason in the field named for it."""
    found = findings_of(form, values, matcher)
    errors: dict[str, list[Text]] = {}
    for name, some in found.items():
        refused = [one.found for one in some if one.word.level == REFUSE]
        reason = form.by_name[name].claims
        if refused:
            errors[name] = [format_lazy(_("Not allowed in what we publish: {words}. Write it otherwise."),
                                        words="、".join(dict.fromkeys(refused)))]  # fmt: skip
        elif not str(values.get(reason) or "").strip():
            words = "、".join(dict.fromkeys(one.found for one in some))
            errors.setdefault(reason, []).append(
                format_lazy(
                    _("The law forbids or limits {words}. Write it otherwise, or say why it stays."), words=words
                )
            )
    if errors:
        raise Invalid(errors)
    return found


@dataclass(frozen=True, slots=True)
class PhraseCard:
    """A word of the list, as it was typed; exceptions one a line."""

    text: str = ""
    kind: str = ""
    level: str = WARN
    why: str = ""
    suggestion: str = ""
    exceptions: str = ""
    active: bool = True

    @property
    def listed(self) -> list[str]:
        """The exceptions, each once."""
        return list(dict.fromkeys(line.strip() for line in self.exceptions.splitlines() if line.strip()))


def check_phrase(card: PhraseCard, kinds: Iterable[str]) -> None:
    """Invalid by field for a word that cannot be looked for, or does not say why."""
    errors: dict[str, list[Text]] = {}
    looked_for = normal(card.text)
    if not 1 < len(looked_for) <= 50 or len(card.text) > 50:
        errors["text"] = [_("Enter a word of 2 to 50 signs.")]
    if card.kind not in kinds:
        errors["kind"] = [_("Choose a kind.")]
    if card.level not in (WARN, REFUSE):
        errors["level"] = [_("Choose what happens.")]
    if not 0 < len(card.why) <= 300:
        errors["why"] = [_("Say why, with the article of the law, in at most 300 characters.")]
    if len(card.suggestion) > 300:
        errors["suggestion"] = [_("At most 300 characters.")]
    if any(looked_for not in normal(one) or len(one) > 50 for one in card.listed) or len(card.listed) > 50:
        errors["exceptions"] = [_("An exception contains the word itself and has at most 50 characters; one a line.")]
    if errors:
        raise Invalid(errors)
