#!/bin/sh
# Writes the two locks anew: hashes, no addresses, good for every platform. Add --upgrade for newer versions.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/python -m uv --version >/dev/null 2>&1 || .venv/bin/python -m pip install -q uv

compile() {
    .venv/bin/python -m uv pip compile --quiet --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-header "$@"
}

compile pyproject.toml --all-extras -o requirements.lock
compile scripts/node.in -o scripts/node.lock
if grep -n 'https\{0,1\}:' requirements.lock scripts/node.lock; then
    echo "A lock names an address: it must not." >&2
    exit 1
fi
