# r of c rests on 3 respondents; b is the next smallest, 4, and both have 7 together, so that
# neither can be had from all and a: R> cor(intent, spend) of a is 0.8857142857142858, of all
# 0.6976149240169181.
cat >table.csv <<'END'
segment,intent,spend
a,1,2
a,2,3
a,3,5
a,4,4
a,5,7
a,6,6
b,1,2
b,2,4
b,3,3
b,4,5
c,1,1
c,2,2
c,3,9
END
saydo-correlate table.csv --x=intent --y=spend --by=segment --method=pearson --suppress-below=4 \
    --format=csv | cut -d, -f1-7,17
echo "--- folder"
saydo-correlate table.csv --x=intent --y=spend --by=segment --method=pearson --suppress-below=4 \
    --no-pictures -o out/
