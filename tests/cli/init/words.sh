# Answers in words: known ones get their numbers, "don't know" is missing, a wording that no list
# has is left to a person, with how often each word stands.
python3 - <<'PY'
import random
random.seed(11)
agree = ["Trifft überhaupt nicht zu", "Trifft eher nicht zu", "Teils, teils", "Trifft eher zu", "Trifft voll und ganz zu"]
likely = ["0 - Not at all likely"] + [str(k) for k in range(1, 10)] + ["10 - Extremely likely"]
mood = ["meh", "okay", "yay"]
with open("survey.csv", "w", encoding="utf-8") as f:
    f.write("id,day,Service gut,Empfehlen Sie uns weiter?,Stimmung,Versand zufrieden,Region\n")
    for n in range(90):
        a = min(4, n // 12)
        f.write('K%02d,2024-01-%02d,"%s",%s,%s,%s,%s\n' % (n, n % 28 + 1, agree[a] if n % 30 else "Weiß nicht", likely[min(10, a * 2 + n % 3)],
            "" if n % 9 else mood[n % 3], ["sehr unzufrieden", "Unzufrieden", "Ganz okay", "Zufrieden", "SEHR ZUFRIEDEN "][n % 5], ["Nord", "Süd"][n % 2]))
with open("ledger.csv", "w") as f:
    f.write("id,date,amount\n")
    for n in range(600):
        f.write("K%02d,%d-%02d-%02d,%d.50\n" % (n % 90, 2023 + n % 3, n % 12 + 1, n % 28 + 1, n % 70 + 3))
PY
saydo-init survey.csv ledger.csv -o study.yml; echo $?
sed -n '/^scales/,/^# Columns/p' study.yml
saydo-join study.yml -q --table=study --format=csv | head -n 4
