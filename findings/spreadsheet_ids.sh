#!/usr/bin/env bash
# xlsxwriter 3.3.1 and openpyxl 3.1.5: two ids of ads, whole numbers of 17 digits, written to a spreadsheet.
# expected: Python's integers are exact, and a cell holds the text of a number: they come back as they were,
#   or are refused.
# seen: both libraries write 15 or 16 digits of them, so two ads become one and no id is found again. The file
#   itself has lost them, not only Excel's view of it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xlsxwriter==3.3.1 openpyxl==3.1.5
venv/bin/python - <<'PYTHON'
import sys

import openpyxl
import xlsxwriter

ids = [23847612345678901, 23847612345678903]

def read():
    return [int(row[0]) for row in openpyxl.load_workbook("ads.xlsx").active.values]

book = xlsxwriter.Workbook("ads.xlsx")
book.add_worksheet().write_column(0, 0, ids)
book.close()
by_xlsxwriter = read()
book = openpyxl.Workbook()
for id in ids:
    book.active.append([id])
book.save("ads.xlsx")
found = (by_xlsxwriter, read())
seen = ([23847612345678900] * 2, [23847612345678900] * 2)

print(found)
if found != seen:
    sys.exit(f"the behaviour changed; it was {seen}")
PYTHON
