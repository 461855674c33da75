# 201 levels are no moderator.
awk 'BEGIN { print "id,yi,vi"; for (i = 1; i <= 201; i++) print "s" i "," i ",1" }' >t.csv
saydo-pool t.csv --estimate=yi --variance=vi --difference=id
