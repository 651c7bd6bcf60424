#!/usr/bin/env bash
# polars 2.1.0 beside duckdb 1.5.5: the product of two decimals, and a decimal read from a text.
# expected: the product keeps the digits of both factors, or is refused; 12.345 with two digits is the same
#   amount in both.
# seen: polars rounds the product to the digits of its factors: a tax of 12.34 * 0.05 is 0.62, in DuckDB
#   0.6170. And 12.345 becomes 12.34 in polars (half to even) and 12.35 in DuckDB (half away from zero).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check polars==2.1.0 duckdb==1.5.5
venv/bin/python - <<'PYTHON'
import decimal
import sys

import duckdb
import polars

frame = polars.DataFrame({"net": [decimal.Decimal("12.34")], "rate": [decimal.Decimal("0.05")]})
product = frame.select(polars.col("net") * polars.col("rate")).item()
text = polars.Series(["12.345"]).cast(polars.Decimal(18, 2)).item()
exact, cast = duckdb.sql("""
    select cast(12.34 as decimal(18, 2)) * cast(0.05 as decimal(18, 2)),
           cast('12.345' as decimal(18, 2))
""").fetchone()
found = (str(product), str(exact), str(text), str(cast))
seen = ("0.62", "0.6170", "12.34", "12.35")

print(found)
if found != seen:
    sys.exit(f"the behaviour changed; it was {seen}")
PYTHON
