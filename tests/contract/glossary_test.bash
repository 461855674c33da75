# SPDX-License-Identifier: GPL-3.0-or-later
# Every column of every table of the programs stands in the glossary; every method in a list has
# a row in docs/methods; --help and the manual page tell the same options; no page has a fault.
set -eu
study=$SAYDO_ROOT/datasets/three-industries/study.yml
bad=0
complain() { echo "$*"; bad=1; }

# ---- columns ----

saydo-report -q "$study" --x=intent,satisfaction --y=retained,spend --curve=linear,power \
    --replicates=19 --no-pictures -o report/
saydo-ledger -q "$study" --no-pictures -o ledger/
saydo-curve -q "$study" --formula='spend ~ a * intent^b' --start='a=100,b=1' --no-pictures -o formula/
saydo-correlate -q "$study" --format=csv --method=spearman >cells.csv
saydo-correlate -q "$study" --x=intent,satisfaction --y=spend --method=pearson,polyserial --control=recommend \
    --compare=intent,satisfaction --comparison=williams,meng --no-pictures -o correlate/
saydo-pool -q cells.csv --r=estimate --n=n --by=segment --moderators=industry --difference=industry \
    --leave-one-out --small-study --hunter-schmidt --no-pictures -o pool/

saydo --print-glossary | sed -n 's/^| `\([^`]*\)` .*/\1/p' | sort -u >words
[ "$(wc -l <words)" -gt 50 ] || complain "the glossary has hardly a word"
# Beside the words of saydo: the groups and scales of the study, the items of its scales as
# SCALE.ITEM, the baselines of behaviours, and columns of a table that are called like a word.
{
    cat words
    printf '%s\n' industry segment intent satisfaction recommend
    sed 's/^/baseline_/' words
    sed 's/^/by_/' words
} | sort -u >allowed
tables=0
for table in */tables/*.csv; do
    tables=$((tables + 1))
    head -n 1 "$table" | tr -d '\r' | tr , '\n' | sort -u >columns
    for column in $(comm -23 columns allowed | grep -v '^satisfaction\.Q2_[123]$'); do
        complain "$table: the column '$column' is not in the glossary: add it to analysis/study/words.h"
    done
done
[ "$tables" -ge 37 ] || complain "only $tables tables were written"

# ---- methods ----

# list NAME HEADER: the words of an X-list.
list() {
    awk -v name="#define $1(X)" 'index($0, name) == 1 { on = 1 } on { print } !/\\$/ { on = 0 }' \
        "$SAYDO_ROOT/$2" | grep -o 'X([a-z][a-z_0-9]*)' | sed 's/X(\(.*\))/\1/'
}
documented() { # PAGE NAME HEADER
    words=$(list "$2" "$3")
    [ -n "$words" ] || complain "$3: $2 is empty"
    for word in $words; do
        grep -qi "^| \`$word\`" "$SAYDO_ROOT/docs/methods/$1" ||
            grep -qi "^\*\*\`$word\`\*\*" "$SAYDO_ROOT/docs/methods/$1" ||
            complain "docs/methods/$1: there is no row for '$word'"
    done
}
documented correlation.md CORRELATION_LIST models/correlation/correlation.h
documented correlation.md INTERVAL_LIST models/correlation/correlation.h
documented correlation.md P_VALUE_LIST models/correlation/correlation.h
documented correlation.md ADJUSTMENT_LIST models/multiple/adjust.h
documented curve.md CURVE_LIST models/curve/curve.h
documented pooling.md POOL_LIST models/meta/pool.h
documented pooling.md EFFECT_LIST models/meta/effect.h
documented pooling.md EFFECT_MEASURE_LIST models/meta/effect.h
documented pooling.md ASYMMETRY_LIST models/meta/small_study.h
behaviours=$(sed -n 's/^ *X(\([a-z_]*\), .*QUANTITY_[A-Z]*,.*/\1/p' "$SAYDO_ROOT/io/ledger/behaviours.h")
rules=$(sed -n '/define KEY_RULE_LIST/,/^$/s/^ *X(\([a-z_]*\),.*/\1/p' "$SAYDO_ROOT/io/key/keys.h")
[ -n "$behaviours" ] && [ -n "$rules" ] || complain "io/ledger/behaviours.h or io/key/keys.h lists no words"
for word in $behaviours; do
    for page in study-file.md methods/join.md; do
        grep -q "^| \`$word\`" "$SAYDO_ROOT/docs/$page" || complain "docs/$page: there is no row for '$word'"
    done
done
for word in $rules; do
    for page in study-file.md methods/join.md; do
        grep -q "^| \`$word[:\`]" "$SAYDO_ROOT/docs/$page" || complain "docs/$page: there is no row for '$word'"
    done
done

# ---- pages ----

for program in "$SAYDO_BIN"/saydo "$SAYDO_BIN"/saydo-*; do
    name=$(basename "$program")
    "$program" --help >help
    "$program" --print-manual >"$name.1"
    sed 's/\\-/-/g; s/\\fB//g; s/\\fR//g; s/\\fI//g' "$name.1" >plain
    for option in $(grep -o -- '^-[-a-zA-Z, ]*--[a-z-]*' plain | grep -o -- '--[a-z-]*'); do
        grep -q -- "$option" help || complain "$name: --help does not tell of $option"
    done
    for option in $(grep -o -- '^  .\{0,4\}--[a-z-]*' help | grep -o -- '--[a-z-]*'); do
        grep -q -- "^-*[-a-zA-Z, ]*$option" plain || complain "$name: the manual page does not tell of $option"
    done
    [ "$name" = saydo ] || "$SAYDO_BIN/saydo" --help | grep -q "^  ${name#saydo-} " ||
        complain "saydo --help does not tell of $name"
    grep -q "\`$name\`" "$SAYDO_ROOT/README.md" || [ "$name" = saydo ] || complain "README.md does not tell of $name"
    grep -q "^### $name" "$SAYDO_ROOT/docs/manual.md" || [ "$name" = saydo ] || complain "docs/manual.md has no section on $name"
    if command -v man >/dev/null; then
        LC_ALL=C.UTF-8 MANWIDTH=100 man --warnings -l "$name.1" >/dev/null 2>faults </dev/null || true
        [ ! -s faults ] || { complain "$name: faults in the manual page:"; cat faults; }
    fi
done
command -v man >/dev/null || echo "skipped: man is not there, the manual pages' faults are not looked for"
exit $bad
