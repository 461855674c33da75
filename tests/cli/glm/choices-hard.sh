# A cell without variation, one of few rows, a term that depends on others, a perfect fit.
awk 'BEGIN {
    print "cell,x,z,both,y"
    srand(1)
    for (i = 1; i <= 12; i++) print "flat," i % 5 "," i % 3 "," i % 5 + i % 3 ",4"
    for (i = 1; i <= 3; i++) print "few," i % 5 "," i % 3 "," i % 5 + i % 3 "," i
    for (i = 1; i <= 12; i++) print "line," i % 5 "," i % 3 "," i % 5 + i % 3 "," 2 * (i % 5) + 1
}' >t.csv
saydo-glm t.csv --by=cell --formula='y ~ x + z + both' --subsets=1 --folds=3 --format=csv --table=subsets 2>warnings | cut -d, -f1,5-7,9,20
cat warnings
saydo-glm t.csv --by=cell --formula='y ~ x + z' --importance --replicates=99 --format=csv --table=importance | cut -d, -f1,5,6,8,12 | sed 's/\(0\.[0-9]\{6\}\)[0-9]*/\1/g' | head -8
saydo-glm t.csv --by=cell --formula='y ~ x' --baseline=z --format=csv --table=baseline | cut -d, -f1,5-7,11,12,26
