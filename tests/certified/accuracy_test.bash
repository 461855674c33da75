# SPDX-License-Identifier: GPL-3.0-or-later
# NIST's Statistical Reference Datasets through the programs, by scripts/accuracy: digits that must
# agree.  Exceptions are those of docs/accuracy.md.
set -eu
files=${SAYDO_ORACLES:-$SAYDO_ROOT/../shared/oracles}/nist/orig
if [ ! -d "$files" ]; then
    echo "skipped: no NIST files beside the checkout"
    exit 0
fi
"$SAYDO_ROOT/scripts/accuracy" "$files" "$SAYDO_BIN" >scores
awk -F' *[|] *' '
function floor_of(name) {
    if (kind == "Univariate") return name == "sd" && $2 ~ /^NumAcc[34]$/ ? 8 : 13
    if (kind == "Linear") return name == "estimate" ? 13 : 10
    return $2 == "Lanczos1" && name != "estimate" ? 2.5 : name == "estimate" ? 10 : 9.5
}
/^[A-Z]/ { kind = $1; next }
$2 == "problem" { for (i = 4; i < NF; i++) name[i] = $i; next }
$2 ~ /^[A-Z]/ {
    problems[kind]++
    for (i = 4; i < NF - 1; i++) {
        if ($i == "none" && $(NF - 1) == "perfect fit") continue
        if ($i == "none" || $i < floor_of(name[i])) {
            printf "%s, start %s: %s agrees in %s digits only\n", $2, $3, name[i], $i
            bad = 1
        }
    }
}
END {
    if (problems["Univariate"] != 9 || problems["Linear"] != 11 || problems["Nonlinear"] != 54) {
        printf "problems: %d, %d, %d\n", problems["Univariate"], problems["Linear"], problems["Nonlinear"]
        bad = 1
    }
    exit bad
}' scores
