# R 4.2.2, metafor 3.8-1: d <- data.frame(yi = c(.1, .3, .2, .6, .9), vi = c(.01, .02, .03, .05, .09)); m <- rma(yi, vi,
# data = d, control = list(threshold = 1e-13)); regtest(m); regtest(m, model = "lm"); ranktest(m); trimfill(m); fsn(yi, vi, data = d)
printf 'yi,vi\n0.1,0.01\n0.3,0.02\n0.2,0.03\n0.6,0.05\n0.9,0.09\n' >t.csv
saydo-pool t.csv --estimate=yi --variance=vi --method=REML --table=small_study | grep -v Note
