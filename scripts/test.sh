#!/bin/sh
# The whole suite on the embedded PostgreSQL, then what depends on the database on PostgreSQL 15.
set -eu
cd "$(dirname "$0")/.."
WORKERS=${WORKERS:-2}
PG15_TESTS=${PG15_TESTS:-tests/rooms/kernel tests/architecture}

chromium=$(sh scripts/chromium.sh)
if [ -n "$chromium" ]; then
    WAYPOST_CHROMIUM=$chromium
    export WAYPOST_CHROMIUM
fi

echo "The suite, on the embedded PostgreSQL:"
.venv/bin/python -m pytest -q -n "$WORKERS" --dist loadfile --ignore=tests/browser
# In processes of their own: the browser's driver keeps an event loop, in which Django refuses its database.
echo "In a real browser:"
.venv/bin/python -m pytest -q -n "$WORKERS" --dist loadfile tests/browser

fifteen=$(sh scripts/postgres15.sh)
if [ -n "$fifteen" ]; then
    there=""
    for place in $PG15_TESTS; do
        if [ -e "$place" ]; then there="$there $place"; fi
    done
    echo "On PostgreSQL 15:$there"
    # shellcheck disable=SC2086 - a list of folders
    WAYPOST_PG_BIN=$fifteen .venv/bin/python -m pytest -q -n "$WORKERS" --dist loadfile $there
fi
