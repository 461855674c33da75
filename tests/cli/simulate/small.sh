# The same folder twice, and once from another seed.
saydo-simulate --customers=500 --respondents=200 --seed=7 -o a
saydo-simulate --customers=500 --respondents=200 --seed=7 -o b
saydo-simulate --customers=500 --respondents=200 --seed=8 -o c
ls a
rm a/manifest.json b/manifest.json
diff -r a b && echo same
cmp -s a/customers.csv c/customers.csv || echo "another seed, other customers"
head -n 3 a/survey-2024.csv | cut -d, -f3,5-6
