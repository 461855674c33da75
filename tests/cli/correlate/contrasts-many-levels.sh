# 13 levels are 78 pairs: left out, and said so.
echo x,y,g >t.csv
for i in $(seq 1 52); do echo $((i % 7)),$((i * i % 11)),g$((i % 13)) >>t.csv; done
saydo-correlate t.csv --x=x --y=y --by=g --method=pearson --table=contrasts | tail -1
