#!/usr/bin/env bash
# duckdb 1.5.5: the day 03/04/2026 in two files of one export.
# expected: one and the same day in both files, or text.
# seen: 3 April in a file of which every day can be read both ways, 4 March in one with a 25th of April
#   written 04/25/2026. read_csv decides by file, and says nothing where a file fits both orders.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check duckdb==1.5.5
venv/bin/python - <<'PYTHON'
import sys

import duckdb

def first_day(*days):
    with open("export.csv", "w") as export:
        export.write("order_id,paid_on\n")
        export.writelines(f"A-{number},{day}\n" for number, day in enumerate(days))
    return str(duckdb.sql("select paid_on from 'export.csv'").fetchone()[0])

found = (first_day("03/04/2026", "05/04/2026"), first_day("03/04/2026", "04/25/2026"))
seen = ("2026-04-03", "2026-03-04")

print(found)
if found != seen:
    sys.exit(f"the behaviour changed; it was {seen}")
PYTHON
