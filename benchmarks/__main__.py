"""`make bench`, or `python -m benchmarks [NAME…]`: every benchmark in a process of its own."""

import json
import os
import pkgutil
import subprocess
import sys
from importlib import import_module

import benchmarks

ONE = "--one"


def main(arguments: list[str]) -> int:
    """Run those that are named, or all; 1 where one fails."""
    if arguments[:1] == [ONE]:
        print(json.dumps(import_module(f"benchmarks.{arguments[1]}").run()), file=sys.stderr)
        return 0
    names = arguments or [module.name for module in pkgutil.iter_modules(benchmarks.__path__) if _runs(module.name)]
    print(f"{os.cpu_count()} processors, Python {sys.version.split()[0]}. Trust the ratios, not the times.\n")
    failed = [name for name in names if not _measure(name)]
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


def _measure(name: str) -> bool:
    """Run one, what it prints under its own first line; of its own errors only what it ended with."""
    print(f"── {name}: {(import_module(f'benchmarks.{name}').__doc__ or '').strip().partition(chr(10))[0]}", flush=True)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", ONE, name], stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        print(done.stderr.strip())
    print(flush=True)
    return done.returncode == 0


def _runs(name: str) -> bool:
    return not name.startswith("_") and hasattr(import_module(f"benchmarks.{name}"), "run")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
