# 1 2 | 3 4: means 2 and 9, 4 left over; df 8 - 3, sigma^2 0.8: errors of a sqrt(0.8/4), of b
# sqrt(0.8/2); isotonic: 1 and 2 pool (2, 2), 3 and 4 (9, 9), the same two levels.
printf 'x,y\n1,1\n1,3\n2,2\n2,2\n3,8\n3,10\n4,9\n4,9\n' >t.csv
saydo-curve t.csv --x=x --y=y --curve=step,isotonic --format=csv --table=terms |
    cut -d, -f3-6,12
saydo-curve t.csv --x=x --y=y --curve=step,isotonic --format=csv --table=models |
    cut -d, -f3-6,8,15,17
saydo-curve t.csv --x=x --y=y --curve=step,isotonic --grid=4 --format=csv --table=predictions |
    cut -d, -f3-5
