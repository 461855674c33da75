# Few clusters: the wild bootstrap with all 6^4 vectors of Webb's weights.  p_value and limits of
# y ~ x + z are those of scripts/reference/wild.R, gaussian/webb/four in tests/reference/wild.csv:
# .0602, .0355, .664; [-.9987, 1.9983], [.3038, 1.3259], [-11.859, 9.773]; of spend, gamma/webb/four:
# .0586, .0602, .8395; limits of it are not found where no fit exists far enough out: no progress.
saydo-glm "$SAYDO_ROOT/tests/reference/wild_data.csv" --formula='y ~ x + z' --cluster=four --interval=bootstrap --table=terms
saydo-glm "$SAYDO_ROOT/tests/reference/wild_data.csv" --formula='spend ~ x + z' --family=gamma --link=log --cluster=four --interval=bootstrap --table=terms --format=csv | awk -F, '
    function short(x) { return x == "" ? "none" : sprintf("%.5g", x) }
    NR > 1 {print $5, short($6), short($7), short($10), short($11), short($12), $14}'
# By the usual errors: a warning that there are four clusters.
saydo-glm "$SAYDO_ROOT/tests/reference/wild_data.csv" --formula='y ~ x + z' --cluster=four --table=terms
# What has no such bootstrap.
run() { saydo-glm "$SAYDO_ROOT/tests/reference/wild_data.csv" --formula='hit ~ x' --family=binomial --interval=bootstrap "$@"; echo "$?"; }
run
run --cluster=four,firm
run --cluster=four --firth
run --cluster=four --replicates=5
run --cluster=four --interval=wild
