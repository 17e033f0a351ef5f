#!/bin/sh
# Sees to a Chromium with Chinese letters for the browser tests: the machine's own, else Debian's or Ubuntu's package.
set -eu
for name in ${CHROMIUM:-} chromium chromium-browser google-chrome-stable google-chrome /usr/bin/chromium; do
    if command -v "$name" >/dev/null 2>&1; then have=$name; break; fi
done
fonts() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh-cn 2>/dev/null | head -1)" ]; }
if [ -n "${have:-}" ] && fonts; then exit 0; fi

run=
if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then run=sudo; else run=no; fi
fi
if [ "$run" != no ] && command -v apt-get >/dev/null 2>&1; then
    echo "Getting Chromium and Chinese letters for the browser tests…"
    export DEBIAN_FRONTEND=noninteractive
    ${run:+$run} apt-get update -qq
    ${run:+$run} apt-get install -y -qq --no-install-recommends $([ -n "${have:-}" ] || echo chromium) fontconfig fonts-noto-cjk >/dev/null
    exit 0
fi
echo "The browser tests need Chromium and a Chinese font, and they cannot be installed from here." >&2
echo "Install them (Debian: apt-get install chromium fonts-noto-cjk; Fedora: dnf install chromium google-noto-sans-cjk-fonts)," >&2
echo "or name your own: CHROMIUM=/path/to/chromium make test. Without them: make test TESTS=src" >&2
exit 1
