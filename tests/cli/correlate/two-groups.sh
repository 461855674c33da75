# y of 0/1: U of the ones is 5 of 6 pairs, so rank-biserial = 2*5/6 - 1 = 2/3, exact p = 2 * P(U >= 5)
# = 2 * 2/10 = 0.4 of the choose(5, 2) = 10 ways.
printf "%s\n" x,y 1,0 2,0 4,0 3,1 5,1 >t.csv
saydo-correlate t.csv --x=x --y=y --method=rank_biserial --format=csv | cut -d, -f3-6,8,10,16
# eta squared by three answers, y = 1 2 | 3 5 | 6 7: means 1.5 4 6.5, within 0.5 + 2 + 0.5 = 3, between
# 2 * (2.5^2 + 2.5^2) = 25, so 25/28, F = (25/2)/(3/3) = 12.5 with 2 and 3 df.
printf "%s\n" x,y 1,1 1,2 2,3 2,5 3,6 3,7 >t.csv
saydo-correlate t.csv --x=x --y=y --method=eta_squared --interval=none --format=csv | cut -d, -f3-6,8-10,16
