#!/usr/bin/env bash
# duckdb 1.5.5: settings given together when a database is opened, one of which closes external access.
# expected: together they are one configuration, whose order means nothing.
# seen: enable_external_access=false is in force for the settings applied after it: with temp_directory beside it
#   the same two settings open the database in one order of the dictionary and are refused in the other ("Modifying
#   the temp_directory has been disabled by configuration"); of these two the one written first comes last.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check duckdb==1.5.5
venv/bin/python - <<'PYTHON'
import sys

import duckdb


def opened(settings):
    try:
        duckdb.connect(":memory:", config=settings)
        return "opened"
    except duckdb.Error as error:
        return type(error).__name__


closed = {"enable_external_access": "false"}
folder = {"temp_directory": "spilled"}
found = (opened(closed | folder), opened(folder | closed))
seen = ("opened", "PermissionException")

print(found)
if found != seen:
    sys.exit(f"the behaviour changed; it was {seen}")
PYTHON
