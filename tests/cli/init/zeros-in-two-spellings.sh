# Ids that stand in the ledger with their zero and without may be two customers: nothing is summed
# or left out in silence, the run stops until a person says what they are.
python3 - <<'PY'
with open("survey.csv", "w") as f:
    f.write("customer,day,likely\n")
    for n in range(30):
        f.write("%d,2024-01-%02d,%d\n" % (1001 + 7 * n, n % 28 + 1, n * 7 % 5 + 1))
with open("ledger.csv", "w") as f:
    f.write("customer,day,amount\n")
    for n in range(30):
        f.write("%d,2023-%02d-11,%d.50\n" % (1001 + 7 * n, n % 12 + 1, n + 10))
        if n % 5 == 0:
            f.write("0%d,2024-%02d-12,%d.25\n" % (1001 + 7 * n, n % 12 + 1, n + 20))
    f.write("990000,2025-06-30,1.25\n")
PY
saydo-init survey.csv ledger.csv -o study.yml
sed -n '/^join/,/min_match/p' study.yml
saydo-join study.yml -q
echo $?
# The tenth of them: in 2024-11, customer 1071 bought for 30.25 as 01071.
sed -i 's/^  # collisions: merge /  collisions: merge /' study.yml
saydo-join study.yml -q --table=study --format=csv | grep 'key\|1071'
