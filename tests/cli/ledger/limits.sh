# What no ledger holds is told with the option that allows it; nothing is written.
python3 - <<'END'
head = "key,date,amount,note\n"
line = "a,2025-03-01,1.00,x\n"
def put(name, text, mode="w"):
    with open(name, mode) as f:
        f.write(text)
put("field.csv", head + line + 'b,2025-03-01,2.00,"' + "x" * 10_000_000 + '"\n')
put("commas.csv", head + line + "," * 12_000_000)
put("wide.csv", ",".join("c%d" % i for i in range(20000)) + "\n")
put("key.csv", head + "k" * 5000 + ",2025-03-01,1.00,x\n")
put("nul.csv", (head + line + "b,2025-03-01,1.00,\0\n").encode(), "wb")
put("latin.csv", (head + line).encode() + b"b,2025-03-01,1.00,\xe9\n", "wb")
import gzip
put("cut.csv.gz", gzip.compress((head + line * 1000).encode(), mtime=0)[:-20], "wb")
END
for f in field.csv commas.csv wide.csv key.csv nul.csv latin.csv cut.csv.gz; do
    saydo-ledger $f -q -o out.csv
    echo "$f: $?"
done
ls out.csv 2>/dev/null
saydo-ledger field.csv --max-record=16M --format=csv -q
saydo-ledger key.csv --max-key=5000 --format=csv -q | cut -c 4990-5030
saydo-ledger field.csv --max-record=10K
echo "small: $?"
saydo-ledger field.csv --max-record=many
echo "no size: $?"
cat >study.yml <<'END'
study: {name: limits}
ledgers:
  - file: field.csv
    key: key
    date: {column: date}
    amount: {column: amount}
limits: {record: 16M}
END
saydo-ledger study.yml --format=csv -q
saydo-ledger study.yml --max-record=1M --format=csv -q
echo "option before study: $?"
sed 's/16M/16X/' study.yml >wrong.yml
saydo-ledger wrong.yml
