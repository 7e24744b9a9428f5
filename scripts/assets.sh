#!/bin/sh
# Builds the third-party styles and scripts that pages use; does nothing when their sources are unchanged.
set -eu
cd "$(dirname "$0")/.."
stamp=waypost/web/static/built/.made-from

made_from=$(find package.json package-lock.json assets -type f ! -name '*.pyc' -exec cksum {} + | sort)
if [ "$(cat "$stamp" 2>/dev/null)" = "$made_from" ]; then
    exit 0
fi

echo "Building styles and scripts …"
rm -f "$stamp"
PATH="$(sh scripts/node.sh):$PATH"
export PATH
npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
.venv/bin/python assets/build.py
mkdir -p "$(dirname "$stamp")"
printf '%s\n' "$made_from" > "$stamp"
