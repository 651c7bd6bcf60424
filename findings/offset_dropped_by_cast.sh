#!/usr/bin/env bash
# duckdb 1.5.5: what a cast to TIMESTAMP does with the offset of a text.
# expected: 20:00 of +09:00 becomes 11:00, the same moment in UTC, or is refused.
# seen: 20:00. The offset is read, held to be one, and dropped; a zone's name instead of an offset is refused.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check duckdb==1.5.5
venv/bin/python - <<'PYTHON'
import sys

import duckdb

found = duckdb.sql("""
    select cast(cast('2026-03-02T20:00:00+09:00' as timestamp) as varchar),
           cast(cast('2026-03-02T20:00:00Z' as timestamp) as varchar)
""").fetchone()
seen = ("2026-03-02 20:00:00", "2026-03-02 20:00:00")

print(found)
if found != seen:
    sys.exit(f"the behaviour changed; it was {seen}")
PYTHON
