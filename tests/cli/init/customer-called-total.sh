# A customer may be called Total Care: a subtotal lacks the day, or says nothing but the word.
python3 - <<'PY'
names = ["Total Care" if n == 7 else "Sum %s Ltd" % "abc"[n % 3] if n in (8, 9) else "Firm %c%c" % (65 + n % 26, 97 + n // 26) for n in range(40)]
with open("survey.csv", "w") as f:
    f.write("customer,day,likely\n")
    for n, name in enumerate(names):
        f.write("%s,2024-01-%02d,%d\n" % (name, n % 28 + 1, n * 7 % 5 + 1))
with open("ledger.csv", "w") as f:
    f.write("customer,day,doc,amount\nNobody,2022-12-31,D1,1.50\nTotal 2022,,,1.50\n")
    for n, name in enumerate(names):
        f.write("%s,2024-03-%02d,D%d,%d.25\n" % (name, n % 28 + 1, n + 10, n + 10))
    f.write("Total 2024,,,1190.00\nNobody,2025-06-30,D2,2.50\nTotal,,,1194.00\nSumme:,,,1194.00\n")
PY
saydo-init survey.csv ledger.csv -q -o study.yml
grep 'drop' study.yml
saydo-join study.yml -q --table=study --format=csv | grep '^key\|^Total\|^Sum' | cut -d, -f1,5,6
