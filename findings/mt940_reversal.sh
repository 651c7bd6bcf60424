#!/usr/bin/env bash
# mt-940 5.1.1: the sign of a reversed credit (RC) and a reversed debit (RD) in a bank statement.
# expected: SWIFT's mark RC takes money back that came, so -10.00; RD gives money back that went, so 10.00.
# seen: 10.00 for both: only the mark D makes an amount negative, so a payment that bounced counts as money
#   that came twice.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mt-940==5.1.1
venv/bin/python - <<'PYTHON'
import sys

import mt940

def amount(mark):
    lines = [":20:START", ":25:10020030/1234567", ":28C:1/1", ":60F:C260101EUR1000,00",
             f":61:260102{mark}10,00NTRFNONREF", ":62F:C260103EUR990,00", "-"]
    return str(next(iter(mt940.parse("\r\n".join(lines) + "\r\n"))).data["amount"].amount)

found = {mark: amount(mark) for mark in ("C", "D", "RC", "RD")}
seen = {"C": "10.00", "D": "-10.00", "RC": "10.00", "RD": "10.00"}

print(found)
if found != seen:
    sys.exit(f"the behaviour changed; it was {seen}")
PYTHON
