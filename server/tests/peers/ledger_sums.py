"""What came in, by the ledger of the simulated bank alone: `ledger_sums.py FILE` prints one JSON object.

It reads the file that `motcua demo-bank` adds to, and nothing of the office. `paid` is the money in đồng; `money` and `notice` count
payments by what was made wrong with them; `wrong` lists the references that need a person; `untold` those that nobody was told
of.
"""

import collections
import json
import sys

paid = 0
accounts = collections.Counter()
money = collections.Counter()
notice = collections.Counter()
wrong = []
seen = set()
understood = set()
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        record = json.loads(line)
        if record["kind"] == "paid":
            assert record["reference"] not in seen, "a reference stands twice"
            assert record["amount"] > 0, "no amount"
            seen.add(record["reference"])
            paid += record["amount"]
            accounts[record["account"]] += record["amount"]
            money[record["money"]] += 1
            notice[record["notice"]] += 1
            if record["money"] != "clean":
                wrong.append(record["reference"])
        elif record["kind"] == "told" and record["status"] is not None and 200 <= record["status"] < 300:
            understood.add(record["reference"])
print(
    json.dumps(
        {
            "payments": len(seen),
            "paid": paid,
            "accounts": accounts,
            "money": money,
            "notice": notice,
            "wrong": wrong,
            "untold": sorted(seen - understood),
        }
    )
)
