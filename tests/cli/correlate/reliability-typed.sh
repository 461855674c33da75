# What --reliability does not take, each with its mend.
printf "%s\n" x,y 1,2 2,1 3,4 4,3 5,5 >t.csv
for typed in x x: :0.8 x:0 x:1.2 x:high z:0.8 x:nbd x:0.8,x:0.9; do
    saydo-correlate t.csv --x=x --y=y --reliability=$typed || echo "$typed: exit $?"
done
