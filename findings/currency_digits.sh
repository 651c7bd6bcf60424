#!/usr/bin/env bash
# babel 2.19.0 against iso4217 1.16.20260101: how many digits a currency has after the point.
# expected: both follow ISO 4217, so they agree but for a currency that is newer than one of them.
# seen: babel follows how cash is counted: 15 currencies have none where ISO 4217, and so processors and
#   banks, have two or three. An amount shown with babel loses them: 12.345 IQD is shown as 12.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check babel==2.19.0 iso4217==1.16.20260101
venv/bin/python - <<'PYTHON'
import decimal
import sys

import babel.numbers
import iso4217

shown = babel.numbers.format_currency(decimal.Decimal("12.345"), "IQD", locale="en_US")
found = shown + ";" + ",".join(
    f" {currency.code} {currency.exponent} {babel.numbers.get_currency_precision(currency.code)}"
    for currency in iso4217.Currency
    if currency.exponent is not None
    and currency.exponent != babel.numbers.get_currency_precision(currency.code)
)
seen = (
    "IQD12; AFN 2 0, ALL 2 0, COP 2 0, HUF 2 0, IDR 2 0, IRR 2 0, IQD 3 0, KPW 2 0, LAK 2 0, LBP 2 0,"
    " MGA 2 0, MMK 2 0, SOS 2 0, SYP 2 0, YER 2 0"
)

print(found)
if found != seen:
    sys.exit(f"the behaviour changed; it was {seen}")
PYTHON
