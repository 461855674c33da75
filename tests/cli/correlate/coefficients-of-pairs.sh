# By hand, y = 1 3 3 2 5 at x = 1 1 2 3 3: of 10 pairs two are tied on x and one on y; concordant are
# 1-3, 1-4, 1-5, 2-5 and 3-5, discordant 2-4 and 3-4: C = 5, D = 2.
# tau-a = 3/10; tau-c = 2*3*3/(25*2) = 0.36 (m = 3); gamma = 3/7; d of y given x = 3/8.
printf "%s\n" x,y 1,1 1,3 2,3 3,2 3,5 >t.csv
saydo-correlate t.csv --x=x --y=y --method=kendall_a,kendall_c,gamma,somers_d --format=csv | cut -d, -f1-6,16
