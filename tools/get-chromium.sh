#!/bin/sh
# Prints the path of a Chromium for the browser tests, with Chinese letters on the machine; gets Debian's or Ubuntu's
# packages where there is none. Its headless shell is the same browser without the windows: half the work for two cores.
set -eu

browser() {
    for name in ${HUIQIAN_CHROMIUM:-} chromium-headless-shell chromium chromium-browser google-chrome-stable google-chrome; do
        if command -v "$name" 2>/dev/null; then return 0; fi
    done
    return 1
}
light() {
    for name in ${HUIQIAN_CHROMIUM:-} chromium-headless-shell; do
        if command -v "$name" 2>/dev/null; then return 0; fi
    done
    return 1
}
letters() {
    command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh-cn 2>/dev/null | head -1)" ]
}

if light >/dev/null && letters; then light; exit 0; fi

root=no
if [ "$(id -u)" = 0 ]; then root=; elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then root=sudo; fi
if [ "$root" != no ] && command -v apt-get >/dev/null 2>&1; then
    echo "Getting Chromium and Chinese letters for the browser tests…" >&2
    export DEBIAN_FRONTEND=noninteractive
    $root apt-get update -qq >&2 || true
    get() { $root apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1; }
    letters || get fontconfig fonts-noto-cjk || true
    # Debian has the headless shell since bookworm; elsewhere the whole browser does.
    light >/dev/null || get chromium-headless-shell || browser >/dev/null || get chromium || true
fi
if browser >/dev/null && letters; then browser; exit 0; fi
cat >&2 <<'END'
The browser tests need Chromium and a Chinese font, and they cannot be installed from here.
  Debian, Ubuntu:  apt-get install chromium fonts-noto-cjk
  Fedora:          dnf install chromium google-noto-sans-cjk-fonts
or name your own browser:  HUIQIAN_CHROMIUM=/path/to/chromium make test
or run the tests that need none:  make test TESTS="src tests/flows tests/house tests/api"
END
exit 1
