# The sheet Method tells the permutations that the table best used, 999, and not those of
# saydo-correlate --p-value=permutation.
{
    echo "a,b,y"
    for i in 1 2 3 4 5 6 7 8; do echo "$((i % 5 + 1)),$((i * 3 % 7 + 1)),$((i * i % 11))"; done
} >table.csv
saydo-report -q table.csv --x=a,b --y=y --curve=linear --replicates=19 --no-pictures -o out/
grep maxT out/tables/methods.csv | cut -d, -f1-4
