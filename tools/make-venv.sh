#!/bin/sh
# Makes the environment in $1 from a Python of at least 3.11 and the pinned, hashed requirements.
set -eu
venv=$1

suitable() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' >/dev/null 2>&1
}

if ! suitable "$venv/bin/python"; then
    found=
    for python in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if suitable "$python"; then found=$python; break; fi
    done
    if [ -z "$found" ]; then
        echo "Huiqian needs Python 3.11 to 3.14 with its venv module (Debian: apt-get install python3 python3-venv)." >&2
        echo "Where it has another name: make PYTHON=/path/to/python3" >&2
        exit 1
    fi
    rm -rf "$venv"
    "$found" -m venv "$venv"
fi
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
UV_LINK_MODE=copy "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --require-hashes -r requirements/dev.txt
# The `huiqian` command runs from this folder.
site=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')
printf '%s\n' "$(pwd)/src" > "$site/huiqian-source.pth"
cat > "$venv/bin/huiqian" <<EOF
#!$(pwd)/$venv/bin/python
from huiqian.cli import main
raise SystemExit(main())
EOF
chmod 755 "$venv/bin/huiqian"
