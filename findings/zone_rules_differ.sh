#!/usr/bin/env bash
# duckdb 1.5.5 and 1.5.6, tzdata 2025.2 and 2026.6: the day of one order in America/Vancouver, which keeps its summer
# time from 2026 on.
# expected: DuckDB asks the machine's rules, or the package's; a patch release changes no day.
# seen: DuckDB has rules of its own inside. 07:30 UTC of 20 November 2026 is the 19th for 1.5.5 and the 20th for 1.5.6,
#   as it is for tzdata 2025.2 and for 2026.6: a patch release moves orders to another day, and DuckDB and Python in
#   one process need not agree.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for pair in 1.5.5:2025.2 1.5.5:2026.6 1.5.6:2025.2 1.5.6:2026.6; do
  python3 -m venv --clear venv
  venv/bin/pip install --quiet --disable-pip-version-check "duckdb==${pair%:*}" pytz==2026.6 "tzdata==${pair#*:}"
  venv/bin/python - <<'PYTHON' | tee -a days
import datetime
import zoneinfo

import duckdb

zoneinfo.reset_tzpath(to=[])  # the package's rules, not the machine's
moment = datetime.datetime(2026, 11, 20, 7, 30, tzinfo=datetime.timezone.utc)
python_day = moment.astimezone(zoneinfo.ZoneInfo("America/Vancouver")).date()
duckdb_day = duckdb.sql(
    "select cast(timezone('America/Vancouver', timestamptz '2026-11-20 07:30:00+00') as date)"
).fetchone()[0]
print(f"DuckDB {duckdb.__version__} {duckdb_day}, Python {python_day}")
PYTHON
done
diff days - <<'SEEN' || { echo "the behaviour changed" >&2; exit 1; }
DuckDB 1.5.5 2026-11-19, Python 2026-11-19
DuckDB 1.5.5 2026-11-19, Python 2026-11-20
DuckDB 1.5.6 2026-11-20, Python 2026-11-19
DuckDB 1.5.6 2026-11-20, Python 2026-11-20
SEEN
