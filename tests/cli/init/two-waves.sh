# A second file of answers is another wave, and no list of customers, in whatever order it is typed; one in which no
# column holds ids of the ledger is refused.  K11, by hand: intent 10 % 5 + 1 = 1 in 2023 and (10 + 2) % 5 + 1 = 3 in 2024,
# Q3 the mean of 1 and 2, and of 1 and 1; spend 10 + 11 in the year after the first, 20 + 11 after the second. Q9 has five
# points in one and seven in the other: left to a person.
python3 - <<'PY'
ids = ["K%02d" % n for n in range(1, 41)]
with open("wave_2023.csv", "w") as f:
    f.write("client,day,segment,buy again,Q3_1,Q3_2,Q9\n")
    for n in range(30):
        f.write("%s,2023-03-%02d,%s,%d,%d,%d,%d\n" % (ids[n], n % 28 + 1, ["north", "south"][n % 2], n % 5 + 1, n % 5 + 1, (n + 1) % 5 + 1, n % 5 + 1))
for name, who in (("wave_2024", "K%02d"), ("strangers", "X-%02d-Y")):
    with open(name + ".csv", "w") as f:
        f.write("Client;submitted;Segment;Buy Again;Q3_1;Q3_2;Q9;extra\n")
        for n in range(10, 40):
            f.write("%s;%02d.03.2024;%s;%d;%d;%d;%d;x\n" % (who % (n + 1), n % 28 + 1, ["north", "south"][n % 2], (n + 2) % 5 + 1, n % 5 + 1, n % 5 + 1, n % 7 + 1))
with open("ledger.csv", "w") as f:
    f.write("customer,date,document,amount\nZ,2022-01-01,1,1.25\n")
    for n in range(1, 41):
        f.write("%s,2023-06-%02d,%d,%d.00\n%s,2024-06-%02d,%d,%d.00\n" % (ids[n - 1], n % 28 + 1, 10 + n, 10 + n, ids[n - 1], n % 28 + 1, 100 + n, 20 + n))
    f.write("Z,2025-12-31,2,1.25\n")
PY
saydo-init wave_2023.csv wave_2024.csv ledger.csv -o study.yml
sed -n '/^surveys/,/^# Who/p' study.yml
saydo-init wave_2023.csv ledger.csv wave_2024.csv -q -o other.yml
sed 1,8d study.yml >one.txt; sed 1,8d other.yml | diff one.txt - && echo "the same in another order"
saydo-join study.yml -q --table=study --format=csv | cut -d, -f1-9 | grep -E '^(key|K11|K31)'
saydo-init wave_2023.csv strangers.csv ledger.csv
