# SPDX-License-Identifier: GPL-3.0-or-later
# The bundled study against its truth: the join gives what every respondent did, to the cent;
# intervals of correlations hold the true ones.
set -eu
folder=$SAYDO_ROOT/datasets/three-industries
saydo-join -q "$folder/study.yml" --format=csv --table=study >study.csv
saydo-correlate -q "$folder/study.yml" --x=intent,satisfaction,recommend \
    --y=retained,purchases,spend --method=pearson --by=industry,segment \
    --format=csv --table=correlations >correlations.csv
gzip -dc "$folder/truth-respondents.csv.gz" >truth.csv

# The key of a respondent as the rules trim, case and strip_zeros leave it.
awk -F, '
    FNR == 1 { split("", at); for (i = 1; i <= NF; i++) at[$i] = i; file++; next }
    {
        key = tolower($at[file == 1 ? "customer_id" : "key"])
        gsub(/["]/, "", key) # a blank at the end is quoted
        gsub(/^[ 0]+| +$/, "", key)
        did = $at["response_date"]
        n = split("retained purchases baseline_purchases", count, " ")
        for (i = 1; i <= n; i++) did = did " " $at[count[i]] + 0
        did = did sprintf(" %.2f %.2f", $at["spend"], $at["baseline_spend"])
    }
    file == 1 && !$at["censored"] { truth[key] = did; due++ }
    file == 2 { joined++; if (!(key in truth)) extra++; else if (truth[key] != did) differ++ }
    END {
        if (joined != 8381 || due != joined || extra || differ) {
            printf "%d joined, %d due, %d not due, %d differ\n", joined, due, extra, differ
            exit 1
        }
    }' truth.csv study.csv

# 95 % intervals: all nine of intent and spend hold the truth; of all 81, 77 are to be expected
# and fewer than 70 come in one of a thousand seeds.
awk -F, '
    FNR == 1 { split("", at); for (i = 1; i <= NF; i++) at[$i] = i; file++; next }
    { cell = $at["industry"] "," $at["segment"] "," $at["x"] "," $at["y"] }
    file == 1 { truth[cell] = $at["estimate"] }
    file == 2 && cell in truth {
        n++
        inside = $at["conf_low"] <= truth[cell] && truth[cell] <= $at["conf_high"]
        held += inside
        if (cell ~ /,intent,spend$/) main += inside
    }
    END {
        if (n != 81 || held < 70 || main != 9) {
            printf "%d of %d intervals hold the truth, %d of 9 of intent and spend\n", held, n, main
            exit 1
        }
    }' "$folder/truth-correlations.csv" correlations.csv
