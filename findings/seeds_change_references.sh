#!/usr/bin/env bash
# dbt-core 1.11.16 with dbt-duckdb 1.11.1: references and amounts in a seed without column types.
# expected: what is not plainly a number stays text, and amounts are decimals, as dbt's documentation of seeds
#   suggests.
# seen: the order 00123 is the integer 123, the reference 1E5 the integer 100000, and the amount a DOUBLE,
#   whose sum is not 0.3.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check dbt-core==1.11.16 dbt-duckdb==1.11.1 duckdb==1.5.5
mkdir seeds
printf 'name: shop\nversion: "1.0"\nprofile: shop\nflags: {send_anonymous_usage_stats: false}\n' >dbt_project.yml
printf 'shop: {target: dev, outputs: {dev: {type: duckdb, path: shop.duckdb}}}\n' >profiles.yml
printf 'order_id,reference,amount\n00123,1E5,0.1\n00124,2E5,0.2\n' >seeds/payments.csv
venv/bin/dbt --quiet seed --profiles-dir .
venv/bin/python - <<'PYTHON'
import sys

import duckdb

connection = duckdb.connect("shop.duckdb")
types = connection.sql(
    "select data_type from duckdb_columns() where table_name = 'payments' order by column_index"
)
found = (
    [row[0] for row in types.fetchall()],
    connection.sql("from payments order by order_id").fetchall(),
    connection.sql("select sum(amount) = 0.3 from payments").fetchone()[0],
)
seen = (["INTEGER", "INTEGER", "DOUBLE"], [(123, 100000, 0.1), (124, 200000, 0.2)], False)

print(found)
if found != seen:
    sys.exit(f"the behaviour changed; it was {seen}")
PYTHON
