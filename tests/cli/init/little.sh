# Files of a header alone, one row, nothing in common: a file to complete, never a stop.
printf 'a,b\n' >empty.csv
printf 'a,b\n1,x\n' >one.csv
printf '"a",b\n,\n' >blank.csv
for f in empty one blank; do for g in empty one blank; do
    saydo-init -q $f.csv $g.csv $f.csv -o $f-$g.yml || echo "failed: $f $g"
    saydo-validate $f-$g.yml -q >/dev/null 2>&1
    echo "$f $g: $?"
done; done
grep -v '^#' empty-empty.yml
