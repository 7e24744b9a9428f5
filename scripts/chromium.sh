#!/bin/sh
# Prints the path of Chromium for the browser tests, or nothing; installs Debian's where root may.
set -eu

find_chromium() {
    for name in "${WAYPOST_CHROMIUM:-chromium}" chromium chromium-browser google-chrome; do
        command -v "$name" 2>/dev/null && return 0
    done
    return 1
}

find_chromium && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests …" >&2
    DEBIAN_FRONTEND=noninteractive
    export DEBIAN_FRONTEND
    if apt-get update -qq >&2 &&
        apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; then
        find_chromium && exit 0
    fi
fi
cat >&2 <<'LOUD'
************************************************************************
  No Chromium was found: THE BROWSER TESTS ARE LEFT OUT.
  Install one (Debian: sudo apt-get install chromium), or name yours:
  WAYPOST_CHROMIUM=/path/to/chromium make test
************************************************************************
LOUD
