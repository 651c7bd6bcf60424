"""Holds meshline's money against Python's decimal, in every currency, up to the largest amount.

usage: large_money.py MESHLINE FOLDER SEED CURRENCIES

CURRENCIES lists "CODE DIGITS" a line. Random amounts go through transforms (as they are, products,
named roundings, quotients), metrics (sums, negated ones, members), credits, a reconciliation, checks
and reports; what comes out is computed here again, from the same records. Prints what differs.
"""
import csv
import json
import os
import random
import sqlite3
import subprocess
import sys
from collections import defaultdict
from decimal import (ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, getcontext)

getcontext().prec = 120
LIMIT = Decimal(10) ** 12
MICRO = Decimal("0.000001")
ROUNDINGS = {"half_even": ROUND_HALF_EVEN, "half_away_from_zero": ROUND_HALF_UP,
             "toward_zero": ROUND_DOWN, "floor": ROUND_FLOOR}
# Which entry shows which rounding: of a product, and of a quotient.
OF_PRODUCT = {"tax": "half_even", "tip": "half_away_from_zero", "duty": "toward_zero",
              "surcharge": "floor"}
OF_QUOTIENT = {"charge": "half_even", "fee": "half_away_from_zero", "refund": "toward_zero",
               "dispute": "floor"}
DAYS = ["2026-03-02", "2026-03-03", "2026-04-01"]
CHANNELS = ["search", "social", "unknown"]

TRANSFORM_HEAD = """-- Grain: one entry or four per record, by its kind. Input: rows. Output: entries.
-- Why: each kind is another way that money takes.
"""


def transform():
    select = ("select position, '{type}' as entry_type, 1 as line_no, payload.day as business_on,"
              " {amount} as amount, payload.currency, payload.id as order_ref, payload.channel"
              " from input where payload.kind = '{kind}'")
    rows = [("sale", "gross_sale", "payload.a"), ("back", "return", "-payload.a"),
            ("product", "shipping", "payload.a * payload.b"),
            ("sum", "adjustment", "payload.a + payload.b - payload.b")]
    rows += [("rounded", kind, f"round_to(payload.a * payload.b, 6, {rounding})")
             for kind, rounding in OF_PRODUCT.items()]
    rows += [("quotient", kind, f"divide(payload.a, payload.b, {rounding})")
             for kind, rounding in OF_QUOTIENT.items()]
    return TRANSFORM_HEAD + "\nunion all\n".join(
        select.format(kind=kind, type=kind_of, amount=amount) for kind, kind_of, amount in rows)


def yaml_files():
    def typed(annotation):
        return '{"type": ["string", "null"], "x-meshline": "%s"}' % annotation

    plain = '{"type": ["string", "null"]}'
    money, date, instant, code = map(typed, ["money", "date", "instant", "currency"])
    head = '{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",'
    files = {
        "meshline.yaml": "workspace: large\n",
        "owners.yaml": "people:\n  - {id: ada, name: Ada Moss, email: ada@example.com}\n",
        "clients/shop/client.yaml": "client: shop\nowner: ada\nzone: UTC\ncurrency: IDR\n"
                                    "settle_days: 0\n",
        "clients/shop/sources/book.yaml": "source: book\nowner: ada\npack: book\n"
                                          "streams: [rows, clicks]\n",
        "clients/shop/sources/bank.yaml":
            "source: bank\nowner: ada\npack: bank_csv\nstreams: [statement]\ncolumns:\n"
            "  statement: {entry_id: id, booked_on: day, amount: amount, order_ref: ref,"
            " currency: currency, account: account, balance: balance}\n",
        "packs/book/pack.yaml":
            "pack: book\nowner: ada\ntitle: Made up\nstreams:\n"
            "  rows:\n    title: Rows\n    contract: contracts/rows.schema.json\n"
            "    event_id: [id]\n    occurred_at: day\n    at_risk: a\n"
            "    at_risk_currency: currency\n    transforms:\n"
            "      - {into: entries, book: commerce, sql: transforms/rows.sql}\n"
            "  clicks:\n    title: Clicks\n    contract: contracts/clicks.schema.json\n"
            "    event_id: [id]\n    occurred_at: at\n    transforms:\n"
            "      - {into: touchpoints, sql: transforms/clicks.sql}\n",
        "packs/book/README.md": "# book\n\nMade up.\n",
        "packs/book/contracts/rows.schema.json":
            head + ' "required": ["id", "day", "currency", "kind"], "properties": {'
            f'"id": {{"type": "string"}}, "day": {date}, "a": {money}, "b": {money},'
            f' "currency": {code}, "kind": {plain}, "channel": {plain}}}}}',
        "packs/book/contracts/clicks.schema.json":
            head + ' "required": ["id", "at"], "properties": {"id": {"type": "string"},'
            f' "at": {instant}, "medium": {plain}}}}}',
        "packs/book/transforms/rows.sql": transform() + "\n",
        "packs/book/transforms/clicks.sql":
            "-- Grain: one touch per click. Input: clicks. Output: touchpoints.\n"
            "-- Why: a click names the order it led to.\n"
            "select position, 1 as line_no, payload.at as occurred_at, payload.id as order_ref,"
            " payload.medium as utm_medium from input\n",
        "attribution/last.yaml":
            "attribution: last\nowner: ada\nmodel: last_touch\nlookback_days: 30\n"
            "conversions: {book: commerce, entries: [gross_sale]}\nchannels:\n"
            "  - {channel: search, when: {medium: [search]}}\n"
            "  - {channel: social, when: {medium: [social]}}\n",
        "metrics/credited.yaml":
            "metric: credited\nowner: ada\nbook: commerce\ndate_basis: order_day\n"
            "sum: [gross_sale]\nattribution: last\ndimensions: [channel]\n",
        "metrics/gross.yaml": metric("gross", "[gross_sale]", "dimensions: [channel]\n"),
        "metrics/given_back.yaml": metric("given_back", "[return]", "negate: true\n"),
        "metrics/net.yaml": metric("net", "[gross_sale, return]"),
        "checks/net_adds_up.yaml":
            "check: net_adds_up\nowner: ada\nseverity: hold\n"
            "invariant: {metric: net, equals: [+gross, -given_back]}\n",
        "checks/largest.yaml":
            "check: largest\nowner: ada\nseverity: note\n"
            "row: {book: commerce, entries: [gross_sale], column: amount, at_most: 500000000000}\n",
        "checks/back_within_sales.yaml":
            "check: back_within_sales\nowner: ada\nseverity: note\n"
            "cross: {group_by: order_ref, book: commerce, entries: [return],"
            " limit_book: commerce, limit_entries: [gross_sale]}\n",
        "checks/balances.yaml":
            "check: balances\nowner: ada\nseverity: note\nbalance: {book: bank}\n",
        "checks/volume.yaml":
            "check: volume\nowner: ada\nseverity: note\n"
            "volume: {measure: net}\n",
        "reconciliations/sales_to_bank.yaml":
            "reconciliation: sales_to_bank\nowner: ada\n"
            "left: {book: commerce, entries: [gross_sale], item: order_ref}\n"
            "right: {book: bank, entries: [bank_credit], item: order_ref}\nmatch:\n"
            "  - one_to_one: {name: by_order, key: order_ref, tolerance: {percent: 10}}\n"
            "due: {right_days: 0, left_days: 0}\n",
    }
    for name in ["shipping", "adjustment", *OF_PRODUCT, *OF_QUOTIENT]:
        files[f"metrics/{name}.yaml"] = metric(name, f"[{name}]")
    return files


def metric(name, entries, more=""):
    return (f"metric: {name}\nowner: ada\nbook: commerce\ndate_basis: order_day\n"
            f"sum: {entries}\n{more}")


def text(value):
    return format(value, "f")


class Case:
    """The records of one seed and what they must come to."""

    def __init__(self, seed, currencies):
        self.random = random.Random(seed)
        self.currencies = currencies
        self.rows = []
        self.clicks = []
        self.bank = []
        # (metric, day, currency, dimension, member) -> Decimal
        self.figures = defaultdict(Decimal)
        # (exception type, currency) -> money at risk
        self.at_risk = defaultdict(Decimal)
        # (side, outcome, reason, currency) -> [items, amount]
        self.matched = defaultdict(lambda: [0, Decimal()])
        for currency in currencies:
            self.sales(currency)
            self.computed(currency)
            self.balances(currency)

    def amount(self, digits):
        """Below the limit, often just below it, with the currency's digits."""
        whole = self.random.choice([1, 100, 10 ** 6, 10 ** 9, 10 ** 11, 10 ** 12 - 1])
        units = self.random.randint(1, whole * 10 ** digits)
        if self.random.random() < 0.2:
            units = (10 ** 12) * 10 ** digits - self.random.randint(1, 3)
        return Decimal(units).scaleb(-digits)

    def add(self, name, day, currency, amount, **members):
        self.figures[name, day, currency, "", ""] += amount
        for dimension, member in members.items():
            self.figures[name, day, currency, dimension, member] += amount

    def row(self, kind, day, currency, a, b="", channel=""):
        identity = f"{kind}-{currency}-{len(self.rows)}"
        self.rows.append({"id": identity, "kind": kind, "day": day, "currency": currency,
                          "a": text(a), "b": text(b) if b else None, "channel": channel})
        return identity

    def sales(self, currency):
        digits = self.currencies[currency]
        largest, groups = Decimal(), []
        for _ in range(self.random.randint(3, 6)):
            day, amount = self.random.choice(DAYS), self.amount(digits)
            channel = self.random.choice(CHANNELS)
            order = self.row("sale", day, currency, amount, channel=channel)
            self.add("gross", day, currency, amount, channel=channel)
            self.add("net", day, currency, amount)
            touch = self.random.choice(CHANNELS)
            if touch != "unknown":
                self.clicks.append({"id": order, "at": f"{day}T00:00:00Z", "medium": touch})
            self.add("credited", day, currency, amount, channel=touch)
            if amount > 500000000000:
                largest += amount
            self.pay(order, day, currency, amount)
            if self.random.random() < 0.5:
                groups.append((order, day, amount))
        if largest:
            self.at_risk["largest", currency] += largest
        for order, day, sold in groups:
            self.give_back(order, day, currency, sold)

    def give_back(self, order, day, currency, sold):
        """A return of an order of its own, which has no sale to be within."""
        amount = self.amount(self.currencies[currency])
        self.row("back", day, currency, amount)
        self.add("given_back", day, currency, amount)
        self.add("net", day, currency, -amount)
        self.at_risk["back_within_sales", currency] += amount

    def pay(self, order, day, currency, amount):
        chance = self.random.random()
        paid = amount
        if chance < 0.2:
            self.match("left", "break", "missing_right", currency, amount)
            self.at_risk["break", currency] += amount
            return
        if chance < 0.5:
            digits = self.currencies[currency]
            paid = (amount * self.random.randint(80, 119) / 100).quantize(
                Decimal(1).scaleb(-digits), ROUND_DOWN)
            paid = min(paid, LIMIT - Decimal(1).scaleb(-digits)) or amount
        self.bank.append([f"{order}", day, text(paid), order, currency, "", ""])
        is_match = abs(paid - amount) * 10 <= amount
        outcome = ("matched", "") if is_match else ("break", "amount_difference")
        self.match("left", *outcome, currency, amount)
        self.match("right", *outcome, currency, paid)
        if not is_match:
            self.at_risk["break", currency] += abs(paid - amount)

    def match(self, side, outcome, reason, currency, amount):
        found = self.matched[side, outcome, reason, currency]
        found[0] += 1
        found[1] += amount

    def computed(self, currency):
        digits = self.currencies[currency]
        for kind in ["product", "sum", "rounded", "quotient"]:
            for _ in range(2):
                day, a, b = self.random.choice(DAYS), self.amount(digits), self.factor(digits)
                self.row(kind, day, currency, a, b)
                made = self.made(kind, a, b)
                if any(abs(value) >= LIMIT or value != value.quantize(MICRO, ROUND_DOWN)
                       for value in made.values()):
                    self.at_risk["transform_failure", currency] += a
                    continue
                for name, value in made.items():
                    self.add(name, day, currency, value)

    def factor(self, digits):
        if self.random.random() < 0.3:
            return self.amount(digits)
        return Decimal(self.random.randint(1, 10 ** self.random.randint(1, 12))).scaleb(-6)

    @staticmethod
    def made(kind, a, b):
        if kind == "product":
            return {"shipping": a * b}
        if kind == "sum":
            return {"adjustment": a}
        if kind == "rounded":
            return {name: (a * b).quantize(MICRO, ROUNDINGS[rounding])
                    for name, rounding in OF_PRODUCT.items()}
        return {name: (a / b).quantize(MICRO, ROUNDINGS[rounding])
                for name, rounding in OF_QUOTIENT.items()}

    def balances(self, currency):
        """An account of its own per currency, in debits so that no sale is matched with them."""
        digits = self.currencies[currency]
        unit = Decimal(1).scaleb(-digits)
        balance = LIMIT - unit
        for number, day in enumerate(["2026-05-01", "2026-05-02", "2026-05-03"]):
            amount = min(self.amount(digits), (balance / 3).quantize(unit, ROUND_DOWN))
            amount = max(amount, unit)
            balance -= amount
            if number == 2:
                gap = self.amount(digits) / 4
                gap = max(gap.quantize(unit, ROUND_DOWN), unit)
                self.at_risk["balances", currency] += gap
                balance -= gap
            self.bank.append([f"debit-{currency}-{number}", day, text(-amount), "", currency,
                              f"account {currency}", text(balance)])

    def write(self, folder):
        for path, content in yaml_files().items():
            full = os.path.join(folder, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "w", encoding="utf-8") as out:
                out.write(content)
        for name, records in [("rows", self.rows), ("clicks", self.clicks)]:
            with open(os.path.join(folder, "..", name + ".ndjson"), "w", encoding="utf-8") as out:
                out.writelines(json.dumps(record) + "\n" for record in records)
        with open(os.path.join(folder, "..", "bank.csv"), "w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["id", "day", "amount", "ref", "currency", "account", "balance"])
            writer.writerows(self.bank)


class Product:
    """The binary on one workspace."""

    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder

    def __call__(self, *arguments):
        done = subprocess.run([self.binary, *arguments], cwd=self.folder, check=False,
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"meshline {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def published(self):
        """Every live figure as it was published, from the store's own bytes."""
        store = sqlite3.connect(os.path.join(self.folder, ".meshline", "control.sqlite"))
        rows = store.execute(
            "select metric, date(period * 86400, 'unixepoch'), bytes from publications"
            " join blobs on digest = result_digest where sequence in"
            " (select max(sequence) from publications group by metric, period)").fetchall()
        store.close()
        figures = {}
        for name, day, data in rows:
            for line in data.decode().splitlines():
                currency, dimension, member, amount = json.loads(line)
                figures[name, day, currency, dimension, member] = Decimal(amount)
        return figures


def compare(what, expected, found):
    """The first differences as lines."""
    keys = [key for key in sorted(set(expected) | set(found), key=str)
            if expected.get(key) != found.get(key)]
    return [f"{what} {key}: {found.get(key)} instead of {expected.get(key)}" for key in keys[:10]]


def at_risk_found(product):
    found = defaultdict(Decimal)
    for item in json.loads(product("exceptions", "shop", "--json"))["exceptions"]:
        if not item["at_risk"] or item["type"] == "volume_anomaly":
            continue
        name = item["type"]
        if name == "check_failed":
            name = next(pair["value"] for pair in item["evidence"] if pair["name"] == "check")
        found[name, item["at_risk"]["currency"]] += Decimal(item["at_risk"]["amount"])
    return found


def matched_found(product):
    found = {}
    for row in json.loads(product("reconcile", "shop", "--json"))["summary"]:
        # Debits have no key and nothing that they wait for on the other side.
        if row["reason"] == "missing_left":
            continue
        key = (row["side"], row["outcome"], row["reason"] or "", row["currency"])
        found[key] = [row["items"], Decimal(row["amount"])]
    return found


def report_differences(product, case, currency):
    """Sums over days and months, of members, in JSON, CSV and HTML."""
    lines = []
    for name in ["gross", "given_back", "net", "credited"]:
        days = {key[1]: value for key, value in case.figures.items()
                if key[0] == name and key[2] == currency and not key[3]}
        if not days:
            continue
        months = defaultdict(Decimal)
        for day, value in days.items():
            months[day[:7]] += value
        options = ["report", "shop", "--metric", name, "--currency", currency]
        for by, expected in [("day", days), ("month", months)]:
            report = json.loads(product(*options, "--by", by, "--json"))
            # Days without an entry have no value, or that of nothing.
            found = {one["period"]: Decimal(one["value"]) for one in report["figures"]
                     if one["value"] and (Decimal(one["value"]) or one["period"] in expected)}
            lines += compare(f"report by {by} of {name} in {currency}", dict(expected), found)
            lines += compare(f"total of {name} in {currency}", {"": sum(days.values())},
                             {"": Decimal(report["total"])})
    members = defaultdict(Decimal)
    for key, value in case.figures.items():
        if key[0] == "credited" and key[2] == currency and key[3]:
            members[key[4]] += value
    product("report", "shop", "--metric", "credited", "--currency", currency, "--by", "channel",
            "--csv", "report.csv")
    with open(os.path.join(product.folder, "report.csv"), encoding="utf-8", newline="") as file:
        found = {row["member"]: Decimal(row["value"]) for row in csv.DictReader(file)}
    return lines + compare(f"CSV by channel in {currency}", dict(members), found)


def main(binary, folder, seed, list_of_currencies):
    with open(list_of_currencies, encoding="utf-8") as file:
        currencies = {code: int(digits) for code, digits in (line.split() for line in file)}
    case = Case(seed, currencies)
    workspace = os.path.join(folder, "workspace")
    case.write(workspace)
    product = Product(binary, workspace)
    product("check")
    product("capture", "shop", "book/rows", "../rows.ndjson")
    product("capture", "shop", "book/clicks", "../clicks.ndjson")
    product("capture", "shop", "bank/statement", "../bank.csv")
    product("run")
    # Days without an entry are days of 0.
    published = {key: value for key, value in product.published().items()
                 if value or key in case.figures}
    lines = compare("figure", dict(case.figures), published)
    lines += compare("money at risk", dict(case.at_risk), at_risk_found(product))
    lines += compare("reconciled", dict(case.matched), matched_found(product))
    sampled = ["IDR", *random.Random(seed).sample(sorted(currencies), 5)]
    for currency in sampled:
        lines += report_differences(product, case, currency)
    product("report", "shop")
    product("report", "shop", "--html", "report.html")
    product("verify")
    for line in lines[:40]:
        print(line)
    print(f"{len(lines)} differences, seed {seed}")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]))
