#!/bin/sh
# Prints the folder of PostgreSQL 15's programs, or nothing; installs Debian's where root may.
set -eu
folder=/usr/lib/postgresql/15/bin

if [ ! -x $folder/initdb ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    DEBIAN_FRONTEND=noninteractive
    export DEBIAN_FRONTEND
    apt-get update -qq >&2 || true
    if apt-cache show postgresql-15 >/dev/null 2>&1; then
        echo "Installing PostgreSQL 15, the oldest that is supported, for the tests …" >&2
        if [ ! -e /etc/postgresql-common ]; then
            # Only its programs are wanted, not a server of its own.
            mkdir -p /etc/postgresql-common
            echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf
        fi
        apt-get install -y -qq --no-install-recommends postgresql-15 >/dev/null || true
    fi
fi
if [ -x $folder/initdb ]; then
    echo $folder
else
    echo "PostgreSQL 15 is not installed here: ITS TESTS ARE LEFT OUT." >&2
fi
