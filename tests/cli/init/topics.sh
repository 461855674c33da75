# Questions after buying again as they are worded in German and French are called intent.
python3 - <<'PY'
for name, question in (("de", "Wie wahrscheinlich ist es, dass Sie wieder bei uns kaufen?"), ("fr", "Rachèteriez-vous chez nous ?")):
    with open(name + ".csv", "w", encoding="utf-8") as f:
        f.write('id,day,"%s"\n' % question)
        for n in range(60):
            f.write("K%02d,2024-01-%02d,%d\n" % (n, n % 28 + 1, n % 5 + 1))
with open("ledger.csv", "w") as f:
    f.write("id,date,amount\n")
    for n in range(600):
        f.write("K%02d,%d-%02d-%02d,%d.50\n" % (n % 60, 2023 + n % 3, n % 12 + 1, n % 28 + 1, n % 70 + 3))
PY
for language in de fr; do saydo-init $language.csv ledger.csv -q -o $language.yml; grep -A1 'name: intent' $language.yml; done
