#!/usr/bin/env bash
# duckdb 1.5.5: which texts are numbers.
# expected: a text with an underscore is no amount, as one with a comma is none: an SKU in the wrong column is
#   refused.
# seen: '1_000' is 1000, '1_000.50' is 1000.50 and '0x10' is 16, for try_cast too; '1,000' is refused.
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
    select cast(try_cast('1_000' as decimal(18, 2)) as varchar),
           cast(try_cast('1_000.50' as decimal(18, 2)) as varchar),
           try_cast('1_000' as integer),
           try_cast('0x10' as integer),
           try_cast('1,000' as decimal(18, 2))
""").fetchone()
seen = ("1000.00", "1000.50", 1000, 16, None)

print(found)
if found != seen:
    sys.exit(f"the behaviour changed; it was {seen}")
PYTHON
