printf 'q1,q2\n1,2\n3,4\n' >t.csv
for options in --nps=q9 --nps=q2 --range=1 --range=7,1 --range=1,2.5 --items=q1 --items=q1,q9 \
    "--nps=q1 --promoters=6"; do
    saydo-describe t.csv --x=q1 $options
    echo "$options: exit $?"
done
