#!/usr/bin/env bash
# duckdb 1.5.5: the type of coalesce() over two decimals of different scale.
# expected: a type that holds both, DECIMAL(38,6), as for DECIMAL(18,6) and DECIMAL(18,2).
# seen: DECIMAL(38,2): the wider of the two widths wins, and four digits of 12.345678 are rounded away without
#   a word. So do case, greatest and union all.
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
    select cast(coalesce(amount, cast(0 as decimal(38, 2))) as varchar),
           cast(case when true then amount else cast(0 as decimal(38, 2)) end as varchar),
           cast(greatest(amount, cast(0 as decimal(38, 2))) as varchar),
           typeof(coalesce(amount, cast(0 as decimal(18, 2))))
    from (select cast(12.345678 as decimal(18, 6)) as amount)
""").fetchone()
seen = ("12.35", "12.35", "12.35", "DECIMAL(22,6)")

print(found)
if found != seen:
    sys.exit(f"the behaviour changed; it was {seen}")
PYTHON
