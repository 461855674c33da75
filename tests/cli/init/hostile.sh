# Column names, levels and file names that mean something in YAML, or try to.
mkdir 'a: b #c'
python3 - <<'PY'
import csv
key = "id: [x]\nstudy:\n  name: 'taken over' # \"quoted\" \\n"
item = ["*anchor", "&b", "%d", "- q", "null", "!tag", "{a: 1}", "\u2028line\u0085s", "\ttab", "'", '"', "\\", "été", "key", "wave"]
with open("a: b #c/s'ur\"vey.csv", "w", newline="", encoding="utf-8") as f:
    w = csv.writer(f)
    w.writerow([key, "@date", "? group", "retained"] + item)
    for n in range(40):
        w.writerow(["C%03d" % n, "2024-01-%02d" % (n % 28 + 1), ["yes", "no: #1", "~", "'"][n % 4], n % 5 + 1] + [(n + k) % 5 + 1 for k in range(len(item))])
with open("ledger.csv", "w", newline="", encoding="utf-8") as f:
    w = csv.writer(f)
    w.writerow([key, "date: ", "doc#", "Type \u200b", "Amount]"])
    for n in range(120):
        w.writerow(["C%03d" % (n % 40), "202%d-%02d-%02d" % (3 + n % 2, n % 12 + 1, n % 28 + 1), "D%d" % n, ["- sale", "return: #"][n % 6 == 5], "%s%d.50" % ("-" if n % 6 == 5 else "", n + 1)])
PY
saydo-init "a: b #c/s'ur\"vey.csv" ledger.csv -o study.yml && cat study.yml &&
    echo ---- && saydo-join study.yml -q --table=matching
