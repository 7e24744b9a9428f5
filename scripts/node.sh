#!/bin/sh
# Prints the folder of a Node 20 or newer, to be put in front of PATH; installs one into .venv if needed.
set -eu
cd "$(dirname "$0")/.."

good() {
    command -v "$1/node" >/dev/null 2>&1 && command -v "$1/npm" >/dev/null 2>&1 &&
        "$1/node" -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null
}

system=$(dirname "$(command -v node 2>/dev/null || echo /nowhere/node)")
own=$(pwd)/.venv/bin
if good "$system"; then
    echo "$system"
    exit 0
fi
if ! good "$own"; then
    echo "No Node 20 or newer was found: installing one into .venv …" >&2
    .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r scripts/node.lock >&2
fi
echo "$own"
