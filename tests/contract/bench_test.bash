# SPDX-License-Identifier: GPL-3.0-or-later
# The ledgers of scripts/bench are the same bytes for everybody and what they claim to be, and
# scripts/bench runs, with what is installed, and fails where a figure is wrong.
# shellcheck disable=SC2094 # the name of a shape is its file's too
set -euo pipefail
export TMPDIR=$PWD
bad=0
complain() { echo "$*"; bad=1; }

${CC:-cc} -std=gnu11 -O1 -o generate "$SAYDO_ROOT/scripts/bench-ledger.c"
made() { ./generate 3001 70 "$@"; }

# ---- the generator ----

[ "$(made plain | cksum)" = "3892499507 140549" ] || complain "plain: other bytes: results of benches no longer compare"
for shape in plain heavy even shuffled quoted semicolon wide; do
    made "$shape" >"$shape"
    for part in 1 2 3 4; do
        made "$shape" "$part" 4 >part
        if [ "$part" = 1 ]; then cat part; else sed 1d part; fi
    done | cmp - "$shape" || complain "$shape: its parts are not the whole"
done
sort shuffled | cmp - <(sort plain) || complain "shuffled: other lines than plain"
! cmp -s shuffled plain || complain "shuffled: in order"
tr ',;' '.,' <semicolon | cmp - plain || complain "semicolon: other figures than plain"
cut -d, -f3,14,22,31 wide | cmp - <(cut -d, -f1-4 plain) || complain "wide: other figures than plain"
grep '^"C\|^customer' quoted | tr -d '"' | cut -d, -f1-4 | cmp - <(cut -d, -f1-4 plain) ||
    complain "quoted: other figures than plain"
grep -q '^black"$' quoted || complain "quoted: no line end in a field"

# An invoice is one customer on one day with one to five lines, numbers and days rise.
for shape in plain heavy even; do
    awk -F, -v shape="$shape" '
    NR == 1 { next }
    $4 != last { if ($4 <= last || $2 < day) bad++; last = $4; who = $1; n = 0 }
    $1 != who || ++n > 5 || $5 != n { bad++ }
    $2 != day && n > 1 { bad++ }
    { day = $2; seen[$1]++; credits += $3 < 0; invoices += n == 1 }
    END {
        for (k in seen) customers++
        if (bad || NR != 3002 || (shape != "heavy" && customers != 70) || customers > 70) print bad " lines are wrong"
        if (credits < 60 || credits > 180) print credits " lines are credits, not one in 25"
    }' "$shape" >wrong
    [ ! -s wrong ] || complain "$shape: $(cat wrong)"
done

# ---- the bench ----

bench() { "$SAYDO_ROOT/scripts/bench" "$@" --bin="$SAYDO_BIN" --lines=2000 --rounds=1; }
bench ledger --whole >ledger.said || complain "bench ledger: status $?"
grep -q '^awk-same-job agrees with saydo-ledger on 50 rows: lines purchases spend spend_gross first last$' ledger.said ||
    complain "bench ledger: $(cat ledger.said)"
grep '^skipped' ledger.said || true
peer=duckdb # installed by few, while R takes long to start
[ -z "${SLOW-}" ] || peer=data.table
bench join --peers=$peer >join.said || complain "bench join: status $?"
grep -q '^| .saydo-join., one thread | ' join.said || complain "bench join: $(cat join.said)"
bench growth threads >growth.said || complain "bench growth: status $?"
[ "$(grep -c '^| [12] | ' growth.said)" = 2 ] || complain "bench growth: $(cat growth.said)"
if [ -n "${SLOW-}" ]; then
    bench aims --peers=data.table >aims.said || complain "bench aims: status $?"
    [ "$(grep -c '^| .* | \(yes\|no\) |$' aims.said)" -ge 10 ] || complain "bench aims: $(cat aims.said)"
fi

# A program that is a cent off in one sum.
mkdir off
cat >off/saydo-ledger <<END
#!/bin/sh
'$SAYDO_BIN/saydo-ledger' "\$@" | awk -F, -v OFS=, 'NR == 9 { \$5 += 0.01 } 1'
END
chmod +x off/saydo-ledger
if "$SAYDO_ROOT/scripts/bench" ledger --bin=off --lines=2000 --rounds=1 --peers=awk-same-job >off.said 2>&1; then
    complain "bench ledger: a wrong sum goes by"
fi
grep -q 'spend is .* of saydo-ledger and .* of awk-same-job' off.said || complain "bench ledger: $(cat off.said)"
exit $bad
