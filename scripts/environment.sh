#!/bin/sh
# Makes .venv from requirements.lock, or leaves it alone when nothing has changed.
# The stamp holds what the environment was made from, the folder's path included:
# a moved checkout needs a new one, since an environment names its own path.
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}
stamp=.venv/.made-from

say() { printf '%s\n' "$*" >&2; }

if ! command -v "$PYTHON" >/dev/null 2>&1; then
    say "No $PYTHON was found. Install Python 3.11 or newer, or name yours: make PYTHON=/path/to/python3"
    exit 1
fi
if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    say "$("$PYTHON" --version) is too old: Python 3.11 or newer is needed. Name one: make PYTHON=python3.11"
    exit 1
fi

# Shows what a command printed only when it fails.
quietly() {
    if ! "$@" >.venv/install.log 2>&1; then
        tail -n 25 .venv/install.log >&2
        say "The environment could not be made; the whole log is .venv/install.log."
        exit 1
    fi
}

made_from() {
    pwd
    "$PYTHON" --version
    cksum requirements.lock pyproject.toml
}

without_ensurepip() {
    # Debian keeps ensurepip in a package of its own.
    rm -rf .venv
    if command -v virtualenv >/dev/null 2>&1; then
        virtualenv -q -p "$PYTHON" .venv
    elif "$PYTHON" -m pip --version >/dev/null 2>&1; then
        "$PYTHON" -m venv --without-pip .venv
        "$PYTHON" -m pip --python .venv/bin/python install -q pip
    elif [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "Installing Debian's python3-venv, which this Python needs to make an environment …"
        apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
        "$PYTHON" -m venv .venv
    else
        say "This Python cannot make environments. On Debian or Ubuntu: sudo apt-get install python3-venv"
        exit 1
    fi
}

made_from=$(made_from)
if [ -x .venv/bin/waypost ] && [ "$(cat "$stamp" 2>/dev/null)" = "$made_from" ]; then
    exit 0
fi

say "Making the Python environment in .venv …"
rm -f "$stamp"
if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    "$PYTHON" -m venv --clear .venv 2>/dev/null || without_ensurepip
fi
PIP_DISABLE_PIP_VERSION_CHECK=1
export PIP_DISABLE_PIP_VERSION_CHECK
quietly .venv/bin/python -m pip install --require-hashes -r requirements.lock
quietly .venv/bin/python -m pip install --no-deps --no-build-isolation \
    --config-settings editable_mode=compat --editable .
printf '%s\n' "$made_from" > "$stamp"
