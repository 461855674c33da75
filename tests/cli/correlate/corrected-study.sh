# A study with a scale of three items and counts of purchases.  In R:
#   y <- c(0, 1, 1, 2, 4, 8); f <- MASS::fitdistr(y, "negative binomial")$estimate
#   f["mu"] / sum(f)                                  # 0.63812 reliability_y, its root r_ceiling
#   m <- data.frame(a = c(1, 2, 4, 4, 6, 6), b = c(2, 2, 3, 5, 6, 7), c = c(2, 1, 5, 4, 4, 6))
#   e <- lavaan::lavInspect(lavaan::cfa("F =~ a + b + c", m, std.lv = TRUE), "est")
#   sum(e$lambda)^2 / (sum(e$lambda)^2 + sum(e$theta)) # 0.94646 omega, reliability_x
#   u <- sd(c(y, 0, 3, 12)) / sd(y); r <- cor(rowMeans(m), y); r * u / sqrt(1 - r^2 + (r * u)^2)
for n in B1 C1 D2 E4 F8 H3 I12; do
    for k in $(seq ${n#?}); do printf '%.1s;%s;2024-%02d-01;10.00\n' $n $n.$k $k; done
done | (echo 'key;doc;date;amount'; cat) >ledger.csv
cat >survey.csv <<'EOF'
id,day,q,a,b,c
A,2023-12-31,2,1,2,2
B,2023-12-31,3,2,2,1
C,2023-12-31,1,4,3,5
D,2023-12-31,5,4,5,4
E,2023-12-31,4,6,6,4
F,2023-12-31,7,6,7,6
EOF
printf 'id\nA\nB\nC\nD\nE\nF\nG\nH\nI\n' >customers.csv
cat >study.yml <<'EOF'
study: {name: By hand}
surveys: [{file: survey.csv, format: csv, key: id, date: day}]
scales:
  - {name: intent, column: q, range: [1, 7]}
  - {name: mood, items: [a, b, c], range: [1, 7], combine: mean}
customers: {file: customers.csv, key: id}
ledgers:
  - file: ledger.csv
    delimiter: ";"
    key: key
    document: doc
    date: {column: date, format: "%Y-%m-%d"}
    amount: {column: amount, sign: leading}
    coverage: {from: 2023-01-01, to: 2025-12-31}
join: {key_rules: [trim], window: {offset: 1d, length: 365d, censored: exclude}, baseline: 0d}
behaviours: [purchases, retained]
EOF
saydo-correlate study.yml -q --min-n=1 --method=pearson --format=csv --table=corrected |
    awk -F, 'NR == 1 { print } NR > 1 { for (i = 1; i <= NF; i++) printf "%s%s", $i ~ /^-?[0-9]+[.]/ ? sprintf("%.7f", $i) : $i, i < NF ? "," : "\n" }'
saydo-correlate study.yml -q --min-n=1 --method=pearson | sed -n 1,12p
# Typed figures go before those of the data.
saydo-correlate study.yml -q --min-n=1 --x=mood --y=purchases --method=pearson --format=csv --table=corrected \
    --reliability=mood:0.9,purchases:1 | cut -d, -f6-9,12,18,22
