# SPDX-License-Identifier: GPL-3.0-or-later
# Equal inputs give equal bytes: workbook, pictures, scripts, tables, manifest; whatever the
# threads, the locale, the time zone and the folder from which the program is called.
set -eu
saydo-simulate -q --customers=600 --respondents=300 --seed=5 -o s/
sed -i 's/^behaviours:.*/behaviours: [spend]/; s/^  by:.*/  by: [segment]/' s/study.yml
report() { # OUT STUDY OPTION...
    saydo-report -q "$2" -o "$1/" --x=intent --curve=linear,power --replicates=19 "${@:3}"
}
other=C.UTF-8
locale -a | grep -qi '^de_DE\.utf-*8$' && other=de_DE.UTF-8
LC_ALL=C TZ=UTC report one s/study.yml --threads=1 &
(
    mkdir below
    cd below
    LC_ALL=$other TZ=Asia/Tokyo HOME=/nonexistent report ../two "$OLDPWD/s/study.yml" --threads=2
)
wait $!
failed=0
diff -r one two >differences || { failed=1; echo "not the same:"; head -n 10 differences; }
for kind in xlsx svg png csv json gp tsv; do
    [ "$(find one -name "*.$kind" | wc -l)" -gt 0 ] || { failed=1; echo "no .$kind"; }
done
# The other programs, through their standard output.
for program in 'join --table=study' 'correlate --interval=bca --replicates=100' \
    'curve --curve=linear --replicates=19 --table=shape' 'describe'; do
    a=$(LC_ALL=C TZ=UTC saydo-$program -q s/study.yml --format=csv --threads=1 | cksum)
    b=$(LC_ALL=$other TZ=America/New_York saydo-$program -q s/study.yml --format=csv --threads=3 | cksum)
    [ "$a" = "$b" ] || { failed=1; echo "not the same: saydo-$program"; }
done
saydo-correlate -q s/study.yml --format=csv >cells.csv
for table in pooled leave_one_out; do
    a=$(LC_ALL=C TZ=UTC saydo-pool -q cells.csv --r=estimate --n=n --format=csv --table=$table --threads=1 | cksum)
    b=$(LC_ALL=$other TZ=America/New_York saydo-pool -q - --r=estimate --n=n --format=csv --table=$table --threads=3 <cells.csv | cksum)
    [ "$a" = "$b" ] || { failed=1; echo "not the same: saydo-pool"; }
done
exit $failed
