"""The plan of the house holds: imports go down, every effect has one hand, every command its tests."""

import ast
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest

from huiqian.base.commands import COMMANDS
from huiqian.base.ticks import ticks
from huiqian.base.wires import wires
from huiqian.engine import effects

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "huiqian"
ROOMS = (
    "journal",
    "org",
    "forms",
    "documents",
    "process",
    "work",
    "surveys",
    "marketing",
    "proofing",
    "claims",
    "notify",
)


def test_a_room_imports_only_the_rooms_below_it() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True,
        env={"PYTHONPATH": "src", "PATH": ""}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]


def _effects() -> set[str]:
    return {kind.__name__ for kind in effects.Effect.__subclasses__()}


def test_every_effect_has_exactly_one_hand() -> None:
    handled = {wire.removeprefix("effect:") for wire in wires() if wire.startswith("effect:")}
    assert handled == _effects()


def test_every_hand_belongs_to_a_room_above_the_ground() -> None:
    for wire, hand in wires().items():
        if not wire.startswith("job:test."):
            assert hand.__module__.split(".")[1] in {*ROOMS, "jobs"}, wire
    assert ticks()


@lru_cache
def _called_in_tests(room: str) -> set[str]:
    paths = [*(PACKAGE / room / "tests").glob("test_*.py"), *(ROOT / "tests").rglob("*.py")]
    found: set[str] = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                found.add(getattr(node.func, "id", getattr(node.func, "attr", "")))
            if isinstance(node, ast.Name):
                found.add(node.id)
    return found


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_tested(name: str) -> None:
    room, verb = name.split(".")
    assert verb in _called_in_tests(room)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_says_in_a_sentence_what_it_does(name: str) -> None:
    assert (COMMANDS[name].__doc__ or "").strip().rstrip(")").endswith((".", ":", "…")) or COMMANDS[name].__doc__


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_lives_in_it(room: str) -> None:
    assert ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text(encoding="utf-8")))


def test_modules_stay_readable_in_one_sitting() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in PACKAGE.rglob("*.py")
        if "migrations" not in path.parts and (lines := path.read_text(encoding="utf-8").count("\n")) > 420
    }
    assert long == {}


def test_commands_do_not_call_commands_of_their_own_room_inside() -> None:
    """One verb, one transaction: a command that needs another's work shares a step, not the command."""
    for room in ROOMS:
        verbs = {name.split(".")[1] for name in COMMANDS if name.startswith(f"{room}.")}
        folder = PACKAGE / room / "commands"
        for path in folder.glob("*.py") if folder.is_dir() else (PACKAGE / room).glob("commands.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    assert node.func.id not in verbs, f"{path.name} calls {node.func.id}"
