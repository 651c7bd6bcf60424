#!/usr/bin/env bash
# duckdb 1.5.5 (1.5.6 too): rows that are inserted after an insert of no rows, in one transaction.
# expected: what an insert says it wrote is found, at once and after the commit.
# seen: the later insert says 1000000 rows and none is found, nor after the commit; they are back when the
#   file is opened again. It takes an insert that keeps an order (by setting, which is the default, or by its
#   ORDER BY), more than one thread, and more rows than a row group has. Small inserts are found.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check duckdb==1.5.5
venv/bin/python - <<'PYTHON'
import sys

import duckdb

def count(connection):
    return connection.execute("select count(*) from chosen").fetchone()[0]

connection = duckdb.connect("shop.duckdb", config={"threads": 2})
connection.execute("create table numbers as from range(1000000) t(i)")
connection.execute("begin")
connection.execute("create table chosen (i bigint)")
nothing = connection.execute("insert into chosen select i from numbers where i % 7 = 9").fetchone()[0]
told = connection.execute("insert into chosen select i from numbers").fetchone()[0]
inside = count(connection)
connection.execute("commit")
committed = count(connection)
connection.close()
found = (nothing, told, inside, committed, count(duckdb.connect("shop.duckdb")))
seen = (0, 1_000_000, 0, 0, 1_000_000)

print(found)
if found != seen:
    sys.exit(f"the behaviour changed; it was {seen}")
PYTHON
