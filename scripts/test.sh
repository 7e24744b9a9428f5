#!/bin/sh
# The whole suite on the embedded PostgreSQL, then what depends on the database on PostgreSQL 15.
set -eu
cd "$(dirname "$0")/.."
WORKERS=${WORKERS:-2}
# These store for good and leave the tables empty, also of what migrations brought: they run in a process of their own.
STORING="tests/rooms/kernel/test_turns.py tests/rooms/referrals/test_race.py tests/web/test_second_step_told.py"
PG15_TESTS=${PG15_TESTS:-tests/rooms/kernel tests/architecture}

chromium=$(sh scripts/chromium.sh)
if [ -n "$chromium" ]; then
    WAYPOST_CHROMIUM=$chromium
    export WAYPOST_CHROMIUM
fi

echo "The suite, on the embedded PostgreSQL:"
others=""
for file in $STORING; do others="$others --ignore=$file"; done
# shellcheck disable=SC2086 - a list of options, a list of files
.venv/bin/python -m pytest -q -n "$WORKERS" --dist loadfile --ignore=tests/browser $others
# shellcheck disable=SC2086
WAYPOST_TESTS_APART=1 .venv/bin/python -m pytest -q $STORING
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
