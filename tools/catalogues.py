"""The two catalogues of user-visible sentences: `python tools/catalogues.py update|compile|check`.

English is what the code says; Chinese stands in src/huiqian/locale/zh_Hans/LC_MESSAGES/django.po. `update` brings new
sentences in and takes old ones out, `compile` writes what the product reads (.mo, not in git), `check` says what is
missing, unused or does not fit.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "huiqian"
LOCALE = PACKAGE / "locale"
LANGUAGES = ("zh_Hans", "en")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[#0\- +]?\d*(?:\.\d+)?[sdrf]|%[sdrf]|\{(\w*)\}")

Found = tuple[str | tuple[str, ...], str | None, str]


def main(arguments: list[str]) -> int:
    """Do what the first word says."""
    verb = arguments[0] if arguments else "check"
    if verb == "update":
        update()
    elif verb == "compile":
        compile_all()
    elif verb == "check":
        faults = check()
        print("\n".join(faults) if faults else "Both catalogues are complete.")
        return 1 if faults else 0
    else:
        print(__doc__)
        return 2
    return 0


def update() -> None:
    """Bring both catalogues to what the code says now; translations that still fit stay."""
    found = list(extract())
    for language in LANGUAGES:
        old, new = read(language), Catalog(locale=language, charset="utf-8", header_comment=_header(language))
        for text, context, place in sorted(found, key=_order):
            known = old.get(text, context)
            said = _translation(language, text, known)
            new.add(text, said, locations=[(place, 0)], context=context)
        write(language, new)
    compile_all()


def compile_all() -> None:
    """Write the .mo beside every .po that is newer than it."""
    for language in LANGUAGES:
        po, mo = _file(language), _file(language).with_suffix(".mo")
        if po.exists() and (not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime):
            part = mo.with_suffix(".part")
            with part.open("wb") as out:
                write_mo(out, read(language))
            part.replace(mo)


def check() -> list[str]:
    """What is wrong with the catalogues, a sentence each."""
    wanted = {_key(text, context): place for text, context, place in extract()}
    return [fault for language in LANGUAGES for fault in _faults(language, wanted)]


def _faults(language: str, wanted: dict[tuple[str, str], str]) -> Iterator[str]:
    catalogue = read(language)
    there = {_key(message.id, message.context): message for message in catalogue if message.id}
    for key, place in wanted.items():
        message = there.get(key)
        if message is None or not _said(message):
            yield f"{language}: missing: {key[0]!r} ({place})"
        elif message.fuzzy:
            yield f"{language}: fuzzy: {key[0]!r}"
        elif not _placeholders_fit(message):
            yield f"{language}: placeholders differ: {key[0]!r}"
    for key in there.keys() - wanted.keys():
        yield f"{language}: nobody says this any more: {key[0]!r}"
    if catalogue.obsolete:
        yield f"{language}: {len(catalogue.obsolete)} obsolete entries"


def extract() -> Iterator[Found]:
    """Every sentence of the code and the templates: its text (or singular and plural), context and file; once each."""
    seen: set[tuple[str, str]] = set()
    for found in (*_of_python(), *_of_templates()):
        key = _key(found[0], found[1])
        if key not in seen:
            seen.add(key)
            yield found


def _of_python() -> Iterator[Found]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if {"tests", "migrations"} & set(path.parts):
            continue
        for _line, text, _comments, context in extract_from_file("python", path, KEYWORDS):  # type: ignore[arg-type]
            if text:
                yield text, context, _place(path)


def _of_templates() -> Iterator[Found]:
    from django.utils.translation.template import templatize

    for path in sorted(PACKAGE.rglob("templates/**/*")):
        if path.suffix in {".html", ".txt"}:
            code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            yield from ((text, context, _place(path)) for text, context in _calls(code))


STRING = r"u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
CALL = re.compile(
    rf"\b(npgettext|ngettext|pgettext|gettext|_)\(\s*({STRING})(?:\s*,\s*({STRING}))?(?:\s*,\s*({STRING}))?"
)


def _calls(code: str) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """The calls that Django's templatize writes for the tags of a template."""
    for match in CALL.finditer(code):
        texts = [ast.literal_eval(text) for text in match.groups()[1:] if text]
        name = match.group(1)
        context = texts.pop(0) if name in {"pgettext", "npgettext"} else None
        yield (tuple(texts[:2]) if name in {"ngettext", "npgettext"} else texts[0]), context


def read(language: str) -> Catalog:
    """A language's catalogue as it stands in git."""
    path = _file(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def write(language: str, catalogue: Catalog) -> None:
    """Write a catalogue so that git shows what changed: sorted, files without line numbers, no dates."""
    path = _file(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.mime_headers = [
        (name, value) for name, value in catalogue.mime_headers if name in {"Content-Type", "Plural-Forms", "Language"}
    ]
    with path.open("wb") as out:
        write_po(out, catalogue, width=110, include_lineno=False, omit_header=True)
    header = _header(language)
    path.write_text(f"{header}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")


def _header(language: str) -> str:
    plural = "nplurals=1; plural=0;" if language == "zh_Hans" else "nplurals=2; plural=(n != 1);"
    return (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Language: {language}\\n"\n"Plural-Forms: {plural}\\n"\n'
    )


def _translation(language: str, text: str | tuple[str, ...], known: Message | None) -> str | tuple[str, ...]:
    if known is not None and _said(known):
        return known.string
    if language == "en":
        return text
    return ("",) if isinstance(text, tuple) else ""


def _said(message: Message) -> bool:
    texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return all(texts) and bool(texts)


def _placeholders_fit(message: Message) -> bool:
    asked = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    said = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    allowed = {match for text in asked for match in _placeholders(text)}
    # A singular may leave its number out ("one day"), the last form must say everything.
    return all(set(_placeholders(text)) <= allowed for text in said) and set(_placeholders(said[-1])) == set(
        _placeholders(asked[-1])
    )


def _placeholders(text: str) -> list[str]:
    return [match.group(0) for match in PLACEHOLDER.finditer(text)]


def _key(text: object, context: str | None) -> tuple[str, str]:
    return (str(text[0] if isinstance(text, (tuple, list)) else text), context or "")


def _order(found: Found) -> tuple[str, str]:
    return _key(found[0], found[1])


def _place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
