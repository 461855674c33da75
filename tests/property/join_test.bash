# SPDX-License-Identifier: GPL-3.0-or-later
# Properties of the join and of grouping on a simulated study:
# an independent judge finds the same; counts add up; the order of lines, the threads and the
# way the ledger is cut into files change nothing; a group is what its subset file is.
set -eu
saydo-simulate -q --customers=600 --respondents=300 --seed=5 -o s/
sed -i 's/^behaviours:.*/behaviours: [retained, purchases, purchase_days, lines, spend, spend_gross, returned]/' s/study.yml
failed=0
same() { # WHAT FILE FILE
    cmp -s "$2" "$3" || { echo "not the same: $1"; diff "$2" "$3" | head -n 10; failed=1; }
}
table() { # STUDY TABLE
    saydo-join -q "$1" --table="$2" --format=csv
}

# 1. The judge.
table s/study.yml study >study.csv
python3 "$SAYDO_ROOT/scripts/reference/join.py" s >judged.csv
columns() { # FILE: the judge's columns, whatever else there is
    python3 -c '
import csv, sys
names = next(csv.reader(open("judged.csv")))
for row in csv.DictReader(open(sys.argv[1])):
    print(",".join(row[n] for n in names))' "$1"
}
columns study.csv >a && columns judged.csv >b && same "the join and the judge" a b
[ "$(wc -l <a)" -gt 250 ] || { echo "only $(wc -l <a) respondents"; failed=1; }

# 2. Counts add up: every row of the surveys is in the study or among the unmatched.
table s/study.yml unmatched >unmatched.csv
table s/study.yml matching >matching.csv
python3 - <<'PY' || failed=1
import csv
count = {}
for row in csv.DictReader(open("matching.csv")):
    count[row["section"], row["step"]] = int(row["count"])
rows = sum(sum(1 for _ in csv.DictReader(open(f"s/survey-{y}.csv"))) for y in (2024, 2025))
study = list(csv.DictReader(open("study.csv")))
reasons = [r["reason"] for r in csv.DictReader(open("unmatched.csv"))]
usable = count["survey", "usable responses"]
of_survey = sum(n for (s, step), n in count.items()
                if s == "survey" and step not in ("rows", "usable respondents (distinct)"))
of_ledger = sum(n for (s, step), n in count.items()
                if s == "ledger" and step not in ("lines", "customers (distinct ids)"))
after = ["no such customer in master or ledger", "window not covered by the ledger"]
checks = {
    "rows": (rows, count["survey", "rows"]),
    "rows = study + unmatched": (rows, len(study) + len(reasons)),
    "rows = sum of the uses": (rows, of_survey),
    "ledger lines = sum of the kinds": (count["ledger", "lines"], of_ledger),
    "usable = study + not found + not covered":
        (usable, len(study) + sum(reasons.count(r) for r in after)),
    "in the study": (count["window", "in the study"], len(study)),
    "bought nothing": (count["window", "in the study without a purchase in the window"],
                       sum(r["purchases"] == "0" for r in study)),
}
wrong = {what: pair for what, pair in checks.items() if pair[0] != pair[1]}
for row in study:
    spend, gross, back = (float(row[n]) for n in ("spend", "spend_gross", "returned"))
    if abs(spend - gross - back) > 1e-6 or back > 0 or gross < 0:
        wrong[row["key"]] = (spend, gross, back)
    if not int(row["purchase_days"]) <= int(row["purchases"]) <= int(row["lines"]):
        wrong[row["key"]] = row
    if (row["retained"] == "1") != (row["purchases"] != "0"):
        wrong[row["key"]] = row
for what, pair in wrong.items():
    print(what, pair)
raise SystemExit(bool(wrong))
PY

# 3. The ledger's and the master's lines in another order: the same study.  The surveys' too,
# where no one answered twice on a day: the same rows.
mkdir t && cp s/study.yml s/survey-*.csv t/
shuffled() { head -n 1 "$1"; tail -n +2 "$1" | sort -t, -k6,6 -k2,2r; }
gzip -dc s/ledger.csv.gz >ledger.csv
shuffled ledger.csv | gzip -n >t/ledger.csv.gz
{ head -n 1 s/customers.csv; tail -n +2 s/customers.csv | sort -r; } >t/customers.csv
table t/study.yml study >shuffled.csv
same "ledger and master in another order" study.csv shuffled.csv
python3 - <<'PY'
import csv
for year in (2024, 2025): # texts hold line ends: no work for sort
    head, *rows = csv.reader(open(f"s/survey-{year}.csv", newline=""))
    rows.sort(key=lambda row: row[0][::-1])
    csv.writer(open(f"t/survey-{year}.csv", "w", newline="")).writerows([head] + rows)
PY
table t/study.yml study | sort >b
sort study.csv >a
same "surveys in another order" a b

# 4. The ledger cut into two files that follow each other: the same.
mkdir u && cp s/survey-*.csv s/customers.csv u/
awk -F, 'NR == 1 || $2 < "2024-06-01"' ledger.csv >u/first.csv
awk -F, 'NR == 1 || $2 >= "2024-06-01"' ledger.csv >u/second.csv
python3 - <<'PY'
text = open("s/study.yml").read()
start, end = text.index("ledgers:\n") + len("ledgers:\n"), text.index("\njoin:")
entry = text[start:end]
two = entry.replace("ledger.csv.gz", "first.csv") + entry.replace("ledger.csv.gz", "second.csv")
open("u/study.yml", "w").write(text[:start] + two + text[end:])
PY
table u/study.yml study >cut.csv
same "the ledger in two files" study.csv cut.csv

# 5. Correlations and curves of a prepared table: rows in any order, and groups as subsets.
correlate() { saydo-correlate -q "$1" --x=intent --y=spend --method=pearson,spearman,kendall --format=csv "${@:2}"; }
correlate study.csv --by=segment >whole.csv
# Sums of sorted or shuffled numbers may differ in the last digits: nine are compared.
rounded() {
    python3 -c '
import csv, sys
for row in csv.reader(sys.stdin):
    print(",".join(f"{float(c):.9g}" if c.replace(".", "").replace("-", "").replace("e", "").isdigit() else c for c in row))'
}
{ head -n 1 study.csv; tail -n +2 study.csv | sort -t, -k1,1r; } >sorted.csv
correlate sorted.csv --by=segment | rounded >b
rounded <whole.csv >a
same "rows in another order" a b
for level in young family senior; do
    { head -n 1 study.csv; grep ",$level," study.csv; } >subset.csv
    correlate subset.csv | tail -n +2 | cut -d, -f1-11 >b
    grep "^$level," whole.csv | cut -d, -f2-12 >a
    [ -s a ] || { echo "no rows of $level"; failed=1; }
    same "the group $level and its subset" a b
done
exit $failed
