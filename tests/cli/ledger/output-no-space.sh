# A limit of 2 kB for files, as if the disk were full: the old file stays, nothing else does.
{ echo key,date,amount; seq -f 'A%g,2024-01-01,1.00' 2000; } >l.csv
mkdir tmp && export TMPDIR=$PWD/tmp
for end in csv json txt xlsx; do echo old >out.$end; done
for out in out.csv out.json out.txt out.xlsx out/; do
    (trap '' XFSZ; ulimit -f 4; saydo-ledger l.csv --no-pictures -o $out) >log 2>&1
    echo "$out: $?"
    # The zip library says more than we do, and random names.
    grep -o 'cannot be written\|cannot write.*' log
done
cat out.csv out.json out.txt out.xlsx
ls -A . out tmp
