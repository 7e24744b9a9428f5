#!/bin/sh
# Writes requirements.lock anew from pyproject.toml: hashes, no addresses, good for every platform.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/python -m uv --version >/dev/null 2>&1 || .venv/bin/python -m pip install -q uv
.venv/bin/python -m uv pip compile pyproject.toml --quiet --all-extras --universal \
    --generate-hashes --no-emit-index-url --no-header "$@" -o requirements.lock
if grep -n 'https\{0,1\}:' requirements.lock; then
    echo "requirements.lock names an address: it must not." >&2
    exit 1
fi
