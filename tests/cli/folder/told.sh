# A folder: the report's sentences and the place on standard output; nothing of it with -q, and
# nothing but data where data go there. The manifest keeps the sentences.
cat >table.csv <<END
intent,spend
1,5
2,3
3,9
4,20
5,15
6,30
7,28
END
saydo-correlate table.csv --x=intent --y=spend --method=pearson --no-pictures -o out/
echo "--- quiet"
saydo-correlate -q table.csv --x=intent --y=spend --method=pearson --no-pictures -o out/
echo "--- data"
saydo-correlate table.csv --x=intent --y=spend --method=pearson --no-pictures -o out/ -o - \
    --format=csv --table=homogeneity
echo "--- manifest"
grep -A 2 '"found"' out/manifest.json
echo "--- file"
saydo-correlate table.csv --x=intent --y=spend --method=pearson -o out.json
