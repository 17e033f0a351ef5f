"""Every refusal has a code of its own, and docs/reference/errors.md says what to do about it."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import huiqian
from huiqian.base.errors import Refusal

ROOT = Path(__file__).parents[2]
# Where the code stands among the arguments of what a door answers.
PLACE = {"problem": 1, "ErrorPage": 4}
CODE = re.compile(r"^[a-z]+(-[a-z]+)*$")


def _refusals() -> list[type[Refusal]]:
    for module in walk_packages(huiqian.__path__, "huiqian."):
        if ".tests" not in module.name and ".migrations" not in module.name and module.name != "huiqian.__main__":
            import_module(module.name)
    return [Refusal, *_below(Refusal)]


def _below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for one in kind.__subclasses__():
        if ".tests" not in one.__module__:
            yield one
            yield from _below(one)


def _literal_codes() -> set[str]:
    """Codes that doors give to what no room refuses: problem(status, code, …), ErrorPage(…, code)."""
    found: set[str] = set()
    for path in (path for door in ("web", "api") for path in (ROOT / "src" / "huiqian" / door).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in PLACE:
                given = [word.value for word in node.keywords if word.arg == "code"]
                given += node.args[PLACE[node.func.id] :][:1]  # type: ignore[attr-defined]
                found |= {str(leaf.value) for one in given for leaf in ast.walk(one) if _is_code(leaf)}
    return found


def _is_code(leaf: ast.AST) -> bool:
    return isinstance(leaf, ast.Constant) and isinstance(leaf.value, str) and bool(CODE.match(leaf.value))


def _documented() -> Counter[str]:
    text = (ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8")
    return Counter(re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE))


@pytest.mark.parametrize("kind", _refusals(), ids=lambda kind: kind.code)
def test_a_refusal_has_a_readable_code_a_status_and_a_sentence(kind: type[Refusal]) -> None:
    assert CODE.match(kind.code)
    assert 400 <= kind.status < 600
    assert str(kind.text).strip()
    assert (kind.__doc__ or "").strip()


def test_codes_are_unique() -> None:
    codes = Counter(kind.code for kind in set(_refusals()))
    assert [code for code, times in codes.items() if times > 1] == []


def test_the_reference_says_what_to_do_about_each_and_about_nothing_else() -> None:
    documented = _documented()
    assert max(documented.values()) == 1
    assert set(documented) == {kind.code for kind in _refusals()} | _literal_codes()


def test_the_doors_own_codes_are_found() -> None:
    assert {"csrf", "locked-out", "malformed", "not-signed-in"} <= _literal_codes()
